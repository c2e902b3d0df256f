"""What the clock does for observations: words that are gone leave the bot's messages; receipts that come later."""

from bot.blocks.observations import receipt, withdrawn
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import NotFound
from bot.jobs.deliveries import Handler, NotWanted
from bot.rules.deliveries import NOT_NEEDED
from bot.services import observations, people
from bot.services.observations import RECEIPT, number_in
from storage.models import Delivery


def knock(deps: Deps) -> None:
    """Cheap where nothing waits. Raises DatabaseUnavailable."""
    if deps.slack.works():
        observations.clean_messages(deps, withdrawn)


def draw(deps: Deps, row: Delivery) -> Message:
    """The receipt as the observation reads now, in its writer's language. Raises NotWanted."""
    t = people.words_for(deps, row.recipient)
    try:
        own = observations.one_of(deps, row.recipient, number_in(row))
    except NotFound:
        raise NotWanted(NOT_NEEDED) from None
    fixed = t(own.fixed.message, number=own.row.number) if own.fixed else ""
    return receipt(t, deps.vocabularies, own.row, observations.alike(deps, own.row), fixed)


def sent(deps: Deps, row: Delivery) -> None:
    """Where it stands is remembered; where the observation has gone meanwhile, its words go from there too."""
    observations.settle_receipt(deps, row, people.words_for(deps, row.recipient).language)


HANDLERS = {RECEIPT: Handler(draw, observations.receipt_wanted, sent)}

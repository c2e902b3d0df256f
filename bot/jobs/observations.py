"""What the clock does for observations: gone words leave messages or come back, deletions end, receipts come later."""

from functools import partial

from bot.blocks import digests as digest_blocks
from bot.blocks import feedback as feedback_blocks
from bot.blocks.observations import receipt, withdrawn
from bot.blocks.parts import Block, Message
from bot.deps import Deps
from bot.errors import NotFound
from bot.jobs import feedback
from bot.jobs.deliveries import Handler, Handlers, NotWanted
from bot.rules.deliveries import NOT_NEEDED
from bot.rules.digests import Shown
from bot.rules.kinds import Kind
from bot.services import observations, people
from bot.services.observations import number_in
from bot.texts import Texts
from storage.models import Delivery, Observation


def knock(deps: Deps) -> None:
    """Cheap where nothing waits. Raises DatabaseUnavailable."""
    if deps.slack.works():
        observations.clean_messages(deps, withdrawn)
        observations.put_back_messages(deps, partial(_receipt, deps), partial(_entry, deps), partial(_whole, deps))


def finish(deps: Deps) -> None:
    """What a coordinator deleted a day ago goes for good. Raises DatabaseUnavailable."""
    observations.finish_deletions(deps)


def _receipt(deps: Deps, t: Texts, row: Observation) -> Message:
    try:
        own = observations.one_of(deps, row.author or "", row.number)
    except NotFound:  # it has gone again: what this draws is put right by that
        return withdrawn(t, row)
    fixed = t(own.fixed.message, number=row.number) if own.fixed else ""
    return receipt(t, deps.vocabularies, own.row, (), fixed, observations.area_from(deps, own.row))


def _entry(deps: Deps, t: Texts, row: Observation, kind: str) -> Block:
    """With its words, as a digest or a reporter's message shows it."""
    if kind != Kind.DIGEST:
        return feedback_blocks.named(t, row)
    one = Shown(row.number, row.kind, row.theme, row.area, row.status, row.text)
    return digest_blocks.entry(t, deps.vocabularies, one)


def _whole(deps: Deps, row: Delivery) -> Message | None:
    """A message of feedback, which may quote what was said of an observation; None for others."""
    if row.kind != Kind.FEEDBACK:
        return None
    try:
        return feedback.draw(deps, row)
    except NotWanted:
        return None


def draw(deps: Deps, row: Delivery) -> Message:
    """The receipt as the observation reads now, in its writer's language. Raises NotWanted."""
    t = people.words_for(deps, row.recipient)
    try:
        own = observations.one_of(deps, row.recipient, number_in(row))
    except NotFound:
        raise NotWanted(NOT_NEEDED) from None
    fixed = t(own.fixed.message, number=own.row.number) if own.fixed else ""
    alike, area_from = observations.alike(deps, own.row), observations.area_from(deps, own.row)
    return receipt(t, deps.vocabularies, own.row, alike, fixed, area_from)


def sent(deps: Deps, row: Delivery) -> None:
    """Where it stands is remembered; where the observation has gone meanwhile, its words go from there too."""
    observations.settle_receipt(deps, row, people.words_for(deps, row.recipient).language)


HANDLERS: Handlers = {Kind.RECEIPT: Handler(draw, observations.receipt_wanted, sent)}

"""What the clock does for what cannot wait: it plans a message to each coordinator, and draws it."""

from bot.blocks import news as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.jobs.deliveries import Handler, Handlers
from bot.rules.kinds import Kind
from bot.services import news, people
from storage.models import Delivery


def knock(deps: Deps) -> None:
    """Plans what is due. Raises DatabaseUnavailable, SlackError."""
    news.plan(deps)


def draw(deps: Deps, row: Delivery) -> Message:
    return blocks.message(people.words_for(deps, row.recipient), news.told(row))


HANDLERS: Handlers = {Kind.NEWS: Handler(draw, news.still_wanted)}

"""What the clock does so that the loop goes on: asks whether something has changed, and tells those who follow."""

from bot.blocks import loop as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.jobs.deliveries import Handler, Handlers, NotWanted
from bot.rules.deliveries import NOT_NEEDED
from bot.rules.kinds import Kind
from bot.services import loop, people
from storage.models import Delivery


def knock(deps: Deps) -> None:
    """Asks about what came to pass three months ago. Raises DatabaseUnavailable."""
    loop.ask_due(deps)


def draw_question(deps: Deps, row: Delivery) -> Message:
    """The question in the recipient's language. Raises NotWanted."""
    with deps.read() as session:
        asked = loop.is_asked(deps, session, row)
    if asked is None:
        raise NotWanted(NOT_NEEDED)
    return blocks.question(people.words_for(deps, row.recipient), asked)


def draw_news(deps: Deps, row: Delivery) -> Message:
    """How the phenomenon stands, in the recipient's language. Raises NotWanted."""
    with deps.read() as session:
        found = loop.is_followed(deps, session, row)
    if found is None:
        raise NotWanted(NOT_NEEDED)
    return blocks.news(people.words_for(deps, row.recipient), found)


HANDLERS: Handlers = {
    Kind.CHANGED: Handler(draw_question, loop.still_wanted),
    Kind.FOLLOWING: Handler(draw_news, loop.still_wanted),
}

"""What the clock does for practice cards: draws what is told of them, and brings their posts up to date."""

from bot.blocks import practices as blocks
from bot.blocks.languages import in_each
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.jobs._edits import settled
from bot.jobs.deliveries import Handler, Handlers, NotWanted
from bot.rules.deliveries import NOT_NEEDED
from bot.rules.kinds import Kind
from bot.services import people, practices
from storage.models import Delivery


def knock(deps: Deps) -> None:
    """Draws changed posts anew, and closes messages whose button leads nowhere. Raises DatabaseUnavailable."""
    for number, channel, ts in practices.take_stale(deps):
        if not settled(deps, Kind.PRACTICE_POST, channel, ts, _post(deps, number)):
            practices.redraw_later(deps, number)
    for row, told in practices.messages_decided(deps):
        message = blocks.decided(people.words_for(deps, row.recipient), told)
        if settled(deps, row.kind, row.channel or row.recipient, row.ts or "", message):
            practices.forget_place(deps, row)


def _post(deps: Deps, number: str) -> Message:
    found = practices.posted(deps, number)
    return in_each(people.channel_words(deps), lambda t: blocks.post(t, found.row) if found else blocks.gone_post(t))


def draw(deps: Deps, row: Delivery) -> Message:
    """The message to a person, in their language. Raises NotWanted."""
    with deps.read() as session:
        told = practices.news(deps, session, row)
    if told is None:
        raise NotWanted(NOT_NEEDED)
    return blocks.news(people.words_for(deps, row.recipient), told)


def draw_post(deps: Deps, row: Delivery) -> Message:
    """The post in the discussion channel, in the network's languages. Raises NotWanted."""
    found = practices.posted(deps, row.occurrence.partition(".")[0])
    if found is None:
        raise NotWanted(NOT_NEEDED)
    return in_each(people.channel_words(deps), lambda t: blocks.post(t, found.row))


HANDLERS: Handlers = {
    Kind.PRACTICE: Handler(draw, practices.still_wanted),
    Kind.PRACTICE_POST: Handler(draw_post, practices.still_wanted),
}

"""What the clock does for phenomena: draws their posts, and draws them anew where they show an older state."""

from datetime import datetime

from sqlmodel import Session

from bot.blocks import phenomena as blocks
from bot.blocks.languages import in_each
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.jobs._edits import settled, taken_away
from bot.jobs.deliveries import Handler, Handlers, NotWanted
from bot.rules.deliveries import NOT_NEEDED, Send, Verdict
from bot.rules.kinds import Kind
from bot.rules.phenomena import Shown
from bot.services import people, phenomena
from storage.models import Delivery


def knock(deps: Deps) -> None:
    """Brings the posts up to date: each once, however many have pressed meanwhile. Raises DatabaseUnavailable."""
    phenomena.take_back(deps)
    for number, channel, ts in phenomena.get_taken_down(deps):
        if taken_away(deps, Kind.PHENOMENON, channel, ts):
            phenomena.finish_taking_down(deps, number)
    for shown, channel, ts in phenomena.take_stale(deps):
        if not settled(deps, Kind.PHENOMENON, channel, ts, _post(deps, shown)):
            phenomena.draw_again(deps, shown.row.number)


def draw(deps: Deps, row: Delivery) -> Message:
    """The post as it reads now, in the network's languages. Raises NotWanted."""
    shown = phenomena.posted(deps, row.occurrence)
    if shown is None:
        raise NotWanted(NOT_NEEDED)
    return _post(deps, shown)


def still_wanted(_deps: Deps, _session: Session, _row: Delivery, _now: datetime) -> Verdict:
    """Drawing finds out."""
    return Send()


def _post(deps: Deps, shown: Shown) -> Message:
    return in_each(people.channel_words(deps), lambda t: blocks.post(t, shown))


HANDLERS: Handlers = {Kind.PHENOMENON: Handler(draw, still_wanted)}

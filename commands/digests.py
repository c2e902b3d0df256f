"""`/kooste`: to coordinators the week so far, to everybody the network's own picture of its last half-years."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import digests as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.dialogs import open_drawn
from bot.rules.commands import Asked
from bot.services import digests, meetings, networks, people
from bot.services.permissions import Actor, is_coordinator
from bot.slack import Act, read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.action("digests.open")(partial(open_picture, deps))


def answer(deps: Deps, act: Act, asked: Asked, _context: BoltContext) -> None:
    """Whispered where the person is; any word that is not known gets the help."""
    t, who = people.welcome(deps, act)
    if asked.what == "help":
        deps.slack.whisper(act.response_url, *blocks.help_note(t))
        return
    picture = _picture(deps, t, who)
    networks.send_newest(deps, lambda new: deps.slack.whisper(act.response_url, *picture(new=new)))


def open_picture(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """From App Home, where nothing can be whispered: the same in a modal."""
    ack()
    open_drawn(deps, read_act(body), lambda t, who: blocks.page(t, _picture(deps, t, who)()))


ANSWERS = {"picture": answer, "help": answer}


def _picture(deps: Deps, t: Texts, who: Actor) -> Callable[..., Message]:
    """How it is drawn, with `new` blocks or without."""
    meeting = next(iter(meetings.coming(deps, who, 1)), None)
    if not is_coordinator(deps, who):
        found = digests.published(deps)
        return partial(blocks.published, t, deps.vocabularies, found.halves, found.phenomena, meeting)
    content, left = digests.so_far(deps, who)
    return partial(blocks.week_so_far, t, deps.vocabularies, content, left, meeting)

"""`/kooste`: to coordinators the week so far, to everybody the network's own picture of its last half-years."""

from slack_bolt import App, BoltContext

from bot.blocks import digests as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.rules.commands import Asked
from bot.services import digests, networks, people
from bot.slack import Act
from bot.texts import Texts


def register(_app: App, _deps: Deps) -> None:
    """There is nothing to press: its words come by the grammar of commands."""


def answer(deps: Deps, act: Act, asked: Asked, _context: BoltContext) -> None:
    """Whispered where the person is; any word that is not known gets the help."""
    t = people.speak_to(deps, act)
    deps.slack.whisper(act.response_url, *(blocks.help_note(t) if asked.what == "help" else _picture(deps, act, t)))


ANSWERS = {"picture": answer, "help": answer}


def _picture(deps: Deps, act: Act, t: Texts) -> Message:
    people.member(deps, act)
    if not networks.is_coordinator(deps, act.user):
        found = digests.published(deps)
        return blocks.published(t, deps.vocabularies, found.halves, found.phenomena)
    content, left = digests.so_far(deps, act.user)
    return blocks.week_so_far(t, deps.vocabularies, content, left)

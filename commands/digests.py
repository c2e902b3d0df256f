"""`/kooste`: to coordinators the week so far, to everybody the network's own picture of its last half-years."""

import re
import unicodedata
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import digests as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.services import digests, networks, people
from bot.slack import Act, read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    """The listeners of this story. Words that other stories know after the command are asked for before this one."""
    app.command(re.compile(r"^/(kooste|sammandrag)$"))(partial(kooste, deps))


def kooste(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Whispered where the person is; any word that is not known gets the help."""
    ack()
    act = read_act(body)
    if body.get("command") == "/sammandrag":
        deps.people.speaks(act.user, "sv")
    t = people.speak_to(deps, act)
    word = unicodedata.normalize("NFC", act.text).strip()
    deps.slack.whisper(act.response_url, *(blocks.help_note(t) if word else _picture(deps, act, t)))


def _picture(deps: Deps, act: Act, t: Texts) -> Message:
    people.member(deps, act)
    if not networks.is_coordinator(deps, act.user):
        found = digests.published(deps)
        return blocks.published(t, deps.vocabularies, found.halves, found.phenomena)
    content, left = digests.so_far(deps, act.user)
    return blocks.week_so_far(t, deps.vocabularies, content, left)

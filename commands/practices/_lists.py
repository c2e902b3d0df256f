"""The list of cards: opened, looked through by words, theme and area, and turned page by page."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack

from bot.blocks import practices as blocks
from bot.blocks.observations import stopped
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import open_drawn, put_in_place_of_form, redraw_form
from bot.rules.observations import stopped_in
from bot.rules.practices import Wanted
from bot.services import practices
from bot.services.permissions import Actor
from bot.slack import Act, read_act, whole
from bot.texts import Texts


def press_open(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_list(deps, read_act(body))


def open_list(deps: Deps, act: Act) -> None:
    open_drawn(deps, act, lambda t, who: drawn(deps, t, who, Wanted()))


def drawn(deps: Deps, t: Texts, who: Actor, wanted: Wanted, notice: str = "", said: str = "") -> Block:
    """The list as it stands now; words that the guard would stop are not looked for, nor shown again."""
    if kinds := stopped_in(wanted.words):
        wanted, notice = replace(wanted, words=""), stopped(t, kinds)
    return blocks.listed(t, deps.vocabularies, practices.listed(deps, who, wanted), wanted, notice, said)


def search(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    wanted = blocks.read_wanted(body.get("view"))
    put_in_place_of_form(deps, ack, read_act(body), lambda t, who: drawn(deps, t, who, wanted))


def turn(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    wanted = replace(blocks.carried_wanted(body.get("view")), page=whole(act.value) or 0)
    redraw_form(deps, act, lambda t, who: drawn(deps, t, who, wanted))

"""An own observation opened whole, by its number or without a name by its code; nobody else's is shown."""

from typing import Any

from slack_bolt import Ack

from bot.blocks import observations as blocks
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import open_drawn
from bot.services import observations
from bot.services.permissions import Actor
from bot.slack import read_act
from bot.texts import Texts


def open_by_number(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        return blocks.own_page(t, deps.vocabularies, observations.one_of(deps, who, act.value))

    open_drawn(deps, act, draw)


def open_by_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, who: Actor) -> Block:
        return blocks.own_page(t, deps.vocabularies, observations.standing(deps, who, act.value), act.value)

    open_drawn(deps, act, draw)

"""A published phenomenon is read by members, and marked by who has met it too: in the channel, or in a receipt."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import phenomena as blocks
from bot.deps import Deps
from bot.dialogs import open_drawn
from bot.services import people, phenomena
from bot.slack import read_act


def register(app: App, deps: Deps) -> None:
    app.action("phenomena.same")(partial(press, deps))
    app.action("phenomena.read")(partial(read, deps))
    app.action("observations.same")(partial(press, deps))
    app.action("phenomena.not_same")(partial(take_back, deps))


def press(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The value is the phenomenon's number; in a receipt the observation's stands after it."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    number, _, observation = act.value.partition(" ")
    found = phenomena.press(deps, who, number, observation)
    message = blocks.pressed(t, found.shown, counted=found.counted, is_open=found.is_open)
    deps.slack.whisper(act.response_url, *message)


def read(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """A published phenomenon opened whole, from wherever it is named to a member."""
    ack()
    act = read_act(body)
    open_drawn(deps, act, lambda t, who: blocks.page(t, phenomena.read_published(deps, who, act.value)))


def take_back(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """In place of the words that thanked for the press."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    phenomena.take_press_back(deps, who, act.value)
    deps.slack.whisper(act.response_url, *blocks.taken_back(t), replace=True)

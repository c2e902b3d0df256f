"""The loop that goes on: "Has it changed?" is answered by a tap, and phenomena are followed or not any more."""

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import loop as blocks
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import Form, answer, is_put_in_place, open_drawn
from bot.rules.loop import Sentence
from bot.services import loop, people
from bot.services.permissions import Actor
from bot.slack import read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.action(re.compile(r"^changed\.(yes|partly|no|unknown)$"))(partial(press, deps))
    app.action("changed.words")(partial(open_form, deps))
    app.view(blocks.FORM)(partial(submit, deps))
    app.action(re.compile(r"^phenomena\.(follow|unfollow)$"))(partial(press_follow, deps))


def press(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """One tap: the answer stands where the question stood."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    chosen = act.action.removeprefix("changed.")
    asked = loop.answer(deps, who, act.value, chosen, t("I was asked whether anything has changed: it has not."))
    is_put_in_place(deps, act, blocks.answered(t, asked, chosen))


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)

    def draw(t: Texts, _who: Actor) -> Block:
        return blocks.form(t, act.value, Sentence())

    open_drawn(deps, act, draw)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, (number, sentence) = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    form = Form(partial(blocks.form, t, number, sentence), t("Thank you. The coordinators read it."), then="show")
    answer(deps, ack, body, act, lambda who: loop.say(deps, who, number, sentence), form)


def press_follow(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    wants = act.action == "phenomena.follow"
    row = loop.follow(deps, who, act.value, wants=wants)
    is_put_in_place(deps, act, blocks.following(t, row, follows=wants))

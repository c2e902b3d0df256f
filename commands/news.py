"""How a coordinator wants to hear of what cannot wait: a switch, and a time of their own."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import news as blocks
from bot.blocks.observations import refusal
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn
from bot.services import news, people
from bot.services.networks import welcome_coordinator
from bot.slack import read_act


def register(app: App, deps: Deps) -> None:
    app.action("news.open_settings")(partial(open_settings, deps))
    app.view(blocks.CALLBACK)(partial(submit, deps))


def open_settings(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_drawn(deps, read_act(body), lambda t, who: blocks.form(t, news.hearing(deps, who)), welcome_coordinator)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act = read_act(body)
    t, (wanted, at) = people.texts(deps, act), blocks.read_form(body.get("view") or {})
    form = Form(partial(refusal, t), t("Saved."))
    answer(deps, ack, body, act, lambda who: news.choose(deps, who, wanted=wanted, at=at), form)

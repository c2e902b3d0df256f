"""What came another way, by phone, in a meeting, on paper, or from the team: filed by who heard it."""

import secrets
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import others as blocks
from bot.blocks.others import OthersRead
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn
from bot.rules.observations import Draft
from bot.rules.others import Told
from bot.services import observations, people
from bot.services.permissions import Actor, is_coordinator
from bot.slack import read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.action("observations.for_others")(partial(open_form, deps))
    app.view(blocks.FORM)(partial(submit, deps))


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()

    def draw(t: Texts, who: Actor) -> Block:
        read = OthersRead(Draft(), Told(), "1", secrets.token_urlsafe(16), is_coordinator(deps, who))
        return blocks.form(t, deps.vocabularies, read)

    open_drawn(deps, read_act(body), draw)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The receipt comes by the ledger; one's own page shows it at once."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    form = Form(partial(blocks.form, t, deps.vocabularies, read), t("Saved."))

    def store(who: Actor) -> object:
        return observations.file_for_others(deps, read.draft, read.told, who, read.nonce)

    if answer(deps, ack, body, act, store, form):
        deps.redraw_home(act)

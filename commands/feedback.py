"""The reporter's answer to feedback: marked as read, or replied to in place, with a name or by code."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import feedback as blocks
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs import Form, answer, is_put_in_place, open_drawn
from bot.rules.feedback import Reply
from bot.rules.observations import Draft, Own
from bot.services import feedback, observations, people
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import LANGUAGES, Texts
from storage.models import Delivery


def register(app: App, deps: Deps) -> None:
    app.action("feedback.read")(partial(read, deps))
    app.action("feedback.reply")(partial(open_reply, deps))
    app.action("observations.answer_by_code")(partial(open_reply_by_code, deps))
    app.view(blocks.CALLBACK)(partial(submit, deps))


def read(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Marks as read; the button gives way to a quiet word. Pressed again, the same is said again."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    _redraw(deps, act, t, feedback.mark_read(deps, who, act.value))


def _redraw(deps: Deps, act: Act, t: Texts, row: Delivery) -> None:
    """Drawn anew from the tables until nothing was withdrawn meanwhile, so that no words come back."""
    drawn = None
    while (found := feedback.news(deps, row)).gone != drawn:
        if not is_put_in_place(deps, act, blocks.message(t, found)):
            return
        drawn = found.gone


def open_reply(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    _open(deps, body, lambda who: observations.one_of(deps, who, act.value), Reply(number=act.value))


def open_reply_by_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    _open(deps, body, lambda who: observations.standing(deps, who, act.value), Reply(code=act.value))


def _open(deps: Deps, body: dict[str, Any], find: Callable[[Actor], Own], empty: Reply) -> None:
    """On top of the observation where that is what it was pressed in."""

    def draw(t: Texts, who: Actor) -> Block:
        own = find(who)
        reply = replace(empty, nonce=secrets.token_urlsafe(16))
        return blocks.form(t, reply, blocks.about(t, own.row, own.last_words))

    open_drawn(deps, read_act(body), draw)


def submit(deps: Deps, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    """The form never loses its words, whatever the database does."""
    act, view = read_act(body), body.get("view") or {}
    reply, language = blocks.read_form(view)
    t = Texts(language) if language in LANGUAGES else people.texts(deps, act)
    context["ticket"] = deps.shelf.put(act.user, Draft(text=reply.text, named=not reply.code))
    thanks = t("Thank you. Your reply is with the coordinators now.")
    form = Form(
        partial(blocks.form, t, reply, blocks.about_in(view)),
        thanks,
        then="show",
        t=t,
        refuses=False,
        at_fields=False,
    )
    if answer(deps, ack, body, act, lambda who: observations.reply(deps, who, reply), form):
        deps.shelf.drop(context.pop("ticket"))  # stored: from here on nothing may offer the words to be filed again
        if not reply.code:
            deps.redraw_home(act)

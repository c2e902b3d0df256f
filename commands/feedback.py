"""The reporter's answer to feedback: marked as read, or replied to in place, with a name or by code."""

import logging
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import feedback as blocks
from bot.blocks.observations import loading, notice, refusal, saving
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.errors import Problem, SlackError
from bot.rules.feedback import Reply
from bot.rules.observations import Draft
from bot.services import feedback, observations, people
from bot.services.observations import Own
from bot.slack import Act, answer_in_time, open_and_fill, read_act
from bot.texts import LANGUAGES, Texts
from storage.models import Delivery

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    app.action("feedback.read")(partial(read, deps))
    app.action("feedback.reply")(partial(open_reply, deps))
    app.action("observations.answer_by_code")(partial(open_reply_by_code, deps))
    app.view(blocks.CALLBACK)(partial(submit, deps))


def read(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Marks as read; the button gives way to a quiet word. Pressed again, the same is said again."""
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    row = feedback.mark_read(deps, act.user, act.value)
    try:
        _redraw(deps, act, t, row)
    except SlackError as error:  # it is marked all the same
        log.info("feedback that was read could not be redrawn: %s", error.code)


def _redraw(deps: Deps, act: Act, t: Texts, row: Delivery) -> None:
    """Drawn anew from the tables until nothing was withdrawn meanwhile, so that no words come back."""
    drawn = None
    while (found := feedback.news(deps, row)).gone != drawn:
        deps.slack.edit(act.channel, act.message_ts, *blocks.message(t, found))
        drawn = found.gone


def open_reply(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    found = partial(observations.one_of, deps, act.user, act.value)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_form, deps, act, found, Reply(number=act.value)))


def open_reply_by_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    found = partial(observations.standing, deps, act.user, act.value)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_form, deps, act, found, Reply(code=act.value)))


def _form(deps: Deps, act: Act, found: Callable[[], Own], empty: Reply) -> Block:
    try:
        t, own = people.speak_to(deps, act), found()
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)
    reply = Reply(nonce=secrets.token_urlsafe(16), number=empty.number, code=empty.code)
    return blocks.form(t, reply, blocks.about(t, own.row, own.last_words))


def submit(deps: Deps, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    """Answers within Slack's three seconds; the form never loses its words, whatever the database does."""
    act = read_act(body)
    view = body.get("view") or {}
    reply, language = blocks.read_form(view)
    t = Texts(language) if language in LANGUAGES else people.texts(deps, act)
    context["ticket"] = deps.shelf.put(act.user, Draft(text=reply.text, named=not reply.code))
    storing = deps.workers.submit(_store, deps, act, reply)

    def drawn(problem: Problem | None) -> Block:
        return blocks.form(t, reply, blocks.about_in(view), problem) if problem else _thanks(t)

    answer_in_time(deps.slack, partial(_thank, ack, t), act.view_id, storing, saving(t), drawn)
    if storing.exception() is None:  # stored: from here on nothing may offer the words to be filed again
        deps.shelf.drop(context.pop("ticket"))
        if not reply.code:
            deps.redraw_home(act)


def _store(deps: Deps, act: Act, reply: Reply) -> None:
    people.member(deps, act)
    observations.reply(deps, act.user, reply)


def _thanks(t: Texts) -> Block:
    return notice(t, t("Thank you. Your reply is with the coordinators now."))


def _thank(ack: Ack, t: Texts, **answer: Any) -> None:
    """The form does not close without a word."""
    ack(**(answer or {"response_action": "update", "view": _thanks(t)}))

"""The form: opened at once, submitted once, never losing its words."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.blocks import observations as blocks
from bot.blocks.observations import ObservationRead
from bot.blocks.parts import Block
from bot.blocks.submissions import act_in
from bot.deps import Deps
from bot.dialogs import Form, answer, open_when_drawn, put_on_top
from bot.errors import (
    DatabaseUnavailable,
    NoLongerEditable,
    NotYourMessage,
    Problem,
    WordsGone,
)
from bot.rules.observations import Draft, draft_of
from bot.services import observations, people
from bot.services.observations import Filed
from bot.services.permissions import Actor
from bot.slack import Act, as_typed, read_act
from bot.texts import LANGUAGES, Texts
from commands.observations._codes import keep_code
from commands.observations._receipt import redraw_receipt, tell_filed
from storage.models import Observation

log = logging.getLogger(__name__)
AREA_SECONDS = 0.5  # how long the last area is waited for


def open_by_button(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    ticket, _, command = act.value.partition(" ")  # what was asked at a command is answered in its language
    kept = Draft() if ticket in ("", "new") else deps.shelf.get(act.user, ticket)
    if kept is None:
        raise WordsGone
    open_form(deps, replace(act, command=command), kept)


def open_by_shortcut(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_form(deps, read_act(body), Draft())


def open_from_message(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    if (body.get("message") or {}).get("user") != act.user:
        raise NotYourMessage
    open_form(deps, act, Draft(text=as_typed(act.text)))


def open_to_edit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    try:
        _open_filled(deps, act, lambda who: observations.get_editable(deps, who, act.value), number=act.value)
    except NoLongerEditable:  # an old receipt offers it still
        deps.run_soon(redraw_receipt, act, people.texts(deps, act), act.value)
        raise


def open_to_edit_by_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    _open_filled(deps, act, lambda who: observations.get_editable_by_code(deps, who, act.value), code=act.value)


def _open_filled(deps: Deps, act: Act, find: Callable[[Actor], Observation], **known_by: str) -> None:
    def draw() -> Block:
        t, who = people.welcome(deps, act, at_once=True)
        return redrawn(t, deps, ObservationRead(draft_of(find(who)), "", t.language, **known_by), None)

    open_when_drawn(deps, act, draw)


def show_routing(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = act_in(body)
    put_on_top(deps, act, blocks.routing(people.texts(deps, act)))


def open_form(deps: Deps, act: Act, draft: Draft, problem: Problem | None = None) -> None:
    """The form with the draft in it; above it, what kept the draft from being filed.

    What is too long for the form is given back to its writer at the command, so that nothing is lost.
    """
    inside, rest = blocks.fitted(draft.text)
    draft = replace(draft, text=inside)
    # Asked before the drawing begins: drawings that wait for a worker, while holding all workers, would wait in vain.
    last_area = deps.workers.submit(observations.last_area, deps, act.user)

    def draw() -> Block:
        t, _ = people.welcome(deps, act, at_once=True)
        return new_form(deps, act, t, replace(draft, area=draft.area or _soon(last_area)), problem)

    open_when_drawn(deps, act, draw)
    if rest and act.response_url:
        for message in blocks.leftovers(people.texts(deps, act), rest):
            deps.slack.whisper(act.response_url, *message)


def new_form(deps: Deps, act: Act, t: Texts, draft: Draft, problem: Problem | None) -> Block:
    """The form of a new observation, with what kept its draft from being filed above it."""
    asked = {"response_url": act.response_url, "command": act.command}
    return redrawn(t, deps, ObservationRead(draft, secrets.token_urlsafe(16), t.language, **asked), problem)


def _soon(area: Future[str | None]) -> str | None:
    """The area to pre-fill; a slow database costs the pre-filling, not the form."""
    try:
        return area.result(timeout=AREA_SECONDS)
    except (TimeoutError, DatabaseUnavailable):
        return None


def redrawn(t: Texts, deps: Deps, read: ObservationRead, problem: Problem | None) -> Block:
    """The form with its words and, above them, what the person is to know; warnings shown count as seen next time."""
    seen = blocks.seen_in(problem)
    read = replace(read, draft=replace(read.draft, confirmed=seen or read.draft.confirmed))
    return blocks.form(t, deps.vocabularies, read, blocks.explained(t, problem, read.submit), warned=bool(seen))


def submit(deps: Deps, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    """The form never loses its words, whatever the database does."""
    act, read = act_in(body), blocks.read_form(body.get("view") or {})
    t = Texts(read.language) if read.language in LANGUAGES else people.texts(deps, act)
    context["ticket"] = deps.shelf.put(act.user, read.draft)
    form = Form(
        partial(redrawn, t, deps, read),
        partial(_done, t, deps, read),
        then=lambda filed: "show" if filed.code or read.code else "close",
        t=t,
        closed=partial(_keep_code, deps, act, t, read),
        refuses=False,
    )
    for filed in answer(deps, ack, body, act, partial(_file_or_edit, deps, read), form):
        deps.shelf.drop(context.pop("ticket"))  # stored: from here on nothing may offer the words to be filed again
        deps.run_soon(_send_receipt, act, t, read, filed)


def _file_or_edit(deps: Deps, read: ObservationRead, who: Actor) -> Filed:
    if read.number:
        return Filed((observations.edit(deps, read.draft, who, read.number),), created=True)
    if read.code:
        return Filed((observations.edit_by_code(deps, read.draft, who, read.code),), created=False)
    return observations.file_observation(deps, read.draft, who, read.nonce)


def _done(t: Texts, deps: Deps, read: ObservationRead, filed: Filed) -> Block:
    """What stands in the form's place once it is stored."""
    if filed.code:
        return blocks.code_receipt(t, deps.vocabularies, filed.rows[0], filed.code)
    if read.edits:
        return blocks.notice(t, t("Observation {number} is changed.", number=filed.rows[0].number))
    return blocks.notice(t, blocks.one_sentence(t, deps.vocabularies, filed.rows)[0])


def _keep_code(deps: Deps, act: Act, t: Texts, read: ObservationRead, filed: Filed) -> None:
    """The code of what was stored late, where the modal was closed: no message that stays may tell it."""
    if filed.code:
        note = blocks.code_note(t, deps.vocabularies, filed.rows[0], filed.code)
        keep_code(deps, act, read.response_url, (filed.rows[0].number, note))


def _send_receipt(deps: Deps, act: Act, t: Texts, read: ObservationRead, filed: Filed) -> None:
    """The private message about a named observation; none without a name, since messages stay in Slack's history."""
    if filed.code or not filed.created:
        return
    if read.number:
        redraw_receipt(deps, act, t, read.number)
        return
    tell_filed(deps, replace(act, response_url=read.response_url), t, filed.rows)

"""The form: opened at once, submitted once, never losing its words."""

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.blocks import observations as blocks
from bot.blocks.observations import FormRead
from bot.deps import Deps
from bot.errors import (
    DatabaseUnavailable,
    NoLongerEditable,
    NotYourMessage,
    Problem,
    SlackError,
    ViewClosed,
    WordsGone,
)
from bot.rules.observations import Draft, draft_of
from bot.services import observations, people
from bot.services.observations import Filed
from bot.slack import ANSWER_SECONDS, Act, Block, as_typed, read_act, tell_late
from bot.texts import LANGUAGES, Texts
from commands.observations._codes import keep_code
from commands.observations._receipt import redraw_receipt, tell_filed
from storage.models import Observation

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 0.8  # of a trigger's three: how long the real form is waited for before the loading one opens
AREA_SECONDS = 0.5  # how long the last area is waited for


def open_by_button(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    kept = Draft() if act.value in ("", "new") else deps.shelf.get(act.user, act.value)
    if kept is None:
        raise WordsGone
    open_form(deps, act, kept)


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
        _open_filled(deps, act, partial(observations.own, deps, act.user, act.value), number=act.value)
    except NoLongerEditable:  # an old receipt offers it still
        deps.tell(redraw_receipt, act, people.texts(deps, act), act.value)
        raise


def open_to_edit_by_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    _open_filled(deps, act, partial(observations.own_by_code, deps, act.user, act.value), code=act.value)


def _open_filled(deps: Deps, act: Act, own: Callable[[], Observation], **known_by: str) -> None:
    def draw() -> Block:
        t = people.speak_to(deps, act, at_once=True)
        return redrawn(t, deps, FormRead(draft_of(own()), "", t.language, **known_by), None)

    open_when_drawn(deps, act, draw)


def show_routing(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    deps.slack.push_view(act.trigger, blocks.routing(people.texts(deps, act)))


def open_form(deps: Deps, act: Act, draft: Draft, problem: Problem | None = None) -> None:
    """The form with the draft in it; above it, what kept the draft from being filed.

    What is too long for the form is given back to its writer at the command, so that nothing is lost.
    """
    inside, rest = blocks.fitted(draft.text)
    draft = replace(draft, text=inside)
    # Asked before the drawing begins: drawings that wait for a worker, while holding all workers, would wait in vain.
    last_area = deps.workers.submit(observations.last_area, deps, act.user)

    def draw() -> Block:
        t = people.speak_to(deps, act, at_once=True)
        return new_form(deps, act, t, replace(draft, area=draft.area or _soon(last_area)), problem)

    open_when_drawn(deps, act, draw)
    if rest and act.response_url:
        for message in blocks.leftovers(people.texts(deps, act), rest):
            deps.slack.whisper(act.response_url, *message)


def new_form(deps: Deps, act: Act, t: Texts, draft: Draft, problem: Problem | None) -> Block:
    """The form of a new observation, with what kept its draft from being filed above it."""
    return redrawn(
        t, deps, FormRead(draft, secrets.token_urlsafe(16), t.language, response_url=act.response_url), problem
    )


def open_when_drawn(deps: Deps, act: Act, draw: Callable[[], Block]) -> None:
    """Opens what `draw` makes; where that takes long, or the person is not known yet, a loading view comes first.

    Raises TriggerExpired, and what `draw` raises.
    """
    drawing = deps.workers.submit(draw)
    try:
        view = drawing.result(timeout=PATIENCE_SECONDS if people.known(deps, act) else 0)
    except TimeoutError:
        view_id = deps.slack.open_view(act.trigger, blocks.loading())
        try:
            view = drawing.result()
        except Problem as problem:
            with suppress(ViewClosed):
                deps.slack.update_view(view_id, blocks.refusal(people.texts(deps, act), problem))
            raise
        deps.slack.update_view(view_id, view)
    else:
        deps.slack.open_view(act.trigger, view)


def _soon(area: Future[str | None]) -> str | None:
    """The area to pre-fill; a slow database costs the pre-filling, not the form."""
    try:
        return area.result(timeout=AREA_SECONDS)
    except (TimeoutError, DatabaseUnavailable):
        return None


def redrawn(t: Texts, deps: Deps, read: FormRead, problem: Problem | None) -> Block:
    """The form with its words and, above them, what the person is to know; warnings shown count as seen next time."""
    seen = blocks.seen_in(problem)
    read = replace(read, draft=replace(read.draft, confirmed=seen or read.draft.confirmed))
    return blocks.form(t, deps.vocabularies, read, blocks.explained(t, problem), warned=bool(seen))


def submit(deps: Deps, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
    """Answers within Slack's three seconds whatever the database does; what is late is told in the modal."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t = Texts(read.language) if read.language in LANGUAGES else people.texts(deps, act)
    context["ticket"] = deps.shelf.put(act.user, read.draft)
    storing = deps.workers.submit(_store, deps, act, read)
    try:
        filed = storing.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        ack(response_action="update", view=blocks.saving(t))
        _tell_late(deps, act, t, read, storing)
    except Problem as problem:
        _send_back(ack, t, deps, read, problem)
        return
    else:
        _close(ack, t, deps, read, filed)
    if storing.exception() is None:  # stored: from here on nothing may offer the words to be filed again
        deps.shelf.drop(context.pop("ticket"))
        deps.tell(_send_receipt, act, t, read, storing.result())


def _store(deps: Deps, act: Act, read: FormRead) -> Filed:
    people.member(deps, act)
    if read.number:
        return Filed((observations.edit(deps, read.draft, act.user, read.number),), created=True)
    if read.code:
        return Filed((observations.edit_by_code(deps, read.draft, act.user, read.code),), created=False)
    return observations.file_observation(deps, read.draft, act.user, read.nonce)


def _send_back(ack: Ack, t: Texts, deps: Deps, read: FormRead, problem: Problem) -> None:
    """The form stays open with the words in it: errors at their fields, anything else above them."""
    if errors := blocks.field_errors(t, problem):
        ack(response_action="errors", errors=errors)
    else:
        ack(response_action="update", view=redrawn(t, deps, read, problem))


def _close(ack: Ack, t: Texts, deps: Deps, read: FormRead, filed: Filed) -> None:
    if filed.code or read.code:
        ack(response_action="update", view=_done(t, deps, read, filed))
    else:
        ack()


def _done(t: Texts, deps: Deps, read: FormRead, filed: Filed) -> Block:
    """What stands in the form's place once it is stored."""
    if filed.code:
        return blocks.code_receipt(t, deps.vocabularies, filed.rows[0], filed.code)
    if read.edits:
        return blocks.notice(t, t("Observation {number} is changed.", number=filed.rows[0].number))
    return blocks.notice(t, blocks.one_sentence(t, deps.vocabularies, filed.rows)[0])


def _tell_late(deps: Deps, act: Act, t: Texts, read: FormRead, storing: Future[Filed]) -> None:
    try:
        filed = storing.result()
    except Problem as problem:
        tell_late(deps.slack, act.view_id, redrawn(t, deps, read, problem), problem)
        return
    try:
        deps.slack.update_view(act.view_id, _done(t, deps, read, filed))
    except SlackError as error:  # closed meanwhile; no message that stays may speak of one without a name
        log.warning("a late receipt found its modal closed: %s", error.code)
        if filed.code:
            note = blocks.code_note(t, deps.vocabularies, filed.rows[0], filed.code)
            keep_code(deps, act, read.response_url, (filed.rows[0].number, note))


def _send_receipt(deps: Deps, act: Act, t: Texts, read: FormRead, filed: Filed) -> None:
    """The private message about a named observation; none without a name, since messages stay in Slack's history."""
    if filed.code or not filed.created:
        return
    if read.number:
        redraw_receipt(deps, act, t, read.number)
        return
    tell_filed(deps, replace(act, response_url=read.response_url), t, filed.rows)

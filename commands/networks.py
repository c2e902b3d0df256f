"""The network's settings and the reminder's wording: for coordinators, who are asked for at every step."""

import re
import unicodedata
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import networks as blocks
from bot.blocks.networks import FormRead
from bot.blocks.observations import field_errors, loading, notice, saving
from bot.blocks.parts import Block
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.errors import InvalidDraft, NotACoordinator, NotAMember, PersonalDataFound, Problem
from bot.rules.reminders import REMINDER
from bot.services import networks, people
from bot.slack import Act, answer_in_time, open_and_fill, read_act, update_in_time
from bot.texts import Texts

WORDS = ("asetukset", "inställningar", "settings")


def register(app: App, deps: Deps) -> None:
    app.command(re.compile(r"^/(kooste|sammandrag)$"), matchers=[asks_for_settings])(partial(by_command, deps))
    app.action("network.open_settings")(partial(by_button, deps))
    app.view("network.settings")(partial(submit, deps))
    app.action("network.open_wording")(partial(open_wording, deps))
    app.view("network.wording_form")(partial(preview, deps))
    app.view("network.wording_preview")(partial(save_wording, deps))
    app.action("network.open_replies")(partial(open_replies, deps))
    app.view("network.replies")(partial(choose_reply, deps))


def asks_for_settings(body: dict[str, Any]) -> bool:
    return unicodedata.normalize("NFC", str(body.get("text") or "")).strip().casefold() in WORDS


def by_command(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """`/kooste asetukset`; what else may follow the command belongs to digests."""
    by_button(deps, ack, body)


def by_button(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_settings, deps, act))


def open_wording(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_wording, deps, act))


def _settings(deps: Deps, act: Act) -> Block:
    try:
        t = networks.speak_to_coordinator(deps, act)
        found = networks.settings(deps)
        return blocks.form(t, FormRead(found.network, found.coordinators), len(deps.first_coordinators))
    except Problem as problem:
        return _refused(deps, act, problem)


def _wording(deps: Deps, act: Act, kind: str = REMINDER) -> Block:
    try:
        t = networks.speak_to_coordinator(deps, act)
        return blocks.wording(t, networks.wordings(deps, act.user, kind), kind)
    except Problem as problem:
        return _refused(deps, act, problem)


def open_replies(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(_replies, deps, act))


def _replies(deps: Deps, act: Act) -> Block:
    try:
        return blocks.replies(networks.speak_to_coordinator(deps, act))
    except Problem as problem:
        return _refused(deps, act, problem)


def choose_reply(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The form with the answer of the status that was chosen takes the place of the question."""
    act, kind = read_act(body), blocks.read_replies(body.get("view") or {})
    update_in_time(deps.slack, ack, act.view_id, deps.workers.submit(_wording, deps, act, kind), loading())


def _refused(deps: Deps, act: Act, problem: Problem) -> Block:
    t = people.texts(deps, act)
    return notice(t, t(problem.message, **problem.values))


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act = read_act(body)
    read = blocks.read_form(body.get("view") or {}, deps.workspace)
    t = people.texts(deps, act)
    storing = deps.workers.submit(_store, deps, act, read)
    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), partial(_told, deps, t, read))


def _store(deps: Deps, act: Act, read: FormRead) -> None:
    people.member(deps, act)
    for user in networks.choose(deps, act.user, read.network, read.coordinators):
        deps.redraw_home(Act(user, deps.workspace))  # Slack keeps what was drawn there for a coordinator


def _told(deps: Deps, t: Texts, read: FormRead, problem: Problem | None) -> Block:
    if problem is None:
        return notice(t, t("The network's settings are saved."))
    if isinstance(problem, NotACoordinator | NotAMember):
        return notice(t, t(problem.message, **problem.values))
    texts = problem.fields.values() if isinstance(problem, InvalidDraft) else [problem.message]
    said = " ".join(dict.fromkeys(t(text, **problem.values) for text in texts))
    return blocks.form(t, read, len(deps.first_coordinators), said)


def preview(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The guard reads the texts; what is never stored stays in the form, the rest is shown as members will see it."""
    act, (kind, texts) = read_act(body), blocks.read_wording(body.get("view") or {})
    t = people.texts(deps, act)
    try:
        problem = networks.examine_wording(texts)
    except (PersonalDataFound, InvalidDraft) as wrong:
        ack(response_action="errors", errors=field_errors(t, wrong))
    else:
        ack(response_action="push", view=blocks.preview(t, kind, texts, problem))


def save_wording(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Both modals close once it is stored; what could not be stored can be sent again."""
    act, view = read_act(body), body.get("view") or {}
    kind, texts = blocks.read_preview(view)
    t = people.texts(deps, act)
    storing = deps.workers.submit(_store_wording, deps, act, kind, texts)
    answer_in_time(
        deps.slack,
        partial(_clear_all, ack),
        act.view_id,
        storing,
        saving(t),
        lambda problem: (
            again(view, t(problem.message, **problem.values)) if problem else notice(t, t("The wording is saved."))
        ),
    )


def _clear_all(ack: Ack, **answer: Any) -> None:
    ack(**(answer or {"response_action": "clear"}))


def _store_wording(deps: Deps, act: Act, kind: str, texts: dict[str, str]) -> None:
    people.member(deps, act)
    networks.word(deps, act.user, texts, kind)

"""The network's settings and the reminder's wording: for coordinators, who are asked for at every step."""

import re
import unicodedata
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import networks as blocks
from bot.blocks.networks import FormRead
from bot.blocks.observations import loading, notice, saving
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.errors import InvalidDraft, PersonalDataFound, Problem
from bot.services import networks, people
from bot.slack import Act, answer_in_time, open_and_fill, read_act
from bot.texts import Texts

WORDS = ("asetukset", "inställningar", "settings")


def register(app: App, deps: Deps) -> None:
    app.command(re.compile(r"^/(kooste|sammandrag)$"), matchers=[asks_for_settings])(partial(by_command, deps))
    app.action("network.open_settings")(partial(by_button, deps))
    app.view("network.settings")(partial(submit, deps))
    app.action("network.open_wording")(partial(open_wording, deps))
    app.view("network.wording_form")(partial(preview, deps))
    app.view("network.wording_preview")(partial(save_wording, deps))


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
        t = coordinator(deps, act)
        found = networks.settings(deps)
        return blocks.form(t, FormRead(found.network, found.coordinators), len(deps.first_coordinators))
    except Problem as problem:
        return _refused(deps, act, problem)


def _wording(deps: Deps, act: Act) -> Block:
    try:
        return blocks.wording(coordinator(deps, act), networks.settings(deps).wordings)
    except Problem as problem:
        return _refused(deps, act, problem)


def coordinator(deps: Deps, act: Act) -> Texts:
    """The words for the acting coordinator. Raises NotACoordinator, NotAMember, PersonUnknown, DatabaseUnavailable."""
    people.member(deps, act)
    return people.words_of(deps, networks.require_coordinator(deps, act.user))


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
    networks.choose(deps, act.user, read.network, read.coordinators)


def _told(deps: Deps, t: Texts, read: FormRead, problem: Problem | None) -> Block:
    if problem is None:
        return notice(t, t("The network's settings are saved."))
    if isinstance(problem, InvalidDraft):
        said = " ".join(dict.fromkeys(t(text) for text in problem.fields.values()))
        return blocks.form(t, read, len(deps.first_coordinators), said)
    return notice(t, t(problem.message, **problem.values))


def preview(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The guard reads the texts; what is never stored stays in the form, the rest is shown as members will see it."""
    act, texts = read_act(body), blocks.read_wording(body.get("view") or {})
    t = people.texts(deps, act)
    try:
        problem = networks.examine_wording(texts)
    except PersonalDataFound as found:
        ack(response_action="errors", errors={name: t(found.message) for name in found.blocked})
    except InvalidDraft as wrong:
        ack(response_action="errors", errors={name: t(text) for name, text in wrong.fields.items()})
    else:
        ack(response_action="push", view=blocks.preview(t, texts, problem))


def save_wording(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Both modals close once it is stored."""
    act, texts = read_act(body), blocks.read_preview(body.get("view") or {})
    t = people.texts(deps, act)
    storing = deps.workers.submit(_store_wording, deps, act, texts)
    answer_in_time(
        deps.slack,
        partial(_clear_all, ack),
        act.view_id,
        storing,
        saving(t),
        lambda problem: notice(
            t, t(problem.message, **problem.values) if problem else t("The reminder's wording is saved.")
        ),
    )


def _clear_all(ack: Ack, **answer: Any) -> None:
    ack(**(answer or {"response_action": "clear"}))


def _store_wording(deps: Deps, act: Act, texts: dict[str, str]) -> None:
    people.member(deps, act)
    networks.word(deps, act.user, texts)

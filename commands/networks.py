"""The network's settings, wording and ready-made answers: for coordinators, which is asked at every step."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import networks as blocks
from bot.blocks.networks import FormRead
from bot.blocks.observations import field_errors, loading, notice, refusal, saving
from bot.blocks.parts import Block
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.errors import InvalidDraft, NotACoordinator, NotAMember, PersonalDataFound, Problem
from bot.rules.commands import Asked
from bot.rules.people import marks
from bot.rules.reminders import REMINDER
from bot.services import networks, people
from bot.slack import Act, answer_in_time, open_and_fill, read_act, update_in_time
from bot.texts import Texts

Drawn = Callable[[Deps, Act, Texts], Block]


def register(app: App, deps: Deps) -> None:
    app.action("network.open_settings")(partial(_open, deps, settings))
    app.view("network.settings")(partial(submit, deps))
    app.action("network.open_wording")(partial(_open, deps, wording))
    app.view("network.wording_form")(partial(preview, deps))
    app.view("network.wording_preview")(partial(save_wording, deps))
    app.action("network.open_replies")(partial(_open, deps, replies))
    app.view("network.replies")(partial(choose_reply, deps))


def by_command(deps: Deps, act: Act, _asked: Asked, _context: BoltContext) -> None:
    _open_drawn(deps, settings, act)


ANSWERS = {"settings": by_command}


def _open(deps: Deps, draw: Drawn, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    _open_drawn(deps, draw, read_act(body))


def _open_drawn(deps: Deps, draw: Drawn, act: Act) -> None:
    """Opens at once, and shows what `draw` makes; anyone who is no coordinator reads that it is not for them."""
    open_and_fill(deps.slack, act.trigger, loading(), partial(_drawn, deps, act, draw))


def _drawn(deps: Deps, act: Act, draw: Drawn) -> Block:
    try:
        return draw(deps, act, networks.speak_to_keeper(deps, act))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def settings(deps: Deps, _act: Act, t: Texts) -> Block:
    found = networks.settings(deps)
    opened = marks(found.network, found.coordinators)
    return blocks.form(t, FormRead(found.network, found.coordinators, opened), len(deps.first_coordinators))


def wording(deps: Deps, act: Act, t: Texts, kind: str = REMINDER) -> Block:
    return blocks.wording(t, networks.wordings(deps, act.user, kind), kind)


def replies(_deps: Deps, _act: Act, t: Texts) -> Block:
    return blocks.replies(t)


def choose_reply(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The form with the answer of the status that was chosen takes the place of the question."""
    act, kind = read_act(body), blocks.read_replies(body.get("view") or {})
    drawing = deps.workers.submit(_drawn, deps, act, partial(wording, kind=kind))
    update_in_time(deps.slack, ack, act.view_id, drawing, loading())


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act = read_act(body)
    read = blocks.read_form(body.get("view") or {}, deps.workspace)
    t = people.texts(deps, act)
    storing = deps.workers.submit(_store, deps, act, read)
    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), partial(_told, deps, t, read))


def _store(deps: Deps, act: Act, read: FormRead) -> None:
    networks.speak_to_keeper(deps, act)
    for user in networks.choose(deps, act.user, read.network, read.coordinators, read.opened):
        deps.redraw_home(Act(user, deps.workspace))  # Slack keeps what was drawn there for a coordinator
    deps.redraw_home(act)


def _told(deps: Deps, t: Texts, read: FormRead, problem: Problem | None) -> Block:
    if problem is None:
        return notice(t, t("The network's settings are saved."))
    if isinstance(problem, NotACoordinator | NotAMember):
        return refusal(t, problem)
    texts = problem.fields.values() if isinstance(problem, InvalidDraft) else [problem.message]
    said = " ".join(dict.fromkeys(t(text, **problem.values) for text in texts))
    return blocks.form(t, read, len(deps.first_coordinators), said)


def preview(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The guard reads the texts; what is never stored stays in the form, the rest is shown as members will see it."""
    act, (kind, texts) = read_act(body), blocks.read_wording(body.get("view") or {})
    t = people.texts(deps, act)
    try:
        problem = networks.examine_wording(deps, texts)
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

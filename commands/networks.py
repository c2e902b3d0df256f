"""The network's settings, wording and ready-made answers: for coordinators, which is asked at every step."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import networks as blocks
from bot.blocks.networks import NetworkRead
from bot.blocks.observations import field_errors
from bot.blocks.parts import Block
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.dialogs import Draw, Form, answer, open_drawn, put_in_place_of_form
from bot.errors import InvalidDraft, PersonalDataFound, Problem
from bot.rules.commands import Asked
from bot.rules.people import marks
from bot.rules.reminders import REMINDER
from bot.services import networks, people, permissions
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.action("network.open_settings")(partial(_open, deps, partial(settings, deps)))
    app.view("network.settings")(partial(submit, deps))
    app.action("network.open_wording")(partial(_open, deps, partial(wording, deps)))
    app.view("network.wording_form")(partial(preview, deps))
    app.view("network.wording_preview")(partial(save_wording, deps))
    app.action("network.open_replies")(partial(_open, deps, lambda t, _who: blocks.replies(t)))
    app.view("network.replies")(partial(choose_reply, deps))


def by_command(deps: Deps, act: Act, _asked: Asked, _context: BoltContext) -> None:
    open_drawn(deps, act, partial(settings, deps), networks.welcome_keeper)


ANSWERS = {"settings": by_command}


def _open(deps: Deps, draw: Draw, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_drawn(deps, read_act(body), draw, networks.welcome_keeper)


def settings(deps: Deps, t: Texts, _who: Actor) -> Block:
    found = networks.settings(deps)
    opened = marks(found.network, found.coordinators)
    return blocks.form(t, NetworkRead(found.network, found.coordinators, opened), len(deps.first_coordinators))


def wording(deps: Deps, t: Texts, who: Actor, kind: str = REMINDER) -> Block:
    return blocks.wording(t, networks.wordings(deps, who, kind), kind)


def choose_reply(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The form with the answer of the status that was chosen takes the place of the question."""
    act, kind = read_act(body), blocks.read_replies(body.get("view") or {})
    put_in_place_of_form(deps, ack, act, partial(wording, deps, kind=kind), networks.welcome_keeper)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act = read_act(body)
    read = blocks.read_form(body.get("view") or {}, deps.workspace)
    t = people.texts(deps, act)
    done = t("The network's settings are saved.")
    form = Form(partial(_again, deps, t, read), done, at_fields=False, check=permissions.by_account)
    answer(deps, ack, body, act, partial(_store_settings, deps, act, read), form)


def _store_settings(deps: Deps, act: Act, read: NetworkRead, who: Actor) -> None:
    for user in networks.choose(deps, who, read.network, read.coordinators, read.opened):
        deps.redraw_home(Act(user, deps.workspace))  # Slack keeps what was drawn there for a coordinator
    deps.redraw_home(act)


def _again(deps: Deps, t: Texts, read: NetworkRead, problem: Problem) -> Block:
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
    done = t("The wording is saved.")

    def anew(problem: Problem) -> Block:
        return again(view, t(problem.message, **problem.values))

    form = Form(anew, done, then="clear", refuses=False, at_fields=False)
    answer(deps, ack, body, act, lambda who: networks.put_wording(deps, who, texts, kind), form)

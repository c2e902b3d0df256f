"""A person's own settings, and what Slack tells unasked of who comes, goes and changes."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import people as blocks
from bot.blocks.parts import Block, said
from bot.blocks.submissions import carried_in
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn
from bot.errors import InvalidDraft, Problem
from bot.rules.commands import Asked
from bot.rules.people import Choices
from bot.services import people
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts


def register(app: App, deps: Deps) -> None:
    app.action("people.open_settings")(partial(by_button, deps))
    app.view("people.settings")(partial(submit, deps))
    app.event("user_change")(partial(changed, deps))
    app.event("team_join")(partial(changed, deps))
    app.event("member_joined_channel")(partial(came_or_went, deps))
    app.event("member_left_channel")(partial(came_or_went, deps))


def by_command(deps: Deps, act: Act, _asked: Asked, _context: BoltContext) -> None:
    open_settings(deps, act)


ANSWERS = {"settings": by_command}


def by_button(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    open_settings(deps, read_act(body))


def open_settings(deps: Deps, act: Act) -> None:
    def draw(t: Texts, who: Actor) -> Block:
        return blocks.form(t, deps.vocabularies, people.choices_of(deps, who), act.response_url)

    open_drawn(deps, act, draw)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """What is saved is said where the settings were asked for: at the command, or in App Home."""
    view = body.get("view") or {}
    act = replace(read_act(body), response_url=str(carried_in(view).get("r") or ""))
    t, choices = people.texts(deps, act), blocks.read_form(view)
    done = t("Your settings are saved.")
    form = Form(partial(_again, deps, t, choices, act.response_url), done, t=t, refuses=False, at_fields=False)
    for _ in answer(deps, ack, body, act, lambda who: people.choose(deps, who, choices), form):
        deps.run_soon(_tell_saved, act)


def _tell_saved(deps: Deps, act: Act) -> None:
    """In the language that was chosen just now."""
    done = people.texts(deps, act)("Your settings are saved.")
    deps.redraw_home(act, "" if act.response_url else done)
    if act.response_url:
        deps.slack.whisper(act.response_url, *said(done))


def _again(deps: Deps, t: Texts, choices: Choices, response_url: str, problem: Problem) -> Block:
    texts = problem.fields.values() if isinstance(problem, InvalidDraft) else (problem.message,)
    return blocks.form(
        t, deps.vocabularies, choices, response_url, " ".join(t(text, **problem.values) for text in texts)
    )


def changed(deps: Deps, event: dict[str, Any]) -> None:
    """A new account, name, zone or status. The locale is not told here: what was known of it stays."""
    user = event.get("user")
    if isinstance(user, dict) and deps.people.heard(user):
        people.note_change(deps)


def came_or_went(deps: Deps, event: dict[str, Any]) -> None:
    """Redraws the home of a person who has left, since Slack keeps what was drawn there."""
    channel, user = str(event.get("channel") or ""), str(event.get("user") or "")
    left = event.get("type") == "member_left_channel"
    if not deps.people.came_or_went(channel, user if left else ""):
        return
    people.note_change(deps)
    if left:
        deps.redraw_home(Act(user, deps.workspace))

"""A person's own settings, and what Slack tells unasked of who comes, goes and changes."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.blocks import people as blocks
from bot.blocks.observations import loading, notice, refusal, saving
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.errors import InvalidDraft, Problem
from bot.rules.commands import Asked
from bot.rules.people import Choices
from bot.services import people
from bot.slack import Act, answer_in_time, open_and_fill, read_act
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
    open_and_fill(deps.slack, act.trigger, loading(), partial(_drawn, deps, act))


def _drawn(deps: Deps, act: Act) -> Block:
    try:
        t = people.speak_to(deps, act)
        return blocks.form(t, deps.vocabularies, people.choices_of(deps, act.user))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, choices = read_act(body), blocks.read_form(body.get("view") or {})
    t = people.texts(deps, act)
    storing = deps.workers.submit(_store, deps, act, choices)
    drawn = partial(_told, deps, t, choices)
    answer_in_time(deps.slack, ack, act.view_id, storing, saving(t), drawn)


def _store(deps: Deps, act: Act, choices: Choices) -> None:
    people.member(deps, act)
    people.choose(deps, act.user, choices)
    deps.redraw_home(act)


def _told(deps: Deps, t: Texts, choices: Choices, problem: Problem | None) -> Block:
    """What a late answer says: the form with what is wrong in it, or that all is stored."""
    if problem is None:
        return notice(t, t("Your settings are saved."))
    texts = problem.fields.values() if isinstance(problem, InvalidDraft) else (problem.message,)
    return blocks.form(t, deps.vocabularies, choices, " ".join(t(text, **problem.values) for text in texts))


def changed(deps: Deps, event: dict[str, Any]) -> None:
    """A new account, name, zone or status. The locale is not told here: what was known of it stays."""
    user = event.get("user")
    if isinstance(user, dict) and deps.people.heard(user):
        people.note_change(deps)


def came_or_went(deps: Deps, event: dict[str, Any]) -> None:
    """Who has left sees nothing of the network any more: Slack keeps what was drawn in their home."""
    channel, user = str(event.get("channel") or ""), str(event.get("user") or "")
    left = event.get("type") == "member_left_channel"
    if not deps.people.came_or_went(channel, user if left else ""):
        return
    people.note_change(deps)
    if left:
        deps.redraw_home(Act(user, deps.workspace))

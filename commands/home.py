"""App Home: one's own settings and observations, and to coordinators the round's numbers and buttons."""

import logging
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import home as blocks
from bot.blocks.home import Page
from bot.deps import Deps
from bot.errors import Problem, SlackError
from bot.rules.reminders import Outlook
from bot.services import deliveries, meetings, networks, observations, people, reminders
from bot.slack import Act, Member, read_act

SHOWN = 5  # own observations; `/raportoi omat` shows all
log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    deps.pages.append(show)
    app.event("app_home_opened")(partial(opened, deps))
    app.action("reminders.stop_round")(partial(stop_round, deps))
    app.action("reminders.nudge")(partial(nudge, deps))


def opened(deps: Deps, event: dict[str, Any], body: dict[str, Any]) -> None:
    if event.get("tab") == "home":
        show(deps, Act(user=str(event.get("user") or ""), team=str(body.get("team_id") or "")))


def stop_round(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    held = reminders.stop_round(deps, act.user)
    show(deps, act, t.many("The round was stopped: {n} message was held back.",
                           "The round was stopped: {n} messages were held back.", held))  # fmt: skip


def nudge(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    count = reminders.nudge(deps, act.user)
    if count is None:
        show(deps, act, t("Nobody was nudged: it is done once a round, when all have got theirs, on a working day."))
    else:
        show(deps, act, t.many("{n} more message goes out.", "{n} more messages go out.", count))


def show(deps: Deps, act: Act, said: str = "") -> None:
    """Draws the person's page anew; who is no member is told so there."""
    try:
        person = people.member(deps, act)
        t = people.words_of(deps, person)
        view = blocks.page(t, deps.vocabularies, _gathered(deps, act, person), said)
    except Problem as problem:
        t = people.texts(deps, act)
        view = blocks.closed(t(problem.message, **problem.values))
    deps.slack.publish_home(act.user, view)


def _gathered(deps: Deps, act: Act, person: Member) -> Page:
    is_coordinator = networks.is_coordinator(deps, act.user)
    return Page(
        choices=people.choices_of(deps, act.user),
        next_reminder=reminders.next_for(deps, person),
        latest=observations.latest_of(deps, act.user)[0][:SHOWN],
        is_coordinator=is_coordinator,
        outlook=_outlook(deps, act) if is_coordinator else None,
        meeting=next(iter(meetings.coming(deps, act.user, 1)), None),
        undelivered=deliveries.undelivered(deps) if is_coordinator else (),
    )


def _outlook(deps: Deps, act: Act) -> Outlook | None:
    """The numbers; None where Slack does not tell the members just now."""
    try:
        return reminders.outlook(deps, act.user)
    except SlackError as error:
        log.warning("the round's numbers could not be worked out: %s", error.code)
        return None

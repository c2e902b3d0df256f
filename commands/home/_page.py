"""The page: one's own settings and observations, and to coordinators the queue, phenomena and the round's numbers."""

import logging
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import home as blocks
from bot.blocks.home import Desk, Page
from bot.blocks.observations import refusal
from bot.blocks.parts import Block
from bot.blocks.reminders import thanked
from bot.deps import Deps
from bot.errors import ChannelLost, DatabaseUnavailable, Problem, SlackError
from bot.rules.queues import Wanted
from bot.rules.reminders import Outlook
from bot.services import deliveries, meetings, networks, observations, people, phenomena, queues, reminders
from bot.slack import Act, Member, read_act
from bot.texts import Texts
from commands.home._forms import answer

SHOWN = 5  # own observations; `/raportoi omat` shows all
log = logging.getLogger(__name__)


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


def ask_to_nudge(deps: Deps, act: Act, t: Texts) -> Block:
    return blocks.nudge_form(t, reminders.nudge_ahead(deps, act.user))


def nudge(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, counts = read_act(body), []
    t = people.texts(deps, act)
    if answer(deps, ack, body, act, lambda: counts.append(_nudge(deps, act)), partial(refusal, t)):
        show(deps, act, t.many("{n} more message goes out.", "{n} more messages go out.", counts[0]))


def _nudge(deps: Deps, act: Act) -> int:
    people.member(deps, act)
    return reminders.nudge(deps, act.user)


def nothing(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """That there is nothing (more) to tell, said here instead of in the reminder."""
    ack()
    act = read_act(body)
    t = people.speak_to(deps, act)
    reminders.mark_answered(deps, act.user)
    show(deps, act, thanked(t)[0])


def show(deps: Deps, act: Act, said: str = "", wanted: Wanted | None = None) -> None:
    """Draws the person's page anew, a coordinator's with this part of the queue; who is no member is told so there."""
    try:
        person = people.member(deps, act)
        t = people.words_of(deps, person)
        view = blocks.page(t, deps.vocabularies, _gathered(deps, act, person, wanted or Wanted()), said)
    except Problem as problem:
        view = _closed(deps, act, problem)
    deps.slack.publish_home(act.user, view)


def _closed(deps: Deps, act: Act, problem: Problem) -> Block:
    """Why the page is not shown; coordinators may choose another channel where the bot does not see the network's."""
    t = people.texts(deps, act)
    try:
        may_choose = isinstance(problem, ChannelLost) and networks.is_coordinator(deps, act.user)
    except DatabaseUnavailable:
        may_choose = False
    return blocks.closed(t, t(problem.message, **problem.values), may_choose_channel=may_choose)


def _gathered(deps: Deps, act: Act, person: Member, wanted: Wanted) -> Page:
    is_coordinator = networks.is_coordinator(deps, act.user)
    return Page(
        choices=people.choices_of(deps, act.user),
        next_reminder=reminders.next_for(deps, person),
        latest=observations.latest_of(deps, act.user)[0][:SHOWN],
        is_coordinator=is_coordinator,
        outlook=_outlook(deps, act) if is_coordinator else None,
        meeting=next(iter(meetings.coming(deps, act.user, 1)), None),
        undelivered=deliveries.undelivered(deps) if is_coordinator else (),
        desk=_desk(deps, act, wanted) if is_coordinator else None,
        code=deps.codes.newest(act.user),
    )


def _desk(deps: Deps, act: Act, wanted: Wanted) -> Desk:
    return Desk(queues.page(deps, act.user, wanted), phenomena.listed(deps, act.user, wanted.phenomena))


def _outlook(deps: Deps, act: Act) -> Outlook | None:
    """The numbers; None where Slack does not tell the members just now."""
    try:
        return reminders.outlook(deps, act.user)
    except SlackError as error:
        log.warning("the round's numbers could not be worked out: %s", error.code)
        return None

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
from bot.dialogs import Form, answer
from bot.errors import ChannelLost, DatabaseUnavailable, Problem, SlackError
from bot.rules.queues import Wanted
from bot.rules.reminders import Outlook
from bot.services import deliveries, meetings, news, observations, people, phenomena, practices, queues, reminders
from bot.services.permissions import Actor, is_coordinator
from bot.slack import Act, Member, read_act
from bot.texts import Texts

SHOWN = 5  # own observations; `/raportoi omat` shows all
log = logging.getLogger(__name__)


def opened(deps: Deps, event: dict[str, Any], body: dict[str, Any]) -> None:
    if event.get("tab") == "home":
        show(deps, Act(user=str(event.get("user") or ""), team=str(body.get("team_id") or "")), looks=True)


def stop_round(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    held = reminders.stop_round(deps, who)
    show(deps, act, t.many("The round was stopped: {n} message was held back.",
                           "The round was stopped: {n} messages were held back.", held))  # fmt: skip


def ask_to_nudge(deps: Deps, _act: Act, t: Texts, who: Actor) -> Block:
    return blocks.nudge_form(t, reminders.nudge_ahead(deps, who))


def nudge(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act = read_act(body)
    t = people.texts(deps, act)
    done = t("Saved.")
    for count in answer(deps, ack, body, act, partial(reminders.nudge, deps), Form(partial(refusal, t), done)):
        show(deps, act, t.many("{n} more message goes out.", "{n} more messages go out.", count))


def nothing(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """That there is nothing (more) to tell, said here instead of in the reminder."""
    ack()
    act = read_act(body)
    t, who = people.welcome(deps, act)
    reminders.mark_answered(deps, who)
    show(deps, act, thanked(t)[0])


def show(deps: Deps, act: Act, said: str = "", wanted: Wanted | None = None, *, looks: bool = False) -> None:
    """Draws the person's page anew, a coordinator's with this part of the queue. Others read there why not.

    What is `said` stands above, or above the queue where that is `wanted`.
    `looks`: the person has come to look, so that what is new is counted, and is new no more.
    """
    try:
        person = people.member(deps, act)
        t, who = people.welcome(deps, act)
        found = _gathered(deps, who, person, wanted or Wanted(), "" if wanted is None else said, looks=looks)
        view = blocks.page(t, deps.vocabularies, found, said if wanted is None else "")
    except Problem as problem:
        view = _closed(deps, act, problem)
    deps.slack.publish_home(act.user, view)


def _closed(deps: Deps, act: Act, problem: Problem) -> Block:
    """Why the page is not shown; coordinators may choose another channel where the bot does not see the network's."""
    t = people.texts(deps, act)
    try:
        may_choose = isinstance(problem, ChannelLost) and is_coordinator(deps, act.user)
    except DatabaseUnavailable:
        may_choose = False
    return blocks.closed(t, t(problem.message, **problem.values), may_choose_channel=may_choose)


def _gathered(deps: Deps, who: Actor, person: Member, wanted: Wanted, said: str, *, looks: bool) -> Page:
    coordinates, chosen = is_coordinator(deps, who), people.row_of(deps, who)
    return Page(
        choices=people.choices_in(deps, chosen),
        next_reminder=reminders.next_for(deps, person, chosen),
        latest=observations.latest_of(deps, who)[0][:SHOWN],
        is_coordinator=coordinates,
        outlook=_outlook(deps, who) if coordinates else None,
        meeting=next(iter(meetings.coming(deps, who, 1)), None),
        undelivered=deliveries.undelivered(deps) if coordinates else (),
        desk=_desk(deps, who, wanted, said) if coordinates else None,
        cards_waiting=practices.waiting(deps) if coordinates else 0,
        news=news.look(deps, who) if coordinates and looks else None,
        code=deps.codes.newest(who),
    )


def _desk(deps: Deps, who: Actor, wanted: Wanted, said: str) -> Desk:
    return Desk(queues.page(deps, who, wanted, said), phenomena.listed(deps, who, wanted.phenomena))


def _outlook(deps: Deps, who: Actor) -> Outlook | None:
    """The numbers; None where Slack does not tell the members just now."""
    try:
        return reminders.outlook(deps, who)
    except SlackError as error:
        log.warning("the round's numbers could not be worked out: %s", error.code)
        return None

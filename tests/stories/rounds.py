"""Rounds of reminders for the stories, far in the future, so that the bot's own clock leaves them alone."""

from datetime import UTC, datetime
from itertools import pairwise

from sqlmodel import select

from bot.deps import Deps
from bot.jobs import reminders as jobs
from bot.rules.deliveries import Send
from bot.rules.reminders import KINDS, Past, Rule, upcoming
from bot.services import deliveries as ledger
from bot.services import reminders
from storage.models import Answered, Delivery, Network
from tests.clocks import at

RULE = Rule.of(Network(workspace=""))


def _times() -> list[datetime]:
    found, now = [], datetime(2090, 9, 1, 12, tzinfo=UTC)
    past = Past(now)
    for _ in range(3):
        one = upcoming(RULE, now, past)
        assert one is not None
        found.append(one.opens_at)
        past, now = Past(past.since, one.occurrence), one.opens_at
    return found


FIRST, SECOND, THIRD = _times()
assert all(a < b for a, b in pairwise((FIRST, SECOND, THIRD)))


def opens(deps: Deps, moment: datetime = FIRST, *, sends: bool = True) -> None:
    """The round of the moment is opened and, unless told otherwise, its messages are sent as the ledger would."""
    deps.people.came_or_went(deps.people.channel or "")
    deps.people.warm()
    reminders.open_due_round(deps)  # the first look at the rule, as after an installation
    there = at(deps, moment)
    assert reminders.open_due_round(there)
    if sends:
        goes_out(there)


def goes_out(deps: Deps) -> None:
    for row in waiting(deps):
        with deps.read() as session:
            verdict = reminders.still_wanted(deps, session, row, deps.now())
        if isinstance(verdict, Send):
            channel, ts = deps.slack.post(row.recipient, *jobs.draw(deps, row))
            ledger.sent(deps, row, channel, ts, "reply")


def waiting(deps: Deps) -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery).where(Delivery.state == "pending", Delivery.kind.in_(KINDS))))


def deliveries(deps: Deps) -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery)))


def answered(deps: Deps) -> list[str]:
    """Those who have said that they have nothing to tell."""
    with deps.read() as session:
        return sorted(row.user for row in session.exec(select(Answered)))

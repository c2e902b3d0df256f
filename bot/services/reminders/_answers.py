"""What people do about a reminder: answer it, put it off, pause, stop."""

from datetime import date

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.rules import people as choices
from bot.rules import reminders as rules
from bot.rules.deliveries import Due
from bot.rules.reminders import REMINDER, TOMORROW, Rule
from bot.rules.weeks import local_day, zone_of
from bot.services.deliveries import enqueue
from bot.services.permissions import Actor
from bot.services.reminders._rounds import rule_and_past
from bot.slack import Member
from storage import networks, people
from storage import reminders as table
from storage.models import Run


def mark_answered(deps: Deps, user: Actor) -> None:
    """Stores that the person has nothing (more) to tell: one undated mark, for as long as the round runs.

    An observation leaves no mark: one with a name tells by itself who has answered, and of one without a name nobody
    may ever know who has.
    """
    with deps.write() as session:
        if Rule.of(networks.get_network(session, deps.workspace)).cadence != "off":
            latest = table.get_latest(session, deps.workspace, REMINDER)
            table.mark(session, deps.workspace, _round_of(latest), user)


def _round_of(latest: Run | None) -> str:
    return latest.occurrence if latest else rules.BEFORE_THE_FIRST


def forget_place(deps: Deps, channel: str, ts: str) -> None:
    """Forgets where the message stands: it was answered and edited, and the end of the round leaves it alone."""
    with deps.write() as session:
        table.forget_place_of(session, deps.workspace, channel, ts)


def remind_tomorrow(deps: Deps, member: Member) -> date:
    """Enters one more reminder, on the next open day by the person's own clock, and returns which day that is.

    Anyone who has said that there is nothing to tell has changed their mind.
    """
    with deps.write() as session:
        rule, _past, latest = rule_and_past(session, deps)
        present = _round_of(latest)
        zone = zone_of(member.zone)
        day, at = rules.tomorrow(rule, deps.now(), zone)
        due = Due(TOMORROW, f"{present}:{day.isoformat()}", member.user, at, rules.valid_until(day, zone))
        enqueue(session, deps.workspace, [due])
        table.mark(session, deps.workspace, present, member.user, marked=False)
    return day


def pause(deps: Deps, user: Actor, until: date | None) -> None:
    """Stores that the person gets no reminders up to and including this day. Raises InvalidDraft."""
    if wrong := choices.pause_mistake(until, local_day(deps.now())):
        raise InvalidDraft({"until": wrong})
    with deps.write() as session:
        people.put(session, deps.workspace, user, {"paused_until": until})


def stop(deps: Deps, user: Actor) -> None:
    """Stores that the person gets no reminders, until they turn them on in their settings."""
    with deps.write() as session:
        people.put(session, deps.workspace, user, {"reminders": False})

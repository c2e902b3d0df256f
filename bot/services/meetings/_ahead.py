"""What would be sent about meetings in the days to come, for the preview."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings as rules
from bot.rules.meetings import Occurrence
from bot.rules.weeks import DAY, local_day
from bot.services.meetings._wanted import A_YEAR
from bot.services.permissions import coordinators
from storage import meetings as table

LATELY = 2 * rules.QUESTION_FOR
Ahead = tuple[datetime, str, int, str]
"""When, what kind, to how many, and the occurrence."""


def ahead(session: Session, deps: Deps, now: datetime, until: datetime, members: Collection[str]) -> Iterator[Ahead]:
    """Reminders, the question after each meeting, and the word of a missing one; by the answers that stand now."""
    for meeting in table.get_since(session, deps.workspace, now - LATELY):
        if meeting.status == "cancelled":
            continue
        rows = table.get_answers(session, deps.workspace, meeting.key)
        owns = [rules.answer_of(rows, user) for user in members]
        for one in rules.ahead(meeting, now):
            asked = sum(rules.concerns(one.name, own, meeting, one.at) for own in owns)
            if asked and one.at <= until:
                yield one.at, rules.REMINDER, asked, str(Occurrence.as_it_stands(meeting, one.name))
        there, at = sum(own.comes for own in owns), rules.question_at(meeting)
        if there and now < at <= until:
            yield at, rules.FOLLOWUP, there, str(Occurrence(meeting.key, of=rules.AFTER))
    yield from _missing(session, deps, now, until)


def _missing(session: Session, deps: Deps, now: datetime, until: datetime) -> Iterator[Ahead]:
    stand = table.get_since(session, deps.workspace, now - A_YEAR)
    half = rules.half_of(local_day(now))
    while (at := rules.nudge_at(half)) <= until:
        if at > now and not rules.stands_in(half, stand):
            yield at, rules.MISSING, len(coordinators(session, deps)), half.key
        half = rules.half_of(half.last + DAY)

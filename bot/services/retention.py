"""The night's work: one process at a time does it, once a night, and what was not finished is tried again."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import Due
from bot.rules.kinds import Kind
from bot.rules.retention import FIRST, LEAVERS_KEPT, NIGHT, TEXTS_KEPT, TOLD_AFTER, TOLD_AHEAD, last_night
from bot.rules.statuses import CLOSED
from bot.rules.weeks import local_day, local_instant, months_before
from bot.services.deliveries import enqueue
from bot.services.own_data import erase_now
from bot.services.permissions import coordinators
from storage import orphans, own_data
from storage import retention as table
from storage.models import Run
from storage.reminders import open_run
from storage.retention import DONE, PLANNED, REWRITTEN

__all__ = [
    "DONE",
    "PLANNED",
    "REWRITTEN",
    "Night",
    "begin_night",
    "end_night",
    "forget_leavers",
    "forget_orphans",
    "forget_texts",
    "late_since",
]

LEASE = timedelta(hours=1)  # after which whoever was at it is taken for dead
AT_A_TIME = 200  # keys whose rows go in one transaction
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Night:
    """The night whose work the caller has taken: its local day, and PLANNED, or REWRITTEN if only the log is left."""

    day: str
    state: str


def begin_night(deps: Deps) -> Night | None:
    """Takes the last night's work; None if it is done, or another process is at it. Raises DatabaseUnavailable."""
    now = deps.now()
    day = last_night(now)
    with deps.write() as session:
        state = table.take_night(session, deps.workspace, day, local_instant(day, NIGHT), now, now + LEASE)
    return Night(f"{day}", state) if state else None


def end_night(deps: Deps, night: Night, state: str) -> None:
    """Writes down how far it came: DONE, or what is tried again at the next knock. Raises DatabaseUnavailable."""
    with deps.write() as session:
        table.leave_night(session, deps.workspace, night.day, state, deps.now())


def late_since(deps: Deps) -> datetime | None:
    """When the night was due whose work has not been finished for a day; None where all is well."""
    with deps.read() as session:
        since = table.unfinished_since(session, deps.workspace)
    return since if since and deps.now() - since > TOLD_AFTER else None


def forget_orphans(deps: Deps) -> None:
    """Deletes what belongs to nothing any more, a few rows at a time. Raises DatabaseUnavailable."""
    for belonging in orphans.BELONGINGS:
        with deps.read() as session:
            found = orphans.find(session, belonging)
        for workspace, keys in found.items():
            log.info("%s rows of %s belong to nothing", len(keys), belonging.table.__tablename__)
            for start in range(0, len(keys), AT_A_TIME):
                with deps.write() as session:
                    orphans.remove(session, belonging, workspace, keys[start : start + AT_A_TIME])


def forget_texts(deps: Deps) -> None:
    """Texts of observations that were closed two years ago go, and answers about them. Raises DatabaseUnavailable.

    Before they go for the first time, coordinators are told three weeks ahead, and may make the summary first.
    """
    today, now = local_day(deps.now()), deps.now()
    with deps.write() as session:
        told = session.get(Run, (deps.workspace, Kind.TEXTS_GO, FIRST))
        if told is None:
            _tell_ahead(session, deps, now)
            return
        if told.due_at > now:
            return
    before = months_before(today, TEXTS_KEPT)
    with deps.write() as session:
        own_data.forget_answers(session, deps.workspace, CLOSED, before)
    with deps.read() as session:
        parts = list(own_data.keys_over(session, deps.workspace, CLOSED, before))
    for some in parts:
        with deps.write() as session:
            taken = own_data.take_over(session, deps.workspace, CLOSED, before, now, some)
        log.info("the texts of %s observations were taken away, as they were closed long ago", taken)


def _tell_ahead(session: Session, deps: Deps, now: datetime) -> None:
    then = now + TOLD_AHEAD
    count = own_data.count_over(session, deps.workspace, CLOSED, months_before(local_day(then), TEXTS_KEPT))
    if count and open_run(session, deps.workspace, Kind.TEXTS_GO, FIRST, then, then):
        params, until = {"count": count, "on": f"{local_day(then)}"}, then
        told = sorted(coordinators(session, deps))
        enqueue(session, deps.workspace, (Due(Kind.TEXTS_GO, FIRST, user, now, until, params) for user in told))


def forget_leavers(deps: Deps, members: Collection[str]) -> None:
    """Who left the network a year ago is erased; their texts stay, without their writer. Raises DatabaseUnavailable."""
    if not members:  # it is we who know too little
        return
    today = local_day(deps.now())
    with deps.write() as session:
        own_data.note_departures(session, deps.workspace, members, today)
        gone = own_data.left_before(session, deps.workspace, months_before(today, LEAVERS_KEPT))
    for user in gone:
        erase_now(deps, user, texts=False, has_left=True)

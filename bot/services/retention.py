"""The night's work: one process at a time does it, once a night, and what was not finished is tried again."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import Due
from bot.rules.kinds import Kind
from bot.rules.own_data import GONE
from bot.rules.retention import FIRST, LEAVERS_KEPT, NIGHT, TEXTS_KEPT, TOLD_AFTER, TOLD_AHEAD, last_night
from bot.rules.statuses import CLOSED, Status
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
    """What was closed two years ago loses what its columns say: texts, who wrote and handled them, answers about them.

    A phenomenon's own text stays. Before texts go for the first time, coordinators are told three weeks ahead, and may
    make the summary first. Raises DatabaseUnavailable.
    """
    today, now = local_day(deps.now()), deps.now()
    with deps.write() as session:
        told = session.get(Run, (deps.workspace, Kind.TEXTS_GO, FIRST))
        if told.due_at > now if told else _tell_ahead(session, deps, now):
            return
    ago = _long_ago(deps, today)
    with deps.read() as session:
        parts = list(own_data.keys_over(session, ago))
    for name, some in parts:
        with deps.write() as session:
            taken = own_data.take_over(session, ago, name, some, now)
        log.info("what was kept of %s rows of %s was taken away, as they were closed long ago", taken, name)


def _long_ago(deps: Deps, today: date) -> own_data.LongAgo:
    return own_data.LongAgo(deps.workspace, (*CLOSED, Status.DELETED), months_before(today, TEXTS_KEPT), GONE)


def _tell_ahead(session: Session, deps: Deps, now: datetime) -> bool:
    """Whether any text is so old, or will be by then: else nobody needs to be told of what goes now."""
    then = now + TOLD_AHEAD
    count = own_data.count_over(session, _long_ago(deps, local_day(then)))
    if count and open_run(session, deps.workspace, Kind.TEXTS_GO, FIRST, then, then):
        params, until = {"count": count, "on": f"{local_day(then)}"}, then
        told = sorted(coordinators(session, deps))
        enqueue(session, deps.workspace, (Due(Kind.TEXTS_GO, FIRST, user, now, until, params) for user in told))
    return count > 0


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

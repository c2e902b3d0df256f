"""The night's work: one process at a time does it, once a night, and what was not finished is tried again."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deps import Deps
from bot.rules.retention import NIGHT, TOLD_AFTER, last_night
from bot.rules.weeks import local_instant
from storage import orphans
from storage import retention as table
from storage.retention import DONE, PLANNED, REWRITTEN

__all__ = ["DONE", "PLANNED", "REWRITTEN", "Night", "begin_night", "end_night", "forget_orphans", "late_since"]

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

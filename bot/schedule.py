"""The timetable: it knocks at intervals and remembers when it did; what is to be done stands in the tables alone."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]  # it has no types

from bot.deps import utc_now
from bot.errors import DatabaseUnavailable, SlackError
from bot.logs import trace

WATCH_SECONDS = 10
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Knock:
    """One knock: its name, how often it should come, and when it last went well (at first: when the clock started)."""

    name: str
    seconds: float
    last: datetime


class Timetable:
    """Calls each function at its interval, never twice at once; a knock that was missed is made up for once, at once.

    Nothing is stored: after a start all functions are called anew. Times are UTC, so that no day has 23 hours.
    """

    def __init__(self, table: Iterable[tuple[str, float, Callable[[], object]]]) -> None:
        self._table = {name: (seconds, function) for name, seconds, function in table}
        self._last: dict[str, datetime] = {}
        self._stopping = threading.Event()
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # health tells who hangs

    def start(self) -> None:
        now = utc_now()
        for name, (seconds, _) in self._table.items():
            self._last[name] = now
            self._scheduler.add_job(self._knock, "interval", (name,), id=name, seconds=seconds, next_run_time=now)
        self._scheduler.start()
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def stop(self) -> None:
        """What is under way is finished."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def knocks(self) -> list[Knock]:
        return [Knock(name, self._table[name][0], last) for name, last in self._last.items()]

    def _knock(self, name: str) -> None:
        try:
            self._table[name][1]()
        except DatabaseUnavailable:  # the door to it has logged why; the next knock tries again
            return
        except SlackError as error:  # the next knock comes all the same; the health check tells that Slack is away
            log.warning("the clock's work %s did not get its answer from Slack: %s", name, error.code)
        except Exception as error:  # noqa: BLE001 - the next knock must come all the same
            log.error("the clock's work %s failed: %s", name, trace(error))  # noqa: TRY400 - errors' words are not logged
            return
        self._last[name] = utc_now()

    def _watch(self) -> None:
        """After the clock was set back the scheduler would wait for the old time to come again."""
        while not self._stopping.wait(WATCH_SECONDS):
            now = utc_now()
            for job in self._scheduler.get_jobs():
                ahead = timedelta(seconds=self._table[job.id][0] + WATCH_SECONDS)
                if job.next_run_time and job.next_run_time - now > ahead:
                    log.warning("the clock was set back")
                    self._last[job.id] = now
                    job.modify(next_run_time=now)

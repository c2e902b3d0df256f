"""Whether the running program is well, as reasons in plain words: no text, no person, no name."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.deps import Deps
from bot.errors import DatabaseUnavailable, No
from bot.health._asked import unseen
from bot.health._watch import Watch
from bot.rules.deliveries import NEVER_SEEN
from bot.services import digests, own_data, retention
from bot.services.deliveries import Standing, failures
from bot.services.installations import is_ours
from bot.slack import PERSONAL, judge
from storage import installations, ledger
from storage.faults import MOVED, meaning

METHOD = "chat.postMessage"
SILENT_SECONDS = 100  # a live socket is heard every 10 s; bad before two minutes of silence are over
DATABASE_SECONDS = 5
UNWRITTEN_SECONDS = 300  # that nobody may have written for, before the health check does
LEAST_ROOM = 1_000_000  # bytes on the disk of SQLite's file; an observation with its words takes 30,000 in the log
MISSED = 3  # intervals of a knock
A_WHILE = 60  # seconds for which no knock is late: it may wait for Slack
OF_LATE = timedelta(days=1)  # that long a message that was given up keeps the state from being well

NIGHT = (
    "The night's work has not been finished for {hours} hours, so that what was taken away may still stand in the"
    " database's files. End whatever else holds the database (a shell, a copy that is being made)."
)

ERASING = (
    "Erasures that should have been done an hour ago and are not: {count}. What is stored of somebody may still stand"
    " in the database or in Slack. The log says why."
)


@dataclass(frozen=True, slots=True)
class Knock:
    """One knock of the clock: how often it should come, and when it last did (at first, when the clock was started)."""

    name: str
    seconds: float
    last: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """How the ledger of messages stands; `failed` counts by kind what was given up of late."""

    standing: Sequence[Standing]
    failed: dict[str, int]
    digest_is_late: bool = False
    is_ours: bool = True
    night_late_since: datetime | None = None
    unerased: int = 0


def _nothing() -> Sequence[Knock]:
    return ()


class Health:
    """The state of one process. Without a socket (HTTP mode, the clock's work alone) there is no silence to judge.

    `trouble` is why the sender stands still, "" where it does not.
    """

    def __init__(
        self,
        deps: Deps,
        silence: Callable[[], float] | None = None,
        knocks: Callable[[], Iterable[Knock]] = _nothing,
        trouble: Callable[[], str] = str,
    ) -> None:
        self.deps, self._silence, self._knocks, self._trouble = deps, silence, knocks, trouble
        self._asking = ThreadPoolExecutor(1, "health")  # one question at a time, however many ask for the answer
        self._question: Future[Ledger] | None = None
        self._watch = Watch(deps)

    def report(self) -> dict[str, Any]:
        """What /healthz shows: `ok`, the reasons why not, and what the bot was not allowed and does without."""
        reasons = list(dict.fromkeys(self.reasons()))
        return {"ok": not reasons, "reasons": reasons, "without": list(self._watch.left_out)}

    def reasons(self) -> Iterator[str]:
        """Each thing that is not well, in one sentence; nothing where all is well."""
        if why := self.deps.slack.removed:
            yield f"Slack has withdrawn the bot token ({why}): the app was removed from the workspace."
        elif (silent := self.silent_seconds() or 0) > SILENT_SECONDS:
            yield f"Nothing has been heard from Slack for {silent:.0f} s."
        if why := self.deps.people.trouble:
            yield unseen(why)
        if (found := self.ledger()) is None:
            yield self._unread()
        else:
            yield from _undelivered(found)
            yield from _stored(found, self.deps.now())
        yield from _unstored(self.deps)
        yield from self._watch.reasons()
        if trouble := self._trouble():
            yield f"Nothing is sent: {trouble}."
        for knock in self.knocks():
            late = (self.deps.now() - knock.last).total_seconds()
            if late > max(MISSED * knock.seconds, A_WHILE):
                yield f"The clock's work {knock.name} last ran {late:.0f} s ago; it should every {knock.seconds:.0f} s."

    def silent_seconds(self) -> float | None:
        """How long ago Slack was last heard on the socket; None where there is no socket."""
        return self._silence() if self._silence else None

    def knocks(self) -> list[Knock]:
        return list(self._knocks())

    def ledger(self) -> Ledger | None:
        """How the ledger stands; None where the database does not answer in time, or not as it should."""
        question = self._question
        if question is None or question.done():
            question = self._question = self._asking.submit(_asked, self.deps)
        done, _ = wait([question], DATABASE_SECONDS)
        return question.result() if done and question.exception() is None else None

    def _unread(self) -> str:
        question = self._question
        error = question.exception() if question and question.done() else None
        if error is None:
            return f"The database did not answer within {DATABASE_SECONDS} s."
        code = getattr(error.__cause__, "code", None)
        why = f"a fault of the program ({type(error).__name__})" if code is None else meaning(code)
        return f"The database cannot be read: {why}."

    def is_writable(self) -> bool:
        """Whether what is stored now will be there: the last try went well, and the file is where it was."""
        return not any(_unstored(self.deps))

    def close(self) -> None:
        self._watch.close()
        self._asking.shutdown(wait=False, cancel_futures=True)


def _asked(deps: Deps) -> Ledger:
    _try_to_write(deps)
    with deps.read() as session:
        failed = ledger.failed_since(session, deps.workspace, deps.now() - OF_LATE, PERSONAL)
        ours = is_ours(session, deps.workspace, deps.key)
        unerased = own_data.unfinished(session, deps.now())
    return Ledger(failures(deps), failed, digests.is_late(deps), ours, retention.late_since(deps), unerased)


def _stored(found: Ledger, now: datetime) -> Iterator[str]:
    if not found.is_ours:
        yield "The database is another workspace's now, or needs another key: start the bot again."
    if found.digest_is_late:
        yield "The weekly digest should have been sent two hours ago."
    if since := found.night_late_since:
        yield NIGHT.format(hours=int((now - since).total_seconds() // 3600))
    if found.unerased:
        yield ERASING.format(count=found.unerased)


def _try_to_write(deps: Deps) -> None:
    """Where nobody has written for a while, or the last try failed. The door to the database keeps what came of it."""
    writing = deps.database.writing
    if writing.is_broken or time.monotonic() - writing.stored > UNWRITTEN_SECONDS:
        with suppress(DatabaseUnavailable), deps.write() as session:
            installations.beat(session)


def _unstored(deps: Deps) -> Iterator[str]:
    """Why what people write now is lost, or would be."""
    database, writing = deps.database, deps.database.writing
    if database.damage:
        yield f"The database is damaged ({database.damage}): stop the bot, and bring the newest backup back."
    if database.is_moved:
        yield f"Nothing can be stored: {meaning(MOVED)}. Put it back, or stop the bot and bring the newest backup back."
    elif writing.is_broken:
        seconds = time.monotonic() - writing.since
        yield f"Nothing can be stored: {meaning(writing.code)}; it has failed for {seconds:.0f} s."
    elif database.file and _room(database.file) < LEAST_ROOM:
        yield "The disk of the database is full: free some room on it."


def _room(file: Path) -> float:
    """Bytes that are free on the disk; infinite where nobody can tell."""
    try:
        return shutil.disk_usage(file.parent).free
    except OSError:
        return float("inf")


def _undelivered(found: Ledger) -> Iterator[str]:
    late = Counter[str]()
    for one in found.standing:
        late[one.kind] += one.late
        if one.state == "pending" and one.reason == NEVER_SEEN:
            yield f"{one.kind}: {one.count} did not arrive in spite of several tries; Slack is asked again and again."
        elif one.state == "pending" and one.reason and judge(METHOD, one.reason) in (No.APP, No.CHANNEL):
            yield f"{one.kind}: {one.count} cannot go out while Slack refuses it ({one.reason})."
    yield from (f"{kind}: {count} should have gone out long ago." for kind, count in late.items() if count)
    yield from (f"{kind}: {count} could not be sent in the last day." for kind, count in found.failed.items())

"""Whether the running program is well, as reasons in plain words: no text, no person, no name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.services import digests, retention
from bot.services.deliveries import Standing, failures
from storage import ledger

SILENT_SECONDS = 100  # a live socket is heard every 10 s; bad before two minutes of silence are over
DATABASE_SECONDS = 5
MISSED = 3  # intervals of a knock
A_WHILE = 60  # seconds for which no knock is late: it may wait for Slack
OF_LATE = timedelta(days=1)  # that long a message that was given up keeps the state from being well
ONE_PERSON = ("user_not_found", "user_disabled", "account_inactive", "channel_not_found", "cannot_dm_bot")
"""Refusals that tell of a recipient who left, not of the bot."""

NIGHT = (
    "The night's work has not been finished for {hours} hours, so that what was taken away may still stand in the"
    " database's files. End whatever else holds the database (a shell, a copy that is being made)."
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
    night_late_since: datetime | None = None


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

    def report(self) -> dict[str, Any]:
        """What /healthz shows: `ok`, and the reasons why not."""
        reasons = list(self.reasons())
        return {"ok": not reasons, "reasons": reasons}

    def reasons(self) -> Iterator[str]:
        """Each thing that is not well, in one sentence; nothing where all is well."""
        if why := self.deps.slack.removed:
            yield f"Slack has withdrawn the bot token ({why}): the app was removed from the workspace."
        elif (silent := self.silent_seconds() or 0) > SILENT_SECONDS:
            yield f"Nothing has been heard from Slack for {silent:.0f} s."
        if (found := self.ledger()) is None:
            yield f"The database did not answer within {DATABASE_SECONDS} s."
        else:
            yield from _undelivered(found)
            if found.digest_is_late:
                yield "The weekly digest should have been sent two hours ago."
            if since := found.night_late_since:
                yield NIGHT.format(hours=int((self.deps.now() - since).total_seconds() // 3600))
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
        """How the ledger stands; None where the database does not answer in time."""
        try:
            return self._asking.submit(_asked, self.deps).result(DATABASE_SECONDS)
        except (DatabaseUnavailable, TookTooLong):
            return None

    def close(self) -> None:
        self._asking.shutdown(wait=False, cancel_futures=True)


def _asked(deps: Deps) -> Ledger:
    with deps.read() as session:
        failed = ledger.failed_since(session, deps.workspace, deps.now() - OF_LATE, ONE_PERSON)
    return Ledger(failures(deps), failed, digests.is_late(deps), retention.late_since(deps))


def _undelivered(found: Ledger) -> Iterator[str]:
    late = Counter[str]()
    for one in found.standing:
        late[one.kind] += one.late
    yield from (f"{kind}: {count} should have gone out long ago." for kind, count in late.items() if count)
    yield from (f"{kind}: {count} could not be sent in the last day." for kind, count in found.failed.items())

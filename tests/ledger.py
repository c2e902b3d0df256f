"""A ledger to test with: a Slack that answers as scripted, a clock that can be set, and deps that hold both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlmodel import Session, select

from bot.blocks.parts import Block, section
from bot.deps import Deps, utc_now
from bot.errors import SlackError
from bot.jobs.deliveries import Handler, Sender
from bot.rules.deliveries import Due, Send, Terms
from bot.services import deliveries as ledger
from storage.database import Database
from storage.models import Delivery
from tests.clocks import BUSY

WORKSPACE = "T0RAPORTOI"
AT_ONCE = Terms(
    pace=10_000,
    burst=1000,
    between=timedelta(0),
    settle=0.0,
    poll=0.01,
    again=timedelta(0),
    put_off=timedelta(0),
    lease=timedelta(seconds=30),
    frozen=BUSY,
)


class After:
    """The message is taken, and yet the answer is this error."""

    def __init__(self, error: SlackError) -> None:
        self.error = error


class ScriptedSlack:
    """Posts get the scripted answers one after the other (None: yes), and yes when these are used up."""

    def __init__(self, *answers: SlackError | After | None) -> None:
        self.answers = list(answers)
        self.posted: list[tuple[str, str, str]] = []  # what it took: recipient, key, ts
        self.asked: list[str] = []  # recipients of all posts, taken or not
        self.threads: list[str] = []  # of all posts: the ts of the message whose thread each went to, "" for none
        self.unreadable: SlackError | None = None  # what reading the history answers instead
        self.shows: datetime | None = None
        self.removed = ""
        self.dies = ""  # where the process that posts comes to its end, once

    def clock(self, *, ask_after: float = 0) -> datetime | None:  # noqa: ARG002 - called as the real one
        return self.shows

    def works(self) -> bool:
        return not self.removed

    def deliver(
        self, to: str, _text: str, _blocks: list[Block], mark: tuple[str, str], thread: str = ""
    ) -> tuple[str, str]:
        self.asked.append(to)
        self.threads.append(thread)
        dies, self.dies = self.dies, ""
        if dies == "before posting":
            raise KeyboardInterrupt
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, SlackError):
            raise answer
        ts = f"{1_795_000_000 + len(self.posted)}.000100"
        self.posted.append((to, mark[0], ts))
        if dies == "after posting":
            raise KeyboardInterrupt
        if answer is not None:
            raise answer.error
        return self.open_conversation(to), ts

    def open_conversation(self, user: str) -> str:
        return "D" + user[1:] if user.startswith("U") else user

    def find_delivery(self, channel: str, key: str, _oldest: float, _thread: str = "") -> str | None:
        if self.unreadable:
            raise self.unreadable
        return next(
            (ts for to, posted, ts in self.posted if (self.open_conversation(to), posted) == (channel, key)), None
        )


class Desk:
    """One database with its ledger. `now` moves by hand; on PostgreSQL leases go by the server's clock all the same."""

    def __init__(self, url: str, *answers: SlackError | After | None) -> None:
        self.slack, self.now = ScriptedSlack(*answers), utc_now()
        nothing = cast("Any", None)  # the ledger asks for none of these
        self.deps = Deps(
            database=Database(url),
            slack=cast("Any", self.slack),
            people=nothing,
            workspace=WORKSPACE,
            key=b"",
            now=lambda: self.now,
            vocabularies=nothing,
            analyser=nothing,
            workers=ThreadPoolExecutor(1),
            tellers=ThreadPoolExecutor(1),
        )
        self.verdicts: dict[str, Any] = {}  # by recipient: what the check answers, or raises
        self.verdict: Any = None  # a question that is asked in place of these
        self.drawn: dict[str, BaseException] = {}
        self.arrived: list[str] = []

    def due(self, *recipients: str, kind: str = "report_reminder", occurrence: str = "2026-12-03", **more: Any) -> int:
        values = {"not_before": self.now - timedelta(seconds=1), "expires_at": self.now + timedelta(days=1), **more}
        with self.deps.write() as session:
            return ledger.enqueue(
                session, WORKSPACE, [Due(kind, occurrence, recipient, **values) for recipient in recipients]
            )

    def handler(self) -> Handler:
        return Handler(self._draw, self._still_wanted, lambda _deps, row: self.arrived.append(row.recipient))

    def _draw(self, _deps: Deps, row: Delivery) -> tuple[str, list[Block]]:
        if error := self.drawn.get(row.recipient):
            raise error
        return "Viesti", [section("Viesti")]

    def _still_wanted(self, _deps: Deps, session: Session, row: Delivery, now: datetime) -> Any:
        if self.verdict:
            return self.verdict(session, row, now)
        verdict = self.verdicts.get(row.recipient, Send())
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    def sender(self, terms: Terms = AT_ONCE, kinds: tuple[str, ...] = ("report_reminder", "feedback")) -> Sender:
        return Sender(self.deps, terms, dict.fromkeys(kinds, self.handler()))

    def row(self, recipient: str) -> Delivery:
        with self.deps.read() as session:
            return session.exec(select(Delivery).where(Delivery.recipient == recipient)).one()

    def states(self) -> dict[str, str]:
        with self.deps.read() as session:
            return {row.recipient: row.state for row in session.exec(select(Delivery))}

    def close(self) -> None:
        self.deps.database.close()


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

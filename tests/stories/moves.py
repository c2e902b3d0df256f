"""What coordinators do, for the stories of reporters: steps as triage writes them, and the ledger sending them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.deps import Deps
from bot.jobs import HANDLERS
from bot.jobs.deliveries import Sender
from bot.rules.kinds import Kind
from bot.rules.weeks import local_day
from bot.services import feedback
from storage import moves
from storage import observations as table
from storage.models import Delivery, Move, Observation, Phenomenon
from tests.clocks import at
from tests.ledger import AT_ONCE

KOORD = "U0KOORD001"
NOON = datetime(2090, 9, 5, 9, tzinfo=UTC)  # a Tuesday, far in the future, so that the bot's own clock leaves it alone


def acts(deps: Deps, *numbers: str, moment: datetime = NOON, **step: Any) -> None:
    """A coordinator takes a step with each of the observations, and their reporters are promised a message."""
    there = at(deps, moment)
    with there.write() as session:
        rows = [table.lock_by_number(session, deps.workspace, number) for number in numbers]
        for row in rows:
            assert row is not None
            moves.add(session, _step(deps, row, local_day(moment), step))
            row.status = step.get("status") or row.status
            row.version += 1
            session.add(row)
        feedback.promise(session, there, [row.author for row in rows if row and row.author])


def _step(deps: Deps, row: Observation, day: date, step: dict[str, Any]) -> Move:
    what = "status" if step.get("status") else "words"
    return Move(workspace=deps.workspace, subject=row.key, step=0, what=what, on_day=day, actor=KOORD, **step)


def is_joined(deps: Deps, number: str, title: str, status: str) -> None:
    """The observation belongs to a phenomenon of this title and status."""
    days = {"started_on": date(2026, 11, 1), "noted_on": date(2026, 11, 1)}
    said = {"title": title, "text": "Jonottajia on paljon", "theme": "X-90", "status": status}
    with deps.write() as session:
        session.add(Phenomenon(key="p", workspace=deps.workspace, number="I-AAAA", once="x", **said, **days))
        row = table.lock_by_number(session, deps.workspace, number)
        assert row is not None
        row.phenomenon, row.status = "p", "yhdistetty"
        session.add(row)


def goes_out(deps: Deps, moment: datetime = NOON + timedelta(minutes=10), turns: int = 6) -> None:
    """The ledger's own sender takes so many turns at the moment; on PostgreSQL gates go by the server's clock."""
    deps.people.warm()
    sender = Sender(at(deps, moment), replace(AT_ONCE, most_skew=timedelta.max), HANDLERS)
    for _ in range(turns):
        sender.send_one()
        sender.check_doubtful()


def told(deps: Deps) -> list[Delivery]:
    """The deliveries of feedback, the earliest first."""
    with deps.read() as session:
        rows: Sequence[Delivery] = session.exec(select(Delivery).where(Delivery.kind == Kind.FEEDBACK)).all()
    return sorted(rows, key=lambda row: (row.not_before, row.occurrence))


def steps(deps: Deps) -> list[Move]:
    with deps.read() as session:
        return list(session.exec(select(Move).order_by(Move.subject, Move.step)))

"""Writes down what became of a message. Anybody may write a yes; only the sender who holds the row writes a no."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col

from bot.deps import Deps
from bot.rules.deliveries import Terms
from bot.services.deliveries._claim import METHOD
from storage import deliveries as table
from storage.models import Delivery

AFTER_THE_OTHERS = timedelta(seconds=10)


def sent(deps: Deps, row: Delivery, channel: str, ts: str, evidence: str) -> bool:
    """Writes down that it stands in Slack; `evidence` says how we know (reply, history). Returns if this was news."""
    at = datetime.fromtimestamp(float(ts), UTC)
    with deps.write() as session:
        values = {"channel": channel, "ts": ts, "sent_at": at, "evidence": evidence, "error": None}
        news = col(Delivery.state) != "sent"
        return table.change(
            session, row.key, news, state="sent", lease_until=None, fence=col(Delivery.fence) + 1, **values
        )


def later(deps: Deps, row: Delivery, seconds: float) -> None:
    """Writes down a sure no for now: nothing more goes to this workspace for so long, and the attempt was none."""
    with deps.write() as session:
        _let_go(session, row, state="pending", attempts=row.attempts - 1)
        _block(deps, session, seconds)


def refused_to_all(deps: Deps, row: Delivery, seconds: float, code: str) -> None:
    """Writes down a no to the app, as `later`; this row goes after the others then, since it may be the reason."""
    with deps.write() as session:
        not_before = max(row.not_before, deps.now() + timedelta(seconds=seconds) + AFTER_THE_OTHERS)
        _let_go(session, row, state="pending", attempts=row.attempts - 1, error=code, not_before=not_before)
        _block(deps, session, seconds)


def wait(deps: Deps, terms: Terms, row: Delivery, code: str) -> None:
    """Makes the row wait, as long as its message is of use: the no is this row's own, and passes or can be mended."""
    with deps.write() as session:
        not_before = deps.now() + terms.put_off
        _let_go(session, row, state="pending", attempts=row.attempts - 1, error=code, not_before=not_before)


def never(deps: Deps, row: Delivery, code: str) -> None:
    """Gives the row up: a no for good, in Slack's word or ours."""
    with deps.write() as session:
        _let_go(session, row, state="failed", error=code)


def unwanted(deps: Deps, row: Delivery, reason: str) -> None:
    """Skips the row: drawing has found that it is not to be sent."""
    with deps.write() as session:
        _let_go(session, row, state="skipped", error=reason)


def unclear(deps: Deps, row: Delivery, code: str, seconds: float = 0.0) -> None:
    """Writes down that nobody knows, so that it is looked for. With seconds, nothing more is sent for so long."""
    with deps.write() as session:
        _let_go(session, row, state="unknown", error=code)
        if seconds:
            _block(deps, session, seconds)


def put_off(deps: Deps, terms: Terms, row: Delivery, code: str) -> None:
    """Puts the row off for some minutes, and not for ever: our own part failed, or nobody knows Slack's word."""
    attempts = row.attempts if row.state == "sending" else row.attempts + 1
    with deps.write() as session:
        if attempts >= terms.most_attempts:
            _let_go(session, row, state="failed", error=code, attempts=attempts)
        else:
            not_before = deps.now() + terms.put_off
            _let_go(session, row, state="pending", error=code, attempts=attempts, not_before=not_before)


def _let_go(session: Session, row: Delivery, **values: object) -> None:
    table.change(session, row.key, table.is_held_by(row.state, row.fence), lease_until=None, **values)


def _block(deps: Deps, session: Session, seconds: float) -> None:
    gate = table.lock_rate_gate(session, deps.workspace, METHOD, deps.now())
    clock = table.clock(session, deps.now())
    gate.blocked_until = max(gate.blocked_until or clock, clock + timedelta(seconds=seconds))

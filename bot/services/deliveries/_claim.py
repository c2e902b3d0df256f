"""Choosing the next message and taking it, in one short transaction, before anything is said to Slack."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import deliveries as rules
from bot.rules.deliveries import STALE, PutOff, Skip, Terms, Verdict
from storage import deliveries as table
from storage.models import Delivery, RateGate

METHOD = "chat.postMessage"
StillWanted = Callable[[Session, Delivery, datetime], Verdict]


class ClocksDisagree(Exception):
    """Our clock and another one (the exception's word) are too far apart to send by; nothing was done."""


def claim(deps: Deps, terms: Terms, owner: str, wanted: Mapping[str, StillWanted]) -> Delivery | float:
    """Takes the next message for the owner, to be posted at once, or returns for how many seconds there is none.

    `wanted` has a question for each kind that can be sent. Kinds without one stay as they are: another release
    may know them.
    Raises DatabaseUnavailable, ClocksDisagree, and what a question raises; then nothing was changed.
    """
    now = deps.now()
    if clock_trouble(deps, terms, now):
        raise ClocksDisagree("Slack")
    with deps.read() as session:
        if not table.anything_due(session, deps.workspace, wanted, now):
            return terms.poll
    with deps.write() as session:
        gate = table.lock_rate_gate(session, deps.workspace, METHOD, now)
        now = deps.now()  # getting the gate may have taken its time
        clock = table.clock(session, now)
        if rules.skew(now, clock, terms):
            raise ClocksDisagree("the database")
        gate.tat = rules.possible_tat(gate, clock, terms)
        if wait := rules.seconds_to_wait(gate, clock, terms):
            return wait
        found = table.lock_next_due(session, deps.workspace, wanted, now, (clock, clock + terms.between))
        if found is None:
            return terms.poll
        is_over = found.expires_at <= now
        verdict = PutOff(found.expires_at) if is_over else wanted[found.kind](session, found, now)
        if _is_settled(found, verdict, now):
            return 0.0
        _claim_row(session, found, gate, clock, owner, terms)
        return found


def clock_trouble(deps: Deps, terms: Terms, now: datetime) -> bool:
    """Whether our clock and Slack's are too far apart."""
    return rules.skew(now, deps.slack.clock(), terms)


def _is_settled(row: Delivery, verdict: Verdict, now: datetime) -> bool:
    """Writes down what keeps the row from being sent now; False where nothing does."""
    if isinstance(verdict, PutOff) and verdict.until >= row.expires_at:
        row.state, row.error = ("failed", row.error) if row.error else ("expired", STALE)  # it was refused till now
    elif isinstance(verdict, Skip):
        row.state, row.error = "skipped", verdict.reason
    elif isinstance(verdict, PutOff) and verdict.until > now:
        row.not_before = verdict.until
    else:
        return False
    return True


def _claim_row(session: Session, row: Delivery, gate: RateGate, clock: datetime, owner: str, terms: Terms) -> None:
    gate.tat = rules.after_one_more(gate, clock, terms)
    table.shut_channel(session, row.workspace, row.recipient, clock + terms.between)
    row.state, row.lease_owner, row.lease_until = "sending", owner, clock + terms.lease
    row.first_intent_at = row.first_intent_at or clock
    row.fence, row.attempts = row.fence + 1, row.attempts + 1

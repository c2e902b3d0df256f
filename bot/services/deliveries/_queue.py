"""Entering deliveries into the ledger, taking them back, and how the ledger stands."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import NOT_NEEDED, OF_AN_ACT, WAITING, Due, Terms
from bot.rules.kinds import TRAITS
from storage import deliveries as table
from storage import epochs
from storage.epochs import Epoch


def enqueue(session: Session, workspace: str, due: Iterable[Due]) -> int:
    """Enters them inside the caller's transaction and returns how many were new; the same key a second time is nothing.

    What the clock plans has the mark that it had before a restore, and is looked for then before it is sent.
    Raises KeyError for a kind that is none.
    """
    epoch = epochs.present(session)
    return table.add(session, [_row(epoch, workspace, one) for one in due])


def mark_of(session: Session, workspace: str, kind: str, occurrence: str, recipient: str) -> str:
    """The key that a message of the clock gets by itself, for whoever must know it beforehand."""
    return epochs.present(session).mark(workspace, kind, occurrence, recipient)


def _row(epoch: Epoch, workspace: str, one: Due) -> dict[str, Any]:
    again = one.kind not in OF_AN_ACT
    mark = epoch.mark(workspace, one.kind, one.occurrence, one.recipient) if again else secrets.token_hex(16)
    doubted = again and epoch.doubts(one.not_before)
    return BLANK | {
        "key": one.key or mark,
        "thread_of": one.thread_of,
        "workspace": workspace,
        "kind": one.kind,
        "occurrence": one.occurrence,
        "recipient": one.recipient,
        "params": json.dumps(one.params, sort_keys=True),
        "priority": TRAITS[one.kind].priority if one.priority is None else one.priority,
        "not_before": one.not_before,
        "expires_at": one.expires_at,
        "state": "unknown" if doubted else "pending",
        "first_intent_at": epoch.copied_at if doubted else None,
    }


def take_over(deps: Deps, due: Due, *, doubtful: bool) -> None:
    """Enters a message that was posted directly, with its key as its mark, and was not taken for sure.

    `doubtful`: it may stand all the same, so that it is looked for before it is sent. Raises DatabaseUnavailable.
    """
    with deps.write() as session:
        if enqueue(session, deps.workspace, [due]) and doubtful:
            table.change(session, due.key, state="unknown", first_intent_at=due.not_before)


BLANK = {"fence": 0, "attempts": 0, "verifies": 0}


def cancel(session: Session, workspace: str, kind: str, occurrence: str) -> int:
    """Pending ones of the occurrence become skipped, all with one neutral reason; returns how many these were.

    What is under way is not called back; if it turns out not to have arrived, it is not sent again.
    """
    return table.cancel(session, workspace, kind, occurrence, NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many deliveries of a kind are in a state, for one reason; no person. `late`: due for longer than they may."""

    kind: str
    state: str
    reason: str | None
    count: int
    oldest: datetime
    late: int


def undelivered(deps: Deps) -> list[tuple[str, int]]:
    """(Slack's word for why, how many) of what could not be sent, for coordinators; never to whom."""
    return [(one.reason or "", one.count) for one in failures(deps) if one.state == "failed"]


def failures(deps: Deps) -> list[Standing]:
    """How the ledger stands, by kind, state and reason. Raises DatabaseUnavailable."""
    before = deps.now() - Terms().late
    with deps.read() as session:
        rows = table.standing(session, deps.workspace, before)
    return [
        Standing(kind, state, reason, count, oldest, int(late) if state in WAITING else 0)
        for kind, state, reason, count, oldest, late in rows
    ]

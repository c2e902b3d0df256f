"""What a restored database must know: the marks of what it plans again, and until when that is looked for first."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from storage.models import Installation

DOUBTED_FOR = timedelta(days=30)  # after a restore: what was due before it is planned again within days


@dataclass(frozen=True, slots=True)
class Epoch:
    """`salt` is None in a database that an older release has tied; then marks are random, as they were."""

    salt: str | None = None
    copied_at: datetime | None = None
    restored_at: datetime | None = None

    def mark(self, *key: str) -> str:
        """The key of a message: random to all who have not the salt, and the same when it is planned again."""
        if self.salt is None:
            return secrets.token_hex(16)
        return hmac.digest(self.salt.encode(), "\0".join(key).encode(), "sha256").hex()[:32]

    def doubts(self, not_before: datetime) -> bool:
        """Whether a message of this time may stand already, sent by what was there before the restore."""
        return self.restored_at is not None and not_before <= self.restored_at + DOUBTED_FOR


def present(session: Session) -> Epoch:
    """The epoch of the database."""
    row = _row(session)
    return Epoch(row.salt, row.copied_at, row.restored_at) if row else Epoch()


def begin(session: Session, copied_at: datetime, restored_at: datetime) -> None:
    """The database was restored from a copy of that time. Where the copy was in doubt itself, its own doubt goes on."""
    row = _row(session)
    if row is None:
        return
    earlier = row.copied_at if row.copied_at and Epoch("", row.copied_at, row.restored_at).doubts(copied_at) else None
    row.copied_at, row.restored_at = earlier or copied_at, restored_at
    session.add(row)


def _row(session: Session) -> Installation | None:
    rows: Sequence[Installation] = session.exec(select(Installation)).all()
    return rows[0] if rows else None

"""A backup made ready beside its place: as new as this program, in doubt of what was sent since, without what went."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, func, select

from storage import deliveries, epochs, files
from storage.backups._manifest import ALTERED, DAMAGED, TABLE, Manifest, Unfit
from storage.backups._sealing import BrokenSeal, content
from storage.database import Database, migrate, newest_schema
from storage.faults import code_of, meaning
from storage.ledger import Waiting
from storage.models import Delivery

NEWER = (
    "{file} was made by a newer release (schema {theirs}, here {ours}): restore it with that one. Nothing was changed."
)


@contextmanager
def prepared(
    file: Path, manifest: Manifest, place: Path, now: datetime, change: Callable[[Session], None]
) -> Iterator[tuple[Path, list[Waiting]]]:
    """The database as it is to stand, in a file of its own, and the messages that are looked for before they are sent.

    `change` is done in the same transaction that begins the epoch. The file is gone afterwards, unless it was moved.
    Raises Unfit.
    """
    if manifest.schema > newest_schema():
        raise Unfit(NEWER.format(file=file, theirs=manifest.schema, ours=newest_schema()))
    needs = file.stat().st_size * (2 if manifest.indexes else 1)  # they are nearly as large as the rows
    free = shutil.disk_usage(place.parent).free
    if needs > free:
        message = (
            f"There is not room enough at {place.parent}: {files.in_words(needs)} are needed. Nothing was changed."
        )
        raise Unfit(message)
    try:
        files.make_empty(place)
    except FileExistsError as error:
        raise Unfit(
            f"{place} is there: a restore is under way, or was cut off. Then take it away. Nothing was changed."
        ) from error
    try:
        with _named(place):
            _copy(file, place, manifest.indexes)
            migrate(files.address(place))
            doubted = _changed(place, manifest.made_at, now, change)
            files.sync(place)
        yield place, doubted
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{place}{end}").unlink()


def _copy(file: Path, place: Path, indexes: Sequence[str]) -> None:
    with place.open("wb") as copy:
        try:
            copy.writelines(content(file))
        except BrokenSeal as error:  # it was whole when it was looked into
            raise Unfit(DAMAGED.format(file=file, why=ALTERED)) from error
    with closing(sqlite3.connect(place)) as opened:
        opened.execute(f"DROP TABLE {TABLE}")
        for statement in indexes:
            opened.execute(statement)
        opened.commit()


def _changed(place: Path, copied_at: datetime, now: datetime, change: Callable[[Session], None]) -> list[Waiting]:
    database = Database(files.address(place))
    try:
        with database.write() as session:
            change(session)
            epochs.begin(session, copied_at, now)
            deliveries.doubt(session, copied_at, now)
            doubted = _doubted(session)
    finally:
        database.close()
    with closing(sqlite3.connect(place)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")  # one file, which may be moved
    return doubted


def _doubted(session: Session) -> list[Waiting]:
    kind, occurrence, at = col(Delivery.kind), col(Delivery.occurrence), func.min(Delivery.not_before)
    rows = select(kind, occurrence, at, func.count()).where(col(Delivery.state).in_(deliveries.UNSETTLED))
    return [Waiting(*row) for row in session.exec(rows.group_by(kind, occurrence).order_by(kind, occurrence))]


@contextmanager
def _named(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unfit(f"{place} cannot be written ({os.strerror(error.errno or 0)}). Nothing was changed.") from error
    except sqlite3.Error as error:
        raise Unfit(f"{place} cannot be written: {meaning(code_of(error))}. Nothing was changed.") from error

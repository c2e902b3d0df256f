"""Putting what was made ready in the place of a database that nobody runs on; what stood there is kept aside."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from sqlalchemy import make_url
from sqlmodel import SQLModel

from storage import files, locks
from storage.backups import _server
from storage.backups._manifest import Unfit
from storage.database import Unavailable
from storage.faults import meaning

OF_ANY_START = {"term", "installation", "membership", "run", "rate_gate", "channel_gate", "network"}
DATA = frozenset(SQLModel.metadata.tables.keys() - OF_ANY_START)
RUNS = "A bot runs on {database}: stop it first. Nothing was changed."
FULL = (
    "The database at {place} holds data: `--replace` keeps it aside and puts the backup in its place. Nothing was"
    " changed."
)


@contextmanager
def held(url: str, *, replace: bool) -> Iterator[bool]:
    """Locks SQLite's file against a bot that starts meanwhile; gives whether data stands there that will be replaced.

    Raises Unfit where one runs, or where there is data and it may not be replaced.
    """
    database = files.database(url)
    with _lock(database), _named():
        has_data = _file_holds_data(database) if database else _server.holds(url, DATA)
        if has_data and not replace:
            raise Unfit(FULL.format(place=place_of(url)))
        yield has_data


def place_of(url: str) -> str:
    """The file, or the server's address without its password."""
    return str(files.database(url) or make_url(url).render_as_string())


@contextmanager
def _lock(database: Path | None) -> Iterator[None]:
    if database is None:
        yield
        return
    try:
        held = locks.take(locks.lock_of(database))
    except OSError as error:
        raise Unfit(f"{database.parent} cannot be written to ({error.strerror}). Nothing was changed.") from error
    if held is None:
        raise Unfit(RUNS.format(database=database))
    try:
        yield
    finally:
        os.close(held)


def _file_holds_data(database: Path) -> bool:
    """One that cannot be read may hold some."""
    if not files.size(database):
        return False
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
            there = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return any(opened.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for name in sorted(there & DATA))
    except sqlite3.DatabaseError:
        return True


def keep_aside(beside: Path) -> Path:
    """A name for what is kept, that nothing has yet."""
    names = (Path(f"{beside}.before-restore{f'-{number}' if number > 1 else ''}") for number in count(1))
    return next(name for name in names if not name.exists())


def put_into_file(ready: Path, database: Path, *, keeps: bool) -> Path | None:
    """The file takes the database's place; answers where the old one is, with its log, if it was to be kept."""
    database = database.resolve()
    kept = keep_aside(database) if keeps else None
    if kept:
        with suppress(FileNotFoundError):
            Path(f"{database}-wal").rename(f"{kept}-wal")
        database.rename(kept)
    for end in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            Path(f"{database}{end}").unlink()
    ready.rename(database)
    files.sync(database.parent)
    return kept


def put_into_server(ready: Path, url: str) -> None:
    """The rows of the file take the place of all that the server's tables hold. Raises Unfit."""
    with _named():
        _server.copy_in(ready, url)


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise Unfit(f"The database cannot be used: {meaning(error.code)}. Nothing was changed.") from error

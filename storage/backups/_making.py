"""Making a backup while others write: a file that nobody else can read, whole under its name or not there at all."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, make_url
from sqlmodel import SQLModel

from storage import files
from storage.backups import _server
from storage.backups._manifest import Manifest, Unfit, count, tables, why_not_whole, write
from storage.backups._sealing import seal
from storage.database import Unavailable, newest_schema
from storage.faults import code_of, meaning
from storage.rewriting import clear_away

TIED = "SELECT workspace, key_check FROM installation"
CODES = "SELECT count(*) FROM observation WHERE once LIKE 'code:%'"
NEWER = "The database's schema {theirs} is newer than this program's {ours}: make the backup with the newer release."


def make(url: str, file: Path, made_at: datetime, version: str, key: str | None = None) -> Manifest:
    """Copies the database at the address into a new file, with all that was committed before it began.

    It is read anew and checked, kept on the disk, and has mode 600. `made_at` is a time before the call.
    Raises Unfit; then no file is there.
    """
    if not file.absolute().parent.is_dir():
        raise Unfit(f"There is no folder {file.absolute().parent}.")
    part = file.with_name(f"{file.name}.part")
    _begin(part)
    with _named(part):
        if file.exists():  # nobody else makes one of this name now
            raise Unfit(f"{file} is there already: name a file that is not there yet.")
        source, indexes = _copied(url, part)
        manifest = _finished(part, source, indexes, made_at, version, key)
        seal(part)
        files.sync(part)
        part.rename(file)
        files.sync(file.absolute().parent)
    return manifest


def _begin(part: Path) -> None:
    try:
        files.make_empty(part)
    except FileExistsError as error:
        raise Unfit(f"{part} is there: a backup is being made, or was cut off. Then take it away.") from error
    except OSError as error:
        raise Unfit(f"{part} cannot be written ({error.strerror}).") from error


def _copied(url: str, part: Path) -> tuple[str, list[str]]:
    """Fills the file; answers the kind of database that it came from, and the statements of indexes that lack in it."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        _copy_file(Path(parts.database or ""), part)
        return "sqlite", []
    return "postgresql", _server.copy_out(url, part)


def _copy_file(database: Path, part: Path) -> None:
    if not files.size(database):
        raise Unfit(f"There is no database at {database.absolute()}.")
    needs, free = database.stat().st_size, shutil.disk_usage(part.absolute().parent).free
    if needs > free:
        has = f"the database has {files.in_words(needs)}, free are {files.in_words(free)}"
        message = f"There is not room enough at {part.parent}: {has}."
        raise Unfit(message)
    with closing(sqlite3.connect(database, timeout=60)) as source:
        source.execute("VACUUM INTO ?", (str(part),))


def _finished(
    part: Path, source: str, indexes: list[str], made_at: datetime, version: str, key: str | None
) -> Manifest:
    """Takes away what a rewriting has left half done, checks all, and writes the manifest."""
    engine = create_engine(files.address(part))
    with engine.begin() as connection:
        left = clear_away(connection, SQLModel.metadata.sorted_tables)
    engine.dispose()
    with closing(sqlite3.connect(part)) as copy:
        if left:
            copy.execute("VACUUM")
        schema = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        if schema > newest_schema():
            raise Unfit(NEWER.format(theirs=schema, ours=newest_schema()))
        counts = {name: count(copy, name) for name in tables(copy)}
        tied = copy.execute(TIED).fetchone() if "installation" in counts else None
        workspace, check = tied or ("", "")
        codes = copy.execute(CODES).fetchone()[0]
        manifest = Manifest(version, schema, source, workspace, made_at, counts, check, codes, key, indexes)
        write(copy, manifest)
        copy.commit()
        copy.execute("PRAGMA journal_mode = DELETE")
        if wrong := why_not_whole(copy, {}, "quick_check"):  # the rows have just been counted
            raise Unfit(f"The copy is not whole ({wrong}); nothing was left there. Try again.")
    return manifest


@contextmanager
def _named(part: Path) -> Iterator[None]:
    """Why it was not made, in a sentence; the unfinished file goes in any case."""
    try:
        yield
    except OSError as error:
        raise Unfit(f"{part} cannot be written ({error.strerror}). Nothing was left there.") from error
    except (sqlite3.Error, Unavailable) as error:
        code = error.code if isinstance(error, Unavailable) else code_of(error)
        raise Unfit(f"The backup was not made: {meaning(code)}. Nothing was left there.") from error
    finally:
        _take_away(part)


def _take_away(part: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            Path(f"{part}{end}").unlink()

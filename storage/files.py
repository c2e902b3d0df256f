"""Files and folders that nobody else on the machine may read: made so, mended if they are ours, and named if not."""

import math
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL, make_url

OTHERS, WRITES = 0o077, 0o022
BESIDE = ("", "-wal", "-shm", "-journal", ".lock")


def database(url: str) -> Path | None:
    """SQLite's file, None on PostgreSQL."""
    found = of_database(url)
    return found[0].absolute() if found else None


def address(path: Path) -> str:
    """The URL of the SQLite database in this file."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def of_database(url: str) -> list[Path]:
    """The files that a SQLite database may have, those that are not there too; none on PostgreSQL."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database:
        return []
    return [Path(f"{parts.database}{end}") for end in BESIDE]


def make(path: Path) -> None:
    """Makes an empty file that only its owner may read; one that is there stays as it is.

    That one is not even opened, since closing it would let go of all locks that this process has on it.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_empty(path: Path) -> None:
    """As `make`, but what is there already is an error. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sync(path: Path) -> None:
    """What was written to the file, or which files a folder has, is on the disk. Raises OSError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def size(path: Path) -> int:
    """In bytes; 0 where there is none, or none that we may see."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def in_words(length: int) -> str:
    """So many bytes, rounded up."""
    return f"{math.ceil(length / 1e3)} KB" if length < 1e6 else f"{math.ceil(length / 1e6):,} MB"  # noqa: PLR2004


def mend(path: Path) -> None:
    """Takes the rights of all others away, if there is such a file and it is ours."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)


def trouble(paths: Iterable[Path], us: int | None = None) -> list[str]:
    """What others could do with those of the files that are there, in one sentence each. `us` is our account."""
    us = os.geteuid() if us is None else us
    found: dict[str, None] = {}
    for path in paths:
        with suppress(OSError):
            if path.stat().st_mode & OTHERS:
                found[f"Others on this machine can open {path}: run chmod 600 {path}, as its owner."] = None
            folder, of = path.parent, path.parent.stat()
            if of.st_uid not in (us, 0) or (of.st_mode & WRITES and not of.st_mode & stat.S_ISVTX):
                found[f"Others can take files out of {folder} and put others in: run chown and chmod 700 {folder}."] = (
                    None
                )
    return list(found)

"""The log of erasures beside the database: what a backup that is brought back must forget once more.

It stands in no backup, and holds a day, a keyed hash, and what was asked: nobody can be read from it without the key.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

NAME = "erasures.log"
BEGINS = '{"day"'  # each line


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is a keyed hash of a person, of an observation's number, or of whose sentence about what was taken out."""

    day: date
    what: str
    who: str

    def as_text(self) -> str:
        return json.dumps({**asdict(self), "day": self.day.isoformat()}) + "\n"


def add(folder: Path, line: Line) -> None:
    """Writes the line down and keeps it on the disk before it returns. Raises OSError."""
    with _held(folder) as file:
        end = os.lseek(file, 0, os.SEEK_END)
        is_cut_off = end and os.pread(file, 1, end - 1) != b"\n"  # the disk was full, or the machine stopped
        os.write(file, b"\n" * bool(is_cut_off) + line.as_text().encode())
        os.fsync(file)


def can_be_read(folder: Path) -> bool:
    """Whether a log is there, though nothing may stand in it."""
    return os.access(folder / NAME, os.R_OK)


def read(folder: Path) -> list[Line]:
    """All lines, the oldest day first, also where several logs were put into one; what was cut off is passed over."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except OSError:
        return []
    found: list[Line] = []
    for line in text.replace(BEGINS, f"\n{BEGINS}").splitlines():  # one that was cut off may end in another log's first
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(line)
            found.append(Line(date.fromisoformat(told["day"]), str(told["what"]), str(told["who"])))
    return sorted(found, key=lambda line: line.day)


def forget_before(folder: Path, day: date) -> None:
    """Takes away what is older, when no backup of that age may exist any more. Raises OSError."""
    lines = read(folder)
    kept = [line for line in lines if line.day >= day]
    if len(kept) == len(lines):
        return
    with _held(folder) as file:
        text = "".join(line.as_text() for line in read(folder) if line.day >= day).encode()
        os.lseek(file, 0, os.SEEK_SET)
        os.ftruncate(file, os.write(file, text) if text else 0)
        os.fsync(file)


@contextmanager
def _held(folder: Path) -> Iterator[int]:
    """The file, open for one process at a time; volumes that know no such lock are written to all the same."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)

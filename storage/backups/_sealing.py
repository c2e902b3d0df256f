"""The checksum at a backup's end, of all bytes before it: behind the last page, where SQLite reads no more."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

BEGINS = b"sha256:"
LENGTH = len(BEGINS) + 2 * hashlib.sha256().digest_size
SMALLEST_PAGE = 512  # bytes; a database is whole pages
AT_A_TIME = 1 << 20


class BrokenSeal(ValueError):
    """What is in the file is not what was written."""


def is_sealed(file: Path) -> bool:
    """Whether there is more than whole pages: backups of older releases have no checksum. Raises OSError."""
    return file.stat().st_size % SMALLEST_PAGE != 0


def seal(file: Path) -> None:
    """Writes the checksum behind a finished database. Raises OSError."""
    digest = hashlib.sha256()
    for some in _read(file, file.stat().st_size):
        digest.update(some)
    with file.open("ab") as end:
        end.write(BEGINS + digest.hexdigest().encode())


def content(file: Path) -> Iterator[bytes]:
    """The database in the file, piece by piece. Raises BrokenSeal at its end, OSError."""
    digest, length = hashlib.sha256(), file.stat().st_size - LENGTH * is_sealed(file)
    for some in _read(file, length):
        digest.update(some)
        yield some
    if is_sealed(file):
        with file.open("rb") as source:
            source.seek(max(length, 0))
            if source.read() != BEGINS + digest.hexdigest().encode():
                raise BrokenSeal


def _read(file: Path, length: int) -> Iterator[bytes]:
    with file.open("rb") as source:
        while length > 0 and (some := source.read(min(AT_A_TIME, length))):
            length -= len(some)
            yield some

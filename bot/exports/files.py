"""Files on disk: written whole or not at all, never over another, and folders that are gone once they were used."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import FileNotWritten, FileThere


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A place to write to, which becomes the file at the end of the block. Raises FileThere, FileNotWritten.

    Where the block fails, nothing is left. What comes there meanwhile stays as it is.
    """
    if path.exists():
        raise FileThere(path=path)
    try:
        with TemporaryDirectory(prefix=".raportoi-", dir=path.parent) as folder:
            yield Path(folder) / path.name
            os.link(Path(folder) / path.name, path)
    except FileExistsError as error:
        raise FileThere(path=path) from error
    except OSError as error:
        raise FileNotWritten from error


@contextmanager
def passing_file(name: str) -> Iterator[Path]:
    """A place for a file that nobody finds on disk after the block. Raises FileNotWritten."""
    try:
        with TemporaryDirectory(prefix="raportoi-") as folder:
            yield Path(folder) / name
    except OSError as error:
        raise FileNotWritten from error

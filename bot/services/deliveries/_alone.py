"""On SQLite one process sends: it holds a lock beside the database, and every lease it finds is a dead one's."""

import os
import threading
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.deps import Deps
from storage import deliveries as table
from storage import locks

ANOTHER = "another process holds the right to send"
UNLOCKED = "no lock can be had on the volume of the database"


class OnlySender:
    """The right to send. On PostgreSQL everybody has it; on SQLite the process that holds `<database>.lock`.

    `trouble` is why this process has not got it, "" where it has.
    """

    def __init__(self, deps: Deps) -> None:
        file = deps.database.file
        self._path = locks.lock_of(file) if file else None
        self._deps, self._trying = deps, threading.Lock()
        self._held: int | None = None
        self._granted = self._path is None
        self.trouble = ""

    def granted(self) -> bool:
        """Whether this process may send; asks for the lock where it has none. Raises DatabaseUnavailable."""
        with self._trying:
            if self._lock() and not self._granted:
                with self._deps.write() as session:
                    table.void_leases(session, self._deps.workspace)
                self._granted = True
            return self._granted

    def is_elsewhere(self) -> bool:
        """Whether another process has the right; takes it where nobody has. Nothing is written."""
        with self._trying:
            return not self._lock() and self.trouble == ANOTHER

    def _lock(self) -> bool:
        if self._path is None:
            return True
        if self._held is not None and not _leads_to(self._path, self._held):  # removed: another process has a new one
            os.close(self._held)
            self._held, self._granted = None, False
        if self._held is None:
            try:
                self._held = locks.take(self._path)
                self.trouble = "" if self._held is not None else ANOTHER
            except OSError as error:
                self.trouble = f"{UNLOCKED} ({os.strerror(error.errno or 0)})"
        return self._held is not None

    def release(self) -> None:
        with self._trying:
            if self._held is not None:
                os.close(self._held)
                self._held, self._granted = None, False


def _leads_to(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except OSError:
        return False


def lock_trouble(folder: Path) -> str:
    """Why no file of the folder can be locked, "" where one can; tried on a file of its own, which then goes."""
    try:
        with NamedTemporaryFile(dir=folder, prefix="lock-") as file:
            os.close(locks.take(Path(file.name)) or os.dup(file.fileno()))
    except OSError as error:
        return f"{UNLOCKED} ({os.strerror(error.errno or 0)})"
    return ""

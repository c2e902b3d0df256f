"""On SQLite one process sends: it holds a lock beside the database, and every lease it finds is a dead one's."""

import fcntl
import os
import threading
from pathlib import Path

from bot.deps import Deps
from storage import deliveries as table


class OnlySender:
    """The right to send. On PostgreSQL everybody has it; on SQLite the process that holds `<database>.lock`."""

    def __init__(self, deps: Deps) -> None:
        url = deps.database.engine.url
        is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        self._path = Path(f"{url.database}.lock") if is_file else None
        self._deps, self._trying = deps, threading.Lock()
        self._held: int | None = None
        self._granted = self._path is None

    def granted(self) -> bool:
        """Whether this process may send; asks for the lock where it has none. Raises DatabaseUnavailable."""
        with self._trying:
            if not self._granted and self._lock():
                with self._deps.write() as session:
                    table.void_leases(session, self._deps.workspace)
                self._granted = True
            return self._granted

    def _lock(self) -> bool:
        if self._held is None and self._path is not None:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            self._held = file
        return True

    def release(self) -> None:
        with self._trying:
            if self._held is not None:
                os.close(self._held)
                self._held, self._granted = None, False

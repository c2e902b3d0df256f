"""Files that one process holds locked until it lets go of them or ends."""

import errno
import fcntl
import os
from pathlib import Path


def lock_of(database: Path) -> Path:
    """The file that whoever runs on this SQLite database holds."""
    return Path(f"{database.resolve()}.lock")


def take(path: Path) -> int | None:
    """The file, opened and locked until it is closed or the process ends; None where another process has the lock.

    Some network volumes know no flock, but the locks of ranges that SQLite itself uses. Raises OSError where a volume
    knows neither, or nothing can be written there.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    refused = OSError()
    for lock in (fcntl.flock, fcntl.lockf):
        try:
            lock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            refused = error
            if error.errno in (errno.EAGAIN, errno.EACCES):
                break
        else:
            return file
    os.close(file)
    if refused.errno in (errno.EAGAIN, errno.EACCES):
        return None
    raise refused

"""Programs that tests start: a run that is killed takes them along."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager


def tied_to_us(how: str = "KILL") -> list[str]:
    """Name what stands before a command so that Linux ends it with the thread that starts it; elsewhere nothing."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", how, "--"] if setpriv else []


@contextmanager
def closed_port() -> Iterator[int]:
    """Give a port of 127.0.0.1 where nobody listens, nor can: one that is let go may be another test's at once."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]

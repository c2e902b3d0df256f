"""Faults on demand: which call is to be refused, delayed, dropped or turned away, and how often."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from ._state import Json


@dataclass
class Fault:
    """What happens to calls of one method: after ``skip`` of them, for ``times`` of them, where ``when`` fits."""

    method: str
    error: str | None = None
    status: int | None = None
    retry_after: int | None = None
    drop: str | None = None
    delay: float = 0.0
    until: threading.Event | None = None
    answers: threading.Event | None = None
    hangs: float = 0.0
    times: int | None = 1
    skip: int = 0
    when: Callable[[Json], bool] = lambda _args: True
    fields: Json = field(default_factory=dict)
    struck: int = 0


class Faults:
    """The faults that are laid out, and the Retry-After that each method is under."""

    def __init__(self) -> None:
        self._laid: list[Fault] = []
        self._lock = threading.Lock()
        self.closed_until: dict[str, float] = {}

    def lay(self, fault: Fault) -> Fault:
        """Lay out a fault and return it; ``fault.struck`` counts."""
        with self._lock:
            self._laid.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._laid.clear()

    def strike(self, method: str, args: Json) -> Fault | None:
        """Return the fault that this call meets, if any, and count it."""
        with self._lock:
            for fault in self._laid:
                if fault.method in (method, "*") and fault.times != 0 and fault.when(args):
                    if fault.skip > 0:
                        fault.skip -= 1
                        continue
                    fault.times = None if fault.times is None else fault.times - 1
                    fault.struck += 1
                    return fault
        return None

"""Slack's own time, as far as its last answer told it, and a clock that nobody can set."""

import time
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # Linux's counts while the machine sleeps, too


def uptime() -> float:
    """Seconds on a clock that only goes forward, whatever happens to the wall clock."""
    return time.clock_gettime(_STEADY)


class SlackClock:
    """What Slack's clock shows: the Date of its last answer, and the time since then on the steady clock."""

    def __init__(self) -> None:
        self._heard: tuple[datetime, float] | None = None

    def hear(self, date: str | None) -> None:
        """Takes a Date header; one that is missing or odd tells nothing."""
        try:
            told = parsedate_to_datetime(date or "")
        except ValueError:
            return
        if told.tzinfo is not None:
            self._heard = told, uptime()

    def now(self) -> datetime | None:
        heard = self._heard
        return heard[0] + timedelta(seconds=uptime() - heard[1]) if heard else None

    def age(self) -> float:
        """Seconds since Slack's time was last told; infinite where it never was."""
        return uptime() - self._heard[1] if self._heard else float("inf")

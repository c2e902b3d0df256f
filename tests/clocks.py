"""Times as Helsinki's clocks show them, a clock that stories set, and parts whose clock stands still."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.rules.deliveries import Terms
from bot.rules.weeks import HOME

if TYPE_CHECKING:
    from bot.deps import Deps  # tests of pure rules need not wait for it

A_PLAIN_DAY = "2026-12-02T10:00"  # a Wednesday, at working hours, outside the closed seasons
BUSY = 600.0  # seconds that a step may take where others are at work on this machine
TERMS = Terms(most_skew=timedelta(days=36500), frozen=BUSY)  # PostgreSQL's clock cannot be set; all others are


def hki(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOME).astimezone(UTC)


class Clock:
    """One clock for the bot and Slack: it starts on a plain day, whatever day it is here, and goes on from there."""

    def __init__(self, start: str = A_PLAIN_DAY) -> None:
        self.at_rest: Callable[[], None] = lambda: None
        self.moves_to(start)

    def moves_to(self, moment: str | datetime) -> None:
        """What is under way is finished first: Slack takes no answer to what was asked days ago."""
        self.at_rest()
        self._shown, self._set_at = hki(moment) if isinstance(moment, str) else moment, time.monotonic()

    def now(self) -> datetime:
        return self._shown + timedelta(seconds=time.monotonic() - self._set_at)

    def seconds(self) -> float:
        return self.now().timestamp()


def at(deps: "Deps", moment: str | datetime) -> "Deps":
    now = hki(moment) if isinstance(moment, str) else moment
    return replace(deps, now=lambda: now)

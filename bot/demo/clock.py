"""The clock of the practice network: it begins on a working morning, goes on as clocks do, and can be moved ahead."""

import time as steady
from datetime import datetime, time, timedelta

from bot.rules.weeks import HOME, local_day, local_instant, next_open_day

BEGINS = time(9)


class Clock:
    """One clock for the bot and the practice Slack, so that neither finds the other wrong."""

    def __init__(self, start: datetime) -> None:
        self.moves_to(start)

    def moves_to(self, moment: datetime) -> None:
        self._shown, self._set_at = moment, steady.monotonic()

    def now(self) -> datetime:
        return self._shown + timedelta(seconds=steady.monotonic() - self._set_at)

    def seconds(self) -> float:
        return self.now().timestamp()


def first_morning(today: datetime) -> datetime:
    """Nine o'clock on the first day from today on when members are written to, so that nothing waits for Monday."""
    return local_instant(next_open_day(local_day(today, HOME)), BEGINS)

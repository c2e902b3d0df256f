"""Moving the practice network's time: to the next thing that the clock does, with everything sent on the way."""

import threading
import time as steady
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlmodel import col, func, select

from bot.demo.clock import Clock
from bot.deps import Deps
from bot.jobs import knocks
from bot.rules.weeks import DAY, local_day, local_instant, next_working_day
from bot.services.previews import planned
from storage.models import Delivery

DAYS_AHEAD = 190  # the next half-year's summary is among them
MORNING = time(8)
SENT_WITHIN = 20.0  # seconds for what is due at one moment; it takes one or two
LOOKS_EVERY = 0.05
TICK = timedelta(seconds=1)  # past the moment, so that what is due then is
IN_HAND = ("sending", "unknown", "verifying")
MORNINGS = "morning"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where time can be moved to: a kind of message that goes then, or the next working morning."""

    name: str
    at: datetime


@dataclass
class Mover:
    """Moves the clock; `shown` hears where it stands, at each stop."""

    deps: Deps
    clock: Clock
    shown: Callable[[], object] = lambda: None
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def stops(self) -> list[Stop]:
        """The next working morning, and the next message of each kind, soonest first."""
        now = self.clock.now()
        found = {MORNINGS: local_instant(next_working_day(local_day(now) + DAY), MORNING)}
        for one in planned(self.deps, now, DAYS_AHEAD):
            if one.at > now:
                found.setdefault(one.kind, one.at)
        return sorted((Stop(*one) for one in found.items()), key=lambda stop: stop.at)

    def move_to(self, until: datetime) -> None:
        """What is due by then is sent, each at its time; a moment that has passed changes nothing."""
        with self._one_at_a_time:
            self._send_due()
            for moment in self._on_the_way(until):
                self.clock.moves_to(moment + TICK)
                self.shown()
                self._send_due()

    def _on_the_way(self, until: datetime) -> Iterator[datetime]:
        while (now := self.clock.now()) < until:
            due = [one.at for one in planned(self.deps, now, (until - now).days + 1) if one.at > now]
            yield min([*due, until])

    def _send_due(self) -> None:
        """All that the clock does at this moment is done, and nobody is sending any more."""
        self.deps.slack.clock(ask_after=0)  # hears that time has moved there too
        for name, _, knock in knocks(self.deps):
            if name != "clock":
                knock()
        until = steady.monotonic() + SENT_WITHIN
        while self._waiting() and steady.monotonic() < until:
            steady.sleep(LOOKS_EVERY)

    def _waiting(self) -> int:
        now = self.clock.now()
        due = (col(Delivery.state) == "pending") & (col(Delivery.not_before) <= now) & (col(Delivery.expires_at) > now)
        with self.deps.read() as session:
            here = select(func.count()).where(Delivery.workspace == self.deps.workspace)
            return int(session.exec(here.where(due | col(Delivery.state).in_(IN_HAND))).one())

"""Sending commands, so many at a time, and seeing when each was acknowledged, stored or opened, and told about."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from tests.bench._programs import USER, Program
from tests.fakes import Delivery, FakeSlack

TEXT = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta, ja jonotusaika on kuukausia"
LOOK_SECONDS, IDLE_SECONDS = 0.005, 0.3
MOST_SECONDS = 60

Look = Callable[[], Iterable[str]]
"""Answers the triggers of all commands whose work is done."""


@dataclass(frozen=True)
class Load:
    """So many commands, at most so many of them unacknowledged, all at once or so many a second."""

    count: int
    in_flight: int
    per_second: float = float("inf")


@dataclass(frozen=True)
class Times:
    """When things happened, in seconds: one for each command, and how long the whole took."""

    each: list[float]
    whole: float

    @property
    def per_second(self) -> float:
        return len(self.each) / self.whole

    @property
    def p50(self) -> float:
        return quantiles(self.each, n=100)[49]

    @property
    def p99(self) -> float:
        return quantiles(self.each, n=100)[98]


@dataclass(frozen=True)
class Run:
    """One load on one program. `done` is stored or opened; `told` is the seconds until the last receipt was posted."""

    acks: Times
    done: Times | None
    told: float
    cpu: float
    refused: int


def send(program: Program, text: str, load: Load, look: Look | None) -> Run:
    """Sends the commands and waits until the program is idle again."""
    slack = program.slack
    payloads = [slack.command_payload(USER, "/raportoi", text) for _ in range(load.count)]
    refused, cpu = len(slack.world.refusals), program.cpu_seconds()
    sent: dict[str, float] = {}
    watcher = _Watcher(look, load.count, sent)
    watcher.start()
    started = time.monotonic()
    acks = slack._on_loop(asyncio.wait_for(_send(slack, payloads, load, sent), MOST_SECONDS))
    acked = time.monotonic() - started
    watcher.join()
    told = until_idle(program) - started
    done = Times(list(watcher.seconds.values()), watcher.last - started) if look else None
    return Run(Times(acks, acked), done, told, program.cpu_seconds() - cpu, len(slack.world.refusals) - refused)


async def _send(slack: FakeSlack, payloads: list[dict[str, Any]], load: Load, sent: dict[str, float]) -> list[float]:
    gate = asyncio.Semaphore(load.in_flight)

    async def one(place: int, payload: dict[str, Any]) -> float:
        await asyncio.sleep(place / load.per_second)
        async with gate:
            delivery = Delivery(slack.world.new_id("env"), "slash_commands", payload)
            delivery.waiter = asyncio.get_running_loop().create_future()
            slack.world.triggers[payload["trigger_id"]].issued = sent[payload["trigger_id"]] = time.monotonic()
            await slack.sockets.send(delivery, {"accepts_response_payload": True})
            await delivery.waiter
            return delivery.ack_seconds or 0.0

    return list(await asyncio.gather(*(one(*placed) for placed in enumerate(payloads))))


class _Watcher(threading.Thread):
    """Looks every 5 ms which commands' work is done, and writes down how long after its sending each was."""

    def __init__(self, look: Look | None, count: int, sent: dict[str, float]) -> None:
        super().__init__(daemon=True)
        self._look, self._count, self._sent = look, count, sent
        self.seconds: dict[str, float] = {}
        self.last = time.monotonic()

    def run(self) -> None:
        deadline = time.monotonic() + MOST_SECONDS
        while self._look and len(self.seconds) < self._count and time.monotonic() < deadline:
            done, now = set(self._look()) & self._sent.keys(), time.monotonic()
            for trigger in done - self.seconds.keys():
                self.seconds[trigger], self.last = now - self._sent[trigger], now
            time.sleep(LOOK_SECONDS)


def until_idle(program: Program) -> float:
    """The moment since which the program has used no processor time, seen after 0.3 s of that."""
    busy_until, used = time.monotonic(), program.cpu_seconds()
    while time.monotonic() - busy_until < IDLE_SECONDS:
        time.sleep(0.02)
        if program.cpu_seconds() > used:
            busy_until, used = time.monotonic(), program.cpu_seconds()
    return busy_until


def stored_in(rows: Callable[[], Iterable[str]]) -> Look:
    """Done is what the database shows: the row's key of the act holds the trigger."""
    return lambda: (once.removeprefix("line:").removesuffix(":0") for once in rows())


def opened_in(slack: FakeSlack) -> Look:
    """Done is a form that stands open: its trigger is used."""
    return lambda: [name for name, trigger in list(slack.world.triggers.items()) if trigger.used]

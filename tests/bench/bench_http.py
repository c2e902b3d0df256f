"""HTTP mode beside a bare Bolt on the same server: `python -m tests.bench.bench_http` prints a table."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socket import create_server
from statistics import median
from urllib.parse import urlencode

import aiohttp
import psutil

from tests.bench._load import TEXT, Times
from tests.bench._programs import BOT, ROOT, USER, _end
from tests.bench._stores import looking_into, stores
from tests.fakes import FakeSlack, signature

BARE = ("-m", "tests.bench._bare_http")
IN_FLIGHT = (10, 50)
COUNT, ROUNDS, WARM = 300, 5, 30
READY_SECONDS = 30


def main() -> None:
    """Progress goes to standard error, the table to standard output."""
    rows = []
    with stores() as databases:
        for kind, database in databases.items():
            with database() as url, _serving(BARE, url) as bare, _serving(BOT, url) as bot, looking_into(url) as stored:
                for in_flight in IN_FLIGHT:
                    taken: dict[str, list[tuple[Times, float]]] = {"bare Bolt": [], "Raportoi": []}
                    for _ in range(ROUNDS):
                        taken["bare Bolt"].append(_round(bare, in_flight, None))
                        taken["Raportoi"].append(_round(bot, in_flight, stored))
                    rows += [_row(kind, name, in_flight, runs) for name, runs in taken.items()]
    head = "| Database | Program | in flight | acks/s | ack p50 ms | ack p99 ms | stored/s |"
    sys.stdout.write("\n".join(["", head, "|---" * 7 + "|", *rows]) + "\n")


def _round(
    program: tuple[FakeSlack, str], in_flight: int, stored: Callable[[], Iterable[str]] | None
) -> tuple[Times, float]:
    """How long each acknowledgement took, and how many were stored a second."""
    wanted = len(list(stored())) + COUNT if stored else 0
    started = time.monotonic()
    times = asyncio.run(_load(*program, COUNT, in_flight))
    if stored:
        _wait(lambda: len(list(stored())) >= wanted)
    rate = COUNT / (time.monotonic() - started)
    time.sleep(2)  # what is told afterwards is over
    sys.stderr.write(".")
    sys.stderr.flush()
    return times, rate


def _row(kind: str, name: str, in_flight: int, runs: list[tuple[Times, float]]) -> str:
    each = [times for times, _ in runs]
    figures = (
        f"{median(one.per_second for one in each):.0f}",
        f"{median(one.p50 for one in each) * 1000:.0f}",
        f"{median(one.p99 for one in each) * 1000:.0f}",
        f"{median(rate for _, rate in runs):.0f}" if name == "Raportoi" else "",
    )
    return f"| {kind} | {name} | {in_flight} | {' | '.join(figures)} |"


@contextmanager
def _serving(program: tuple[str, ...], database_url: str) -> Iterator[tuple[FakeSlack, str]]:
    """A program in HTTP mode in a process of its own: its Slack, and its address."""
    with create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with FakeSlack(validate=False, record=False) as slack:
        slack.person(USER, "Aino Testinen", locale="fi-FI")
        ours = {"DATABASE_URL": database_url, "RAPORTOI_KEY": "k" * 64, "RAPORTOI_CHANNEL": "keskustelu"}
        env = {**os.environ, **slack.settings_env(), **ours, "SLACK_APP_TOKEN": "", "LOG_LEVEL": "WARNING"}
        env["RAPORTOI_HTTP"] = f"127.0.0.1:{port}"
        arguments = [sys.executable, *program, *([port] if program is BARE else [])]
        process = subprocess.Popen(arguments, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        try:
            _wait(lambda: any(one.status == "LISTEN" for one in psutil.Process(process.pid).net_connections()))
            url = f"http://127.0.0.1:{port}/slack/events"
            asyncio.run(_load(slack, url, WARM, 1))
            yield slack, url
        finally:
            _end(process)


def _wait(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not there():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.005)


async def _load(slack: FakeSlack, url: str, count: int, in_flight: int) -> Times:
    """So many signed commands, the next as soon as one is answered."""
    gate, each = asyncio.Semaphore(in_flight), []
    stamp = str(int(slack.world.clock()))
    bodies = [urlencode(slack.command_payload(USER, "/raportoi", TEXT)) for _ in range(count)]
    signed = [(body, signature(slack.world.signing_secret, stamp, body)) for body in bodies]

    async def one(session: aiohttp.ClientSession, body: str, sign: str) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": stamp}
        async with gate:
            sent = time.monotonic()
            async with session.post(url, data=body, headers={**headers, "X-Slack-Signature": sign}) as answer:
                await answer.read()
            each.append(time.monotonic() - sent)
            if answer.status != 200:
                raise RuntimeError(answer.status)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        started = time.monotonic()
        await asyncio.gather(*(one(session, *request) for request in signed))
        return Times(each, time.monotonic() - started)


if __name__ == "__main__":
    main()

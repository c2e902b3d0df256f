"""The programs that are measured: each in a process of its own, connected to a quiet fake Slack in this one."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.fakes import FakeSlack

ROOT = Path(__file__).parents[2]
BOT = ("-m", "bot", "serve")
SIMPLEMMA_ALONE = ("-m", "tests.bench._simplemma_alone", "serve")
BARE_ACK = ("-m", "tests.bench._bare", "ack")
BARE_INSERT = ("-m", "tests.bench._bare", "insert")
USER = "U0AINO0001"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Program:
    """A connected program: its Slack, its process, and the seconds from its start to the socket's hello."""

    slack: FakeSlack
    process: psutil.Process
    start_seconds: float

    def megabytes(self) -> float:
        """Resident memory now."""
        return float(self.process.memory_info().rss) / MEGABYTE

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@contextmanager
def running(arguments: tuple[str, ...], database_url: str) -> Iterator[Program]:
    """Start a program and end it, whatever happens in between."""
    slack = FakeSlack(validate=False, record=False).start()
    slack.person(USER, "Aino Testinen", locale="fi-FI")
    try:
        with tempfile.TemporaryFile() as said:
            started = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=_environment(slack, database_url), stdout=said, stderr=said
            )
            try:
                _wait_for_socket(slack, process)
                opened = slack.socket_history[0][0]
                yield Program(slack, psutil.Process(process.pid), opened - started)
            except BaseException:
                said.seek(0)
                sys.stderr.write(said.read().decode(errors="replace")[-3000:])
                raise
            finally:
                _end(process)
    finally:
        slack.stop()


def _environment(slack: FakeSlack, database_url: str) -> dict[str, str]:
    ours = {"DATABASE_URL": database_url, "RAPORTOI_KEY": "k" * 64, "RAPORTOI_CHANNEL": "keskustelu"}
    return {**os.environ, **slack.settings_env(), **ours, "LOG_LEVEL": "WARNING"}


def _wait_for_socket(slack: FakeSlack, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while not slack.live_sockets:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the program did not connect: {process.args!r}")
        time.sleep(0.002)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

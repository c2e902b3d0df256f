"""One round: a ledger filled at once, senders killed at work, a database that crashes, and the count."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy import make_url
from sqlmodel import select

from bot.deps import utc_now
from bot.rules.deliveries import Due
from bot.services.deliveries import enqueue
from storage.database import Database, Unavailable
from storage.models import Answered, Delivery
from tests.chaos._hostile import hostile_slack
from tests.chaos._sender import KINDS, PACE
from tests.fakes import FakeSlack
from tests.processes import tied_to_us

ROOT = Path(__file__).parents[2]
CHANNELS = 10
FROZEN_SECONDS = 5.0  # longer than a lease; what was about to be written still arrives before it is looked for
DONE = {"sent", "skipped", "failed", "expired"}


@dataclass(frozen=True)
class Plan:
    """What a round is made of. Times in seconds; `crash_every` concerns PostgreSQL's server and may be None.

    `freezes` is the share of kills that only stop a process for longer than its leases last.
    """

    database: str
    folder: Path
    deliveries: int
    processes: int
    kill_every: float
    crash_every: float | None = None
    freezes: float = 0.25
    within: float = 180
    blind: bool = False
    calm: bool = False  # no faults
    seed: int = 1
    slowness: float = 1.0  # all times are so many times longer


@dataclass(frozen=True)
class Count:
    """What came of a round."""

    wanted: int
    states: dict[str, int]
    lost: int
    unfinished: int  # still waiting when the time of the round was over: too little time is no loss, nor a proof
    twice: int
    unwanted: int
    found_in_history: int
    kills: int
    freezes: int
    crashes: int
    seconds: float
    sending: float  # seconds from the first message to the last: starting the processes is no part of it

    @property
    def sound(self) -> bool:
        return self.lost == self.unfinished == self.twice == self.unwanted == 0

    @property
    def ratio(self) -> float:
        """Throughput as a share of the pace that is allowed; those that may go at once bring it above one."""
        return (self.wanted - 1) / self.sending / PACE

    def __str__(self) -> str:
        return (
            f"{self.wanted} wanted, {self.lost} lost, {self.unfinished} unfinished, {self.twice} twice, "
            f"{self.unwanted} sent though not wanted; "
            f"{self.kills} kills, {self.freezes} freezes, {self.crashes} database crashes; "
            f"{self.found_in_history} found in the history; "
            f"{self.seconds:.0f} s, sending at {self.ratio:.0%} of the pace of {PACE}/s; {self.states}"
        )


def run(plan: Plan) -> Count:
    """Plays one round to its end, or until the time is over."""
    slack = hostile_slack(plan.seed, plan.slowness, calm=plan.calm)
    with slack, _closing(Database(plan.database)) as database:
        _fill(database, slack, plan.deliveries)
        started = time.monotonic()
        done = _play(plan, database, slack)
        seconds = time.monotonic() - started
        time.sleep(2 * plan.slowness)  # what is still on its way to Slack arrives
        with database.read() as session:
            rows = list(session.exec(select(Delivery)))
        return _counted(rows, slack, done, seconds)


@contextmanager
def _closing(database: Database) -> Iterator[Database]:
    yield database
    database.close()


def _fill(database: Database, slack: FakeSlack, count: int) -> None:
    """Every tenth goes to a channel, the others to a person each; every fiftieth person has answered already.

    The channels' stand among the others: one a second is allowed to each, so that at the end they would go alone.
    """
    now, workspace = utc_now(), slack.world.team_id
    recipients = [f"C0CHAOS{n // 10 % CHANNELS:04}" if n % 10 == 9 else f"U0CHAOS{n:04}" for n in range(count)]
    for number, recipient in enumerate(recipients):
        if recipient.startswith("U"):
            slack.person(recipient, f"Testi {number}", joins=())
    for number in range(CHANNELS):
        slack.channel(f"C0CHAOS{number:04}", f"kanava-{number}")
    due = [
        Due(KINDS[n // 100 % len(KINDS)], f"k-{n}", recipient, now, now + timedelta(hours=1))
        for n, recipient in enumerate(recipients)
    ]
    with database.write() as session:
        enqueue(session, workspace, due)
        session.add_all(
            Answered(workspace=workspace, occurrence="chaos", user=f"U0CHAOS{n:04}") for n in range(0, count, 50)
        )


def _play(plan: Plan, database: Database, slack: FakeSlack) -> Counter[str]:
    """Kills, freezes and crashes until all is settled; answers how many of each."""
    dice, done = random.Random(plan.seed), Counter[str]()  # noqa: S311 - nothing secret hangs on it
    senders = [_start(plan, slack) for _ in range(plan.processes)]
    kill_every, crash_every = plan.kill_every * plan.slowness, (plan.crash_every or 1e9) * plan.slowness
    now = time.monotonic()
    deadline, next_kill, next_crash = now + plan.within * plan.slowness, now + kill_every, now + crash_every
    try:
        while not _settled(database) and time.monotonic() < deadline:
            time.sleep(0.2)
            if time.monotonic() >= next_kill:
                victim = dice.randrange(len(senders))
                if dice.random() < plan.freezes:
                    _freeze(senders[victim], FROZEN_SECONDS * plan.slowness)
                    done["freezes"] += 1
                else:
                    _kill(senders[victim])
                    senders[victim] = _start(plan, slack)
                    done["kills"] += 1
                next_kill = time.monotonic() + kill_every * dice.uniform(0.5, 1.5)
            if time.monotonic() >= next_crash:
                crash_postgresql(plan.database)
                done["crashes"] += 1
                next_crash = time.monotonic() + crash_every
    finally:
        for sender in senders:
            _kill(sender)
    return done


def slowness_here() -> float:
    """How many times as long as it works a program takes to start here and now: once where nobody else is at work."""
    began, before = time.monotonic(), os.times()
    subprocess.run([sys.executable, "-c", "import tests.chaos._sender"], cwd=ROOT, check=True)
    took, after = time.monotonic() - began, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return float(max(1, round(took / worked)))  # whole, since the client counts its time-out in whole seconds


def _start(plan: Plan, slack: FakeSlack) -> subprocess.Popen[bytes]:
    more = {"SLOWNESS": str(plan.slowness)} | ({"BLIND": "1"} if plan.blind else {})
    env = {**os.environ, **slack.settings_env(), "DATABASE_URL": plan.database, "WORKSPACE": slack.world.team_id}
    with (plan.folder / "senders.log").open("ab") as log:
        command = [*tied_to_us(), sys.executable, "-m", "tests.chaos._sender"]
        return subprocess.Popen(command, cwd=ROOT, env=env | more, stdout=log, stderr=log)


def _kill(sender: subprocess.Popen[bytes]) -> None:
    sender.send_signal(signal.SIGKILL)
    sender.wait()


def _freeze(sender: subprocess.Popen[bytes], seconds: float) -> None:
    sender.send_signal(signal.SIGSTOP)
    threading.Timer(seconds, sender.send_signal, (signal.SIGCONT,)).start()


def _settled(database: Database) -> bool:
    try:
        with database.read() as session:
            open_one = select(Delivery.key).where(Delivery.state.not_in(DONE)).limit(1)  # type: ignore[attr-defined]
            return session.exec(open_one).first() is None
    except Unavailable:
        return False


def crash_postgresql(url: str) -> None:
    """One backend dies of SIGKILL, so that the server drops everybody and recovers; a named server is spared that."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with suppress(psycopg.OperationalError), psycopg.connect(address, autocommit=True) as connection:
        if "TEST_DATABASE_URL" not in os.environ:
            os.kill(connection.info.backend_pid, signal.SIGKILL)
        else:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            connection.execute(f"{others} AND pid <> pg_backend_pid()".encode())


def _counted(rows: list[Delivery], slack: FakeSlack, done: Counter[str], seconds: float) -> Count:
    with slack.world.changed:
        posted = Counter(
            one["metadata"]["event_payload"]["id"] for kept in slack.world.messages.values() for one in kept
        )
        times = slack.world.kept_at.values()
    skipped = {row.key for row in rows if row.state == "skipped"}
    wanted = [row for row in rows if row.key not in skipped]
    return Count(
        wanted=len(wanted),
        states=dict(Counter(row.state for row in rows)),
        lost=sum(1 for row in wanted if row.state in DONE and (row.state != "sent" or not posted[row.key])),
        unfinished=sum(1 for row in wanted if row.state not in DONE),
        twice=sum(1 for count in posted.values() if count > 1),
        unwanted=len(skipped & set(posted)),
        found_in_history=sum(1 for row in rows if row.evidence == "history"),
        kills=done["kills"],
        freezes=done["freezes"],
        crashes=done["crashes"],
        seconds=seconds,
        sending=max(times) - min(times),
    )

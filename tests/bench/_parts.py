"""What is measured: starting and memory, commands under load on both databases, and the rules that read a text."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median
from timeit import timeit

from bot.rules.words import Analyser, SimplemmaAnalyser, analyser, guess
from tests.bench._load import TEXT, Load, Run, opened_in, send, stored_in, until_idle
from tests.bench._programs import BARE_ACK, BARE_INSERT, BOT, SIMPLEMMA_ALONE, running
from tests.bench._sizes import some
from tests.bench._stores import looking_into

STARTS, ROUNDS = some(5), some(3)
ONE, WARM_UP = Load(1, 1), Load(some(30), 10)
STEADY, AT_ONCE = Load(some(150), 50, per_second=100), Load(some(50), 50)
TEN, FIFTY = Load(some(300), 10), Load(some(300), 50)
SWEDISH = "Unga utan bostad får inga stödboenden och kön till rådgivningen är flera månader lång"
IDLE_SECONDS, WATCHED_SECONDS = 2.0, some(20)
GUESSED = 200

Fresh = Callable[[], AbstractContextManager[str]]
"""Makes an empty, migrated database and gives its address."""


@dataclass(frozen=True)
class Case:
    """A program that is sent a text; `done` says when the work of a command counts as done."""

    name: str
    program: tuple[str, ...]
    text: str
    done: str  # "stored", "opened", or "" where the acknowledgement is all


ACK = Case("bare Bolt, only acknowledges", BARE_ACK, TEXT, "")
INSERT = Case("bare Bolt, inserts, then acknowledges", BARE_INSERT, TEXT, "stored")
FILE = Case("Raportoi, `/raportoi TEXT`", BOT, TEXT, "stored")
FORM = Case("Raportoi, `/raportoi` opens the form", BOT, "", "opened")
CASES = {"SQLite": (ACK, INSERT, FILE, FORM), "PostgreSQL": (INSERT, FILE, FORM)}


@dataclass(frozen=True)
class Row:
    """A case on a database under one load: a figure of each round."""

    database: str
    case: Case
    load: Load
    runs: tuple[Run, ...]

    def middle(self, figure: Callable[[Run], float]) -> float:
        return median(figure(run) for run in self.runs)


def starting(fresh: Fresh) -> dict[str, float]:
    """Median seconds from the process's start to the socket's hello, on a database that is migrated and filled."""
    found = {}
    for name, program in (("Raportoi", BOT), ("bare Bolt", BARE_ACK)):
        with fresh() as url:
            found[name] = median([_start(program, url) for _ in range(STARTS + 1)][1:])
        say(f"start of {name}: {found[name] * 1000:.0f} ms")
    return found


def _start(program: tuple[str, ...], url: str) -> float:
    with running(program, url) as started:
        return started.start_seconds


def memory(fresh: Fresh) -> Iterator[tuple[str, float, float]]:
    """(name, megabytes with all word lists read, megabytes after a Finnish and a Swedish text); nan without."""
    for name, program in (("Voikko where installed", BOT), ("simplemma alone", SIMPLEMMA_ALONE)):
        with fresh() as url, running(program, url) as started, looking_into(url) as rows:
            until_idle(started)
            idle = started.megabytes()
            for text in (TEXT, SWEDISH):
                send(started, text, ONE, stored_in(rows))
            yield name, idle, started.megabytes()
            say(f"memory, {name}: {idle:.0f} MB idle, {started.megabytes():.0f} MB after a text in each language")
    with fresh() as url, running(BARE_ACK, url) as started:
        time.sleep(IDLE_SECONDS)
        yield "bare Bolt", started.megabytes(), float("nan")


def first_lines(fresh: Fresh) -> Iterator[tuple[str, str, float]]:
    """(name, language, milliseconds until stored) of the first line, sent two seconds after the hello."""
    for name, program in (("Voikko where installed", BOT), ("simplemma alone", SIMPLEMMA_ALONE)):
        for language, text in (("Finnish", TEXT), ("Swedish", SWEDISH)):
            with fresh() as url, running(program, url) as started, looking_into(url) as rows:
                time.sleep(IDLE_SECONDS)
                first = send(started, text, ONE, stored_in(rows)).done
                yield name, language, first.each[0] * 1000 if first else float("nan")
        say(f"first lines, {name}")


def idle(databases: dict[str, Fresh]) -> dict[str, float]:
    """Percent of one core that the bot needs while nobody asks for anything, the clock's knocks included."""
    found = {}
    for database, fresh in databases.items():
        with fresh() as url, running(BOT, url) as started:
            until_idle(started)
            before = started.cpu_seconds()
            time.sleep(WATCHED_SECONDS)
            found[database] = (started.cpu_seconds() - before) / WATCHED_SECONDS * 100
        say(f"idle on {database}: {found[database]:.1f} % of a core")
    return found


def loads(databases: dict[str, Fresh]) -> list[Row]:
    """Every case under every load, the rounds one after the other so that a disturbance meets all alike."""
    found: dict[tuple[str, Case, Load], list[Run]] = {}
    for number in range(ROUNDS):
        for database, cases in CASES.items():
            for case in cases:
                for load, run in _one_program(case, databases[database]):
                    found.setdefault((database, case, load), []).append(run)
            say(f"load, round {number + 1} of {ROUNDS}, {database}")
    return [Row(database, case, load, tuple(runs)) for (database, case, load), runs in found.items()]


def _one_program(case: Case, fresh: Fresh) -> Iterator[tuple[Load, Run]]:
    with fresh() as url, running(case.program, url) as program, looking_into(url) as rows:
        until_idle(program)
        look = {"stored": stored_in(rows), "opened": opened_in(program.slack)}.get(case.done)
        send(program, case.text, WARM_UP, look)
        for load in (STEADY, TEN, FIFTY, AT_ONCE):
            yield load, send(program, case.text, load, look)


def reading() -> Iterator[tuple[str, float]]:
    """(what, milliseconds) of the rules that read a text: the guess of 200 characters, and the privacy guard."""
    for one in (analyser(), SimplemmaAnalyser()):
        yield f"guess of {GUESSED} characters, {one.name}", _guess(one)
    if find_spec("tests.bench.bench_privacy"):
        from tests.bench import bench_privacy  # noqa: PLC0415 - only where it is there

        yield from bench_privacy.run()
    say("reading texts")


def _guess(one: Analyser) -> float:
    text = f"{TEXT}. {TEXT}. {TEXT}."[:GUESSED]
    guess(text, one)
    return timeit(lambda: guess(text, one), number=500) / 500 * 1000


def say(progress: str) -> None:
    sys.stderr.write(f"{progress}\n")

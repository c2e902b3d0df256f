"""The figures as Markdown tables: what was measured where, each case beside its bare fellow, and the goals."""

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy import create_engine, text

from tests.bench._load import Load, Run
from tests.bench._parts import ACK, FILE, INSERT, Row

PACKAGES = ("slack-bolt", "slack-sdk", "sqlmodel", "sqlalchemy", "psycopg", "simplemma")
GIGABYTE = 1_000_000_000
Goal = tuple[str, str, str, str]


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def goal(words: str, measured: float, limit: float, *, least: bool = False) -> Goal:
    """A line of the first table: what it is about, its limit, what was measured, and whether it is met."""
    met = measured >= limit if least else measured <= limit
    return words, f"at {'least' if least else 'most'} {limit:g}", f"{measured:.3g}", "met" if met else "missed"


def conditions(postgresql: str) -> str:
    """Date, machine and versions, and how busy others kept the machine just before."""
    busy = psutil.cpu_percent(interval=1.0)
    engine = create_engine(postgresql)
    with engine.connect() as connection:
        server = str(connection.scalar(text("SHOW server_version")))
    engine.dispose()
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    gigabytes = psutil.virtual_memory().total / GIGABYTE
    return (
        f"{time.strftime('%Y-%m-%d')}, {platform.system()} on {os.cpu_count()} cores ({_processor()}), "
        f"{gigabytes:.0f} GB; other programs kept the cores {busy:.0f} % busy just before; one flush to disk takes "
        f"{_flush():.2f} ms. Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"PostgreSQL {server}, {packages}."
    )


def _processor() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return names[0] if names else platform.machine()


def _flush() -> float:
    """Median milliseconds of writing 4 KiB to the disk for good."""
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            started = time.perf_counter()
            file.flush()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return median(times) * 1000


def searches(found: Sequence[tuple[str, str, str, float]]) -> str:
    """What was searched by whom, each database in a column of its own."""
    databases = list(dict.fromkeys(database for database, _, _, _ in found))
    taken = {(database, who, what): milliseconds for database, who, what, milliseconds in found}
    asked = dict.fromkeys((who, what) for _, who, what, _ in found)
    rows = [(who, what, *(f"{taken[name, who, what]:.1f}" for name in databases)) for who, what in asked]
    return table(("Who", "searches for", *(f"{name}, ms" for name in databases)), rows)


def starting(seconds: dict[str, float]) -> str:
    rows = [(name, f"{value * 1000:.0f}") for name, value in seconds.items()]
    return table(("Program", "from process start to the socket's hello, ms (median of 5)"), rows)


def memory(found: Iterable[tuple[str, float, float]]) -> str:
    rows = [(name, f"{idle:.0f}", "" if loaded != loaded else f"{loaded:.0f}") for name, idle, loaded in found]  # noqa: PLR0124 - nan
    return table(("Program", "all words read, MB", "after a Finnish and a Swedish text, MB"), rows)


def first_lines(found: Iterable[tuple[str, str, float]]) -> str:
    rows = [(name, language, f"{milliseconds:.0f}") for name, language, milliseconds in found]
    return table(("Program", "first line after a start", "until stored, ms"), rows)


def idle(percents: dict[str, float]) -> str:
    rows = [(name, f"{value:.1f}") for name, value in percents.items()]
    return table(("Idle bot", "% of one core, over 20 s"), rows)


def loads(rows: Sequence[Row]) -> str:
    heads = (
        *("Database", "Program", "load", "acks/s", "ack p50 ms", "ack p99 ms", "÷ bare ack"),
        *("done/s", "done p50 ms", "done p99 ms", "÷ bare insert", "told/s", "CPU ms each", "refused"),
    )
    return table(heads, (_cells(row, rows) for row in rows))


def _cells(row: Row, rows: Sequence[Row]) -> list[str]:
    ack = f"{row.middle(p99) / fellow(row, rows, ACK).middle(p99):.1f}"
    cells = [row.database, row.case.name, _load(row.load), f"{row.middle(acks_per_second):.0f}"]
    cells += [f"{row.middle(p50) * 1000:.0f}", f"{row.middle(p99) * 1000:.0f}", ack]
    return [*cells, *_done(row, rows), f"{row.middle(cpu) / row.load.count * 1000:.1f}", str(refused(row))]


def _load(load: Load) -> str:
    if load.per_second < float("inf"):
        return f"{load.count}, {load.per_second:.0f} a second"
    return f"{load.count}, {load.in_flight} in flight" if load.count > load.in_flight else f"{load.count} at once"


def _done(row: Row, rows: Sequence[Row]) -> list[str]:
    if not row.case.done:
        return ["", "", "", "", ""]
    beside = done_per_second(row.runs) / done_per_second(fellow(row, rows, INSERT).runs)
    told = f"{row.middle(lambda run: row.load.count / run.told):.0f}" if row.case is FILE else ""
    middles = [
        median(run.done.p50 for run in row.runs if run.done),
        median(run.done.p99 for run in row.runs if run.done),
    ]
    ratio = f"{beside:.2f}" if row.case.done == "stored" else ""
    return [f"{done_per_second(row.runs):.0f}", *(f"{value * 1000:.0f}" for value in middles), ratio, told]


def fellow(row: Row, rows: Sequence[Row], case: object) -> Row:
    """The row of the bare app under the same load, on the same database if it uses one."""
    return next(
        other
        for other in rows
        if other.case is case and other.load == row.load and (case is ACK or other.database == row.database)
    )


def acks_per_second(run: Run) -> float:
    return run.acks.per_second


def p50(run: Run) -> float:
    return run.acks.p50


def p99(run: Run) -> float:
    return run.acks.p99


def cpu(run: Run) -> float:
    return run.cpu


def done_per_second(runs: Sequence[Run]) -> float:
    return median(run.done.per_second for run in runs if run.done)


def refused(row: Row) -> int:
    return sum(run.refused for run in row.runs)

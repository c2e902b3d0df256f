"""`python -m tests.bench.bench_exports`: the coordinators' own export of 100,000 observations, seconds and memory."""

import gc
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psutil
from sqlalchemy import insert

from bot.deps import Deps
from bot.exports.rows import ENDINGS, write_rows
from bot.rules.exports import Selection
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import iso_week
from bot.services.exports import read_all
from bot.texts import Texts
from storage import vocabularies
from storage.database import Database
from storage.models import Move, Observation
from tests.bench._sizes import some
from tests.bench._stores import stores
from tests.bench._tables import conditions, table

WORKSPACE, ROWS, PEOPLE, AT_A_TIME = "T0BENCH", some(100_000), 106, some(10_000)
FIRST, LAST = date(2026, 4, 1), date(2026, 9, 30)
TEXT = "Asunnottomille nuorille ei löydy tukiasuntoja, ja jonotusaika on kuukausia. " * 3
GOAL = "made of 100,000 observations: under 20 s, and memory flat"


def rows(start: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Observations with a step each; one of five without a name."""
    for number in range(start, start + AT_A_TIME):
        day = FIRST + timedelta(days=number % 180)
        known = {"workspace": WORKSPACE, "key": f"{number:032x}"}
        seen = Observation(
            **known, number=f"{number:09}", once=f"line:{number}", filed_on=day, week=iso_week(day), kind="E",
            theme="SHL11-02", theme_set="SHL11-2023", area="853", text=TEXT, proposal=TEXT[:80], status="kasittelyssa",
            author=None if number % 5 == 0 else f"U{number % PEOPLE:05}",
        )  # fmt: skip
        moved = Move(**known, subject=known["key"], step=1, what="status", status="kasittelyssa", on_day=day)
        yield seen.model_dump(), moved.model_dump()


def fill(database: Database) -> Vocabularies:
    for start in range(0, ROWS, AT_A_TIME):
        seen, moved = zip(*rows(start), strict=True)
        with database.write() as session:
            session.execute(insert(Observation), list(seen))
            session.execute(insert(Move), list(moved))
    with database.write() as session:
        vocabularies.bring_up_to_date(session, WORKSPACE)
        return Vocabularies.of(vocabularies.of_workspace(session, WORKSPACE))


@contextmanager
def most_memory(found: list[float]) -> Iterator[None]:
    """Megabytes that come on top of what there is before."""
    gc.collect()
    process, ended, before = psutil.Process(), threading.Event(), psutil.Process().memory_info().rss

    def watch() -> None:
        most = before
        while not ended.wait(0.05):
            most = max(most, process.memory_info().rss)
        found.append((most - before) / 1e6)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def measure(database: Database, terms: Vocabularies, ending: str, folder: Path) -> tuple[float, float, float]:
    """Seconds, megabytes of memory, megabytes of the file."""
    deps = cast("Deps", SimpleNamespace(workspace=WORKSPACE, read=database.read))
    file, memory, started = folder / f"rows.{ending}", list[float](), time.perf_counter()
    with most_memory(memory):
        assert write_rows(file, ending, Texts("fi"), terms, read_all(deps, Selection(FIRST, LAST))) == ROWS
    return time.perf_counter() - started, memory[0], file.stat().st_size / 1e6


def measured() -> str:
    """The table."""
    found = []
    with stores() as databases, tempfile.TemporaryDirectory() as folder:
        for name, opened in databases.items():
            with opened() as url:
                database = Database(url)
                terms = fill(database)
                for ending in ENDINGS:
                    seconds, memory, size = measure(database, terms, ending, Path(folder))
                    found.append((name, ending, f"{seconds:.1f}", f"{memory:.0f}", f"{size:.0f}"))
                database.close()
    return table((f"Export, {GOAL}", "format", "s", "MB more", "MB of file"), found)


def main() -> None:
    with stores() as databases, databases["PostgreSQL"]() as url:
        told = conditions(url)
    sys.stdout.write(f"{told}\n\n{measured()}\n")


if __name__ == "__main__":
    main()

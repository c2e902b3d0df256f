"""`python -m tests.bench.bench_summaries`: the half-year's numbers and files, of a small network and of 100,000."""

import os
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import psutil
from sqlmodel import insert

from bot.deps import Deps
from bot.exports import formats, summaries
from bot.rules.summaries import Period
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import iso_week
from bot.services import summaries as services
from bot.texts import Texts
from storage import vocabularies
from storage.database import Database
from storage.models import Observation, Term
from tests.bench._sizes import some
from tests.bench._stores import stores
from tests.bench._tables import conditions, table

WORKSPACE, AT_A_TIME = "T0BENCH", 20_000
PERIOD = Period(date(2026, 4, 1), date(2026, 9, 30))
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
SIZES = ((200, 106), (some(5000), 500), (some(100_000), 10_000))  # observations, people
FIELDS = {
    "kind": "kind",
    "theme": "theme",
    "area": "area",
    "sector": "sector",
    "client_group": "group",
    "scale": "scale",
}
Line = tuple[str, str, str, str, str, str]


def rows(count: int, people: int) -> Iterator[dict[str, Any]]:
    """Observations of the half-year, one of ten without a name."""
    chosen, terms = random.Random(1), vocabularies.shipped()  # noqa: S311 - made-up rows
    codes = {field: [one["code"] for one in terms if one["vocabulary"] == name] for field, name in FIELDS.items()}
    for number in range(count):
        day = PERIOD.first + timedelta(days=chosen.randrange(183))
        row = {
            "key": f"{chosen.getrandbits(128):032x}", "workspace": WORKSPACE, "number": f"{number:09}",
            "once": f"line:{number}", "filed_on": day, "week": iso_week(day), "theme_set": "SHL11-2023",
            "text": "Sanat. " * 30,
            "status": chosen.choice(("uusi", "viety", "toteutunut")),
            "author": None if chosen.random() < 0.1 else f"U{chosen.randrange(people):05}",
            **{field: chosen.choice(some) for field, some in codes.items()},
        }  # fmt: skip
        yield Observation(**row).model_dump()


def load(database: Database, count: int, people: int) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows(count, people):
        batch.append(row)
        if len(batch) == AT_A_TIME:
            _put(database, batch)
            batch = []
    _put(database, batch)


def _put(database: Database, batch: list[dict[str, Any]]) -> None:
    if batch:
        with database.write() as session:
            session.execute(insert(Observation), batch)


def deps_of(database: Database) -> Deps:
    nothing, threads = cast("Any", None), ThreadPoolExecutor(1)
    terms = Vocabularies.of(
        Term(workspace=WORKSPACE, **{**row, "position": int(row["position"])}) for row in vocabularies.shipped()
    )
    parts = {"database": database, "workspace": WORKSPACE, "key": b"", "now": lambda: NOW, "vocabularies": terms}
    threads_of = {"workers": threads, "tellers": threads}
    return Deps(slack=nothing, people=nothing, analyser=nothing, **parts, **threads_of)


def measure(name: str, url: str, count: int, people: int) -> Line:
    database, process = Database(url), psutil.Process(os.getpid())
    load(database, count, people)
    deps, idle = deps_of(database), process.memory_info().rss
    started = time.perf_counter()
    found = services.gather(deps, PERIOD, "fi")
    counted = time.perf_counter() - started
    services.gather(deps, PERIOD, "fi")
    again = time.perf_counter() - started - counted
    document = summaries.document(Texts("fi"), deps.vocabularies, found)
    started, worked = time.perf_counter(), time.process_time()
    for ending in formats.FORMATS:
        formats.drawn(document, ending)
    files, work = time.perf_counter() - started, time.process_time() - worked
    grown = (process.memory_info().rss - idle) / 1e6
    database.close()
    return name, f"{count:,}", f"{counted:.1f}", f"{again:.2f}", f"{files:.1f} / {work:.1f}", f"{grown:.0f}"


def measured() -> str:
    """The table."""
    found: list[Line] = []
    with stores() as databases:
        for count, people in SIZES:
            for name, store in databases.items():
                with store() as url:
                    found.append(measure(name, url, count, people))
    heads = (
        "Database",
        "Observations",
        "counted once, s",
        "read again, s",
        "all formats, s / of the processor",
        "memory, MB",
    )
    return table(heads, found)


def main() -> None:
    with stores() as databases, databases["PostgreSQL"]() as url:
        told = conditions(url)
    sys.stdout.write(f"{told}\n\n{measured()}\n")


if __name__ == "__main__":
    main()

"""`python -m tests.bench.bench_digests`: the digest's questions on a million observations, on both databases."""

import gc
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from statistics import median
from typing import Any

import psutil
from sqlalchemy import Engine, Insert, Integer, String, cast, create_engine, func, insert, literal, select, text
from sqlmodel import Session, SQLModel, col

from bot.rules.statuses import last_words_before
from bot.rules.weeks import first_day, iso_week, week_after
from storage import digests, vocabularies
from storage.models import Observation
from tests.bench._stores import stores
from tests.bench._tables import conditions, table

WORKSPACE, ROWS, PEOPLE, MADE = "T0BENCH", 1_000_000, 10_000, 50_000
FIRST_DAY, DAYS = date(2024, 11, 25), 728
LAST = iso_week(FIRST_DAY + timedelta(days=DAYS - 1))
TODAY = FIRST_DAY + timedelta(days=DAYS)
BEFORE = last_words_before(TODAY)
TEXT = "Asunnottomille nuorille ei löydy tukiasuntoja, ja jonotusaika on kuukausia. " * 3
NOON = time_of_day(12)
TIMES = 5
Question = Callable[[Session], Any]


def rows(count: int = ROWS, workspace: str = WORKSPACE, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Two years of observations: one of ten without a name, one of fifty open."""
    chosen = random.Random(seed)  # noqa: S311 - made-up rows
    terms, blank = vocabularies.shipped(), dict[str, Any]()
    kinds, themes, areas = ([one["code"] for one in terms if one["vocabulary"] == name] for name in
                            ("kind", "theme", "area"))  # fmt: skip
    for number in range(count):
        day = FIRST_DAY + timedelta(days=chosen.randrange(DAYS))
        is_open = chosen.random() < 0.02
        author = None if chosen.random() < 0.1 else f"U{chosen.randrange(PEOPLE):05}"
        row = {
            "key": f"{chosen.getrandbits(128):032x}", "workspace": workspace, "number": f"{number:09}",
            "once": f"line:{number}", "filed_on": day, "week": iso_week(day), "kind": chosen.choice(kinds),
            "theme": chosen.choice(themes), "theme_set": "SHL11-2023", "area": chosen.choice([*areas, None]),
            "text": TEXT, "status": "uusi" if is_open else "toteutunut", "due_on": day if is_open else None,
            "noted_on": None if is_open else day + timedelta(days=7),
            "author": author, "filed_at": datetime.combine(day, NOON, UTC) if author else None,
        }  # fmt: skip
        blank = blank or Observation(**row).model_dump()
        yield blank | row


def load(engine: Engine, count: int = ROWS, workspace: str = WORKSPACE) -> float:
    """Fills the table and answers how many seconds that took: the first rows are made here, copied by the database.

    Its indexes are made last, which takes a fraction of the time.
    """
    started, made, indexes = time.perf_counter(), min(count, MADE), SQLModel.metadata.tables["observation"].indexes
    with engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size = -2000000")  # kB: indexes grow in memory, not on the disk
        if made:
            connection.execute(insert(Observation), list(rows(made, workspace)))
        for copied in range(made, count, MADE):
            connection.execute(_copies(copied, count - copied))
        for index in indexes:
            index.create(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE observation"))
    return time.perf_counter() - started


def _copies(copied: int, limit: int) -> Insert:
    """The rows that were made, under the numbers that follow; their random keys are turned by a digit a copy."""
    turned, made = copied // MADE, cast(col(Observation.number), Integer)
    number = func.substr(cast(10**9 + copied + made, String), 2)
    key = func.substr(col(Observation.key), turned + 1).concat(func.substr(col(Observation.key), 1, turned))
    own = {"key": key, "number": number, "once": literal("line:").concat(number)}
    table_ = SQLModel.metadata.tables["observation"]
    chosen = [own.get(column.name, column) for column in table_.columns]
    first = select(*chosen).where(col(Observation.number) < f"{MADE:09}").order_by(table_.c.number).limit(limit)
    return insert(table_).from_select(table_.columns.keys(), first)


def questions(workspace: str = WORKSPACE) -> dict[str, Question]:
    before = week_after(LAST, -12)
    last_days = first_day(LAST), first_day(LAST) + timedelta(days=6)
    numbers = [f"{number:09}" for number in range(0, ROWS, ROWS // 40)]
    return {
        "13 weeks by week, kind and theme": lambda s: digests.cells(s, workspace, before, LAST),
        "the week by area": lambda s: digests.areas(s, workspace, LAST, LAST),
        "the week with and without a name": lambda s: digests.named(s, workspace, LAST, LAST),
        "areas heard of in 13 weeks": lambda s: digests.heard(s, workspace, before),
        "the first week": lambda s: digests.first_week(s, workspace),
        "how many are overdue": lambda s: digests.overdue(s, workspace, BEFORE, TODAY),
        "the most overdue": lambda s: digests.most_overdue(s, workspace, BEFORE, TODAY, 5),
        "the week's 9,600 observations, read through": lambda s: _count(digests.new(s, workspace, LAST, LAST, 200)),
        "40 observations by number": lambda s: digests.by_number(s, workspace, numbers, 200),
        "what moved in the week": lambda s: digests.moved(s, workspace, *last_days),
    }


def _count(found: Iterable[object]) -> int:
    return sum(1 for _ in found)


def measure(engine: Engine, name: str) -> Iterator[tuple[str, str, str, str, str]]:
    """(database, question, first ms, median ms, what it added to the resident memory, MB)."""
    process = psutil.Process(os.getpid())
    for words, question in questions().items():
        gc.collect()
        held, times = process.memory_info().rss, []
        for _ in range(TIMES):
            with Session(engine) as session:
                started = time.perf_counter()
                question(session)
                times.append((time.perf_counter() - started) * 1000)
        grown = (process.memory_info().rss - held) / 1e6
        yield name, words, f"{times[0]:.0f}", f"{median(times):.0f}", f"{grown:.0f}"


def main() -> None:
    """The loading goes to standard error, the table to standard output."""
    found: list[tuple[str, str, str, str, str]] = []
    with stores() as databases:
        for name, store in databases.items():
            with store() as url:
                engine = create_engine(url)
                sys.stderr.write(f"{name}: loaded in {load(engine):.0f} s\n")
                found += measure(engine, name)
                engine.dispose()
        with databases["PostgreSQL"]() as url:
            told = conditions(url)
    heads = ("Database", "Question", "first, ms", "median, ms", "memory, MB")
    sys.stdout.write(f"{told}\n\n{table(heads, found)}\n")


if __name__ == "__main__":
    main()

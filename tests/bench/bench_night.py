"""`python -m tests.bench.bench_night 1000000`: how long a writer waits while the night's work is done.

Without a number: none and 100,000 observations. `make bench` does it in the rows that search has been measured in.
"""

import random
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import insert, text, update
from sqlmodel import SQLModel

from storage import observations, words
from storage.database import Database
from storage.models import Move, Observation
from tests.bench import _search
from tests.bench._stores import stores
from tests.bench._tables import conditions, table

HEADS = (
    *("Database", "observations", "the night, s", "filed meanwhile"),
    *("median wait, ms", "p99, ms", "longest, ms", "size after, MB"),
)
PAUSE = 0.1  # seconds between two filings
WORKSPACE, TODAY = _search.WORKSPACE, date(2026, 11, 25)
LEMMAS = [f"sana{number}" for number in range(15)]


def add_steps(database: Database) -> None:
    """Of the observations of the search's bench one of ten loses its name, and half get a step of their history."""
    dice = random.Random(5)  # noqa: S311 - the same at every run
    with database.write() as session:
        connection = session.connection()
        unsigned = {"author": None, "filed_at": None}
        connection.execute(update(Observation).where(text("key < '1a'")).values(**unsigned))
        keys = connection.execute(text("SELECT key FROM observation WHERE key > '8' ORDER BY once")).scalars().all()
        steps = [
            {"key": f"{dice.getrandbits(128):032x}", "workspace": WORKSPACE, "subject": key, "step": 1,
             "what": "status", "on_day": TODAY, "status": "kasittelyssa", "words": "Kiitos, viemme eteenpäin."}
            for key in keys
        ]  # fmt: skip
        blank = {"reason": "", "receiver": ""}
        if steps:
            connection.execute(insert(SQLModel.metadata.tables[Move.__tablename__]), [blank | step for step in steps])


def file_one(database: Database, number: str) -> None:
    """What filing writes: the row and the words it is found by, in one transaction."""
    row = Observation(
        key=secrets.token_hex(16), workspace=WORKSPACE, number=number, once=f"night:{number}", author="U0001",
        filed_at=datetime(2026, 11, 25, 9, tzinfo=UTC), filed_on=TODAY, week=202648, kind="E", theme="X-90",
        theme_set="1", text="Jonot ovat pitkiä ja asuntoja on liian vähän. " * 3,
    )  # fmt: skip
    with database.write() as session:
        observations.add(session, row)
        words.add(session, WORKSPACE, row.key, TODAY, dict.fromkeys(LEMMAS, False))


class Writer(threading.Thread):
    """Files one observation after the other and writes down how long each took."""

    def __init__(self, database: Database, name: str = "W") -> None:
        super().__init__(daemon=True, name=name)
        self.waits: list[float] = []
        self._database, self._stopping = database, threading.Event()

    def run(self) -> None:
        while True:
            started = time.perf_counter()
            file_one(self._database, f"{self.name}{len(self.waits):08}")
            self.waits.append(time.perf_counter() - started)
            if self._stopping.wait(PAUSE):
                return

    def stop(self) -> None:
        self._stopping.set()
        self.join()


def measure(name: str, size: int, database: Database) -> Iterator[str]:
    """Cells of the table: database, rows, seconds of the night, and what the writer waited, milliseconds."""
    before = _stored(database)
    writer = Writer(database)
    writer.start()
    started = time.perf_counter()
    database.tidy()
    took = time.perf_counter() - started
    writer.stop()
    if _stored(database) != before + len(writer.waits):
        raise SystemExit("rows were lost or came twice")
    waits = sorted(wait * 1000 for wait in writer.waits)
    yield from (name, f"{size:,}", f"{took:.1f}", str(len(waits)), f"{median(waits):.0f}")
    yield from (f"{waits[int(len(waits) * 0.99)]:.0f}", f"{waits[-1]:.0f}", f"{_megabytes(database):.0f}")


def _stored(database: Database) -> int:
    with database.read() as session:
        return session.connection().execute(text("SELECT count(*) FROM observation")).scalar_one()


def _megabytes(database: Database) -> float:
    if database.engine.dialect.name == "sqlite":
        return Path(str(database.engine.url.database)).stat().st_size / 1e6
    with database.read() as session:
        return session.connection().execute(text("SELECT pg_database_size(current_database())")).scalar_one() / 1e6


def main() -> None:
    """Progress goes to standard error, the table to standard output."""
    found: list[list[str]] = []
    with stores() as databases:
        for name, fresh in databases.items():
            for size in [int(size) for size in sys.argv[1:]] or (0, _search.ROWS):
                with fresh() as url, closing(Database(url)) as database:
                    _search.fill(database, size)
                    add_steps(database)
                    sys.stderr.write(f"{name}, {size} rows\n")
                    found.append(list(measure(name, size, database)))
        with databases["PostgreSQL"]() as url:
            told = conditions(url)
    sys.stdout.write(f"{told}\n\n{table(HEADS, found)}\n")


if __name__ == "__main__":
    main()

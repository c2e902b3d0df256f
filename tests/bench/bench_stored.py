"""`python -m tests.bench.bench_stored 1000000`: backup and restore, one person's data, and what the night takes away.

Summary and export of a half-year among them too. Filled once on SQLite; PostgreSQL gets the same rows by `restore`.
"""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

from bot.deps import Deps
from bot.exports.rows import write_rows
from bot.rules.exports import Selection
from bot.rules.summaries import Period
from bot.services import backups, own_data, retention, summaries
from bot.services.exports import read_all
from bot.services.installations import check_of
from bot.settings import Store
from bot.texts import Texts
from storage.database import Database
from storage.installations import tie
from tests.bench._stores import stores
from tests.bench._tables import conditions, table
from tests.bench.bench_exports import most_memory
from tests.bench.bench_night import Writer
from tests.bench.bench_summaries import WORKSPACE, deps_of

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
PERIOD = Period(date(2026, 4, 1), date(2026, 9, 30))
AUTHORS, ONE, ANOTHER = 1000, "U00007", "U00008"
SECRET, SOON = "k" * 64, 5.0  # seconds that a writer writes alone
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :rows)"
DAY = "date('2026-10-19', '-' || (i * 7919 % 1095) || ' days')"
KEY, NUMBER, CLOSED = "printf('%032x', i)", "printf('%09d', i)", "i % 2 = 0"
CODES = {
    "theme": "'X-90'", "theme_set": "'SHL11-2023'", "kind": "substr('EMH', i % 3 + 1, 1)",
    "area": "CASE i % 4 WHEN 0 THEN '853' WHEN 1 THEN '202' WHEN 2 THEN '680' END",
}  # fmt: skip
FILLED: dict[str, dict[str, str]] = {
    "observation": {
        "key": KEY, "workspace": ":workspace", "number": NUMBER, "once": "'line:' || i",
        "author": f"CASE WHEN i % 10 THEN printf('U%05d', i % {AUTHORS}) END",
        "filed_at": f"CASE WHEN i % 10 THEN {DAY} || 'T09:00:00.000000Z' END",
        "filed_on": DAY, "week": "202640", "text": f"{NUMBER} || :text", "proposal": "''", "version": "0",
        "status": f"CASE WHEN {CLOSED} THEN 'toteutunut' ELSE 'uusi' END",
        "noted_on": f"CASE WHEN {CLOSED} THEN {DAY} END", "words_by": "'voikko'", "imported": "0",
        "due_on": f"CASE WHEN NOT ({CLOSED}) THEN '2026-11-01' END", **CODES,
    },
    "move": {
        "key": KEY, "workspace": ":workspace", "subject": KEY, "step": "1", "what": "'status'", "on_day": DAY,
        "actor": "'U0KOORD'", "status": "'kasittelyssa'", "reason": "''", "receiver": "''", "words": ":reply",
    },
    "audit": {
        "key": KEY, "workspace": ":workspace", "at": f"{DAY} || 'T10:00:00.000000Z'", "who": "'U0KOORD'",
        "what": "'observation.opened'", "subject": NUMBER,
    },
    "delivery": {
        "key": KEY, "workspace": ":workspace", "kind": "'feedback'", "occurrence": KEY, "recipient":
        f"printf('U%05d', i % {AUTHORS})", "channel": f"printf('D%05d', i % {AUTHORS})", "ts": "'1790000000.' || i",
        "params": f"json_object('numbers', json_array({NUMBER}))", "priority": "5", "state": "'sent'", "fence": "1",
        "not_before": f"{DAY} || 'T10:00:00.000000Z'", "expires_at": f"{DAY} || 'T20:00:00.000000Z'",
        "attempts": "1", "verifies": "0",
    },
}  # fmt: skip
WORDS = f"""{NUMBERS}, w(j) AS (VALUES (1), (2), (3), (5), (7), (11), (13), (17))
    INSERT INTO word (workspace, lemma, part, day, subject)
    SELECT :workspace, j || 'sana' || (i * j % 2500), 0, {DAY}, {KEY} FROM n, w ORDER BY 2, 4, 5"""  # noqa: S608
TEXTS = {
    "text": " Havainto. " + "Asunnottomille ei löydy tukiasuntoja. " * 5,
    "reply": "Kiitos, viemme eteenpäin. " * 3,
}
Line = tuple[str, str, str, str]


def fill(file: Path, rows: int) -> None:
    """Observations of three years with a step, a reading and eight words each; every other one was told of."""
    with closing(sqlite3.connect(file)) as opened:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000", "temp_store = MEMORY"):
            opened.execute(f"PRAGMA {pragma}")
        for name, columns in FILLED.items():
            known = {"rows": rows // 2 if name == "delivery" else rows, "workspace": WORKSPACE, **TEXTS}
            put = f"INSERT INTO {name} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM n"  # noqa: S608
            opened.execute(f"{NUMBERS} {put}", known)
        opened.execute(WORDS, {"rows": rows, "workspace": WORKSPACE})
        opened.commit()
        opened.execute("PRAGMA journal_mode = WAL")


def deps_with(database: Database, folder: Path) -> Deps:
    people = SimpleNamespace(known=lambda _user: None, follow=lambda _channel: None)
    return replace(deps_of(database), people=cast("Any", people), key=SECRET.encode(), now=lambda: NOW, beside=folder)


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and the megabytes that came on top."""
    memory = list[float]()
    with most_memory(memory):
        started = time.perf_counter()
        deed()
        seconds = time.perf_counter() - started
    return seconds, memory[0]


def deeds(deps: Deps, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "what is stored of one", partial(own_data.stored, deps, ONE)
    yield "the same, read again", partial(own_data.stored, deps, ONE)
    yield "numbers of the summary, counted", partial(summaries.gather, deps, PERIOD, "fi")
    yield "numbers of the summary, read", partial(summaries.gather, deps, PERIOD, "fi")
    yield "export of a half-year, CSV", partial(_export, deps, folder / "rows.csv")
    yield "erasing one, texts too", partial(own_data.erase_now, deps, ONE, texts=True)
    yield "erasing one, the author only", partial(own_data.erase_now, deps, ANOTHER, texts=False)
    yield "who has left", partial(retention.forget_leavers, deps, ["U0KOORD"])
    yield "orphans looked for", partial(retention.forget_orphans, deps)
    yield "texts that go: coordinators told", partial(retention.forget_texts, deps)
    later = replace(deps, now=lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    yield "texts of two years ago go", partial(retention.forget_texts, later)


def _export(deps: Deps, file: Path) -> None:
    found = read_all(deps, Selection(PERIOD.first, PERIOD.last))
    write_rows(file, "csv", Texts("fi"), deps.vocabularies, found)


def backed_up(store: Store, database: Database, file: Path) -> Iterator[tuple[str, float, float]]:
    """The backup with somebody filing meanwhile, and how long each filing took with and without it, milliseconds."""
    alone, beside = Writer(database), Writer(database, "B")
    alone.start()
    time.sleep(SOON)
    alone.stop()
    beside.start()
    seconds, memory = timed(partial(backups.back_up, store, file, NOW))
    beside.stop()
    yield "backup, while others file", seconds, memory
    for what, writer in (("without", alone), ("during", beside)):
        waits = sorted(writer.waits)
        yield f"filing {what} it: median, s", waits[len(waits) // 2], 0
        yield f"filing {what} it: slowest of a hundred, s", waits[int(len(waits) * 0.99)], 0


def measure(name: str, url: str, folder: Path, source: Path | None) -> Iterator[Line]:
    """Lines of the table; the database is filled, or restored from the backup."""
    store = Store(database_url=url, raportoi_data=folder, raportoi_key=SECRET)
    file = folder / f"{name}.backup"
    if source:
        manifest = backups.look_into(source)
        seconds, memory = timed(partial(backups.restore, store, source, manifest, NOW))
        yield name, "restore into it", f"{seconds:.2f}", f"{memory:.0f}"
    database = Database(url)
    with database.write() as session:
        tie(session, WORKSPACE, check_of(SECRET.encode()))
    for what, seconds, memory in backed_up(store, database, file):
        yield name, what, f"{seconds:.3g}", f"{memory:.0f}"
    manifest = backups.look_into(file)
    elsewhere = Store(database_url=f"sqlite:///{folder}/{name}.back.db", raportoi_data=folder, raportoi_key=SECRET)
    seconds, memory = timed(partial(backups.restore, elsewhere, file, manifest, NOW))
    yield name, "restore on SQLite", f"{seconds:.2f}", f"{memory:.0f}"
    for what, deed in deeds(deps_with(database, folder), folder):
        sys.stderr.write(f"{name}, {what}\n")
        seconds, memory = timed(deed)
        yield name, what, f"{seconds:.2f}", f"{memory:.0f}"
    database.close()


def measured(rows: int) -> str:
    """The table; its lines go to standard error as they come."""
    found = list[Line]()
    with stores() as databases, TemporaryDirectory(prefix="raportoi-stored-") as folder:
        for name, store in databases.items():
            with store() as url:
                source = Path(folder) / "SQLite.backup" if found else None
                if source is None:
                    fill(Path(url.removeprefix("sqlite:///")), rows)
                for line in measure(name, url, Path(folder), source):
                    sys.stderr.write(f"{line}\n")
                    found.append(line)
    return table(("Database", f"Of {rows:,} observations", "s", "MB more"), found)


def main() -> None:
    with stores() as databases, databases["PostgreSQL"]() as url:
        told = conditions(url)
    sys.stdout.write(f"{told}\n\n{measured(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)}\n")


if __name__ == "__main__":
    main()

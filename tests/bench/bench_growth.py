"""What grows with the observations: `python -m tests.bench.bench_growth`, with the statements and times of each."""

import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

import psutil
from sqlalchemy import create_engine, event, text
from sqlmodel import Session

from bot.app import Bot
from bot.rules.queues import Wanted
from bot.rules.reminders import REMINDER
from bot.services import queues, reminders, search
from bot.services.permissions import Actor
from storage import phenomena
from storage.models import Delivery, Phenomenon
from storage.reminders import open_run
from tests.bench import bench_digests, bench_night
from tests.bench._load import TEXT
from tests.bench._programs import USER
from tests.bench._stores import stores
from tests.bench._tables import conditions, table
from tests.bench.bench_processor import KOORD, one_thread, opens_home, types

SIZES = (0, 10_000, 100_000, 1_000_000)
TIMES = 7
OWN = 25  # observations of the member who looks
ROUND = "2026-11-05"
NIGHT = "the night: how long it is / the longest wait of a filing every 100 ms"
PHENOMENA, SENTENCES = 300, 8
SAID = Path(__file__).parents[1] / "rules" / "labelled_later.tsv"
BESIDE = f"a receipt's text is compared with {PHENOMENA} published phenomena"
ADDED = "memory that all these added, MB"
THEME, AREA = "SHL11-02", "853"
PAGES = {
    "a page of the queue": Wanted(),
    "of one theme": Wanted(theme=THEME),
    "of one area, the newest first": Wanted(area=AREA, newest=True),
    "the queue's page 100": Wanted(page=100),
    "closed ones": Wanted(status="closed"),
    "closed ones of one theme and kind": Wanted(status="closed", theme=THEME, kind="E"),
    "closed ones, the newest first": Wanted(status="closed", newest=True),
    "all of one theme": Wanted(status="all", theme=THEME),
}
Do = Callable[[], object]


def measure(name: str, size: int, url: str) -> Iterator[tuple[str, str, str, str, str]]:
    """(database, rows, what, statements, median milliseconds: on the wall, of the processor)."""
    with one_thread(url) as (slack, bot, app):
        _fill(bot, url, size)
        held = psutil.Process().memory_info().rss
        acts: dict[str, Do] = {
            "a line is filed": lambda: types(slack, app, TEXT),
            "omat": lambda: types(slack, app, "omat"),
            "a member's App Home": lambda: opens_home(bot, app),
            "a coordinator's App Home": lambda: opens_home(bot, app, KOORD),
            **{what: partial(queues.page, bot.deps, Actor(KOORD), wanted) for what, wanted in PAGES.items()},
            "all questions of a digest": lambda: _digest(bot),
            "a health check": bot.health.report,
            "a reminder is judged before it is sent": lambda: _judge(bot),
            BESIDE: lambda: search.similar_phenomena(bot.deps, TEXT),
        }
        for what, act in acts.items():
            if what == BESIDE:  # the last, so that nothing above is slowed by them
                _publish(bot)
            act()
            statements = _statements(bot, act)
            walls, works = zip(*(_timed(act) for _ in range(TIMES)), strict=True)
            yield name, f"{size:,}", what, str(statements), f"{median(walls):.1f} / {median(works):.1f}"
        yield name, f"{size:,}", ADDED, "", f"{(psutil.Process().memory_info().rss - held) / 1e6:.0f}"
        yield name, f"{size:,}", NIGHT, "", _night(bot)
        sys.stderr.write(f"{name}, {size:,} rows\n")


def _fill(bot: Bot, url: str, size: int) -> None:
    """Rows of two years, some of them the member's own, and a round that has been opened a month before."""
    engine = create_engine(url)
    bench_digests.load(engine, size, bot.deps.workspace)
    with engine.begin() as connection:
        theirs = [f"{number * 31 % max(size, 1):09}" for number in range(OWN)]
        own = text("UPDATE observation SET author = :user, filed_at = :at WHERE number = :number")
        at = f"{bench_digests.FIRST_DAY}T10:00:00.000000Z"
        connection.execute(own, [{"user": USER, "at": at, "number": number} for number in theirs])
    engine.dispose()
    with bot.deps.write() as session:
        since = bot.deps.now() - timedelta(days=30)
        open_run(session, bot.deps.workspace, REMINDER, ROUND, since, since + timedelta(days=60))


def _publish(bot: Bot) -> None:
    """Phenomena of some 70 words each, told in sentences that people might file."""
    dice = random.Random(7)  # noqa: S311 - the same at every run
    said = [line.partition("\t")[0] for line in SAID.read_text(encoding="utf-8").splitlines()[1:]]
    day = bench_digests.TODAY
    with bot.deps.write() as session:
        for number in range(PHENOMENA):
            title, *told = dice.sample(said, SENTENCES)
            row = Phenomenon(
                key=f"{number:032}", workspace=bot.deps.workspace, number=f"I-{number:04}", once=str(number),
                theme=THEME, title=title, text=". ".join(told), started_on=day, noted_on=day, published_on=day,
            )  # fmt: skip
            phenomena.add(session, row)
            search.index(session, bot.deps, row, new=True)


def _night(bot: Bot) -> str:
    """Seconds that the night's rewriting takes, and the longest that a filing every 100 ms waited meanwhile."""
    writer = bench_night.Writer(bot.deps.database)
    writer.start()
    started = time.perf_counter()
    bot.deps.database.tidy()
    took = time.perf_counter() - started
    writer.stop()
    return f"{took:.0f} s / {max(writer.waits) * 1000:.0f}"


def _digest(bot: Bot) -> None:
    with Session(bot.deps.database.engine) as session:
        for question in bench_digests.questions(bot.deps.workspace).values():
            question(session)


def _judge(bot: Bot) -> None:
    """As the ledger does for each message of a fan-out, in its write transaction."""
    now = bot.deps.now()
    row = Delivery(
        key="k", workspace=bot.deps.workspace, kind=REMINDER, occurrence=ROUND, recipient=KOORD, not_before=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    with bot.deps.write() as session:
        reminders.still_wanted(bot.deps, session, row, now)


def _statements(bot: Bot, act: Do) -> int:
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    event.listen(bot.deps.database.engine, "before_cursor_execute", note)
    act()
    event.remove(bot.deps.database.engine, "before_cursor_execute", note)
    return sum(not one.startswith("BEGIN") for one in told)


def _timed(act: Do) -> tuple[float, float]:
    gc.collect()
    wall, work = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - work) * 1000


def main() -> None:
    """Progress goes to standard error, the table to standard output. Sizes may be named."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    found: list[tuple[str, str, str, str, str]] = []
    with stores() as databases:
        for name, fresh in databases.items():
            for size in sizes:
                with fresh() as url:
                    found += measure(name, size, url)
        with databases["PostgreSQL"]() as url:
            told = conditions(url)
    taken = {(name, size, what): (statements, ms) for name, size, what, statements, ms in found}
    columns = [f"{size:,}" for size in sizes]
    heads = ("Database", "What", "statements", *(f"{size} rows" for size in columns))
    asked = dict.fromkeys((name, what) for name, _, what, _, _ in found)
    rows = []
    for name, what in asked:
        cells = [taken[name, size, what] for size in columns]
        rows.append((name, what, cells[-1][0], *(milliseconds for _, milliseconds in cells)))
    explained = f"Milliseconds on the wall / of the processor, medians of {TIMES}."
    sys.stdout.write(f"{told}\n\n{explained}\n\n{table(heads, rows)}\n")


if __name__ == "__main__":
    main()

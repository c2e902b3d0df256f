"""What grows with the observations: `python -m tests.bench.bench_growth`, with the statements and times of each."""

import gc
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
from tests.bench import bench_digests
from tests.bench._load import TEXT
from tests.bench._programs import USER
from tests.bench._sizes import some
from tests.bench._stores import stores
from tests.bench._tables import Goal, conditions, goal, table
from tests.bench.bench_processor import KOORD, one_thread, opens_home, types

SIZES = (0, some(10_000), some(100_000), some(1_000_000))
TIMES, ENDS = 7, ("begin", "commit", "rollback")
OWN = 25  # observations of the member who looks
ROUND = "2026-11-05"
PHENOMENA, SENTENCES = 300, 8
SAID = Path(__file__).parents[1] / "rules" / "labelled_later.tsv"
BESIDE = f"a receipt's text is compared with {PHENOMENA} published phenomena"
APART = "the same where none of them is near"
LINE, OWN_LIST, HOME = "a line is filed", "omat", "a member's App Home"
THEIRS, JUDGED = "a coordinator's App Home", "a reminder is judged before it is sent"
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What was done with so many rows: its statements, all it told the database, and median milliseconds."""

    database: str
    rows: int
    what: str
    statements: int
    events: int
    wall: float
    work: float


def measure(name: str, size: int, url: str) -> Iterator[Seen]:
    with one_thread(url) as (slack, bot, app):
        _fill(bot, url, size)
        held = psutil.Process().memory_info().rss
        acts: dict[str, Do] = {
            LINE: lambda: types(slack, app, TEXT),
            OWN_LIST: lambda: types(slack, app, "omat"),
            HOME: lambda: opens_home(bot, app),
            THEIRS: lambda: opens_home(bot, app, KOORD),
            **{what: partial(queues.page, bot.deps, Actor(KOORD), wanted) for what, wanted in PAGES.items()},
            "all questions of a digest": lambda: _digest(bot),
            "a health check": bot.health.report,
            JUDGED: lambda: _judge(bot),
            BESIDE: lambda: search.similar_phenomena(bot.deps, _sentences()[0]),
            APART: lambda: search.similar_phenomena(bot.deps, TEXT),
        }
        for what, act in acts.items():
            if what == BESIDE:  # near the end, so that nothing above is slowed by them
                _publish(bot)
            act()
            told = _told(bot, act)
            gc.collect()
            walls, works = zip(*(_timed(act) for _ in range(TIMES)), strict=True)
            statements = sum(one not in ENDS for one in told)
            yield Seen(name, size, what, statements, len(told), median(walls), median(works))
        added = (psutil.Process().memory_info().rss - held) / 1e6
        yield Seen(name, size, ADDED, 0, 0, added, 0)
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
    said = _sentences()
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


def _sentences() -> list[str]:
    return [line.partition("\t")[0] for line in SAID.read_text(encoding="utf-8").splitlines()[1:]]


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


def _told(bot: Bot, act: Do) -> list[str]:
    """What the database is told meanwhile: each statement, and how transactions begin and end."""
    told: list[str] = []
    notes: dict[str, Callable[..., None]] = {name: lambda _, name=name: told.append(name) for name in ENDS}
    notes["before_cursor_execute"] = lambda _connection, _cursor, statement, *_: told.append(statement)
    for name, note in notes.items():
        event.listen(bot.deps.database.engine, name, note)
    act()
    for name, note in notes.items():
        event.remove(bot.deps.database.engine, name, note)
    return told


def _timed(act: Do) -> tuple[float, float]:
    wall, work = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - work) * 1000


def measured(sizes: Sequence[int] = SIZES) -> tuple[list[Goal], str]:
    """The goals that were measured, and the table."""
    seen: list[Seen] = []
    with stores() as databases:
        for name, fresh in databases.items():
            for size in sizes:
                with fresh() as url:
                    seen += measure(name, size, url)
    return [one for name in databases for one in _goals(name, sizes, seen)], _table(sizes, seen)


def _goals(name: str, sizes: Sequence[int], seen: Sequence[Seen]) -> Iterator[Goal]:
    some_of, of = ({one.what: one for one in seen if one.database == name and one.rows == size} for size in sizes[-2:])
    many, most = sizes[-2:]
    yield goal(f"{THEIRS} at {most:,} observations, ms on the wall, {name}", of[THEIRS].wall, 150)
    yield goal(f"{JUDGED}, at {many:,} observations, ms on the wall, {name}", some_of[JUDGED].wall, 10)
    yield goal(f"{BESIDE}, ms on the wall, {name}", of[BESIDE].wall, 10)
    yield goal(f"statements of `omat`, {name}", of[OWN_LIST].statements, 6)
    yield goal(f"statements of {HOME}, {name}", of[HOME].statements, 12)
    yield goal(f"events in the database when {LINE}, {name}", of[LINE].events, 12)


def _table(sizes: Sequence[int], seen: Sequence[Seen]) -> str:
    taken = {(one.database, one.what, one.rows): one for one in seen}
    heads = ("Database", "What, ms on the wall / of the processor", "statements", *(f"{size:,} rows" for size in sizes))
    rows = []
    for name, what in dict.fromkeys((one.database, one.what) for one in seen):
        cells = [taken[name, what, size] for size in sizes]
        times = [f"{one.wall:.1f}" if what == ADDED else f"{one.wall:.1f} / {one.work:.1f}" for one in cells]
        rows.append((name, what, cells[-1].statements or "", *times))
    return table(heads, rows)


def main() -> None:
    """Progress goes to standard error, the table to standard output. Sizes may be named, two at least."""
    with stores() as databases, databases["PostgreSQL"]() as url:
        told = conditions(url)
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    sys.stdout.write(f"{told}\n\nMedians of {TIMES}.\n\n{measured(sizes)[1]}\n")


if __name__ == "__main__":
    main()

"""`make bench`: measures the bot beside bare Bolt apps in one run; its tables are those of docs/benchmarks.md."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing

from storage.database import Database
from tests.bench import _parts as parts
from tests.bench import (
    _search,
    bench_exports,
    bench_growth,
    bench_night,
    bench_processor,
    bench_stored,
    bench_summaries,
    bench_tls,
)
from tests.bench import _tables as tables
from tests.bench._sizes import some
from tests.bench._stores import stores
from tests.bench._tables import Goal, goal

Goals = list[Goal]


def main() -> None:
    """Progress goes to standard error, the tables to standard output."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the programs it started are ended too
    each = list(_measured())
    met: Goals = [line for lines, _ in each for line in lines]
    told = [each[0][1], tables.table(("Goal", "limit", "measured", ""), met), *(text for _, text in each[1:])]
    sys.stdout.write("\n\n".join(told) + "\n")


def _measured() -> Iterator[tuple[Goals, str]]:
    """Of each part the goals that it measures, and its tables."""
    with stores() as databases:
        with databases["PostgreSQL"]() as url:
            yield [], tables.conditions(url)
        yield bench_tls.measured()
        seconds = parts.starting(databases["SQLite"])
        memory = list(parts.memory(databases["SQLite"]))
        first = list(parts.first_lines(databases["SQLite"]))
        rows = parts.loads(databases)
        yield goals(seconds, memory, rows), tables.loads(rows)
        yield [], tables.starting(seconds)
        yield [], tables.memory(memory)
        yield [slowest_first(first)], tables.first_lines(first)
        yield [], tables.idle(parts.idle(databases))
        searches, nights = [], []
        for name, fresh in databases.items():
            with fresh() as url, closing(Database(url)) as database:
                _search.fill(database)
                searches += _search.searching(name, database)
                parts.say(f"search, {name}")
                bench_night.add_steps(database)
                nights.append(list(bench_night.measure(name, _search.ROWS, database)))
                parts.say(f"the night, {name}")
        yield [found_in(searches)], tables.searches(searches)
        yield longest_waits(nights), tables.table(bench_night.HEADS, nights)
    yield bench_processor.measured()
    yield bench_growth.measured()
    read = [(what, f"{milliseconds:.2f}") for what, milliseconds in parts.reading()]
    yield [], tables.table(("Reading a text", "ms"), read)
    yield [], bench_summaries.measured()
    yield [], bench_exports.measured()
    yield [], bench_stored.measured(some(100_000))


def goals(seconds: dict[str, float], memory: Sequence[tuple[str, float, float]], rows: Sequence[parts.Row]) -> Goals:
    """Each goal, what was measured, and whether it is met; on SQLite, beside bare Bolt."""
    found = []
    for case, what in ((parts.FILE, "a line"), (parts.FORM, "the form")):
        for load, pace, most in ((parts.STEADY, "100 a second", 1.2), (parts.AT_ONCE, "50 at once", 2)):
            row = next(row for row in rows if row.case is case and row.load == load)
            ratio = row.middle(tables.p99) / tables.fellow(row, rows, parts.ACK).middle(tables.p99)
            found.append(goal(f"ack p99 of {what}, {pace}, against bare Bolt's", ratio, most))
    filing = next(row for row in rows if row.case is parts.FILE and row.load == parts.FIFTY)
    bare = tables.fellow(filing, rows, parts.INSERT)
    stored = tables.done_per_second(filing.runs) / tables.done_per_second(bare.runs)
    return [
        *found,
        goal("stored a second at 50 in flight, against the bare insert", stored, 0.6, least=True),
        goal("start to hello, against bare Bolt's", seconds["Raportoi"] / seconds["bare Bolt"], 1.5),
        goal("resident memory with Voikko, all words read, MB", memory[0][1], 100),
    ]


def slowest_first(found: Sequence[tuple[str, str, float]]) -> Goal:
    return goal("first line 2 s after hello until stored, the slowest, ms", max(one[2] for one in found), 500)


def found_in(searches: Sequence[tuple[str, str, str, float]]) -> Goal:
    slowest = max(milliseconds for _, who, _, milliseconds in searches if who != _search.CLOCK)
    return goal("search among 100,000 observations, the slowest of all, ms", slowest, 50)


def longest_waits(nights: Sequence[Sequence[str]]) -> Goals:
    """No writer ever waits over two seconds for the night's work."""
    at, of = bench_night.HEADS.index("longest, ms"), bench_night.HEADS.index("observations")
    return [
        goal(f"longest wait of a filing during the night's work at {one[of]} observations, ms, {one[0]}",
             float(one[at]), 2000)
        for one in nights
    ]  # fmt: skip


if __name__ == "__main__":
    main()

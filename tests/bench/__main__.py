"""`make bench`: measures the bot beside bare Bolt apps in one run; its tables are those of docs/benchmarks.md."""

import signal
import sys
from collections.abc import Sequence

from tests.bench import _parts as parts
from tests.bench import _tables as tables
from tests.bench import bench_exports, bench_stored, bench_summaries
from tests.bench._search import CLOCK, searching
from tests.bench._stores import stores


def main() -> None:
    """Progress goes to standard error, the tables to standard output."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the programs it started are ended too
    with stores() as databases:
        with databases["PostgreSQL"]() as url:
            told = [tables.conditions(url)]
        seconds = parts.starting(databases["SQLite"])
        memory = list(parts.memory(databases["SQLite"]))
        first = list(parts.first_lines(databases["SQLite"]))
        percents = parts.idle(databases)
        rows = parts.loads(databases)
        searches = list(searching(databases))
    read = [(what, f"{milliseconds:.2f}") for what, milliseconds in parts.reading()]
    told.append(
        tables.table(
            ("Goal", "measured", ""), [*goals(seconds, memory, rows), slowest_first(first), found_in(searches)]
        )
    )
    told += [tables.loads(rows), tables.searches(searches), tables.starting(seconds), tables.memory(memory)]
    told += [tables.first_lines(first), tables.idle(percents)]
    told.append(tables.table(("Reading a text", "ms"), read))
    told += [bench_summaries.measured(), bench_exports.measured(), bench_stored.measured(100_000)]
    sys.stdout.write("\n\n".join(told) + "\n")


def goals(
    seconds: dict[str, float], memory: Sequence[tuple[str, float, float]], rows: Sequence[parts.Row]
) -> list[tuple[str, str, str]]:
    """Each goal, what was measured, and whether it is met; on SQLite, beside bare Bolt."""
    found = []
    for case, what in ((parts.FILE, "a line"), (parts.FORM, "the form")):
        for load, pace, most in ((parts.STEADY, "100 a second", 1.2), (parts.AT_ONCE, "50 at once", 2)):
            row = next(row for row in rows if row.case is case and row.load == load)
            ratio = row.middle(tables.p99) / tables.fellow(row, rows, parts.ACK).middle(tables.p99)
            found.append(_goal(f"ack p99 of {what}, {pace}, against bare Bolt's: at most {most}", ratio, most))
    filing = next(row for row in rows if row.case is parts.FILE and row.load == parts.FIFTY)
    bare = tables.fellow(filing, rows, parts.INSERT)
    stored = tables.done_per_second(filing.runs) / tables.done_per_second(bare.runs)
    return [
        *found,
        _goal("stored a second at 50 in flight, against the bare insert: at least 0.6", stored, 0.6, least=True),
        _goal(
            "processor time of a filed line, against the bare insert: at most 3",
            filing.middle(tables.cpu) / bare.middle(tables.cpu),
            3,
        ),
        _goal("start to hello, against bare Bolt's: at most 1.5", seconds["Raportoi"] / seconds["bare Bolt"], 1.5),
        _goal("resident memory with Voikko, all words read, MB: under 100", memory[0][1], 100),
    ]


def slowest_first(found: Sequence[tuple[str, str, float]]) -> tuple[str, str, str]:
    return _goal(
        "first line 2 s after hello until stored, the slowest, ms: under 500", max(one[2] for one in found), 500
    )


def found_in(searches: Sequence[tuple[str, str, str, float]]) -> tuple[str, str, str]:
    slowest = max(milliseconds for _, who, _, milliseconds in searches if who != CLOCK)
    return _goal("search among 100,000 observations, the slowest of all, ms: under 50", slowest, 50)


def _goal(words: str, measured: float, limit: float, *, least: bool = False) -> tuple[str, str, str]:
    met = measured >= limit if least else measured <= limit
    return words, f"{measured:.3g}", "met" if met else "missed"


if __name__ == "__main__":
    main()

"""What the network may see of its own numbers: small groups are merged until none is left, in one-way tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.weeks import DAY

SPRING, AUTUMN = 4, 10  # months in which a half-year of summaries begins
WITHOUT_NAME = ""  # all observations without a name count together as one person


@dataclass(frozen=True, slots=True)
class Category:
    """A category with the number of its observations, and those who filed them: as many as the floor are enough."""

    code: str | None
    count: int
    who: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """What may be shown: (code, count), the most frequent first, and what the merged ones have together.

    `merged` is None where nothing had to be merged. Where that and the rows are empty, too few people have filed.
    """

    rows: Sequence[tuple[str | None, int]] = ()
    merged: int | None = None


def merge(categories: Iterable[Category], floor: int) -> Table:
    """The table in which no category, the merged one included, has fewer people than the floor.

    Where the small ones together are still too few, the next smallest joins them, since the total would give them away.
    Nothing is left out of the sum, so that the total tells no more than the rows do.
    """
    ordered = sorted(categories, key=lambda one: (len(one.who), one.count, one.code or ""))
    small = [one for one in ordered if len(one.who) < floor]
    shown = ordered[len(small) :]
    if small and len(frozenset[str]().union(*(one.who for one in small))) < floor:
        if not shown:
            return Table()
        small.append(shown.pop(0))
    rows = sorted(((one.code, one.count) for one in shown), key=lambda row: (-row[1], row[0] or ""))
    return Table(tuple(rows), sum(one.count for one in small) if small else None)


def last_halves(today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """The first and the last day of the two half-years of summaries that ended last, the later one first.

    They are October to March and April to September (docs/ohje.md). Each has its own table, which no later day changes:
    what comes and goes at the ends of a sliding year could be told by subtracting one day's table from another's.
    """
    spring, autumn = date(today.year, SPRING, 1), date(today.year, AUTUMN, 1)
    starts = [date(today.year - 1, SPRING, 1), date(today.year - 1, AUTUMN, 1), spring, autumn]
    if today < spring:
        starts = [date(today.year - 2, AUTUMN, 1), *starts]
    *_, first, second, after = [start for start in starts if start <= today]
    return (second, after - DAY), (first, second - DAY)

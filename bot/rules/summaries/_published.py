"""What is counted for others, once: the tables of a half-year, how they are made, read, compared and corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median_low

from bot.rules.statuses import OUTCOMES, Outcome
from bot.rules.summaries._merging import MERGED, REST, WITHOUT_NAME, Group, grouped, together
from bot.rules.summaries._periods import Period
from bot.rules.vocabularies import Vocabularies

OF_VOCABULARIES = ("kind", "theme", "area", "sector", "group", "scale")
ATTRIBUTES = (*OF_VOCABULARIES, "outcome", "within")
NONE = "-"  # the code where nothing was chosen
YES, NO = "yes", "no"
SOON = 14  # days in which a coordinator's first word is due
LEAST_OBSERVATIONS = 10  # of which it is told how the network answered
TAKEN_FORWARD = (Outcome.CARRIED, Outcome.FORWARD)


@dataclass(frozen=True, slots=True)
class Counted:
    """One observation as it is counted: who is behind it, a code for each of ATTRIBUTES, days to the first answer."""

    key: str
    person: str
    codes: tuple[str, ...]
    answered_after: int | None = None
    behind: int = 1  # people, where it was told for several

    @property
    def people(self) -> frozenset[str]:
        """Who filed it, and somebody for each other who stands behind it."""
        return frozenset({self.person, *(f"{self.key}/{number}" for number in range(2, self.behind + 1))})


@dataclass(frozen=True, slots=True)
class Cell:
    """One number that may be told, and the codes that it counts: one's own, those of a sub-region, or MERGED ones."""

    name: str
    codes: frozenset[str]
    count: int


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """The numbers of a period that may be told, one partition of the codes for each of ATTRIBUTES.

    `cells` is empty where too few people have filed for any number. What has no cell of its own is not commented on,
    whether it is small or nothing. The version of a working paper is 0: it stands nowhere and is for coordinators.
    """

    period: Period
    version: int
    floor: int
    made_on: date
    cells: Mapping[str, tuple[Cell, ...]]
    median_days: int | None = None

    @property
    def total(self) -> int:
        """All observations of the period; 0 where no number is told."""
        return sum(cell.count for cell in self.cells.get("kind", ()))

    def count(self, attribute: str, name: str) -> int | None:
        """The number of one row; None where it has none of its own."""
        return next((cell.count for cell in self.cells.get(attribute, ()) if cell.name == name), None)

    def table(self, attribute: str) -> "Table":
        """The rows in the order in which they are shown."""
        cells = sorted(self.cells.get(attribute, ()), key=lambda cell: (-cell.count, cell.name))
        merged = next((cell.count for cell in cells if cell.name == MERGED), None)
        return Table(tuple((cell.name, cell.count) for cell in cells if cell.name != MERGED), merged)


@dataclass(frozen=True, slots=True)
class Table:
    """What may be shown: (code, count), the most frequent first, and what the merged ones have together.

    `merged` is None where nothing had to be merged. Where that and the rows are empty, too few people have filed.
    """

    rows: Sequence[tuple[str, int]] = ()
    merged: int | None = None


Known = Mapping[str, Mapping[str, str]]
"""For each of ATTRIBUTES, all codes that there are -> the sub-region, "" for what lies in none."""


def known_codes(vocabularies: Vocabularies) -> Known:
    found: dict[str, dict[str, str]] = {name: {NONE: ""} for name in OF_VOCABULARIES}
    for term in vocabularies.terms:
        name = "area" if term.vocabulary == "subregion" else term.vocabulary
        if name in found:
            found[name][term.code] = term.code if term.vocabulary == "subregion" else term.parent
    return {**found, "outcome": dict.fromkeys(Outcome, ""), "within": {YES: "", NO: ""}}


def outcome_of(status: str) -> str:
    """What an observation in this status has come to; the status of a joined one is its phenomenon's."""
    return OUTCOMES.get(status, Outcome.WAITING)


def count(rows: Sequence[Counted], known: Known, floor: int) -> dict[str, tuple[Cell, ...]]:
    """The cells of every attribute; none of any where all the people of the period are fewer than the floor."""
    found: dict[str, tuple[Cell, ...]] = {}
    for place, name in enumerate(ATTRIBUTES):
        filed = ((row.codes[place], row.person) for row in rows)
        others = ((row.codes[place], one) for row in rows if row.behind > 1 for one in row.people)
        groups = together(grouped(filed, known[name], others), floor)
        if not groups:
            return {}
        found[name] = _cells(groups, known[name])
    return found


def _cells(groups: Sequence[Group], parents: Mapping[str, str]) -> tuple[Cell, ...]:
    """The groups with the codes that nothing was filed under: these stand where the small ones of their kind stand."""
    taken = frozenset[str]().union(*(one.codes for one in groups))
    empty, names = {code for code in parents if code not in taken}, {one.name for one in groups}
    places: dict[str, set[str]] = {}
    for code in empty:
        rest = f"{parents[code]}{REST}"
        places.setdefault(rest if rest in names else MERGED, set()).add(code)
    cells = (Cell(one.name, one.codes | places.get(one.name, set()), one.count) for one in groups)
    return tuple(sorted(cells, key=lambda cell: cell.name))


def median_of(rows: Sequence[Counted]) -> int | None:
    """Days to the coordinators' first word, of all the observations; None where most have heard none."""
    days = sorted(row.answered_after for row in rows if row.answered_after is not None)
    return median_low([*days, *[99_999] * (len(rows) - len(days))]) if 2 * len(days) > len(rows) else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of tables beside each other: its name (MERGED for those that have none) and a number for each of them.

    `is_wider` where it holds several rows of one of the tables.
    """

    name: str
    counts: tuple[int, ...]
    is_wider: bool = False


def beside(tables: Sequence[PublishedTables], attribute: str) -> tuple[Row, ...]:
    """The frozen numbers beside each other, on the finest partition that all share; MERGED comes last.

    Nothing is counted anew: a row is a sum of cells in each of them. Empty where one of them tells no numbers.
    """
    if not tables or not all(one.cells for one in tables):
        return ()
    sets = [set(cell.codes) for one in tables for cell in one.cells[attribute]]
    rows = [_row(shared, tables, attribute) for shared in _connected(sets)]
    named = sorted((row for row in rows if row.name != MERGED), key=lambda row: (-row.counts[-1], row.name))
    unnamed = [row for row in rows if row.name == MERGED]
    counts = tuple(map(sum, zip(*(row.counts for row in unnamed), strict=True)))
    is_wider = len(unnamed) > 1 or any(row.is_wider for row in unnamed)
    return (*named, *([Row(MERGED, counts, is_wider)] if unnamed else []))


def _connected(sets: Iterable[set[str]]) -> list[frozenset[str]]:
    """The smallest sets that hold each of these whole or not at all."""
    found: list[set[str]] = []
    for one in sets:
        touched = [other for other in found if other & one]
        found = [other for other in found if not other & one]
        found.append(one.union(*touched))
    return [frozenset(one) for one in found]


def _row(shared: frozenset[str], tables: Sequence[PublishedTables], attribute: str) -> Row:
    inside = [[cell for cell in one.cells[attribute] if cell.codes <= shared] for one in tables]
    names = {cell.name for cells in inside for cell in cells}
    of_one = {name.removesuffix(REST) for name in names if name.endswith(REST)}
    name = next(iter(names)) if len(names) == 1 else MERGED
    if MERGED not in names and len(of_one) == 1:
        name = f"{of_one.pop()}{REST}"
    counts = tuple(sum(cell.count for cell in cells) for cells in inside)
    return Row(name, counts, is_wider=any(len(cells) > 1 for cells in inside))


NOBODY_KNOWN = frozenset({WITHOUT_NAME})
Members = Mapping[str, tuple[str, ...]]
"""Key of an observation -> its codes, as a version has counted it."""


def corrected(
    rows: Sequence[Counted], known: Known, floor: int, earlier: Sequence[tuple[PublishedTables, Members]]
) -> dict[str, tuple[Cell, ...]] | None:
    """The cells of a new version, in the partition of the earlier ones; None where it has to wait for the next period.

    A cell may differ from that of an earlier version by nothing, or by observations of at least `floor` people: of
    fewer, whoever subtracts would learn their category. Who is not known any more counts as one person with all others
    of whom that is true. What has become of an observation stays as it was first counted.
    """
    rows = as_they_were(rows, earlier[-1][1])
    first = next((tables for tables, _ in earlier if tables.cells), None)
    cells = _recounted(rows, first, floor) if first else count(rows, known, floor)
    people = {row.key: row.people for row in rows}
    now = {row.key: row.codes for row in rows}
    return cells if cells and all(_may_follow(cells, now, people, floor, *one) for one in earlier) else None


def as_they_were(rows: Sequence[Counted], members: Members) -> list[Counted]:
    """The observations as they are classified now, with what had become of those that were counted before."""
    own = len(OF_VOCABULARIES)
    return [replace(row, codes=row.codes[:own] + members.get(row.key, row.codes)[own:]) for row in rows]


def _recounted(rows: Sequence[Counted], first: PublishedTables, floor: int) -> dict[str, tuple[Cell, ...]]:
    found: dict[str, tuple[Cell, ...]] = {}
    for place, name in enumerate(ATTRIBUTES):
        inside = [[row for row in rows if row.codes[place] in cell.codes] for cell in first.cells[name]]
        if sum(map(len, inside)) != len(rows) or any(len(_people(some)) < floor for some in inside):
            return {}
        pairs = zip(first.cells[name], inside, strict=True)
        found[name] = tuple(Cell(cell.name, cell.codes, len(some)) for cell, some in pairs)
    return found


def _people(rows: Iterable[Counted]) -> frozenset[str]:
    return frozenset[str]().union(*(row.people for row in rows))


def _may_follow(
    cells: Mapping[str, tuple[Cell, ...]],
    now: Members,
    people: Mapping[str, frozenset[str]],
    floor: int,
    was: PublishedTables,
    members: Members,
) -> bool:
    for place, name in enumerate(ATTRIBUTES):
        for cell in cells[name]:
            new = {key for key, codes in now.items() if codes[place] in cell.codes}
            old = {key for key, codes in members.items() if codes[place] in cell.codes}
            changes = len(new) != len(old) or not was.cells
            if changes and len(frozenset().union(*(people.get(key, NOBODY_KNOWN) for key in new ^ old))) < floor:
                return False
    return True

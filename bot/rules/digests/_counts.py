"""What a digest counts, as plain figures: by kind, theme and area, what waits, what moved, where it has been silent."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.digests._due import Span
from bot.rules.digests._pages import Shown
from bot.rules.digests._rising import Rising
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import week_after, weeks_between

BASELINE = 12  # weeks before the digest's own that it is compared with
SILENT_WEEKS = 13  # 91 days: a sub-region that has been silent for three months is told


@dataclass(frozen=True, slots=True)
class Cell:
    """How many observations of a kind and theme a week has."""

    week: int
    kind: str
    theme: str
    count: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind's new observations, those of the week before, the usual week, and week by week (the bars and the chart).

    `usual` is None where there is nothing to compare with yet.
    """

    kind: str
    new: int
    previous: int
    usual: float | None
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme's new observations, and how many a like span brought on average before (None: nothing to compare)."""

    theme: str
    new: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of an observation or phenomenon in the digest's weeks: its last status, or that the reporter wrote.

    `what` is a status code, or "answer".
    """

    number: str
    what: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """An observation on which a word is due; `due_on` is None where only the reporter has asked.

    `text` is its beginning, "" where the same message shows it already, or may not.
    """

    number: str
    kind: str
    theme: str
    area: str | None
    status: str
    due_on: date | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one coordinator goes on with: the numbers of open observations; `is_away`: anybody may take these."""

    user: str
    is_away: bool
    numbers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a digest tells but the observations' own words."""

    span: Span  # with its real first week
    is_first: bool
    kinds: Sequence[KindCount]
    themes: Sequence[ThemeCount]
    named: int
    unnamed: int
    areas: Sequence[tuple[str | None, int]]
    waiting: int  # over 14 days without a coordinator's word
    unnoted: int  # over 60 days without a note, or their day of review has come
    answered: int  # besides these, those whose reporter has written since the last word
    phenomena: int  # phenomena with neither
    most_overdue: Sequence[Overdue]
    weak: int  # weak signals that are open, the new ones among them
    rising: Sequence[Rising]
    silent: Sequence[str]  # sub-regions
    taken: Sequence[Taken] = ()

    @property
    def new(self) -> int:
        return self.named + self.unnamed

    @property
    def weeks(self) -> list[int]:
        """The twelve weeks that end with the digest's last one."""
        return weeks_between(week_after(self.span.last, 1 - BASELINE), self.span.last)


@dataclass(frozen=True, slots=True)
class Content:
    """What one message of a digest shows; `figures` stand in the main one alone."""

    figures: Figures | None
    shown: Sequence[Shown]
    moved: Sequence[Moved]
    part: int = 1
    parts: int = 1


def span_of(span: Span, first_filed: int) -> tuple[Span, int]:
    """The span with the week in which it really begins, and with how many weeks before it there is to compare.

    `first_filed` is the week of the very first observation; 0 where there is none.
    """
    first = span.first or min(first_filed or span.last, span.last)
    baseline = len(weeks_between(first_filed, week_after(first, -1))) if first_filed else 0
    return Span(first, span.last), min(max(baseline, 0), BASELINE)


def count_by_kind(cells: Iterable[Cell], span: Span, baseline: int, kinds: Sequence[str]) -> list[KindCount]:
    """The kinds in their own order, then those that no list knows any more; `baseline` weeks are compared with."""
    counts: dict[str, Counter[int]] = {kind: Counter() for kind in kinds}
    for cell in cells:
        counts.setdefault(cell.kind, Counter())[cell.week] += cell.count
    drawn = weeks_between(week_after(span.last, 1 - BASELINE), span.last)
    own, before = _own_and_before(span, baseline)
    return [
        KindCount(
            kind,
            sum(count[week] for week in own),
            count[week_after(span.first, -1)],
            sum(count[week] for week in before) / baseline if baseline else None,
            tuple(count[week] for week in drawn),
        )
        for kind, count in counts.items()
    ]


def count_by_theme(cells: Iterable[Cell], span: Span, baseline: int) -> tuple[dict[str, int], dict[str, int]]:
    """Theme -> count in the span, and theme -> count in the weeks that it is compared with."""
    own, before = map(frozenset, _own_and_before(span, baseline))
    now, then = Counter[str](), Counter[str]()
    for cell in cells:
        if cell.week in own:
            now[cell.theme] += cell.count
        elif cell.week in before:
            then[cell.theme] += cell.count
    return dict(now), dict(then)


def _own_and_before(span: Span, baseline: int) -> tuple[list[int], list[int]]:
    own = weeks_between(span.first, span.last)
    return own, weeks_between(week_after(span.first, -baseline), week_after(span.first, -1)) if baseline else []


def theme_counts(now: Mapping[str, int], before: Mapping[str, int], weeks: int, baseline: int) -> list[ThemeCount]:
    """The themes that have something new, the most frequent first."""
    found = [
        ThemeCount(theme, count, before.get(theme, 0) * weeks / baseline if baseline else None)
        for theme, count in now.items()
    ]
    return sorted(found, key=lambda one: (-one.new, one.theme))


def silent(heard: Collection[str | None], vocabularies: Vocabularies, first_filed: int, last: int) -> list[str]:
    """The sub-regions of which nothing has been heard in 13 weeks, as codes, in the order of their list.

    `heard` are the areas of those weeks. None where observations have not been collected for that long.
    """
    if not first_filed or first_filed > week_after(last, 1 - SILENT_WEEKS):
        return []
    regions = [term.code for term in vocabularies.terms if term.vocabulary == "subregion"]
    parents = {term.code: term.parent for term in vocabularies.terms if term.vocabulary == "area"}
    alive = {parents.get(area, area) or area for area in heard if area}
    return [region for region in dict.fromkeys(regions) if region not in alive]

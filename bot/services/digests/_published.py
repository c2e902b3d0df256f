"""The network's own picture of its last two half-years: counts without small groups, and what was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.people import SMALLEST_GROUP
from bot.rules.summaries import WITHOUT_NAME, Category, Table, last_halves, merge
from bot.rules.weeks import local_day
from storage import digests as table
from storage import networks, phenomena
from storage.models import Phenomenon

DIMENSIONS = ("kind", "theme", "area")


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The days, both included, and the tables by what they count."""

    first: date
    last: date
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Picture:
    """The half-years and the published phenomena, the latest first."""

    halves: Sequence[HalfYear]
    phenomena: Sequence[Phenomenon]


def published(deps: Deps) -> Picture:
    """What every member may see. Raises DatabaseUnavailable."""
    with deps.read() as session:
        floor = max(SMALLEST_GROUP, networks.get_network(session, deps.workspace).min_group)
        halves = [_half_year(session, deps.workspace, days, floor) for days in last_halves(local_day(deps.now()))]
        return Picture(halves, phenomena.get_published(session, deps.workspace))


def _half_year(session: Session, workspace: str, days: tuple[date, date], floor: int) -> HalfYear:
    tables = {name: merge(_categories(session, workspace, name, days, floor), floor) for name in DIMENSIONS}
    return HalfYear(*days, tables)


def _categories(session: Session, workspace: str, name: str, days: tuple[date, date], floor: int) -> list[Category]:
    """The categories, with as many of the people behind each as decide whether it is small."""
    found = []
    for code, count in table.filed(session, workspace, name, days).items():
        people = table.authors(session, workspace, name, days, code, floor)
        found.append(Category(code, count, frozenset(one or WITHOUT_NAME for one in people)))
    return found

"""The network's own picture of its last twelve months: counts without small groups, and what was published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.people import SMALLEST_GROUP
from bot.rules.summaries import WITHOUT_NAME, Category, Table, last_year, merge
from bot.rules.weeks import local_day
from storage import digests as table
from storage import networks, phenomena
from storage.models import Phenomenon

DIMENSIONS = ("kind", "theme", "area")


@dataclass(frozen=True, slots=True)
class Picture:
    """The days, both included, the tables by what they count, and the published phenomena, the latest first."""

    first: date
    last: date
    tables: Mapping[str, Table]
    phenomena: Sequence[Phenomenon]


def published(deps: Deps) -> Picture:
    """What every member may see. Raises DatabaseUnavailable."""
    days = last_year(local_day(deps.now()))
    with deps.read() as session:
        floor = max(SMALLEST_GROUP, networks.of_workspace(session, deps.workspace).min_group)
        tables = {name: merge(_categories(session, deps.workspace, name, days, floor), floor) for name in DIMENSIONS}
        return Picture(*days, tables, phenomena.published(session, deps.workspace))


def _categories(session: Session, workspace: str, name: str, days: tuple[date, date], floor: int) -> list[Category]:
    """The categories, with as many of the people behind each as decide whether it is small."""
    found = []
    for code, count in table.filed(session, workspace, name, days).items():
        people = table.authors(session, workspace, name, days, code, floor)
        found.append(Category(code, count, frozenset(one or WITHOUT_NAME for one in people)))
    return found

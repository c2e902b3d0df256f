"""The network's own picture of its last two half-years: the frozen numbers, and what was published."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.deps import Deps
from bot.rules.summaries import PublishedTables, last_halves
from bot.rules.weeks import local_day
from bot.services import summaries
from storage import phenomena
from storage.models import Phenomenon


@dataclass(frozen=True, slots=True)
class Picture:
    """The half-years and the published phenomena, the latest first."""

    halves: Sequence[PublishedTables]
    phenomena: Sequence[Phenomenon]


def published(deps: Deps) -> Picture:
    """What every member may see. Raises DatabaseUnavailable."""
    halves = [summaries.published(deps, period) for period in last_halves(local_day(deps.now()))]
    with deps.read() as session:
        return Picture(halves, phenomena.get_published(session, deps.workspace))

"""Reading, and in time forgetting, who did what to what and when. Rows are added where the deed is done."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.deps import Deps
from bot.rules.weeks import local_day, local_instant, months_before
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits as table
from storage.models import Audit

PER_PAGE, MONTHS_KEPT = 40, 24


@for_coordinators
def page(deps: Deps, _user: Coordinator, after: tuple[datetime, str] | None = None) -> Sequence[Audit]:
    """The newest deeds, or those after a page's last one (instant, key). Raises NotACoordinator, NotAMember."""
    with deps.read() as session:
        return table.latest(session, deps.workspace, PER_PAGE, after)


def forget_old(deps: Deps) -> None:
    """Deletes the trail of what was done more than 24 months ago (docs/tietosuoja.md). Raises DatabaseUnavailable."""
    before = local_instant(months_before(local_day(deps.now()), MONTHS_KEPT), time(0))
    with deps.write() as session:
        table.forget_before(session, deps.workspace, before)

"""Reading who did what to what and when. There is no other door: rows are added where the deed is done."""

from collections.abc import Sequence
from datetime import datetime

from bot.deps import Deps
from bot.services import networks
from storage import audits as table
from storage.models import Audit

PER_PAGE = 40


def page(deps: Deps, user: str, after: tuple[datetime, str] | None = None) -> Sequence[Audit]:
    """The newest deeds, or those after a page's last one (instant, key). Raises NotACoordinator, NotAMember."""
    networks.require_coordinator(deps, user)
    with deps.read() as session:
        return table.latest(session, deps.workspace, PER_PAGE, after)

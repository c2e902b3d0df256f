"""What the clock does at night: what is old is forgotten, the files told anew; and a look at the members."""

from datetime import datetime, time, timedelta

from bot.deps import Deps
from bot.rules.weeks import local_day, local_instant
from bot.services import audits, deliveries, handled

NIGHT = time(3)  # in Helsinki; an hour that is there twice in autumn, and not at all one night in spring
BETWEEN_KNOCKS = timedelta(hours=1)


def knock(deps: Deps) -> None:
    """Once a night (product, "Without a name"). Raises DatabaseUnavailable, SlackError."""
    if not _is_night(deps.now()):
        return
    deliveries.forget_old(deps)
    audits.forget_old(deps)
    handled.forget_old(deps)
    deps.tidy()
    deps.people.everyone()


def _is_night(now: datetime) -> bool:
    begins = local_instant(local_day(now), NIGHT)
    return begins <= now < begins + BETWEEN_KNOCKS

"""What the clock does at night: what is old is forgotten, the files written anew; and a look at the members."""

import logging
from datetime import timedelta

from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.services import audits, deliveries, erasures, handled, retention
from bot.services.retention import DONE, PLANNED, REWRITTEN

BETWEEN_KNOCKS = timedelta(minutes=10)
log = logging.getLogger(__name__)


def knock(deps: Deps) -> None:
    """The last night's work, once: at three o'clock, or as soon as the bot runs again, and until it is finished.

    Raises DatabaseUnavailable, SlackError.
    """
    night = retention.begin_night(deps)
    if night is None:
        return
    state = night.state
    try:
        if state == PLANNED:
            _forget(deps)
        state = DONE if deps.tidy(log_only=state == REWRITTEN) else REWRITTEN
    except DatabaseUnavailable:
        log.warning("the night's work is not finished, and is tried again")
    finally:
        retention.end_night(deps, night, state)
    if night.state == PLANNED:
        deps.people.everyone()


def _forget(deps: Deps) -> None:
    deliveries.forget_old(deps)
    audits.forget_old(deps)
    handled.forget_old(deps)
    erasures.forget_old(deps)
    retention.forget_orphans(deps)

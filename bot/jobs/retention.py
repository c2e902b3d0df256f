"""What the clock does at night: the files forget what the tables no longer say, and members are looked over."""

import logging

from bot.deps import Deps
from bot.errors import SlackError
from bot.rules.weeks import HOME

NIGHT = 3  # o'clock in Helsinki; the knock comes once an hour
log = logging.getLogger(__name__)


def knock(deps: Deps) -> None:
    """Once a night (product, "Without a name"). Raises DatabaseUnavailable."""
    if deps.now().astimezone(HOME).hour != NIGHT:
        return
    deps.tidy()
    try:
        deps.people.everyone()
    except SlackError as error:
        log.warning("the members could not be looked over: %s", error.code)

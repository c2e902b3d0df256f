"""What the clock does at night: what is old is forgotten, the files written anew; and a look at the members."""

import json
import logging
from datetime import date, timedelta

from bot.blocks import own_data as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.jobs.deliveries import Handler, Handlers
from bot.rules.kinds import Kind
from bot.services import audits, deliveries, erasures, handled, people, retention
from bot.services.retention import DONE, PLANNED, REWRITTEN
from storage.models import Delivery

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
        retention.forget_leavers(deps, {member.user for member in deps.people.everyone()})


def _forget(deps: Deps) -> None:
    deliveries.forget_old(deps)
    audits.forget_old(deps)
    handled.forget_old(deps)
    erasures.forget_old(deps)
    retention.forget_orphans(deps)
    retention.forget_texts(deps)


def draw(deps: Deps, row: Delivery) -> Message:
    """That texts go in three weeks, for a coordinator."""
    told = json.loads(row.params)
    return blocks.texts_go(people.words_for(deps, row.recipient), told["count"], date.fromisoformat(told["on"]))


HANDLERS: Handlers = {Kind.TEXTS_GO: Handler(draw, deliveries.to_coordinator)}

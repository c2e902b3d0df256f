"""What the clock asks for: the table of knocks, and the sender of what they put into the ledger."""

import logging
from collections.abc import Callable

from bot.deps import Deps
from bot.errors import SlackError
from bot.jobs import digests, feedback, meetings, observations, reminders, retention, words
from bot.jobs.deliveries import Handler, register

ASK_AFTER = 300  # seconds; any answer of Slack tells its time, so that it is asked only in quiet hours

log = logging.getLogger(__name__)
Knock = tuple[str, float, Callable[[], object]]
"""Name, every so many seconds, what is done then."""

for kind in reminders.KINDS:
    register(kind, Handler(reminders.draw, reminders.still_wanted))
for kind in meetings.KINDS:
    register(kind, Handler(meetings.draw, meetings.still_wanted, meetings.sent))
register(feedback.KIND, Handler(feedback.draw, feedback.still_wanted))
register(digests.KIND, Handler(digests.draw, digests.still_wanted, digests.sent))


def knocks(deps: Deps) -> list[Knock]:
    """Every knock of one process; each finds out by itself, from the tables, whether there is anything to do."""
    return [
        ("clock", 60, lambda: _ask_the_time(deps)),
        ("reminders", 10, lambda: reminders.knock(deps)),
        ("meetings", 10, lambda: meetings.knock(deps)),
        ("posts", 2, lambda: meetings.redraw(deps)),
        ("observations", 10, lambda: observations.knock(deps)),
        ("digests", 10, lambda: digests.knock(deps)),
        ("words", 600, lambda: words.knock(deps)),
        ("night", 3600, lambda: retention.knock(deps)),
    ]


def _ask_the_time(deps: Deps) -> None:
    """Lets the sender compare clocks in quiet hours too."""
    try:
        deps.slack.clock(ask_after=ASK_AFTER)
    except SlackError as error:
        log.warning("Slack's time could not be asked: %s", error.code)

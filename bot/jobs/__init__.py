"""What the clock asks for: the table of knocks, and the sender of what they put into the ledger."""

from collections.abc import Callable

from bot.deps import Deps
from bot.jobs import (
    digests,
    feedback,
    loop,
    meetings,
    news,
    observations,
    own_data,
    phenomena,
    practices,
    reminders,
    retention,
    summaries,
    words,
)
from bot.jobs.deliveries import Handlers
from bot.rules.deliveries import Terms
from bot.services.deliveries import clock_trouble, look_around

ASK_AFTER = 300  # seconds; any answer of Slack tells its time, so that it is asked only in quiet hours

Knock = tuple[str, float, Callable[[], object]]
"""Name, every so many seconds, what is done then."""

HANDLERS: Handlers = {
    **reminders.HANDLERS,
    **meetings.HANDLERS,
    **feedback.HANDLERS,
    **digests.HANDLERS,
    **phenomena.HANDLERS,
    **practices.HANDLERS,
    **loop.HANDLERS,
    **observations.HANDLERS,
    **summaries.HANDLERS,
    **retention.HANDLERS,
    **news.HANDLERS,
}
"""What the sender needs to know of each kind; bot.app hands it over."""


def knocks(deps: Deps) -> list[Knock]:
    """Every knock of one process; each finds out by itself, from the tables, whether there is anything to do.

    "clock" lets the sender compare clocks in quiet hours too; "members" keeps fresh who is here while messages wait;
    "channel" finds out that the bot was taken out of it, and that it is back.
    """
    return [
        ("clock", 60, lambda: deps.slack.clock(ask_after=ASK_AFTER)),
        ("members", 10, lambda: look_around(deps)),
        ("channel", 30, deps.people.look),
        ("reminders", 10, _by_a_right_clock(deps, reminders.knock)),
        ("meetings", 10, _by_a_right_clock(deps, meetings.knock)),
        ("posts", 2, lambda: meetings.redraw(deps)),
        ("observations", 10, lambda: observations.knock(deps)),
        ("deletions", 60, _by_a_right_clock(deps, observations.finish)),
        ("own_data", 60, _by_a_right_clock(deps, own_data.knock)),
        ("digests", 10, _by_a_right_clock(deps, digests.knock)),
        ("summaries", 60, _by_a_right_clock(deps, summaries.knock)),
        ("news", 300, _by_a_right_clock(deps, news.knock)),
        ("words", 600, lambda: words.knock(deps)),
        ("phenomena", 2, lambda: phenomena.knock(deps)),
        ("loop", 600, _by_a_right_clock(deps, loop.knock)),
        ("practices", 10, lambda: practices.knock(deps)),
        ("night", retention.BETWEEN_KNOCKS.total_seconds(), _by_a_right_clock(deps, retention.knock)),
    ]


def _by_a_right_clock(deps: Deps, knock: Callable[[Deps], object]) -> Callable[[], object]:
    """Nothing is planned, ended or forgotten while our clock and Slack's are far apart, as nothing is sent then."""
    return lambda: None if clock_trouble(deps, Terms(), deps.now()) else knock(deps)

"""The whole bot in the test's own process, which tells the fake Slack when it has something in hand."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.app import Bot
from bot.rules.deliveries import Terms
from bot.settings import Settings
from tests.clocks import ANY_SKEW, Clock
from tests.fakes import FakeSlack

TERMS = Terms(most_skew=ANY_SKEW)  # for the rest as in production


def bot_by(
    clock: Clock, settings: Settings, middleware: Sequence[Callable[..., Any]] = (), terms: Terms = TERMS
) -> Bot:
    """A bot that is told the time by this clock; PostgreSQL shows another, and it sends all the same."""
    return Bot(settings, middleware, now=clock.now, terms=terms)


@contextmanager
def running(bot: Bot, slack: FakeSlack) -> Iterator[Bot]:
    slack.busy = lambda: _in_hand(bot)
    bot.start()
    yield bot
    bot.stop()


def _in_hand(bot: Bot) -> bool:
    pools = (bot._listeners, bot._workers, bot._tellers)
    return any(pool._open for pool in pools) or any(one.name == "people" for one in threading.enumerate())

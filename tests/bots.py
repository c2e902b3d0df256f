"""The whole bot in the test's own process, which tells the fake Slack when it has something in hand."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.app import Bot
from bot.settings import Settings
from tests.fakes import FakeSlack


@contextmanager
def running(settings: Settings, slack: FakeSlack, *, jobs: bool = True) -> Iterator[Bot]:
    """Without jobs nothing happens by itself, on SQLite too: the test is the clock."""
    bot = Bot(settings)
    bot._jobs = jobs
    slack.busy = lambda: _in_hand(bot)
    bot.start()
    yield bot
    bot.stop()


def _in_hand(bot: Bot) -> bool:
    pools = (bot._listeners, bot._workers, bot._tellers)
    return any(pool._open for pool in pools) or any(one.name == "people" for one in threading.enumerate())

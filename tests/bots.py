"""The whole bot in the test's own process, which tells the fake Slack when it has something in hand."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from slack_bolt.listener.custom_listener import CustomListener
from sqlalchemy import Engine, event

from bot.app import Bot
from bot.rules.deliveries import Terms
from bot.settings import Settings
from tests.clocks import TERMS, Clock
from tests.fakes import SECONDS, FakeSlack

BUDGETS = ("ANSWER_SECONDS", "AREA_SECONDS", "PATIENCE_SECONDS")  # what answering takes of Slack's three seconds
AT_BEGIN: "WeakKeyDictionary[Engine, list[Callable[..., None]]]" = WeakKeyDictionary()
"""What each transaction does first, by engine: a listener that is added while others work breaks their transactions."""
ALWAYS = property(lambda _listener: SECONDS, lambda _listener, _three: None)  # Bolt waits no longer than 3 s for an ack


def bot_by(
    clock: Clock, settings: Settings, middleware: Sequence[Callable[..., Any]] = (), terms: Terms = TERMS
) -> Bot:
    """A bot that is told the time by this clock; PostgreSQL shows another, and it sends all the same."""
    return Bot(settings, middleware, now=clock.now, terms=terms)


@contextmanager
def running(bot: Bot, slack: FakeSlack) -> Iterator[Bot]:
    slack.busy = lambda: in_hand(bot)
    deeds = AT_BEGIN.setdefault(bot.deps.database.engine, [])
    event.listen(bot.deps.database.engine, "begin", lambda *args: [deed(*args) for deed in tuple(deeds)])
    try:
        bot.start()
        yield bot
    finally:
        bot.stop()


def in_hand(bot: Bot) -> bool:
    pools = (bot._envelopes, bot._listeners, bot._workers, bot._tellers)
    return any(pool._open for pool in pools) or any(one.name == "people" for one in threading.enumerate())


@cache
def _found_budgets() -> list[tuple[ModuleType, str]]:
    """The places of all budgets, looked for once: with `bot.app` everything that answers people has been imported."""
    found = [
        (module, budget)
        for name, module in list(sys.modules.items())
        for budget in BUDGETS
        if name.startswith(("commands", "bot.slack", "bot.dialogs")) and hasattr(module, budget)
    ]
    assert {budget for _, budget in found} == set(BUDGETS)
    return found


def give_time(monkeypatch: pytest.MonkeyPatch, seconds: float = SECONDS) -> None:
    """Whoever answers people waits so long for the database and Slack before it says that it is still at work."""
    for module, budget in _found_budgets():
        monkeypatch.setattr(module, budget, seconds)
    monkeypatch.setattr(CustomListener, "ack_timeout", ALWAYS, raising=False)

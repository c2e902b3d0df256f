"""The whole bot over real sockets on the strict fake Slack, on both databases."""

from collections.abc import Iterator

import pytest

from bot.app import Bot
from bot.deps import Deps
from bot.settings import Settings
from tests.bots import bot_by, running
from tests.clocks import Clock
from tests.fakes import FakeSlack, Person

KOORD = "U0KOORD001"


@pytest.fixture
def clock() -> Clock:
    """A plain Wednesday morning for the bot and Slack, whatever day it is here."""
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[FakeSlack]:
    with FakeSlack(clock=clock.seconds) as slack:
        yield slack


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Bertta is a coordinator, in the stories that she is in."""
    return settings.model_copy(update={"raportoi_coordinators": (KOORD,)})


@pytest.fixture
def bot(slack: FakeSlack, settings: Settings, clock: Clock, patience: None) -> Iterator[Bot]:
    with running(bot_by(clock, settings), slack) as bot:
        slack.wait_until_connected()
        clock.at_rest = slack.settles
        yield bot


@pytest.fixture
def deps(bot: Bot) -> Deps:
    return bot.deps


@pytest.fixture
def cecilia(slack: FakeSlack) -> Person:
    return slack.person("U0CECILIA1", "Cecilia Exempel", locale="sv-SE")


@pytest.fixture
def bertta(slack: FakeSlack, deps: Deps) -> Person:
    return slack.person(KOORD, "Bertta Kokoaja")

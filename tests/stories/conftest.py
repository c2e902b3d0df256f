"""The whole bot over real sockets on the strict fake Slack, on both databases."""

from collections.abc import Iterator

import pytest

from bot.app import Bot
from bot.deps import Deps
from bot.settings import Settings
from tests.fakes import FakeSlack, Person

CHANNEL = "keskustelu"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


@pytest.fixture
def settings(slack: FakeSlack, database_url: str) -> Settings:
    env = slack.settings_env()
    return Settings(
        slack_bot_token=env["SLACK_BOT_TOKEN"],
        slack_app_token=env["SLACK_APP_TOKEN"],
        slack_api_url=env["SLACK_API_URL"],
        database_url=database_url,
        raportoi_key="k" * 64,
        raportoi_channel=CHANNEL,
    )


@pytest.fixture
def bot(slack: FakeSlack, settings: Settings) -> Iterator[Bot]:
    bot = Bot(settings)
    bot.start()
    slack.wait_until_connected()
    yield bot
    bot.stop()


@pytest.fixture
def deps(bot: Bot) -> Deps:
    return bot.deps


@pytest.fixture
def aino(slack: FakeSlack) -> Person:
    return slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")


@pytest.fixture
def cecilia(slack: FakeSlack) -> Person:
    return slack.person("U0CECILIA1", "Cecilia Exempel", locale="sv-SE")

"""One coordinator and a member in the fake Slack, and the bot's parts without the bot around them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.app import looking_on
from bot.deps import Deps
from bot.settings import Settings
from tests.fakes import FakeSlack, Person

KOORD, SECOND, AINO = "U0KOORD001", "U0KOORD002", "U0AINO0001"


@pytest.fixture
def koord(slack: FakeSlack) -> Person:
    slack.person(AINO, "Aino Testinen")
    return slack.person(KOORD, "Bertta Kokoaja")


@pytest.fixture
def deps(settings: Settings, koord: Person) -> Iterator[Deps]:
    with looking_on(settings) as parts, ThreadPoolExecutor(1) as tellers:
        yield replace(parts, first_coordinators=frozenset([KOORD]), tellers=tellers)

"""The page of the practice Slack without a browser: a mistyped command, who may start over, and who stays in."""

import asyncio
import threading
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, cast

import aiohttp
import pytest

from bot import demo
from bot.demo import network
from bot.demo.moving import Mover
from bot.demo.page._acts import Doer
from bot.demo.slack import HOME_CHANNEL, PracticeSlack


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    made = PracticeSlack().start()
    network.people(made)
    yield made
    made.stop()


def trouble(slack: PracticeSlack, asked: dict[str, Any], ends: threading.Event | None = None) -> str | None:
    """What the page tells Aino of what she has asked for."""
    return Doer(slack, cast("Mover", None), network.MEMBERS[0], ends).does(asked).get("trouble")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/raporoi Jonot kasvavat", "Komentoa /raporoi ei ole. Tarkoititko /raportoi?"),
        ("/Tapaminen", "Komentoa /Tapaminen ei ole. Tarkoititko /tapaaminen?"),
        ("/xyz", "Komentoa /xyz ei ole täällä. Kirjoita /, niin näet kaikki komennot."),
    ],
)
def test_a_mistyped_command_is_told_the_nearest_one_and_sent_nowhere(
    slack: PracticeSlack, typed: str, told: str
) -> None:
    assert trouble(slack, {"do": "write", "text": typed, "place": HOME_CHANNEL}) == told
    assert slack.world.messages[HOME_CHANNEL] == []


def test_only_who_sits_at_the_machine_starts_over(slack: PracticeSlack) -> None:
    ends = threading.Event()
    assert trouble(slack, {"do": "over"}) is not None
    assert not ends.is_set()
    assert trouble(slack, {"do": "over"}, ends) is None
    assert ends.is_set()


def test_who_is_in_with_the_password_stays_in_when_all_begins_anew() -> None:
    page = demo.Page(demo.new_password())
    cookies = asyncio.run(come_in(page))
    assert asyncio.run(look_again(page, cookies)) == HTTPStatus.OK
    assert asyncio.run(look_again(demo.Page(page.password), cookies)) == HTTPStatus.FOUND


async def come_in(page: demo.Page) -> dict[str, str]:
    """The cookies of a browser that has told the password."""
    with demo.practice(page, port=0, host="127.0.0.1") as running:
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
            session.post(f"{running.url}enter", data={"password": page.password}),
        ):
            return {one.key: one.value for one in session.cookie_jar}


async def look_again(page: demo.Page, cookies: dict[str, str]) -> int:
    """What a browser with these cookies is answered at the next beginning."""
    with demo.practice(page, port=0, host="127.0.0.1") as running:
        async with (
            aiohttp.ClientSession(cookies=cookies) as session,
            session.get(running.url, allow_redirects=False) as answer,
        ):
            return answer.status

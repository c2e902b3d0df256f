"""B26: the newest release takes over the database of each older one, with all that was under way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import Bot
from bot.blocks.parts import section
from bot.rules.reminders import KINDS
from bot.services import observations
from bot.settings import Settings
from bot.slack import Slack
from storage.models import Delivery, Person, Run
from tests.bots import bot_by
from tests.clocks import TERMS, Clock
from tests.fakes import SECONDS, FakeSlack, SeenMessage
from tests.fakes import Person as Somebody
from tests.storage.releases import CODE, KEY, RELEASES, bring_to_life

pytestmark = pytest.mark.both_databases

AT_ONCE = replace(TERMS, pace=1000, between=timedelta(0), settle=0.1, poll=0.05, again=timedelta(0))
THAT_NIGHT, THIRTEEN, FIFTEEN = "2025-03-06T03:00", "2025-03-06T13:01", "2025-03-06T15:00"
NEXT_DAY = "2025-03-07T13:00"
ASKED = "Oletko huomannut työssäsi"
NAMES = ("AINO0001", "CECILIA1", "EINO0001", "FIA00001", "GUN00001", "ILSE0001", "JARI0001", "KALLE001", "KOORD002")


@pytest.fixture
def clock() -> Clock:
    return Clock(THIRTEEN)


@pytest.fixture
def people(slack: FakeSlack) -> dict[str, Somebody]:
    zones = {"CECILIA1": "Europe/London"}
    return {
        name: slack.person(f"U0{name}", "Testi Testinen", tz=zones.get(name, "Europe/Helsinki"), locale="fi-FI")
        for name in NAMES
    }


@contextmanager
def new_release(slack: FakeSlack, clock: Clock, url: str) -> Iterator[Bot]:
    env = slack.settings_env()
    settings = Settings(
        slack_bot_token=env["SLACK_BOT_TOKEN"],
        slack_app_token=env["SLACK_APP_TOKEN"],
        slack_api_url=env["SLACK_API_URL"],
        database_url=url,
        raportoi_key=KEY,
        raportoi_channel="keskustelu",
        raportoi_http="127.0.0.1:0",
    )
    bot = bot_by(clock, settings, terms=AT_ONCE)
    bot.deps.people.everyone()
    bot.start()
    try:
        slack.wait_until_connected()
        yield bot
    finally:
        bot.stop()


def posted_by_the_old_release(slack: FakeSlack, user: str, key: str) -> None:
    """It was killed between Slack's yes and writing it down."""
    env = slack.settings_env()
    old = Slack(env["SLACK_BOT_TOKEN"], env["SLACK_API_URL"])
    old.deliver(user, ASKED, [section(ASKED)], (key, "report_reminder"))


def got(people: dict[str, Somebody]) -> dict[str, int]:
    """How many messages of the round each has; what newer releases tell coordinators is not counted."""
    counts = {name: sum(_is_of_the_round(message) for message in person.dms) for name, person in people.items()}
    return {name: count for name, count in counts.items() if count}


def _is_of_the_round(message: SeenMessage) -> bool:
    return message.metadata is None or message.metadata["event_payload"]["kind"] in KINDS


def waits_for(slack: FakeSlack, people: dict[str, Somebody], wanted: dict[str, int]) -> None:
    slack.world.wait_for(lambda: got(people) == wanted, SECONDS, lambda: f"{got(people)} instead of {wanted}")


def settles(slack: FakeSlack, bot: Bot, states: dict[str, str]) -> None:
    """Waits until the rows, by the last two signs of their keys, are in these states."""

    def found() -> dict[str, str]:
        with bot.deps.read() as session:
            return {row.key[-2:]: row.state for row in session.exec(select(Delivery).where(Delivery.kind.in_(KINDS)))}

    slack.world.wait_for(lambda: found() == states, SECONDS, lambda: f"{found()} instead of {states}")


def test_what_waited_goes_out_at_its_time_and_once(
    slack: FakeSlack, clock: Clock, people: dict[str, Somebody], empty_url: str
) -> None:
    bring_to_life("0002", empty_url)
    posted_by_the_old_release(slack, "U0FIA00001", f"{'b1':0>32}")
    done = {"b1": "sent", "b2": "sent", "c1": "sent", "d1": "skipped", "d2": "skipped"}

    with new_release(slack, clock, empty_url) as bot:
        waits_for(slack, people, {"AINO0001": 1, "FIA00001": 1, "GUN00001": 1})
        settles(slack, bot, {**done, "a1": "sent", "a2": "pending", "a3": "pending"})

        clock.moves_to(FIFTEEN)
        waits_for(slack, people, {"AINO0001": 1, "CECILIA1": 1, "FIA00001": 1, "GUN00001": 1})

    clock.moves_to(NEXT_DAY)
    with new_release(slack, clock, empty_url) as bot:  # and once more, from where the first left off
        waits_for(slack, people, {"AINO0001": 1, "CECILIA1": 1, "EINO0001": 1, "FIA00001": 1, "GUN00001": 1})
        settles(slack, bot, {**done, "a1": "sent", "a2": "sent", "a3": "sent"})
        with bot.deps.read() as session:
            found = session.get(Delivery, f"{'b1':0>32}")
            assert found is not None
            assert found.evidence == "history"
    assert "Har du märkt något" in people["CECILIA1"].dms[0].words


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_that_people_have_told_is_lost(
    slack: FakeSlack, clock: Clock, people: dict[str, Somebody], empty_url: str, release: str
) -> None:
    bring_to_life(release, empty_url)
    clock.moves_to(THAT_NIGHT)
    aino = people["AINO0001"]

    with new_release(slack, clock, empty_url) as bot:
        aino.opens_home()
        home = aino.sees_home("Omat asetukset")
        assert observations.by_code(bot.deps, "U0GUN00001", CODE).text == "Velkaneuvonnan jonot pitenevät"
        assert observations.last_area(bot.deps, aino.id) == "853"
        with bot.deps.read() as session:
            kept = {row.user: row.reminders for row in session.exec(select(Person))}
            rounds = [row.occurrence for row in session.exec(select(Run).where(Run.kind == "report_reminder"))]

    assert "2025-K7QF" in home.words
    assert "löydy tukiasuntoja" in home.words
    assert "2025-R9TB" not in home.words
    assert kept["U0AINO0001"]
    assert kept.get("U0ILSE0001", False) is False
    assert rounds == ([] if release == "0001" else ["2025-03-06"])
    assert not got(people).keys() - {"JARI0001"}  # who is told that their data is about to go

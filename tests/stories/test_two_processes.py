"""One process answers people and another does the clock's work: what the first hears, the second knows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.app import Bot
from bot.rules.deliveries import Due
from bot.rules.kinds import Kind
from bot.services import deliveries as ledger
from bot.services import networks
from bot.services.observations import file_lines
from bot.settings import Settings
from storage import memberships
from storage.models import Delivery, Network
from tests.clocks import TERMS, Clock
from tests.fakes import HOME_CHANNEL, FakeSlack, Person

on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)  # two processes ask for the members every ten seconds
AINO, CECILIA, KOORD = "U0AINO0001", "U0CECILIA1", "U0KOORD001"
WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
LATER = 40  # seconds at most: the members are asked for by a knock every ten


@pytest.fixture
def people(slack: FakeSlack) -> dict[str, Person]:
    return {user: slack.person(user, "Testi Testinen") for user in (AINO, CECILIA, KOORD)}


@pytest.fixture
def bots(slack: FakeSlack, settings: Settings, people: dict[str, Person], clock: Clock) -> Iterator[tuple[Bot, Bot]]:
    """(serve --no-jobs, work), both of which know the members since a moment ago."""
    settings = settings.model_copy(update={"raportoi_coordinators": (KOORD,)})
    serve, work = (Bot(settings, now=clock.now, terms=TERMS, **part) for part in ({"jobs": False}, {"listens": False}))
    for bot in (serve, work):
        bot.start()
    slack.wait_until_connected()
    slack.settles()
    yield serve, work
    for bot in (serve, work):
        bot.stop()


def promised(bot: Bot, *users: str) -> None:
    """Each has filed, and their receipt, which goes at any hour, is the ledger's."""
    now = bot.deps.now()
    numbers = {user: file_lines(bot.deps, WORDS, user, f"trigger-{user}").rows[0].number for user in users}
    due = [
        Due(Kind.RECEIPT, number, user, now, now + timedelta(hours=1), {"number": number})
        for user, number in numbers.items()
    ]
    with bot.deps.write() as session:
        ledger.enqueue(session, bot.deps.workspace, due)


def states(bot: Bot) -> dict[str, str]:
    with bot.deps.read() as session:
        return {row.recipient: row.state for row in session.exec(select(Delivery).where(Delivery.kind == Kind.RECEIPT))}


def hears(slack: FakeSlack, bot: Bot, **inner: Any) -> None:
    """The process that answers people has been told, and has written down that something changed."""
    before = changes(bot)
    slack.send_event(inner)
    slack.world.wait_for(lambda: changes(bot) > before, 10, lambda: "the change is written down")


def changes(bot: Bot) -> int:
    with bot.deps.read() as session:
        return memberships.changes(session, bot.deps.workspace)


def nothing_waits(slack: FakeSlack, bot: Bot) -> None:
    done = {"sent", "skipped"}
    slack.world.wait_for(lambda: set(states(bot).values()) <= done, LATER, lambda: str(states(bot)))


@on_postgresql
def test_who_left_a_second_ago_is_not_written_to_by_the_other_process(
    slack: FakeSlack, bots: tuple[Bot, Bot], people: dict[str, Person]
) -> None:
    serve, work = bots
    with slack.world.changed:
        slack.world.channels[HOME_CHANNEL].members.remove(AINO)
    hears(slack, serve, type="member_left_channel", user=AINO, channel=HOME_CHANNEL, channel_type="C")
    promised(work, AINO, CECILIA)
    people[CECILIA].sees_dm(containing="on kirjattu", within=LATER)
    nothing_waits(slack, work)
    assert states(work)[AINO] == "skipped"
    assert people[AINO].dms == []


@on_postgresql
def test_who_was_deactivated_a_second_ago_is_not_either(
    slack: FakeSlack, bots: tuple[Bot, Bot], people: dict[str, Person]
) -> None:
    serve, work = bots
    people[AINO].record["deleted"] = True
    hears(slack, serve, type="user_change", user=dict(people[AINO].record))
    promised(work, AINO, CECILIA)
    people[CECILIA].sees_dm(containing="on kirjattu", within=LATER)
    nothing_waits(slack, work)
    assert people[AINO].dms == []


@on_postgresql
def test_who_joined_a_second_ago_is(slack: FakeSlack, bots: tuple[Bot, Bot]) -> None:
    serve, work = bots
    new = slack.person("U0UUSI0001", "Uusi Testinen")
    hears(slack, serve, type="member_joined_channel", user=new.id, channel=HOME_CHANNEL, channel_type="C")
    promised(work, new.id)
    assert new.sees_dm(containing="on kirjattu", within=LATER)


@on_postgresql
def test_a_channel_that_was_chosen_in_one_process_counts_in_the_other(
    slack: FakeSlack, bots: tuple[Bot, Bot], people: dict[str, Person]
) -> None:
    serve, work = bots
    slack.channel("C0UUSI0001", "uusi", members=[CECILIA, KOORD])
    networks.choose(serve.deps, KOORD, Network(workspace=serve.deps.workspace, channel="C0UUSI0001"), ())
    promised(work, AINO, CECILIA)
    people[CECILIA].sees_dm(containing="on kirjattu", within=LATER)
    nothing_waits(slack, work)
    assert people[AINO].dms == []
    assert work.deps.people.channel == "C0UUSI0001"

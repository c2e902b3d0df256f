"""Erasing a person while messages to them, or with their words, are under way: nothing reaches them, nothing stays."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.jobs import digests, observations, own_data, reminders
from bot.services import meetings
from bot.services import own_data as services
from storage.models import Clearing, Delivery, Erasure, Observation
from tests.clocks import at, hki
from tests.digests import filed, observation, sends
from tests.fakes import FakeSlack, Person
from tests.jobs.conftest import AINO
from tests.stories.rounds import FIRST

INSTALLED, MONDAY = "2026-11-16T12:00", "2026-11-23T08:00"
WORDS = "Merkkisanaxyz: tukiasuntoja ei löydy"
pytestmark = pytest.mark.both_databases


@contextmanager
def posting(deps: Deps, slack: FakeSlack) -> Iterator[None]:
    """Slack has the first message and has not answered yet; after the block it does, and all others go."""
    answers = threading.Event()
    slack.fault("chat.postMessage", until=answers)
    with ThreadPoolExecutor(1) as sender:
        sending = sender.submit(sends, deps)
        while not rows(deps, "sending"):
            assert not sending.done()
            answers.wait(0.02)
        yield
        answers.set()
        sending.result()


def rows(deps: Deps, state: str) -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery).where(Delivery.state == state)))


def clears_up(deps: Deps) -> None:
    for knock in (own_data.knock, observations.knock):
        knock(deps)


def test_a_digest_that_is_being_posted_loses_the_words_of_whoever_was_erased_meanwhile(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    digests.knock(at(deps, INSTALLED))
    mine = [observation(deps, f"26-{n:05}", "2026-11-18T09:00", WORDS) for n in range(40)]  # more than one message
    filed(deps, *mine, observation(deps, "26-OTHER", "2026-11-18T09:00", "Toisen sanat", author="U0CECILIA1"))
    there = at(deps, MONDAY)
    digests.knock(there)
    with posting(there, slack):
        assert services.erase_now(there, AINO, texts=True)
    later = at(deps, hki(MONDAY) + timedelta(minutes=1))
    sends(later)
    clears_up(later)
    words = "\n".join(str(message.message) for message in koord.dms)
    assert len(koord.dms) > 1
    assert "Merkkisanaxyz" not in words
    assert "Toisen sanat" in words
    with deps.read() as session:
        assert session.exec(select(Erasure)).all() == []
        assert {row.author for row in session.exec(select(Observation)) if row.text} == {"U0CECILIA1"}


def test_a_reminder_that_is_being_posted_is_waited_for_and_then_emptied(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    aino = Person(slack, AINO)
    reminders.knock(at(deps, INSTALLED))
    there = at(deps, FIRST)
    reminders.knock(there)
    keep_only(deps, AINO)
    with posting(there, slack):
        assert not services.erase_now(there, AINO, texts=True)
    assert services.erase_now(there, AINO, texts=True)
    clears_up(there)
    (message,) = aino.dms
    assert message.actions == []
    assert "Tässä ollut sisältö on poistettu" in message.words
    with deps.read() as session:
        assert session.exec(select(Clearing)).all() == []


def keep_only(deps: Deps, user: str) -> None:
    """Of the round, only this person's message is left."""
    with deps.write() as session:
        for row in session.exec(select(Delivery).where(Delivery.recipient != user)):
            session.delete(row)


def test_what_waits_for_whoever_is_erased_in_a_round_is_never_sent(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    reminders.knock(at(deps, INSTALLED))
    there = at(deps, FIRST)
    reminders.knock(there)
    assert services.erase_now(there, AINO, texts=False)
    for minutes in range(3):
        later = at(deps, FIRST + timedelta(minutes=minutes))
        reminders.knock(later)
        sends(later)
    assert [len(person.dms) for person in (koord, Person(slack, AINO))] == [1, 0]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_a_message_that_is_taken_while_its_reader_is_being_erased_holds_that_up(
    deps: Deps, slack: FakeSlack, koord: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reminders.knock(at(deps, INSTALLED))
    there = at(deps, FIRST)
    reminders.knock(there)
    leave_all = meetings.leave_all

    def sent_meanwhile(*args: object) -> None:
        leave_all(*args)  # type: ignore[arg-type]
        with ThreadPoolExecutor(1) as sender:
            sender.submit(sends, there).result()

    slack.fault("chat.postMessage", status=503, when=lambda args: args["channel"] in (AINO, f"D{AINO[1:]}"))
    with monkeypatch.context() as patched:
        patched.setattr(meetings, "leave_all", sent_meanwhile)
        assert not services.erase_now(there, AINO, texts=True)
    assert [row.recipient for row in rows(deps, "unknown")] == [AINO]

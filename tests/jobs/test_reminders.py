"""The clock's work for reminders with the real sender: once to each, stopped at once, earlier ones closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import looking_on
from bot.deps import Deps
from bot.jobs import HANDLERS
from bot.jobs import reminders as jobs
from bot.jobs.deliveries import Sender
from bot.services import reminders
from bot.settings import Settings
from storage import networks
from storage.models import Network
from tests.clocks import TERMS, at
from tests.fakes import FakeSlack, Person
from tests.stories.rounds import FIRST, SECOND, deliveries

KOORD = "U0KOORD001"
AT_ONCE = replace(TERMS, pace=1000, burst=1000, between=timedelta(0), settle=0.1)


@pytest.fixture
def people(slack: FakeSlack) -> list[Person]:
    names = ("U0AINO0001", "U0CECILIA1", KOORD)
    return [slack.person(user, "Testi Testinen") for user in names]


@pytest.fixture
def deps(settings: Settings, people: list[Person]) -> Iterator[Deps]:
    with looking_on(settings) as parts:
        deps = replace(parts, first_coordinators=frozenset([KOORD]))
        jobs.knock(deps)  # the first look, as after an installation
        yield deps


def sends(deps: Deps, most: int = 20) -> None:
    sender = Sender(deps, AT_ONCE, HANDLERS)
    for _ in range(most):
        if sender.send_one():
            return


def test_the_knock_opens_the_round_and_each_gets_it_once_with_its_mark(deps: Deps, people: list[Person]) -> None:
    for _ in range(3):
        jobs.knock(at(deps, FIRST))
        sends(at(deps, FIRST))
    for person in people:
        (message,) = person.dms
        assert message.metadata is not None
        assert message.metadata["event_type"] == "raportoi_delivery"
        assert message.metadata["event_payload"]["kind"] == "report_reminder"
        assert set(message.metadata["event_payload"]) == {"id", "kind"}


def test_b14_one_that_cannot_be_reached_does_not_stop_the_others(
    slack: FakeSlack, deps: Deps, people: list[Person]
) -> None:
    first = people[0].id
    slack.fault("chat.postMessage", error="user_disabled", times=None, when=lambda a: a["channel"] == first)
    slack.expects_refusal("user_disabled")
    jobs.knock(at(deps, FIRST))
    for _ in range(2):
        sends(at(deps, FIRST))
    assert [len(person.dms) for person in people] == [0, 1, 1]
    assert len(slack.calls_to("chat.postMessage")) == 3
    assert sorted(row.state for row in deliveries(deps)) == ["failed", "sent", "sent"]


def test_a_stop_holds_back_all_that_has_not_gone(deps: Deps, people: list[Person]) -> None:
    jobs.knock(at(deps, FIRST))
    sends(at(deps, FIRST), most=1)
    assert reminders.stop_round(at(deps, FIRST), KOORD) == 2
    sends(at(deps, FIRST))
    assert sum(len(person.dms) for person in people) == 1


def test_the_next_round_goes_out_and_the_earlier_messages_lose_their_buttons(deps: Deps, people: list[Person]) -> None:
    for moment in (FIRST, SECOND):
        jobs.knock(at(deps, moment))
        sends(at(deps, moment))
    for person in people:
        earlier, now = person.dms
        assert earlier.actions == []
        assert "ei enää tarvitse vastata" in earlier.words
        assert "reminders.nothing" in now.actions
    assert {row.occurrence for row in deliveries(deps)} == {SECOND.date().isoformat()}


def test_an_edit_that_fails_does_not_stop_the_others(slack: FakeSlack, deps: Deps, people: list[Person]) -> None:
    jobs.knock(at(deps, FIRST))
    sends(at(deps, FIRST))
    slack.fault("chat.update", error="message_not_found")
    slack.fault("chat.update", error="internal_error", skip=1)
    slack.expects_refusal("message_not_found", "internal_error")
    jobs.knock(at(deps, SECOND))
    jobs.knock(at(deps, SECOND))
    assert len([1 for person in people if person.dms[0].actions == []]) == 2


def test_the_messages_before_a_nudge_lose_their_buttons_and_a_failed_edit_is_tried_again(
    slack: FakeSlack, deps: Deps, people: list[Person]
) -> None:
    jobs.knock(at(deps, FIRST))
    sends(at(deps, FIRST))
    reminders.mark_answered(at(deps, FIRST), people[0].id)
    third_day = at(deps, FIRST + timedelta(days=5))
    assert reminders.nudge(third_day, KOORD) == 2
    jobs.knock(third_day)
    assert [len(person.dms[0].actions) for person in people] == [5, 5, 5]  # no newer message is there yet
    sends(third_day)
    slack.fault("chat.update", error="internal_error")
    slack.expects_refusal("internal_error")
    jobs.knock(third_day)
    assert sorted(len(person.dms[0].actions) for person in people) == [0, 5, 5]
    jobs.knock(third_day)
    assert [len(person.dms[0].actions) for person in people] == [5, 0, 0]
    assert [len(person.dms[-1].actions) for person in people] == [5, 5, 5]
    calls = len(slack.calls_to("chat.update"))
    jobs.knock(third_day)
    assert len(slack.calls_to("chat.update")) == calls


def test_a_post_in_the_channel_has_no_buttons_that_concern_one_person(deps: Deps, slack: FakeSlack) -> None:
    with deps.write() as session:
        networks.put(session, Network(workspace=deps.workspace, reminder_place="channel"))
    jobs.knock(at(deps, FIRST))
    sends(at(deps, FIRST))
    reader = Person(slack, "U0AINO0001")
    post = reader.sees_in(deps.people.channel or "", "Oletko huomannut")
    assert post.actions == ["observations.open_form", "reminders.nothing", "reminders.tomorrow"]

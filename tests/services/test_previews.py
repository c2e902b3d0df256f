"""What would be sent: the rounds to come, each to those who want it by their own clock, and what already waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app import looking_on
from bot.deps import Deps
from bot.services.previews import Planned, planned
from bot.settings import Settings
from storage import digests, reminders
from storage.models import Delivery, Network, Person, Run
from tests.fakes import FakeSlack

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture
def slack(slack: FakeSlack) -> FakeSlack:
    slack.person("U0AINO0001", "Aino Testinen")
    slack.person("U0CECILIA1", "Cecilia Exempel", tz="Europe/Stockholm")
    slack.person("U0BORTA001", "Börje Borta", deleted=True)
    slack.person("U0UTE00001", "Ulla Utanför", joins=[])
    return slack


@pytest.fixture
def deps(settings: Settings) -> Iterator[Deps]:
    with looking_on(settings) as deps:
        yield deps


def told(found: list[Planned]) -> list[tuple[str, str, int]]:
    return [(one.at.isoformat(timespec="minutes"), one.key, one.recipients) for one in found]


def test_each_gets_the_next_round_by_their_own_clock(deps: Deps) -> None:
    assert told(planned(deps, NOW, 30)) == [
        ("2026-12-03T13:00+02:00", "report_reminder:2026-12-03", 1),
        ("2026-12-03T14:00+02:00", "report_reminder:2026-12-03", 1),
    ]
    assert planned(deps, NOW, 5) == []


def test_those_who_want_none_and_a_round_already_made_are_left_out(deps: Deps) -> None:
    with deps.write() as session:
        session.add(Person(workspace=deps.workspace, user="U0AINO0001", reminders=False))
        session.add(Person(workspace=deps.workspace, user="U0CECILIA1", paused_until=date(2026, 12, 31)))
    assert planned(deps, NOW, 30) == []


def test_a_round_that_was_missed_would_go_out_now_and_one_that_was_made_does_not_come_again(deps: Deps) -> None:
    late = datetime(2026, 12, 4, 8, tzinfo=UTC)
    with deps.write() as session:
        reminders.set_rule_since(session, deps.workspace, NOW)
    assert told(planned(deps, late, 1)) == [("2026-12-04T10:00+02:00", "report_reminder:2026-12-03", 2)]
    with deps.write() as session:
        made = {"occurrence": "2026-12-03", "due_at": NOW, "expires_at": NOW}
        session.add(Run(workspace=deps.workspace, kind="report_reminder", **made))
    assert planned(deps, late, 30) == []


def test_a_post_in_the_channel_is_one_message(deps: Deps) -> None:
    with deps.write() as session:
        session.add(Network(workspace=deps.workspace, reminder_cadence="weekly", reminder_place="channel"))
    found = told(planned(deps, NOW, 60))
    assert [key for _, key, _ in found] == [
        f"report_reminder:{day}" for day in ("2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17", "2027-01-07",
                                             "2027-01-14", "2027-01-21")
    ]  # fmt: skip
    assert {count for _, _, count in found} == {1}


def test_what_waits_in_the_ledger_is_told_and_nothing_is_sent_or_changed(deps: Deps, slack: FakeSlack) -> None:
    def waits(key: str, **more: object) -> Delivery:
        fields = {"kind": "reminder_tomorrow", "occurrence": "2026-11-26", "not_before": NOW + timedelta(hours=2)}
        fields |= {"workspace": deps.workspace, "recipient": key, "expires_at": NOW + timedelta(days=1), **more}
        return Delivery(key=key, **fields)

    with deps.write() as session:
        session.add_all([waits("a"), waits("b"), waits("c", state="sent"), waits("d", not_before=NOW - timedelta(1))])
    assert told(planned(deps, NOW, 1)) == [
        ("2026-11-25T12:00+02:00", "reminder_tomorrow:2026-11-26", 1),
        ("2026-11-25T14:00+02:00", "reminder_tomorrow:2026-11-26", 2),
    ]
    assert slack.calls_to("chat.postMessage") == []


def test_digests_come_every_monday_to_the_coordinators_who_are_members(deps: Deps) -> None:
    with_coordinators = replace(deps, first_coordinators=frozenset(["U0AINO0001", "U0CECILIA1", "U0UTE00001"]))
    found = [one for one in told(planned(with_coordinators, NOW, 20)) if "digest" in one[1]]
    assert found == [
        ("2026-11-30T08:00+02:00", "weekly_digest:2026-W48", 2),
        ("2026-12-07T08:00+02:00", "weekly_digest:2026-W49", 2),
        ("2026-12-14T08:00+02:00", "weekly_digest:2026-W50", 2),
    ]


def test_a_digest_that_was_missed_comes_when_somebody_may_be_written_to_and_one_that_was_made_does_not(
    deps: Deps,
) -> None:
    deps = replace(deps, first_coordinators=frozenset(["U0AINO0001"]))
    with deps.write() as session:
        digests.begin(session, deps.workspace, NOW - timedelta(days=7))
    found = [one for one in told(planned(deps, NOW, 5)) if "digest" in one[1]]
    assert found == [
        ("2026-11-25T12:00+02:00", "weekly_digest:2026-W47", 1),
        ("2026-11-30T08:00+02:00", "weekly_digest:2026-W48", 1),
    ]
    night = NOW + timedelta(hours=12)
    assert told(planned(deps, night, 1))[0] == ("2026-11-26T08:00+02:00", "weekly_digest:2026-W47", 1)
    with deps.write() as session:
        made = {"occurrence": "2026-W47", "due_at": NOW, "expires_at": NOW}
        session.add(Run(workspace=deps.workspace, kind="weekly_digest", **made))
    assert told(planned(deps, NOW, 4)) == []


def test_easter_moves_the_digest_to_tuesday(deps: Deps) -> None:
    deps = replace(deps, first_coordinators=frozenset(["U0AINO0001"]))
    found = [one for one in told(planned(deps, datetime(2027, 3, 27, tzinfo=UTC), 5)) if "digest" in one[1]]
    assert found == [("2027-03-30T08:00+03:00", "weekly_digest:2027-W12", 1)]

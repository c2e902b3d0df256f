"""The night's work comes once, at night, and the ledger forgets in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.errors import SlackError
from bot.jobs.deliveries import Sender
from bot.jobs.retention import knock
from bot.rules.deliveries import NOT_NEEDED, STALE, Due
from bot.rules.weeks import local_instant
from bot.services import deliveries as ledger
from storage import audits, reminders
from storage.models import Audit, ChannelGate, Delivery, Run
from tests.ledger import AT_ONCE, WORKSPACE, Desk

AN_AGE = timedelta(days=36500)  # PostgreSQL's clock is not moved
ROUND = ("report_reminder", "2026-12-03")


@dataclass
class Night:
    """What the night's work touches."""

    moment: datetime
    silent: bool = False
    workspace: str = WORKSPACE
    done: list[str] = field(default_factory=list)

    @property
    def people(self) -> Any:
        return self

    def now(self) -> datetime:
        return self.moment

    @contextmanager
    def write(self) -> Iterator[Any]:
        yield self

    def execute(self, _statement: object) -> None:
        self.done.append("forgot")

    def tidy(self) -> None:
        self.done.append("tidied")

    def everyone(self) -> None:
        if self.silent:
            raise SlackError("ratelimited")
        self.done.append("looked over")


@pytest.mark.parametrize(
    ("hour", "done"), [(0, []), (1, [*["forgot"] * 6, "tidied", "looked over"]), (2, []), (12, [])]
)
def test_it_is_done_at_three_in_helsinki(hour: int, done: list[str]) -> None:
    night = Night(datetime(2026, 11, 25, hour, 40, tzinfo=UTC))
    knock(night)  # type: ignore[arg-type]
    assert night.done == done


@pytest.mark.parametrize("hour_before", ["2026-10-24T21:10", "2027-03-27T22:10"])
def test_b24_it_is_done_once_in_the_night_when_three_oclock_comes_twice_or_never(hour_before: str) -> None:
    night = Night(datetime.fromisoformat(hour_before).replace(tzinfo=UTC))
    for _ in range(24):
        night.moment += timedelta(hours=1)
        knock(night)  # type: ignore[arg-type]
    assert night.done.count("tidied") == 1


def test_a_slack_that_does_not_answer_does_not_stop_the_tidying() -> None:
    night = Night(datetime(2026, 11, 25, 1, 40, tzinfo=UTC), silent=True)
    with pytest.raises(SlackError):  # the timetable logs it
        knock(night)  # type: ignore[arg-type]
    assert night.done[-1] == "tidied"


def night_of(desk: Desk, day: str) -> None:
    desk.now = local_instant(date.fromisoformat(day), time(3, 30))
    replies = replace(desk.deps, people=Night(desk.now))  # type: ignore[arg-type]
    knock(replies)


def send(desk: Desk) -> None:
    sender = Sender(desk.deps, replace(AT_ONCE, most_skew=AN_AGE), {"report_reminder": desk.handler()})
    for _ in range(4):
        sender.send_one()


def open_round(desk: Desk, day: str = ROUND[1], recipients: tuple[str, ...] = ("U0AINO0001", "U0CECILIA1")) -> bool:
    """As the knock of reminders does: the run first, its deliveries in the same transaction."""
    at = datetime.fromisoformat(f"{day}T11:00").replace(tzinfo=UTC)
    with desk.deps.write() as session:
        if not reminders.open_run(session, WORKSPACE, ROUND[0], day, at, at + timedelta(days=4)):
            return False
        due = [ledger_due(day, recipient, at) for recipient in recipients]
        return ledger.enqueue(session, WORKSPACE, due) > 0


def ledger_due(day: str, recipient: str, at: datetime) -> Due:
    return Due(ROUND[0], day, recipient, at, at + timedelta(days=4), {"number": "2026-K7QF"})


def rows(desk: Desk) -> list[Delivery]:
    with desk.deps.read() as session:
        return list(session.exec(select(Delivery)))


def runs(desk: Desk) -> list[str]:
    with desk.deps.read() as session:
        return sorted(session.exec(select(Run.occurrence)))


def sent_round(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 3, 11, 5, tzinfo=UTC)
    desk.verdicts["U0CECILIA1"] = NOT_NEEDED
    assert open_round(desk)
    send(desk)


def test_after_six_months_the_ledger_knows_neither_who_nor_what_and_before_that_it_does(desk: Desk) -> None:
    sent_round(desk)
    before = {row.key: row.state for row in rows(desk)}

    night_of(desk, "2027-06-02")
    assert {row.recipient for row in rows(desk)} == {"U0AINO0001", "U0CECILIA1"}

    night_of(desk, "2027-06-09")
    night_of(desk, "2027-06-10")
    assert {row.key: row.state for row in rows(desk)} == before
    for row in rows(desk):
        told = (row.recipient, row.params, row.channel, row.ts, row.sent_at, row.evidence, row.error, row.lease_owner)
        assert told == (row.key, "{}", None, None, None, None, None, None)
    with desk.deps.read() as session:
        assert session.exec(select(ChannelGate)).all() == []


def test_after_six_months_it_still_knows_where_posts_and_digests_stand(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 3, 11, 5, tzinfo=UTC)
    at = desk.now - timedelta(hours=1)
    told = {"state": "sent", "channel": "D1", "ts": "1.1", "not_before": at, "expires_at": at}
    with desk.deps.write() as session:
        for kind, recipient in (
            ("weekly_digest", "U0BERTTA01"),
            ("phenomenon", "C0KESKUST1"),
            ("feedback", "U0AINO0001"),
        ):
            session.add(Delivery(key=kind, workspace=WORKSPACE, kind=kind, occurrence="1", recipient=recipient, **told))
    night_of(desk, "2027-06-10")
    assert {row.kind for row in rows(desk) if row.ts} == {"weekly_digest", "phenomenon"}


def test_the_trail_of_deeds_goes_after_24_months(desk: Desk) -> None:
    with desk.deps.write() as session:
        for day in (datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)):
            audits.add(session, WORKSPACE, day, "U0BERTTA01", "observation.opened", f"2026-{day.day}")
    night_of(desk, "2028-11-25")
    with desk.deps.read() as session:
        assert [row.subject for row in session.exec(select(Audit))] == ["2026-30"]


def test_after_thirteen_months_its_keys_go_and_the_newest_run_of_each_kind_stays(desk: Desk) -> None:
    with desk.deps.write() as session:
        reminders.begin_rule(session, WORKSPACE, datetime(2026, 11, 1, tzinfo=UTC))
    sent_round(desk)
    assert open_round(desk, "2027-01-07")

    night_of(desk, "2028-01-03")
    assert len(rows(desk)) == 4
    night_of(desk, "2028-01-09")
    assert (runs(desk), {row.occurrence for row in rows(desk)}) == (["2027-01-07", "since"], {"2027-01-07"})
    night_of(desk, "2029-01-09")
    assert (runs(desk), rows(desk)) == (["2027-01-07", "since"], [])


@pytest.mark.parametrize("day", ["2027-07-01", "2027-12-31"])
def test_an_old_occurrence_cannot_be_planned_again_and_what_is_entered_for_it_goes_nowhere(
    desk: Desk, day: str
) -> None:
    sent_round(desk)
    assert open_round(desk, "2027-01-07", ()) is False
    night_of(desk, day)
    asked = len(desk.slack.asked)

    assert open_round(desk) is False
    desk.due("U0AINO0001", occurrence=ROUND[1], expires_at=datetime(2026, 12, 7, tzinfo=UTC))
    send(desk)

    assert len(desk.slack.asked) == asked == 1
    assert (desk.row("U0AINO0001").state, desk.row("U0AINO0001").error) == ("expired", STALE)


def test_what_is_still_under_way_or_of_use_is_never_forgotten(desk: Desk) -> None:
    sent_round(desk)
    with desk.deps.write() as session:
        for row in session.exec(select(Delivery)):
            row.state = "unknown"
            session.add(row)
    desk.due("U0FIA00001", expires_at=datetime(2030, 1, 1, tzinfo=UTC))

    night_of(desk, "2028-06-10")

    assert {row.recipient for row in rows(desk)} == {"U0AINO0001", "U0CECILIA1", "U0FIA00001"}

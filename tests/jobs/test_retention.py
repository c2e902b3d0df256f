"""The night's work comes once, at night, and the ledger forgets in it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

import pytest
from sqlmodel import select, update

from bot.errors import SlackError
from bot.health import Health
from bot.jobs.deliveries import Sender
from bot.jobs.retention import knock
from bot.rules.deliveries import STALE, Due, Skip
from bot.rules.weeks import local_instant
from bot.services import deliveries as ledger
from bot.slack import Member
from storage import audits, reminders
from storage.database import Database, Unavailable
from storage.models import Audit, ChannelGate, Delivery, Installation, Run
from tests.clocks import hki
from tests.ledger import AT_ONCE, WORKSPACE, Desk
from tests.on_disk import contents, reading

pytestmark = [pytest.mark.own_database, pytest.mark.both_databases]


def of_the_night(health: Health) -> list[str]:
    """What the health check says of it; of Slack and the directory, which are not there, it says other things."""
    return [reason for reason in health.reasons() if "night" in reason]


AN_AGE = timedelta(days=36500)  # PostgreSQL's clock is not moved
ROUND = ("report_reminder", "2026-12-03")


@dataclass
class People:
    """The directory, which is asked once a night."""

    silent: bool = False
    asked: int = 0
    trouble: str = ""
    channel: None = None

    def everyone(self) -> list[Member]:
        self.asked += 1
        if self.silent:
            raise SlackError("ratelimited")
        return []


class Night:
    """A desk at night: how often its tables were written anew, whether somebody reads the log, and when it is."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.people, self.tidied = desk, People(), []
        self.log_is_read = False
        self.deps = replace(desk.deps, people=cast("Any", self.people))
        monkeypatch.setattr(Database, "tidy", self._tidy)

    def _tidy(self, *, log_only: bool = False) -> bool:
        self.tidied.append("log" if log_only else "all")
        return not self.log_is_read

    def knocks(self, moment: datetime) -> None:
        self.desk.now = moment
        knock(self.deps)


@pytest.fixture
def night(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Night:
    """The day before there was a message to send."""
    desk.now = hki("2026-10-01T12:00")
    desk.due("U0AINO0001")
    return Night(desk, monkeypatch)


def test_it_is_done_at_three_in_helsinki_and_not_again_that_day(night: Night) -> None:
    night.knocks(hki("2026-11-24T03:00"))
    night.tidied.clear()
    for hour in range(24):
        night.knocks(hki("2026-11-24T12:00") + timedelta(hours=hour))
        assert len(night.tidied) == (hour >= 15)


@pytest.mark.parametrize("started", ["2026-11-25T03:59", "2026-11-25T12:00", "2026-11-26T02:59"])
def test_a_bot_that_was_away_at_three_catches_up_when_it_starts(night: Night, started: str) -> None:
    night.knocks(hki("2026-11-24T03:00"))
    night.knocks(hki(started))
    assert night.tidied == ["all", "all"]


@pytest.mark.parametrize("hour_before", ["2026-10-24T21:10", "2027-03-27T22:10"])
def test_b24_it_is_done_once_in_the_night_when_three_oclock_comes_twice_or_never(
    night: Night, hour_before: str
) -> None:
    moment = datetime.fromisoformat(hour_before).replace(tzinfo=UTC)
    night.knocks(moment)
    night.tidied.clear()
    for ten_minutes in range(24 * 6):
        night.knocks(moment + timedelta(minutes=10 * ten_minutes))
    assert night.tidied == ["all"]


def test_a_log_that_is_read_is_tried_again_at_each_knock_and_the_tables_are_not_written_anew_each_time(
    night: Night,
) -> None:
    night.log_is_read = True
    for minutes in (0, 10, 20):
        night.knocks(hki("2026-11-25T03:00") + timedelta(minutes=minutes))
    night.log_is_read = False
    for minutes in (30, 40):
        night.knocks(hki("2026-11-25T03:00") + timedelta(minutes=minutes))
    assert night.tidied == ["all", "log", "log", "log"]
    assert night.people.asked == 1


def test_a_table_that_cannot_be_written_anew_for_now_is_tried_again_at_the_next_knock(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_held(_database: Database, *, log_only: bool = False) -> bool:
        raise Unavailable

    with monkeypatch.context() as held:
        held.setattr(Database, "tidy", is_held)
        night.knocks(hki("2026-11-25T03:00"))
    night.knocks(hki("2026-11-25T03:10"))
    assert night.tidied == ["all"]


def test_a_night_that_fails_is_tried_again_and_told_by_the_timetable(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_database: Database, *, log_only: bool = False) -> bool:
        raise RuntimeError

    with monkeypatch.context() as wrong:
        wrong.setattr(Database, "tidy", fails)
        with pytest.raises(RuntimeError):
            night.knocks(hki("2026-11-25T03:00"))
    night.knocks(hki("2026-11-25T03:10"))
    assert night.tidied == ["all"]


def test_a_slack_that_does_not_answer_does_not_stop_the_tidying(night: Night) -> None:
    night.people.silent = True
    with pytest.raises(SlackError):  # the timetable logs it
        night.knocks(hki("2026-11-25T03:40"))
    night.knocks(hki("2026-11-25T03:50"))
    assert night.tidied == ["all"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_whole_night_waits_for_a_reader_is_told_after_a_day_and_finishes_when_they_are_gone(
    desk: Desk, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.LOG_PATIENCE", 50)
    desk.now = hki("2026-11-24T12:00")
    night = replace(desk.deps, people=cast("Any", People()))
    health = Health(night)
    with desk.deps.write() as session:
        audits.add(session, WORKSPACE, desk.now, "U0BERTTA01", "observation.opened", "salainensana")
        reminders.open_run(session, WORKSPACE, "digest_rule", "since", desk.now, desk.now, "closed")
    engine = desk.deps.database.engine
    with reading(database_url.removeprefix("sqlite:///"), "audit"):
        with desk.deps.write() as session:
            session.delete(session.exec(select(Audit)).one())
        for moment in ("2026-11-25T03:00", "2026-11-25T03:10", "2026-11-26T02:50"):
            desk.now = hki(moment)
            knock(night)
            assert b"salainensana" in contents(engine)
            assert of_the_night(health) == []
        desk.now = hki("2026-11-26T03:20")
        knock(night)
        (reason,) = of_the_night(health)
        assert "not been finished for 24 hours" in reason
    desk.now = hki("2026-11-26T03:30")
    knock(night)
    assert of_the_night(health) == []
    assert b"salainensana" not in contents(engine)
    health.close()


def night_of(desk: Desk, day: str) -> None:
    desk.now = local_instant(date.fromisoformat(day), time(3, 30))
    knock(replace(desk.deps, people=cast("Any", People())))


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
        return sorted(session.exec(select(Run.occurrence).where(Run.kind != "night")))


def sent_round(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 3, 11, 5, tzinfo=UTC)
    desk.verdicts["U0CECILIA1"] = Skip()
    assert open_round(desk)
    send(desk)
    with desk.deps.write() as session:  # PostgreSQL has written what its own clock shows, whatever day it is here
        session.connection().execute(update(ChannelGate).values(free_at=desk.now))


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


def test_the_mark_of_a_message_tells_nothing_once_its_recipient_is_forgotten(desk: Desk) -> None:
    with desk.deps.write() as session:
        session.add(Installation(workspace=WORKSPACE, key_check="k", salt="s"))
    desk.due("U0AINO0001", kind="report_reminder")
    desk.due("U0AINO0001", kind="feedback", occurrence="1")
    with desk.deps.read() as session:
        before = {row.kind: row.key for row in session.exec(select(Delivery))}
        assert before["report_reminder"] == ledger.mark_of(
            session, WORKSPACE, "report_reminder", "2026-12-03", "U0AINO0001"
        )
    desk.now += timedelta(days=200)
    ledger.forget_old(desk.deps)
    with desk.deps.read() as session:
        after = {row.kind: (row.key, row.recipient) for row in session.exec(select(Delivery))}
    assert after["feedback"] == (before["feedback"], before["feedback"])
    assert after["report_reminder"][0] == after["report_reminder"][1] != before["report_reminder"]

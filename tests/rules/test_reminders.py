"""When reminders go out: the rhythm, the moved and the skipped ones, each person's clock, and what is too late."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.rules.reminders import (
    Past,
    Round,
    Rule,
    due,
    fan_out,
    is_away,
    nudge_from,
    rounds,
    send_at,
    tomorrow,
    upcoming,
    wants,
)
from bot.rules.weeks import HOME, local_instant
from storage.models import Network, Person
from tests.clocks import hki

FIRST_THURSDAYS = Rule.of(Network(workspace="T1"))
NEW_YORK, TOKYO = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")


def after(occurrence: str | None = None, since: str = "2026-06-01T12:00") -> Past:
    return Past(hki(since), occurrence)


def days(rule: Rule, first: str, last: str) -> list[str]:
    return [one.day.isoformat() for one in rounds(rule, date.fromisoformat(first), date.fromisoformat(last))]


def rule(cadence: str, weekday: int, at: str = "09:00") -> Rule:
    return Rule(cadence, weekday, time.fromisoformat(at))


def the_only(found: Round | None) -> Round:
    assert found is not None
    return found


def test_by_default_it_is_the_first_thursday_of_the_month_at_one() -> None:
    assert days(FIRST_THURSDAYS, "2026-08-01", "2027-08-31") == [
        "2026-08-06", "2026-09-03", "2026-10-01", "2026-11-05", "2026-12-03", "2027-01-07", "2027-02-04", "2027-03-04",
        "2027-04-01", "2027-05-07", "2027-06-03", "2027-08-05",
    ]  # fmt: skip
    first = next(rounds(FIRST_THURSDAYS, date(2026, 12, 1), date(2026, 12, 31)))
    assert (first.occurrence, first.opens_at) == ("2026-12-03", hki("2026-12-03T13:00"))


def test_b22_monday_is_monday() -> None:
    assert days(rule("weekly", 0), "2026-10-19", "2026-10-27") == ["2026-10-19", "2026-10-26"]
    assert [one.opens_at for one in rounds(rule("weekly", 0), date(2026, 10, 19), date(2026, 10, 27))] == [
        hki("2026-10-19T09:00"),
        hki("2026-10-26T09:00"),
    ]


def test_b24_at_a_changed_hour_there_is_one_round() -> None:
    sundays = [
        Round("2026-10-25", date(2026, 10, 25), local_instant(date(2026, 10, 25), time(3, 30)), hki("2027-01-01"))
    ]
    assert sundays[0].opens_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    around = [one.occurrence for one in rounds(rule("weekly", 4, "16:45"), date(2026, 10, 19), date(2026, 11, 1))]
    assert around == ["2026-10-23", "2026-10-30"]


def test_b25_the_wall_clock_stays_when_the_clocks_change() -> None:
    found = [one.opens_at for one in rounds(rule("weekly", 0), date(2026, 10, 19), date(2026, 11, 2))]
    assert [f"{one:%m-%dT%H}" for one in found] == ["10-19T06", "10-26T07", "11-02T07"]


def test_b27_the_first_weekday_never_drifts() -> None:
    for weekday in range(5):
        found = [
            date.fromisoformat(one.occurrence)
            for one in rounds(rule("monthly", weekday), date(2026, 1, 1), date(2029, 12, 31))
        ]
        assert all(day.day <= 7 and day.weekday() == weekday for day in found)
        assert len({(day.year, day.month) for day in found}) == len(found)


def test_every_other_week_stays_so_over_week_53() -> None:
    found = [
        date.fromisoformat(one.occurrence) for one in rounds(rule("biweekly", 1), date(2026, 8, 1), date(2028, 12, 31))
    ]
    assert {(b - a).days % 14 for a, b in pairwise(found)} == {0}


def test_b31_a_holiday_moves_it_to_the_next_working_day_and_seasons_skip_it() -> None:
    assert days(rule("weekly", 4), "2026-04-01", "2026-04-12") == ["2026-04-07", "2026-04-10"]
    assert days(rule("weekly", 4), "2026-06-15", "2026-08-10") == ["2026-06-22", "2026-06-26", "2026-08-07"]
    assert days(rule("weekly", 3), "2026-12-14", "2027-01-10") == ["2026-12-17", "2027-01-07"]
    assert days(rule("monthly", 2), "2027-01-01", "2027-02-28") == ["2027-02-03"]


def test_off_is_off() -> None:
    assert days(rule("off", 3), "2026-01-01", "2027-12-31") == []
    assert upcoming(rule("off", 3), hki("2026-11-25T12:00"), after()) is None


def test_a_round_opens_at_its_time_and_not_before() -> None:
    assert due(FIRST_THURSDAYS, hki("2026-12-03T12:59:59"), after()) is None
    assert the_only(due(FIRST_THURSDAYS, hki("2026-12-03T13:00"), after())).occurrence == "2026-12-03"
    assert due(FIRST_THURSDAYS, hki("2026-12-03T13:00"), after("2026-12-03")) is None


def test_b20_a_late_wake_up_opens_it_late_and_a_stale_one_not_at_all() -> None:
    assert the_only(due(FIRST_THURSDAYS, hki("2026-12-07T16:59"), after())).occurrence == "2026-12-03"
    assert due(FIRST_THURSDAYS, hki("2026-12-07T17:00"), after()) is None
    weekly = rule("weekly", 3)
    assert due(weekly, hki("2026-11-25T10:00"), after("2026-10-29")) is None
    assert the_only(due(weekly, hki("2026-11-26T09:00"), after("2026-10-29"))).occurrence == "2026-11-26"


def test_b20_what_is_late_does_not_spill_into_a_closed_season() -> None:
    before_christmas = next(rounds(rule("weekly", 1), date(2026, 12, 22), date(2026, 12, 22)))
    assert before_christmas.expires_at == hki("2026-12-22T17:00")


def test_another_weekday_chosen_within_the_month_brings_no_second_round() -> None:
    fridays = rule("monthly", 4)
    assert due(fridays, hki("2026-12-04T10:00"), after("2026-12-03")) is None
    assert the_only(upcoming(fridays, hki("2026-12-04T08:00"), after("2026-12-03"))).occurrence == "2027-02-05"
    assert the_only(upcoming(fridays, hki("2026-12-04T08:00"), after())).occurrence == "2026-12-04"


def test_a_rule_calls_up_nothing_of_the_time_before_it() -> None:
    just_installed = after(since="2026-12-03T13:01")
    assert due(FIRST_THURSDAYS, hki("2026-12-03T13:02"), just_installed) is None
    assert the_only(upcoming(FIRST_THURSDAYS, hki("2026-12-03T13:02"), just_installed)).occurrence == "2027-01-07"


def test_each_person_gets_it_by_their_own_clock() -> None:
    (one,) = rounds(FIRST_THURSDAYS, date(2026, 12, 3), date(2026, 12, 3), [NEW_YORK, TOKYO])
    assert one.opens_at == datetime(2026, 12, 3, 4, tzinfo=UTC)  # 13:00 in Tokyo
    at = {zone: send_at(one, FIRST_THURSDAYS, one.opens_at, zone) for zone in (TOKYO, HOME, NEW_YORK)}
    assert {f"{moment.astimezone(zone):%dT%H:%M}" for zone, moment in at.items()} == {"03T13:00"}


def test_what_is_late_waits_for_the_persons_own_working_hours() -> None:
    (one,) = rounds(FIRST_THURSDAYS, date(2026, 12, 3), date(2026, 12, 3))
    assert send_at(one, FIRST_THURSDAYS, hki("2026-12-03T20:00"), HOME) == hki("2026-12-04T08:00")
    assert send_at(one, FIRST_THURSDAYS, hki("2026-12-03T14:10"), HOME) == hki("2026-12-03T14:10")


def test_tomorrow_is_the_next_open_day() -> None:
    assert tomorrow(FIRST_THURSDAYS, hki("2026-12-03T13:05"), HOME) == (date(2026, 12, 4), hki("2026-12-04T13:00"))
    assert tomorrow(FIRST_THURSDAYS, hki("2026-12-04T13:05"), HOME)[0] == date(2026, 12, 7)
    assert tomorrow(FIRST_THURSDAYS, hki("2026-12-22T13:05"), HOME)[0] == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2026-11-03", True), ("2026-12-18", True), ("2026-12-21", False), ("2027-01-06", False), ("2027-01-07", True)],
)
def test_b36_absence_counts_from_its_first_to_its_last_day(day: str, wanted: bool) -> None:
    person = Person(workspace="T1", user="U1", absence_start=date(2026, 12, 21), absence_end=date(2027, 1, 6))
    assert wants(person, date.fromisoformat(day)) is wanted
    assert is_away(person, date.fromisoformat(day)) is not wanted


def test_those_missing_are_nudged_on_the_third_working_day_at_the_earliest() -> None:
    assert nudge_from(date(2026, 11, 5)) == date(2026, 11, 10)  # a Thursday; then Friday, Monday, Tuesday
    assert nudge_from(date(2026, 12, 4)) == date(2026, 12, 9)
    assert nudge_from(date(2027, 3, 24)) == date(2027, 3, 31)  # over Easter


def test_nothing_chosen_is_a_yes_and_a_no_is_a_no() -> None:
    day = date(2026, 12, 3)
    assert wants(None, day)
    assert wants(Person(workspace="T1", user="U1"), day)
    assert not wants(Person(workspace="T1", user="U1", reminders=False), day)


def test_a_pause_lasts_through_its_last_day() -> None:
    person = Person(workspace="T1", user="U1", paused_until=date(2026, 12, 3))
    assert not wants(person, date(2026, 12, 3))
    assert wants(person, date(2026, 12, 4))


def test_a_hundred_people_take_a_minute_and_a_half() -> None:
    assert (fan_out(0), fan_out(10), fan_out(106)) == (timedelta(0), timedelta(0), timedelta(seconds=96))

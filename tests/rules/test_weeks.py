"""Local days, ISO weeks, working days and instants, at the edges where they are usually wrong."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.weeks import (
    HOME,
    in_closed_season,
    is_open,
    is_working_day,
    iso_week,
    local_day,
    local_instant,
    months_before,
    next_working_day,
    open_instant,
    week_count,
    working_instant,
    zone_of,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "week"),
    [
        ("2026-10-18T20:59:59", 202642), ("2026-10-18T21:00:00", 202643), ("2026-10-25T21:59:59", 202643),
        ("2026-10-25T22:00:00", 202644), ("2027-03-21T21:59:59", 202711), ("2027-03-21T22:00:00", 202712),
        ("2027-03-28T20:59:59", 202712), ("2027-03-28T21:00:00", 202713),
    ],
)  # fmt: skip
def test_b30_a_week_ends_at_midnight_in_helsinki(instant: str, week: int) -> None:
    assert iso_week(local_day(utc(instant))) == week


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-12-28", 202653), ("2027-01-01", 202653), ("2027-01-04", 202701), ("2025-12-29", 202601),
        ("2028-01-02", 202752), ("2029-12-31", 203001),
    ],
)  # fmt: skip
def test_b28_the_weeks_at_new_year_belong_to_their_iso_year(day: str, week: int) -> None:
    assert iso_week(date.fromisoformat(day)) == week


def test_weeks_are_counted_on_over_week_53() -> None:
    monday, after = date(2026, 12, 28), date(2027, 1, 4)
    assert week_count(after) - week_count(monday) == 1
    assert week_count(monday) == week_count(date(2027, 1, 3))


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        ("2026-10-25", "03:30", "2026-10-25T00:30"),  # happens twice: the first
        ("2026-10-25", "04:00", "2026-10-25T02:00"),
        ("2027-03-28", "03:30", "2027-03-28T01:00"),  # does not exist: when the clock leaps
        ("2027-03-28", "03:00", "2027-03-28T01:00"),
        ("2027-03-28", "04:00", "2027-03-28T01:00"),
        ("2027-03-28", "02:59", "2027-03-28T00:59"),
        ("2026-10-19", "09:00", "2026-10-19T06:00"),
        ("2026-10-26", "09:00", "2026-10-26T07:00"),
    ],
)  # fmt: skip
def test_b24_a_local_time_is_one_instant(day: str, at: str, instant: str) -> None:
    assert local_instant(date.fromisoformat(day), time.fromisoformat(at)) == utc(instant)


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_b24_every_quarter_hour_of_two_years_is_one_instant_in_order(zone: str) -> None:
    there = ZoneInfo(zone)
    day, before = date(2026, 1, 1), utc("2025-12-01T00:00")
    while day < date(2028, 1, 1):
        for quarter in range(0, 24 * 4, 7):
            at = time(quarter // 4, quarter % 4 * 15)
            instant = local_instant(day, at, there)
            shown = instant.astimezone(there).replace(tzinfo=None)
            assert instant > before
            assert timedelta(0) <= shown - datetime.combine(day, at) <= timedelta(hours=1)
            before = instant
        day += timedelta(days=1)


def test_epochs_that_were_computed_elsewhere() -> None:
    nine = time(9)
    assert local_instant(date(2026, 10, 19), nine).timestamp() == 1792389600
    assert local_instant(date(2026, 10, 26), nine).timestamp() == 1792998000
    assert local_instant(date(2027, 3, 29), nine).timestamp() == 1806300000


CLOSED = (
    "2026-01-06 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-06-19 2026-10-31 2026-12-06 2026-12-24 2026-12-25"
    " 2027-01-01 2027-01-06 2027-03-26 2027-03-29 2027-05-01 2027-05-06 2027-06-25 2027-11-06 2027-12-06 2027-12-24"
)
ORDINARY = "2026-12-07 2026-06-18 2026-10-05 2026-04-09 2026-04-30 2026-12-31 2027-03-25 2028-02-29"


@pytest.mark.parametrize("day", CLOSED.split())
def test_b31_holidays_and_both_eves_are_no_working_days(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ORDINARY.split())
def test_b31_flag_days_and_days_before_holidays_are_working_days(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


def test_b31_a_closed_day_moves_to_the_next_working_day() -> None:
    assert next_working_day(date(2026, 6, 19)) == date(2026, 6, 22)
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 4, 9)) == date(2026, 4, 9)


def test_the_closed_seasons_are_july_and_the_turn_of_the_year() -> None:
    closed = ("2026-07-01", "2026-07-31", "2026-12-23", "2026-12-31", "2027-01-01", "2027-01-06")
    beside = ("2026-06-30", "2026-08-01", "2026-12-22", "2027-01-07")
    assert all(in_closed_season(date.fromisoformat(day)) for day in closed)
    assert not any(in_closed_season(date.fromisoformat(day)) for day in beside)
    assert is_open(date(2027, 1, 7))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-12-03T11:00", "2026-12-03T11:00"),
        ("2026-12-03T05:59", "2026-12-03T06:00"),
        ("2026-12-03T06:00", "2026-12-03T06:00"),
        ("2026-12-03T14:59", "2026-12-03T14:59"),
        ("2026-12-03T15:00", "2026-12-04T06:00"),
        ("2026-12-04T15:00", "2026-12-07T06:00"),  # a weekend, whose Sunday is Independence Day
        ("2026-12-22T15:00", "2027-01-07T06:00"),
        ("2026-12-03T22:30", "2026-12-04T06:00"),  # the next local day already
    ],
)
def test_a_moment_outside_working_hours_waits_for_the_next_one(moment: str, opens: str) -> None:
    assert open_instant(utc(moment)) == utc(opens)


@pytest.mark.parametrize(
    ("moment", "begins"),
    [
        ("2026-07-08T11:00", "2026-07-08T11:00"),  # what a person waits for comes in July as well
        ("2026-07-10T15:00", "2026-07-13T05:00"),
        ("2026-12-23T15:00", "2026-12-28T06:00"),
        ("2026-12-04T15:00", "2026-12-07T06:00"),
    ],
)
def test_what_is_waited_for_goes_in_the_closed_seasons_too(moment: str, begins: str) -> None:
    assert working_instant(utc(moment)) == utc(begins)


@pytest.mark.parametrize("name", [None, "", "Mars/Olympus", "Europe", "../../etc/passwd", "\0"])
def test_b12_an_unknown_zone_is_helsinki(name: str | None) -> None:
    assert zone_of(name) == HOME


def test_a_known_zone_is_kept() -> None:
    assert zone_of("America/New_York") == ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-12-07", 6, "2026-06-07"), ("2026-12-07", 13, "2025-11-07"), ("2027-08-31", 6, "2027-02-28"),
        ("2028-08-31", 6, "2028-02-29"), ("2027-01-31", 1, "2026-12-31"), ("2027-01-31", 0, "2027-01-31"),
    ],
)  # fmt: skip
def test_months_before_end_on_the_last_day_of_a_shorter_month(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)

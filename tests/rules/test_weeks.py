"""Local days and ISO weeks, at the edges where they are usually wrong."""

from datetime import UTC, date, datetime

import pytest

from bot.rules.weeks import iso_week, local_day


@pytest.mark.parametrize(
    ("instant", "week"),
    [
        ("2026-10-18T20:59:59", 202642), ("2026-10-18T21:00:00", 202643), ("2026-10-25T21:59:59", 202643),
        ("2026-10-25T22:00:00", 202644), ("2027-03-21T21:59:59", 202711), ("2027-03-21T22:00:00", 202712),
        ("2027-03-28T20:59:59", 202712), ("2027-03-28T21:00:00", 202713),
    ],
)  # fmt: skip
def test_b30_a_week_ends_at_midnight_in_helsinki(instant: str, week: int) -> None:
    assert iso_week(local_day(datetime.fromisoformat(instant).replace(tzinfo=UTC))) == week


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-12-28", 202653), ("2027-01-01", 202653), ("2027-01-04", 202701), ("2025-12-29", 202601)],
)
def test_b28_the_weeks_at_new_year_belong_to_their_iso_year(day: str, week: int) -> None:
    assert iso_week(date.fromisoformat(day)) == week

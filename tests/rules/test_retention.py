"""The last night is the one whose three o'clock was the last to come."""

from datetime import date, datetime

import pytest

from bot.rules.retention import last_night
from tests.clocks import hki


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-11-25T02:59:59", "2026-11-24"),
        ("2026-11-25T03:00", "2026-11-25"),
        ("2026-11-25T23:59", "2026-11-25"),
        ("2026-11-26T00:00", "2026-11-25"),
        ("2027-01-01T01:00", "2026-12-31"),
    ],
)
def test_the_night_of_a_day_begins_at_three(now: str, night: str) -> None:
    assert last_night(hki(now)) == date.fromisoformat(night)


@pytest.mark.parametrize(
    ("utc", "night"),
    [
        ("2026-10-25T00:00+00:00", "2026-10-25"),  # three o'clock for the first time
        ("2026-10-25T01:30+00:00", "2026-10-25"),  # and half past three for the second time
        ("2027-03-28T00:59+00:00", "2027-03-27"),
        ("2027-03-28T01:00+00:00", "2027-03-28"),  # the clocks leap from three to four
    ],
)
def test_when_clocks_change_there_is_one_night_too(utc: str, night: str) -> None:
    assert last_night(datetime.fromisoformat(utc)) == date.fromisoformat(night)

"""What a coordinator takes out: half-years, and the days of which those without a name are taken."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.commands import Command, understand
from bot.rules.exports import DAY_MISSING, LAST_FIRST, Selection, half_of, mistakes
from bot.rules.summaries import Period, halves_of


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-04-01", "2026-04-01", "2026-09-30"),
        ("2026-09-30", "2026-04-01", "2026-09-30"),
        ("2026-10-01", "2026-10-01", "2027-03-31"),
        ("2026-12-31", "2026-10-01", "2027-03-31"),
        ("2027-01-01", "2026-10-01", "2027-03-31"),
        ("2027-03-31", "2026-10-01", "2027-03-31"),
    ],
)
def test_half_years_begin_in_april_and_in_october(day: str, first: str, last: str) -> None:
    assert half_of(date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("day", [date.min, date(1, 4, 1), date(9999, 10, 1), date.max])
def test_at_the_ends_of_the_calendar_there_are_half_years_too(day: date) -> None:
    first, last = half_of(day)
    assert Period(first, last).is_half
    assert Period(first, last).before.is_half
    assert halves_of(Period(day, date.max)) == ()
    assert Period(first, date.max).over_on == date.max


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_those_without_a_name_are_taken_by_whole_half_years(first: date, days: int) -> None:
    begins, ends = Selection(first, first + timedelta(days=days)).unnamed
    assert begins == half_of(begins)[0] <= first
    assert ends == half_of(ends)[1] >= first + timedelta(days=days)
    assert half_of(begins)[0] == half_of(first)[0]


def test_days_are_asked_for_and_must_come_in_order() -> None:
    day = date(2026, 10, 5)
    assert mistakes(None, day) == {"first": DAY_MISSING}
    assert mistakes(day, None) == {"last": DAY_MISSING}
    assert mistakes(day, day - timedelta(days=1)) == {"last": LAST_FIRST}
    assert mistakes(day, day) == {}


def test_the_word_is_known_however_it_is_written() -> None:
    said = {text: understand(Command.DIGEST, text).what for text in ("vienti", " Vienti? ", "EXPORT", "", "vientiä")}
    assert said == {"vienti": "export", " Vienti? ": "export", "EXPORT": "export", "": "picture", "vientiä": "help"}

"""What a person's and a network's settings may be."""

from datetime import date, timedelta

import pytest

from bot.rules.people import TIMES, absence_mistakes, network_mistakes, pause_mistake
from storage.models import Network

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (None, None, []),
        ("2026-12-21", "2027-01-06", []),
        ("2026-11-02", "2026-11-02", []),
        ("2026-10-20", "2026-11-02", []),
        ("2026-12-21", None, ["absence_end"]),
        (None, "2026-12-21", ["absence_start"]),
        ("2026-12-21", "2026-12-20", ["absence_end"]),
        ("2026-10-01", "2026-11-01", ["absence_end"]),
        ("2026-12-21", "2029-12-21", ["absence_end"]),
    ],
)
def test_b36_an_absence_has_two_ends_in_order(start: str | None, end: str | None, wrong: list[str]) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    assert list(absence_mistakes(first, last, TODAY)) == wrong


def test_a_pause_ends_today_or_later_and_within_two_years() -> None:
    assert pause_mistake(TODAY, TODAY) is None
    assert pause_mistake(TODAY - timedelta(days=1), TODAY)
    assert pause_mistake(TODAY + timedelta(days=800), TODAY)
    assert pause_mistake(None, TODAY)


def test_the_shipped_settings_are_allowed() -> None:
    assert network_mistakes(Network(workspace="T1"), ("fi", "sv", "en")) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reminder_cadence", "hourly"), ("reminder_weekday", 5), ("reminder_weekday", -1), ("reminder_time", "07:45"),
        ("reminder_time", "17:00"), ("reminder_time", "09:10"), ("reminder_place", "everywhere"), ("digest_weekday", 6),
        ("digest_time", "0800"), ("language", "de"), ("min_group", 4), ("min_group", -1), ("min_group", 1000),
    ],
)  # fmt: skip
def test_what_no_network_may_have_is_named(name: str, value: object) -> None:
    assert list(network_mistakes(Network(workspace="T1", **{name: value}), ("fi", "sv", "en"))) == [name]


def test_times_are_quarter_hours_of_the_working_day() -> None:
    assert (TIMES[0], TIMES[1], TIMES[-1], len(TIMES)) == ("08:00", "08:15", "16:45", 36)

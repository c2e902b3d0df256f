"""Small groups are merged until none is left, and nothing comes back by subtraction."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.summaries import Category, Table, last_halves, merge

PEOPLE = st.frozensets(st.sampled_from([f"U{number}" for number in range(12)] + [""]), min_size=1)
FLOOR = 5


@st.composite
def categories(draw: st.DrawFn) -> list[Category]:
    found = draw(st.dictionaries(st.sampled_from("abcdefgh") | st.none(), PEOPLE, max_size=8))
    return [Category(code, len(who) + draw(st.integers(0, 9)), who) for code, who in found.items()]


def behind(found: list[Category], codes: set[str | None]) -> int:
    return len(frozenset().union(*(one.who for one in found if one.code in codes)))


@given(categories(), st.integers(1, 8))
def test_nothing_below_the_floor_is_seen_or_comes_back_by_subtraction(found: list[Category], floor: int) -> None:
    table = merge(found, floor)
    shown = {code for code, _ in table.rows}
    hidden = {one.code for one in found} - shown
    if table == Table():
        assert behind(found, hidden) < floor  # all of them together are too few
        return
    assert all(behind(found, {code}) >= floor for code in shown)
    assert not hidden or behind(found, hidden) >= floor  # what total less the rows would tell
    assert (table.merged is not None) == bool(hidden)
    assert sum(count for _, count in table.rows) + (table.merged or 0) == sum(one.count for one in found)


@given(categories(), st.integers(1, 8))
def test_no_more_is_merged_than_is_needed(found: list[Category], floor: int) -> None:
    table = merge(found, floor)
    shown = {code for code, _ in table.rows}
    large = {one.code for one in found if len(one.who) >= floor}
    small = {one.code for one in found} - large
    if table != Table():
        assert len(large - shown) == (1 if small and behind(found, small) < floor else 0)


@given(categories(), st.randoms())
def test_the_order_of_the_categories_changes_nothing(found: list[Category], chance: object) -> None:
    turned = list(found)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert merge(turned, FLOOR) == merge(found, FLOOR)


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    many, some, few = (frozenset(f"U{number}" for number in range(count)) for count in (9, 6, 2))
    found = [Category("a", 20, many), Category("b", 7, some), Category("c", 3, few)]
    assert merge(found, FLOOR) == Table((("a", 20),), 10)


def test_all_without_a_name_count_as_one_person() -> None:
    assert merge([Category("a", 40, frozenset([""]))], FLOOR) == Table()


@pytest.mark.parametrize(
    ("today", "first", "middle", "last"),
    [
        (date(2026, 11, 25), date(2025, 10, 1), date(2026, 4, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2025, 10, 1), date(2026, 4, 1), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2025, 4, 1), date(2025, 10, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2025, 4, 1), date(2025, 10, 1), date(2026, 3, 31)),
        (date(2027, 1, 1), date(2025, 10, 1), date(2026, 4, 1), date(2026, 9, 30)),
        (date(2028, 2, 29), date(2026, 10, 1), date(2027, 4, 1), date(2027, 9, 30)),
        (date(2028, 3, 31), date(2026, 10, 1), date(2027, 4, 1), date(2027, 9, 30)),
    ],
)
def test_the_last_two_half_years_have_ended(today: date, first: date, middle: date, last: date) -> None:
    assert last_halves(today) == ((middle, last), (first, middle - timedelta(days=1)))

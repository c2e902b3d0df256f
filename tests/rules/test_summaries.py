"""Small groups are counted together until none is left, nothing comes back by subtraction, and periods have an end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import summaries as rules
from bot.rules.summaries import (
    ATTRIBUTES,
    MERGED,
    Counted,
    Period,
    PublishedTables,
    Row,
    Table,
    beside,
    corrected,
    count,
    grouped,
    halves_of,
    last_halves,
    median_of,
    together,
)

FLOOR = 5
PARENTS = {"a": "", "b": "", "c": "", "p1": "p", "p2": "p", "p3": "p", "q1": "q", "q2": "q", "p": "p", "q": "q"}
KNOWN = dict.fromkeys(ATTRIBUTES, PARENTS)
CODES, PEOPLE = st.sampled_from(sorted(PARENTS)), st.sampled_from([f"U{number}" for number in range(12)] + [""])
FILED = st.lists(st.tuples(CODES, PEOPLE), max_size=60)
SPRING, AUTUMN = (
    Period(date(2025, 10, 1), date(2026, 3, 31)),
    Period(date(2026, 4, 1), date(2026, 9, 30)),
)


@st.composite
def observations(draw: st.DrawFn, most: int = 60) -> list[Counted]:
    codes = st.tuples(*[CODES] * len(ATTRIBUTES))
    found = draw(st.lists(st.tuples(codes, PEOPLE, st.none() | st.integers(0, 90)), max_size=most))
    return [Counted(f"{place:032}", who, code, days) for place, (code, who, days) in enumerate(found)]


def made(rows: Sequence[Counted], period: Period = AUTUMN, version: int = 1, floor: int = FLOOR) -> PublishedTables:
    return PublishedTables(period, version, floor, period.last, count(rows, KNOWN, floor), median_of(rows))


def filed_by(people: int, code: str, start: int = 0, each: int = 1) -> list[Counted]:
    """So many observations of one code by each of so many people."""
    found = [(f"U{start + n}", n * each + again) for n in range(people) for again in range(each)]
    return [Counted(f"{code}{start + place:030}", who, (code,) * len(ATTRIBUTES)) for who, place in found]


def shown(rows: Sequence[Counted], floor: int = FLOOR) -> Table:
    return made(rows, floor=floor).table("theme")


@given(FILED, st.integers(1, 8))
def test_nothing_below_the_floor_is_seen_or_comes_back_by_subtraction(found: list[tuple[str, str]], floor: int) -> None:
    groups = together(grouped(found, PARENTS), floor)
    if not groups:
        assert len({who for _, who in found}) < floor
        return
    assert all(len(one.who) >= floor for one in groups)
    assert sum(one.count for one in groups) == len(found)
    assert sorted(code for one in groups for code in one.codes) == sorted({code for code, _ in found})


@given(FILED, st.integers(1, 8), st.integers(0, 6))
def test_a_higher_floor_only_joins_more(found: list[tuple[str, str]], floor: int, more: int) -> None:
    fine, coarse = (together(grouped(found, PARENTS), wanted) for wanted in (floor, floor + more))
    assert not coarse or all(any(one.codes <= other.codes for other in coarse) for one in fine)


@given(observations(), st.randoms())
def test_the_order_in_which_they_are_read_changes_nothing(rows: list[Counted], chance: object) -> None:
    turned = list(rows)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert made(turned) == made(rows)


@given(observations())
def test_the_totals_of_all_attributes_are_the_same(rows: list[Counted]) -> None:
    tables = made(rows)
    totals = {sum(cell.count for cell in cells) for cells in tables.cells.values()}
    assert totals <= {len(rows)}
    assert bool(totals) == (len({row.person for row in rows}) >= FLOOR)


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert shown([*filed_by(9, "a", each=2), *filed_by(6, "b"), *filed_by(2, "c")]) == Table((("a", 18),), 8)


def test_a_municipality_falls_into_its_sub_region_before_anything_else() -> None:
    rows = [*filed_by(9, "p1"), *filed_by(2, "p2", 9), *filed_by(2, "p3", 11), *filed_by(7, "q1")]
    assert shown(rows) == Table((("p*", 13), ("q1", 7)))
    rows = [*filed_by(9, "p1"), *filed_by(3, "p2", 9), *filed_by(3, "p3", 12), *filed_by(7, "q1")]
    assert shown(rows) == Table((("p1", 9), ("q1", 7), ("p*", 6)))


def test_a_sub_region_that_is_too_small_falls_into_the_set_without_a_name() -> None:
    rows = [*filed_by(9, "p1"), *filed_by(2, "q1"), *filed_by(2, "q2", 2), *filed_by(3, "a", 4)]
    assert shown(rows) == Table((("p1", 9),), 7)


def test_all_without_a_name_count_as_one_person() -> None:
    rows = [Counted(f"{n}", "", ("a",) * len(ATTRIBUTES)) for n in range(40)]
    assert made(rows).cells == {}


def test_where_one_attribute_has_too_few_people_no_attribute_of_the_period_is_shown() -> None:
    tables = made(filed_by(4, "a", each=20))
    assert tables.cells == {}
    assert tables.total == 0
    assert [tables.table(name) for name in ATTRIBUTES] == [Table()] * len(ATTRIBUTES)


def test_what_has_no_row_is_counted_with_the_small_ones_whether_it_is_small_or_nothing() -> None:
    tables = made([*filed_by(9, "a"), *filed_by(3, "b"), *filed_by(3, "c", 3)])
    (merged,) = [cell for cell in tables.cells["theme"] if cell.name == MERGED]
    assert merged.codes == set(PARENTS) - {"a"}
    assert tables.table("theme") == Table((("a", 9),), 6)
    assert not made(filed_by(9, "a")).table("theme").merged


def test_the_median_counts_who_still_waits_and_is_not_told_where_most_do() -> None:
    rows = [Counted(f"{n}", "", (), days) for n, days in enumerate([1, 3, 9, None, None])]
    assert median_of(rows) == 9
    assert median_of([*rows, rows[-1]]) is None
    assert median_of([]) is None


def test_periods_stand_beside_each_other_on_the_finest_partition_that_they_share() -> None:
    one = made([*filed_by(9, "a"), *filed_by(6, "b"), *filed_by(3, "c"), *filed_by(3, "p1", 3)], SPRING)
    two = made([*filed_by(8, "a"), *filed_by(5, "c"), *filed_by(7, "p1"), *filed_by(4, "b"), *filed_by(3, "q1", 4)])
    assert one.table("theme") == Table((("a", 9), ("b", 6)), 6)
    assert two.table("theme") == Table((("a", 8), ("p1", 7), ("c", 5)), 7)
    assert beside([one, two], "theme") == (Row("a", (9, 8)), Row(MERGED, (12, 19), is_wider=True))


def test_a_sub_region_keeps_its_name_where_one_period_tells_its_municipalities_apart() -> None:
    one = made([*filed_by(9, "p1"), *filed_by(3, "p2"), *filed_by(3, "p3", 3)], SPRING)
    two = made([*filed_by(4, "p1"), *filed_by(3, "p2", 4)])
    assert beside([one, two], "area") == (Row("p*", (15, 7), is_wider=True),)


def test_where_one_period_tells_no_numbers_nothing_stands_beside() -> None:
    assert beside([made(filed_by(2, "a"), SPRING), made(filed_by(9, "a"))], "theme") == ()


@given(observations(), observations())
def test_nothing_is_counted_anew_for_two_periods_beside_each_other(one: list[Counted], two: list[Counted]) -> None:
    tables = [made(one, SPRING), made(two)]
    for attribute in ATTRIBUTES:
        rows = beside(tables, attribute)
        sums = [sum(row.counts[place] for row in rows) for place in (0, 1)]
        assert sums == ([len(one), len(two)] if rows else [0, 0])
        assert len([row for row in rows if row.name == MERGED]) <= 1


BEFORE = [*filed_by(9, "a"), *filed_by(8, "b", 9), *filed_by(6, "c", 20)]


def counted_as(rows: Sequence[Counted]) -> tuple[PublishedTables, rules.Members]:
    return made(rows), {row.key: row.codes for row in rows}


def reclassified(rows: Sequence[Counted], places: Sequence[int], code: str) -> list[Counted]:
    codes = (code,) * len(rules.OF_VOCABULARIES)
    return [
        replace(row, codes=codes + row.codes[len(codes) :]) if place in places else row
        for place, row in enumerate(rows)
    ]


def test_a_correction_of_observations_of_few_people_waits_for_the_next_period() -> None:
    changed = reclassified(BEFORE, range(4), "b")
    assert corrected(changed, KNOWN, FLOOR, [counted_as(BEFORE)]) is None
    assert corrected(BEFORE[1:], KNOWN, FLOOR, [counted_as(BEFORE)]) is None  # one was withdrawn


def test_a_correction_of_observations_of_enough_people_is_a_new_version_in_the_same_partition() -> None:
    late = filed_by(5, "b", 40)
    cells = corrected([*BEFORE, *late], KNOWN, FLOOR, [counted_as(BEFORE)])
    assert cells is not None
    assert {cell.name: cell.count for cell in cells["theme"]} == {"a": 9, "b": 13, "c": 6}


def test_a_correction_is_measured_against_every_earlier_version() -> None:
    second = [*BEFORE, *filed_by(5, "b", 40)]
    third = [*BEFORE, *filed_by(7, "b", 40)]
    assert corrected(third, KNOWN, FLOOR, [counted_as(BEFORE)]) is not None
    assert corrected(third, KNOWN, FLOOR, [counted_as(BEFORE), counted_as(second)]) is None


def test_a_correction_that_would_make_a_row_small_is_none() -> None:
    fewer = [row for row in BEFORE if row.codes[1] != "c"]
    assert corrected([*fewer, *filed_by(2, "c", 20)], KNOWN, FLOOR, [counted_as(BEFORE)]) is None


def test_what_became_of_an_observation_meanwhile_is_no_correction() -> None:
    moved = [replace(row, codes=(*row.codes[:6], "p1", "p1", "p1")) for row in BEFORE]
    cells = corrected(moved, KNOWN, FLOOR, [counted_as(BEFORE)])
    assert cells == made(BEFORE).cells


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
    later, earlier = last_halves(today)
    assert (earlier.first, later.first, later.last) == (first, middle, last)
    assert earlier == later.before


def test_a_longer_period_is_whole_half_years_or_none() -> None:
    assert halves_of(AUTUMN) == (AUTUMN,)
    assert halves_of(Period(SPRING.first, AUTUMN.last)) == (SPRING, AUTUMN)
    assert halves_of(Period(date(2026, 4, 2), AUTUMN.last)) == ()
    assert halves_of(Period(AUTUMN.first, date(2026, 10, 1))) == ()
    assert AUTUMN.is_half
    assert not Period(SPRING.first, AUTUMN.last).is_half


def test_what_was_told_for_many_counts_as_many_people_and_as_one_observation() -> None:
    alone = [Counted(f"{n}", f"U{n}", ("a",) * len(ATTRIBUTES)) for n in range(4)]
    known = {name: {"a": "", "b": ""} for name in ATTRIBUTES}
    assert count(alone, known, 5) == {}
    for_two = [*alone[:3], replace(alone[3], behind=2)]
    assert [cell.count for cell in count(for_two, known, 5)[ATTRIBUTES[0]]] == [4]


def test_a_correction_of_one_observation_that_was_told_for_many_is_of_many_people() -> None:
    (late,) = filed_by(1, "b", 40)
    assert corrected([*BEFORE, late], KNOWN, FLOOR, [counted_as(BEFORE)]) is None
    assert corrected([*BEFORE, replace(late, behind=FLOOR)], KNOWN, FLOOR, [counted_as(BEFORE)]) is not None

"""When a digest is due, which weeks it covers, what it counts, what rises, and how it is cut into messages."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import digests as rules
from bot.rules.digests import Cell, Past, Rule, Shown, Span
from bot.rules.digests._pages import MAIN_BLOCKS, MAIN_ROOM, MOST_BLOCKS, ROOM, cost
from bot.rules.digests._rising import SURE, at_least
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import first_day, iso_week, local_day, week_after, week_label, weeks_between
from storage.models import Network, Term
from storage.vocabularies import shipped
from tests.clocks import hki

RULE = Rule.of(Network(workspace=""))
WORDS = Vocabularies.of(Term.model_validate({"workspace": "", **row}) for row in shipped())
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)


def due(moment: str, counted: int = 0, since: datetime = ALWAYS, rule: Rule = RULE) -> Span | None:
    return rules.due(rule, hki(moment), Past(since, counted))


@pytest.mark.parametrize(
    ("moment", "counted", "covers"),
    [
        ("2026-11-23T07:59", 202646, None),
        ("2026-11-23T08:00", 202646, Span(202647, 202647)),
        ("2026-11-23T08:00", 202647, None),
        ("2026-11-26T16:59", 202646, Span(202647, 202647)),  # however late
        ("2026-11-26T17:00", 202646, None),  # nobody is written to at night: it goes in the morning
        ("2026-11-28T12:00", 202646, None),  # nor on a Saturday
        ("2026-11-23T09:10", 202644, Span(202645, 202647)),  # B20: one for all missed weeks
        ("2026-11-23T07:10", 202644, None),
        ("2026-11-23T08:00", 0, Span(0, 202647)),  # the first one
        ("2027-03-29T12:00", 202711, None),  # Easter Monday
        ("2027-03-30T07:59", 202711, None),
        ("2027-03-30T08:00", 202711, Span(202712, 202712)),
        ("2027-07-12T08:00", 202726, Span(202727, 202727)),  # July is no closed season for coordinators
        ("2027-01-04T08:00", 202652, Span(202653, 202653)),  # B28
    ],
)
def test_a_digest_is_due_on_monday_at_eight_or_the_next_working_day(
    moment: str, counted: int, covers: Span | None
) -> None:
    assert due(moment, counted) == covers


def test_an_installation_calls_up_no_earlier_monday() -> None:
    installed = hki("2026-11-25T10:00")
    assert due("2026-11-27T12:00", since=installed) is None
    assert due("2026-11-30T08:00", since=installed) == Span(0, 202648)


def test_the_networks_own_weekday_and_time_count() -> None:
    rule = Rule.of(Network(workspace="", digest_weekday=3, digest_time="13:15"))
    assert due("2026-11-26T13:14", 202646, rule=rule) is None
    assert due("2026-11-26T13:15", 202646, rule=rule) == Span(202647, 202647)


def test_a_new_weekday_brings_no_week_twice() -> None:
    rule = Rule.of(Network(workspace="", digest_weekday=2))
    assert due("2026-11-24T09:00", 202647, rule=rule) is None
    assert due("2026-11-25T09:00", 202647, rule=rule) is None
    assert due("2026-12-02T08:00", 202647, rule=rule) == Span(202648, 202648)


@given(
    weekday=st.integers(0, 4),
    hours=st.lists(st.integers(1, 24 * 30), min_size=1, max_size=40),
    start=st.integers(0, 3 * 365 * 24),
)
def test_each_week_is_counted_once_and_in_order_however_often_the_clock_knocks(
    weekday: int, hours: list[int], start: int
) -> None:
    rule = Rule.of(Network(workspace="", digest_weekday=weekday))
    now = hki("2026-01-01T00:00") + timedelta(hours=start)
    past, counted = Past(now), []
    for pause in hours:
        now += timedelta(hours=pause)
        if span := rules.due(rule, now, past):
            counted += weeks_between(span.first or span.last, span.last)
            past = Past(past.since, span.last)
            assert span.last < iso_week(local_day(now))
            assert rules.due(rule, now, past) is None
    assert counted == (weeks_between(counted[0], counted[-1]) if counted else [])


def test_b28_weeks_at_new_year_have_their_own_names_and_order() -> None:
    days = [datetime(*day) for day in ((2026, 12, 28), (2027, 1, 1), (2027, 1, 4), (2025, 12, 29))]
    assert [week_label(iso_week(day)) for day in days] == ["2026-W53", "2026-W53", "2027-W01", "2026-W01"]
    assert weeks_between(202652, 202701) == [202652, 202653, 202701]
    assert week_after(202701, -1) == 202653
    assert weeks_between(202701, 202653) == []


@given(st.integers(200001, 203552).filter(lambda week: 1 <= week % 100 <= 52), st.integers(-600, 600))
def test_weeks_are_counted_without_a_break(week: int, count: int) -> None:
    assert (first_day(week_after(week, count)) - first_day(week)).days == 7 * count


@pytest.mark.parametrize(
    ("moment", "counted", "waiting", "late"),
    [
        ("2026-11-23T09:59", 202646, None, False),
        ("2026-11-23T10:00", 202646, None, True),
        ("2026-11-23T10:00", 202647, None, False),
        ("2026-11-23T10:00", 202647, "2026-11-23T08:00", True),
        ("2026-11-23T09:59", 202647, "2026-11-23T08:00", False),
        ("2027-03-29T12:00", 202711, None, False),
    ],
)
def test_a_digest_that_has_not_been_sent_by_ten_is_late(
    moment: str, counted: int, waiting: str | None, late: bool
) -> None:
    since = hki(waiting) if waiting else None
    assert rules.is_late(RULE, hki(moment), Past(ALWAYS, counted), since) is late


def test_the_counts_are_those_of_the_weeks() -> None:
    cells = [
        Cell(202647, "E", "a", 3),
        Cell(202646, "E", "b", 2),
        Cell(202640, "M", "a", 6),
        Cell(202600 + 1, "E", "a", 9),
    ]
    span, baseline = rules.span_of(Span(202647, 202647), 202601)
    assert baseline == 12
    kinds = {one.kind: one for one in rules.count_by_kind(cells, span, baseline, ["E", "M", "H"])}
    assert (kinds["E"].new, kinds["E"].previous, kinds["E"].usual) == (3, 2, 2 / 12)
    assert (kinds["M"].new, kinds["M"].usual, kinds["H"].new) == (0, 0.5, 0)
    assert kinds["M"].weeks == (0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0)
    assert rules.count_by_theme(cells, span, baseline) == ({"a": 3}, {"b": 2, "a": 6})


@pytest.mark.parametrize(
    ("asked", "first_filed", "span", "baseline"),
    [
        (Span(202647, 202647), 202645, Span(202647, 202647), 2),
        (Span(202645, 202647), 202601, Span(202645, 202647), 12),
        (Span(0, 202647), 202640, Span(202640, 202647), 0),
        (Span(0, 202647), 0, Span(202647, 202647), 0),
        (Span(0, 202647), 202648, Span(202647, 202647), 0),  # all that there is came after it
    ],
)
def test_a_digest_compares_with_no_more_weeks_than_there_were(
    asked: Span, first_filed: int, span: Span, baseline: int
) -> None:
    assert rules.span_of(asked, first_filed) == (span, baseline)


def by_brute_force(now: dict[str, int], before: dict[str, int], weeks: int, weeks_before: int) -> set[str]:
    """Every way in which each theme's observations may fall, with exact fractions; Holm's steps one by one."""
    share, chances = Fraction(weeks, weeks + weeks_before), {}
    for theme in {*now, *before}:
        n = now.get(theme, 0) + before.get(theme, 0)
        ways = range(now.get(theme, 0), n + 1)
        if n:
            chances[theme] = sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in ways)
    found: set[str] = set()
    while left := {theme: chance for theme, chance in chances.items() if theme not in found}:
        surest = min(left, key=lambda theme: (left[theme], theme))
        if left[surest] * len(left) > Fraction(SURE):
            break
        found.add(surest)
    return found


COUNTS = st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 40))


@given(COUNTS, COUNTS, st.integers(1, 6), st.integers(1, 12))
def test_rising_themes_are_those_of_the_exact_test(
    now: dict[str, int], before: dict[str, int], weeks: int, weeks_before: int
) -> None:
    found = rules.rising(now, before, weeks, weeks_before)
    assert {one.theme for one in found} == by_brute_force(now, before, weeks, weeks_before)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 12))
def test_the_chance_is_exact(least: int, more: int, weeks: int) -> None:
    of, share = least + more, Fraction(1, 1 + weeks)
    exact = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(least, of + 1))
    assert at_least(least, of, 1 / (1 + weeks)) == pytest.approx(float(exact), rel=1e-9)


def test_rising_says_how_much_and_nothing_where_there_is_nothing_to_compare_with() -> None:
    (one,) = rules.rising({"a": 9, "b": 2}, {"a": 12, "b": 24}, 1, 12)
    assert (one.theme, one.now, one.usual) == ("a", 9, 1.0)
    assert rules.rising({"a": 9}, {}, 1, 0) == []
    assert rules.rising({"a": 1}, {}, 1, 12) == []


def test_a_sub_region_is_silent_only_where_it_could_have_been_heard() -> None:
    everywhere = {"853", "430", "445", "salo"}
    assert rules.silent(everywhere, WORDS, 202601, 202647) == ["vakka-suomi"]
    assert rules.silent({"895", *everywhere}, WORDS, 202601, 202647) == []
    assert rules.silent({"koko", "useita", None}, WORDS, 202601, 202647) == [
        "loimaa", "salo", "turku", "turunmaa", "vakka-suomi",
    ]  # fmt: skip
    assert rules.silent(set(), WORDS, 202636, 202647) == []
    assert rules.silent(set(), WORDS, 0, 202647) == []


TEXTS = st.text(max_size=250) | st.text("&<>a", max_size=250)


@given(st.lists(TEXTS, max_size=150))
def test_every_observation_stands_in_one_message_within_its_budget(texts: list[str]) -> None:
    rows = [Shown(f"{place:09}", "E", "SHL11-08", "853", "uusi", text) for place, text in enumerate(texts)]
    sizes = {one.number: cost(one, WORDS) for one in rows}
    pages = rules.paged(rows, WORDS)
    assert [number for page in pages for number in page] == [one.number for one in rows]
    for place, page in enumerate(pages):
        blocks, room = (MOST_BLOCKS, ROOM) if place else (MAIN_BLOCKS, MAIN_ROOM)
        assert len(page) <= blocks
        assert sum(sizes[number] for number in page) <= room
        assert page or not place

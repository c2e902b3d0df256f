"""Statuses: only the drawn steps, with what each needs, and when a coordinator's word is due."""

from datetime import date, timedelta

import pytest

from bot.errors import AlreadyCounted, AlreadyGone, AlreadyOpened, NoLongerEditable
from bot.rules.statuses import (
    CLOSED,
    GONE,
    NAMES,
    OPEN,
    REPLIES,
    TOLD,
    Outcome,
    Status,
    Step,
    due_on,
    following,
    is_late,
    joining,
    mistakes,
    path,
    why_fixed,
)
from storage.models import Observation

TODAY = date(2026, 11, 25)
NEXT_WEEK = TODAY + timedelta(days=7)


def test_every_status_is_open_closed_or_gone() -> None:
    assert sorted((*OPEN, *CLOSED, *GONE)) == sorted(NAMES)


def test_every_status_has_an_outcome_or_is_gone() -> None:
    for status in Status:
        assert (status.traits.outcome is None) == (status in GONE), status
    assert {status.traits.outcome for status in Status} - {None} == {*Outcome}


def test_every_status_that_a_reporter_is_told_of_has_a_ready_made_answer() -> None:
    assert {*REPLIES} == {*TOLD}


def test_a_status_and_its_code_are_the_same_word_everywhere() -> None:
    assert Status("uusi") == "uusi" == f"{Status.RECEIVED}"
    assert {"uusi": 1}[Status.RECEIVED] == {Status.RECEIVED: 1}["uusi"]


def test_a_new_one_is_taken_up_or_directed_elsewhere_or_goes_through_the_hand_in_one_choice() -> None:
    assert {*following("uusi")} == DRAWN["uusi"] | DRAWN["kasittelyssa"]
    assert path("uusi", "viety") == ("kasittelyssa", "viety")
    assert path("uusi", "kasittelyssa") == ("kasittelyssa",)
    assert path("uusi", "toteutunut") == path("viety", "jaettu") == path("uusi", "") == ()


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_one_is_reopened_with_a_reason_alone(status: str) -> None:
    assert {*following(status)} == {"kasittelyssa", *DRAWN["kasittelyssa"]} - {status}
    for after in following(status):
        assert path(status, after)[0] == "kasittelyssa"
        assert "reason" in mistakes(status, Step(after, receiver="HYTE", review_on=NEXT_WEEK), TODAY)
    assert "reason" in mistakes(status, Step("kasittelyssa"), TODAY)
    assert mistakes(status, Step("kasittelyssa", reason="Tuli uutta tietoa"), TODAY) == {}


@pytest.mark.parametrize("status", GONE)
def test_nothing_leads_out_of_what_is_gone(status: str) -> None:
    assert following(status) == ()


def test_a_phenomenon_is_neither_joined_nor_directed_nor_deleted() -> None:
    for status in ("kasittelyssa", "seurannassa", "viety"):
        assert not {"yhdistetty", "ohjattu", "poistettu"} & set(following(status, phenomenon=True))


@pytest.mark.parametrize(
    ("status", "step", "missing"),
    [
        ("kasittelyssa", Step("seurannassa"), "review_date"),
        ("kasittelyssa", Step("viety", receiver="  "), "receiver"),
        ("kasittelyssa", Step("ei_toimia"), "reason"),
        ("uusi", Step("ohjattu"), "receiver"),
    ],
)
def test_a_step_says_which_words_it_needs(status: str, step: Step, missing: str) -> None:
    assert list(mistakes(status, step, TODAY)) == [missing]


DRAWN = {  # what is followed goes back into hand, or is closed
    "uusi": {"kasittelyssa", "ohjattu"},
    "kasittelyssa": {"viety", "seurannassa", "jaettu", "yhdistetty", "ei_toimia"},
    "seurannassa": {"kasittelyssa", "toteutunut", "osin", "jaettu", "yhdistetty", "ei_toimia"},
    "viety": {"toteutunut", "osin"},
}


@pytest.mark.parametrize("before", OPEN)
@pytest.mark.parametrize("after", sorted(NAMES))
def test_a_step_that_is_not_drawn_is_refused(before: str, after: str) -> None:
    step = Step(after, reason="Siksi", receiver="HYTE-työryhmä", review_on=NEXT_WEEK, reply="Kiitos")
    between = DRAWN["kasittelyssa"] if "kasittelyssa" in DRAWN[before] else set()
    allowed = (DRAWN[before] | between) - {before}  # deleting is no step of these, but an act of its own
    assert mistakes(before, step, TODAY) == (
        {} if after in allowed else {"status": mistakes("uusi", Step("osin"), TODAY)["status"]}
    )


def test_what_is_followed_is_looked_at_again_on_a_day_to_come() -> None:
    assert "review_date" in mistakes("kasittelyssa", Step("seurannassa", review_on=TODAY), TODAY)
    assert mistakes("kasittelyssa", Step("seurannassa", review_on=NEXT_WEEK), TODAY) == {}
    assert due_on("seurannassa", TODAY, NEXT_WEEK) == NEXT_WEEK


def test_the_first_word_is_due_in_14_days_and_the_next_in_60() -> None:
    assert due_on("uusi", TODAY) == TODAY + timedelta(days=14)
    assert due_on("kasittelyssa", TODAY) == due_on("viety", TODAY) == TODAY + timedelta(days=60)
    assert [due_on(status, TODAY) for status in (*CLOSED, *GONE)] == [None] * 8


def test_a_day_moves_when_a_word_is_due_only_for_what_is_followed() -> None:
    assert due_on("kasittelyssa", TODAY, NEXT_WEEK) == due_on("kasittelyssa", TODAY)
    assert list(mistakes("kasittelyssa", Step("", reply="Kiitos", review_on=NEXT_WEEK), TODAY)) == ["status"]
    assert mistakes("seurannassa", Step("", reply="Kiitos", review_on=NEXT_WEEK), TODAY) == {}
    assert list(mistakes("seurannassa", Step("", review_on=NEXT_WEEK), TODAY)) == ["reply"]


def test_a_word_is_late_the_day_after_it_was_due_and_what_is_followed_on_its_day() -> None:
    due = due_on("kasittelyssa", TODAY)
    assert due is not None

    assert not is_late("kasittelyssa", TODAY, None, due)
    assert is_late("kasittelyssa", TODAY, None, due + timedelta(days=1))
    assert is_late("seurannassa", TODAY, NEXT_WEEK, NEXT_WEEK)
    assert not is_late("seurannassa", TODAY, NEXT_WEEK, NEXT_WEEK - timedelta(days=1))
    assert not any(is_late(status, TODAY, None, date.max) for status in (*CLOSED, *GONE))


def test_an_observation_is_joined_in_one_step_or_through_the_hand() -> None:
    assert joining("kasittelyssa") == joining("seurannassa") == ("yhdistetty",)
    assert joining("uusi") == ("kasittelyssa", "yhdistetty")
    assert joining("viety") == joining("poistettu") == ()


@pytest.mark.parametrize(
    ("changes", "counted", "why"),
    [
        ({}, 202647, None),
        ({}, 0, None),
        ({}, 202648, AlreadyCounted),
        ({}, 202701, AlreadyCounted),
        ({"opened_on": date(2026, 11, 25)}, 202648, AlreadyOpened),
        ({"status": "viety", "opened_on": date(2026, 11, 25)}, 202648, NoLongerEditable),
        ({"status": "peruttu"}, 0, AlreadyGone),
        ({"status": "poistettu"}, 202648, AlreadyGone),
    ],
)
def test_a_writer_may_edit_until_somebody_has_read_or_counted_it(changes: dict, counted: int, why: type | None) -> None:
    row = Observation(key="k", status="uusi", week=202648)
    for name, value in changes.items():
        setattr(row, name, value)
    assert why_fixed(row, counted) is why

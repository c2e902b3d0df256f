"""How much of what became of observations fits in one message, what stands together, and what a reply must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.feedback import TOO_LONG, TOO_SHORT, grouped, most_that_fit, reply_mistake
from storage.models import Move, Observation

STEPS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["viety", "osin"]), st.sampled_from(["", "Kiitos"])))


def told(steps: list[tuple[int, str, str]]) -> list[tuple[Move, Observation]]:
    rows = {number: Observation(key=str(number), number=f"2026-{number}") for number in range(5)}
    return [
        (Move(subject=str(number), step=place, what="status", status=status, words=words), rows[number])
        for place, (number, status, words) in enumerate(sorted(steps))
    ]


@given(STEPS, st.integers(0, 30))
def test_the_longest_beginning_that_fits_is_told_and_never_nothing(steps: list, room: int) -> None:
    all_of_it = told(steps)
    chosen = most_that_fit(all_of_it, lambda some: len(some) <= room)
    assert len(chosen) == min(len(all_of_it), max(room, 1))
    assert list(chosen) == all_of_it[: len(chosen)]


@given(STEPS)
def test_every_step_of_every_observation_is_told_once(steps: list) -> None:
    groups = grouped(told(steps))
    numbers = [row.number for rows, _ in groups for row in rows]
    assert sorted(numbers) == sorted({f"2026-{number}" for number, _, _ in steps})
    said = sum(len(rows) * len(moves) for rows, moves in groups)
    assert said == len(steps)


def test_observations_of_which_the_same_is_told_stand_together_and_others_apart() -> None:
    groups = grouped(told([(1, "viety", "a"), (2, "viety", "a"), (3, "viety", "b"), (1, "osin", ""), (2, "osin", "")]))
    assert [[row.number for row in rows] for rows, _ in groups] == [["2026-1", "2026-2"], ["2026-3"]]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [("", TOO_SHORT), (" \u200b ", TOO_SHORT), ("a", None), ("a" * 3000, None), ("a" * 3001, TOO_LONG)],
)
def test_a_reply_has_from_1_to_3000_characters(text: str, mistake: str | None) -> None:
    assert reply_mistake(text) == mistake

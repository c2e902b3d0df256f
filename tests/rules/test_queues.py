"""What is asked of the queue travels in Slack's ids, and what is overdue is counted from the last word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.queues import GROUPS, MOST_WORDS, Wanted, days_overdue, read, written
from bot.rules.statuses import CLOSED, OPEN

TODAY = date(2026, 11, 25)
CODES = st.sampled_from(["", "E", "SHL11-02", "853", "koko"])


@given(
    st.builds(
        Wanted,
        kind=CODES,
        theme=CODES,
        area=CODES,
        status=st.sampled_from([*GROUPS, *OPEN, *CLOSED]),
        words=st.text(max_size=MOST_WORDS),
        page=st.integers(0, 1000),
        phenomena=st.integers(0, 1000),
    )
)
def test_what_is_written_is_read_again(wanted: Wanted) -> None:
    assert read(written(wanted)) == wanted


@given(st.text(max_size=500))
def test_what_somebody_forges_asks_for_the_whole_queue(text: str) -> None:
    assert read(text) == Wanted()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '["E"]', '["E","","","open",-1,0,""]', '["E","","","open",true,0,""]', '[1,"","","",0,0,""]'],
)
def test_odd_shapes_ask_for_the_whole_queue(text: str) -> None:
    assert read(text) == Wanted()


def test_a_status_that_is_not_offered_is_none() -> None:
    assert read('["E","","","peruttu",0,0,""]') == Wanted(kind="E")


@pytest.mark.parametrize(
    ("status", "since", "review_on", "days"),
    [
        ("uusi", date(2026, 11, 11), None, 0),
        ("uusi", date(2026, 11, 10), None, 15),
        ("kasittelyssa", date(2026, 9, 26), None, 0),
        ("kasittelyssa", date(2026, 9, 25), None, 61),
        ("seurannassa", date(2026, 11, 20), TODAY, 5),
        ("seurannassa", TODAY, date(2026, 11, 26), 0),
        ("ei_toimia", date(2025, 1, 1), None, 0),
    ],
)
def test_days_are_counted_from_the_last_word_once_one_is_due(
    status: str, since: date, review_on: date | None, days: int
) -> None:
    assert days_overdue(status, since, review_on, TODAY) == days

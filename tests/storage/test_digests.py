"""What a digest asks of the tables, on both databases, and that the questions are answered from their indexes."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, or_, select

from bot.rules.statuses import CLOSED, GONE, OPEN, Status, due_on, is_late, last_words_before
from storage import digests, news, observations, queues, summaries
from storage.database import Database
from storage.models import Move, Observation, Phenomenon
from tests.storage.plans import WORKSPACE, many, plans_of

DAY = date(2026, 11, 18)
ROW = {"workspace": WORKSPACE, "filed_on": DAY, "week": 202647, "kind": "E", "theme": "SHL11-02", "theme_set": "s",
       "text": "Sanat", "area": "853", "author": "U1"}  # fmt: skip


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    with database.write() as session:
        yield session
    database.close()


def has(session: Session, *rows: dict[str, Any]) -> list[Observation]:
    kept = []
    for row in rows:
        name = f"{len(session.new) + len(kept):09}"
        kept.append(Observation(**{**ROW, "key": name, "number": name, "once": name, **row}))
        session.add(kept[-1])
        session.flush()
    return kept


def test_counts_are_of_the_weeks_asked_for_and_of_what_was_not_withdrawn(session: Session) -> None:
    has(
        session, {}, {"author": None}, {"kind": "M", "area": None}, {"week": 202646}, {"week": 202648},
        {"status": "peruttu"}, {"status": "poistettu"}, {"workspace": "T0ANOTHER"},
    )  # fmt: skip
    assert sorted(digests.cells(session, WORKSPACE, 202647, 202647)) == [
        (202647, "E", "SHL11-02", 2), (202647, "M", "SHL11-02", 1),
    ]  # fmt: skip
    assert digests.areas(session, WORKSPACE, 202647, 202647) == {"853": 2, None: 1}
    assert digests.named(session, WORKSPACE, 202647, 202647) == (2, 1)
    assert digests.named(session, WORKSPACE, 202600, 202601) == (0, 0)
    assert digests.heard(session, WORKSPACE, 202648) == {"853"}
    assert digests.first_week(session, WORKSPACE) == 202646
    assert digests.first_week(session, "T0EMPTY") == 0


def test_the_overdue_are_counted_by_what_they_wait_for_and_listed_by_how_long(session: Session) -> None:
    september, before = date(2026, 9, 2), (DAY - timedelta(days=14), DAY - timedelta(days=60))
    late, _, long_ago, review, answered, *_ = has(
        session,
        {"filed_on": date(2026, 9, 17), "due_on": date(2026, 10, 1)},
        {"filed_on": before[0], "due_on": DAY},
        {"noted_on": date(2026, 7, 3), "due_on": date(2026, 9, 1), "status": "viety"},
        {"noted_on": DAY, "due_on": DAY, "review_on": DAY, "status": "seurannassa"},
        {"due_on": september, "status": "ohjattu"},
        {"due_on": september, "review_on": september, "status": "seurannassa", "workspace": "T0ANOTHER"},
        {"noted_on": before[1], "due_on": DAY, "status": "viety"},
        {"status": "toteutunut"},
    )
    made = {"workspace": WORKSPACE, "title": "t", "text": "t", "theme": "x", "started_on": DAY, "noted_on": DAY}
    for key, due, status in (("f", september, "viety"), ("g", DAY, "seurannassa"), ("h", DAY, "kasittelyssa")):
        session.add(Phenomenon(key=key, number=key, once=key, due_on=due, status=status, **made))
    session.flush()
    assert digests.overdue(session, WORKSPACE, before, DAY) == (1, 2, 1, 2)
    assert list(digests.most_overdue(session, WORKSPACE, before, DAY, 5)) == [long_ago, answered, late, review]


def test_new_ones_come_in_an_order_that_tells_nothing_with_the_beginning_of_their_words(session: Session) -> None:
    has(session, {"number": "b", "text": "ä" * 3000}, {"number": "a"}, {"number": "c", "kind": "A", "status": "viety"})
    found = list(digests.new(session, WORKSPACE, 202647, 202647, 200))
    assert [one.number for one in found] == ["c", "a", "b"]
    assert found[-1].text == "ä" * 200
    assert digests.by_number(session, WORKSPACE, ["a", "x"], 3)["a"].text == "San"


def test_what_moved_is_told_once_with_a_phenomenon_in_place_of_its_observations(session: Session) -> None:
    one, two = has(session, {"number": "a"}, {"number": "b"})
    made = {"workspace": WORKSPACE, "title": "t", "text": "t", "theme": "x", "started_on": DAY, "noted_on": DAY}
    session.add(Phenomenon(key="f", number="I-AAAA", once="f", **made))
    steps: list[dict[str, Any]] = [
        {"subject": one.key, "what": "status", "status": "viety"},
        {"subject": one.key, "what": "words", "words": "w"},
        {"subject": one.key, "what": "answer", "words": "w"},
        {"subject": two.key, "what": "status", "status": "yhdistetty", "phenomenon": "f"},
        {"subject": two.key, "what": "status", "status": "osin", "phenomenon": "f"},
        {"subject": "f", "what": "status", "status": "osin"},
        {"subject": one.key, "what": "status", "status": "osin", "on_day": date(2026, 11, 23)},
    ]
    for place, step in enumerate(steps):
        session.add(Move(**{"key": str(place), "workspace": WORKSPACE, "step": place, "on_day": DAY, **step}))
    session.flush()
    assert digests.moved(session, WORKSPACE, date(2026, 11, 16), date(2026, 11, 22)) == [
        ("I-AAAA", "osin", "status"),
        ("a", "viety", "status"),
        ("a", None, "answer"),
        ("b", "yhdistetty", "status"),
    ]


YEAR = (date(2025, 11, 1), date(2026, 10, 31))
QUESTIONS = {
    "cells": (lambda s: digests.cells(s, WORKSPACE, 202635, 202647), "observation_by_count"),
    "areas": (lambda s: digests.areas(s, WORKSPACE, 202647, 202647), "observation_by_count"),
    "named": (lambda s: digests.named(s, WORKSPACE, 202647, 202647), "observation_by_count"),
    "heard": (lambda s: digests.heard(s, WORKSPACE, 202635), "observation_by_count"),
    "new": (lambda s: list(digests.new(s, WORKSPACE, 202647, 202647, 200)), "observation_by_count"),
    "overdue": (lambda s: digests.overdue(s, WORKSPACE, (DAY, DAY), DAY), "observation_by_due"),
    "most_overdue": (lambda s: digests.most_overdue(s, WORKSPACE, (DAY, DAY), DAY, 5), "observation_by_due"),
    "moved": (lambda s: digests.moved(s, WORKSPACE, DAY, DAY), "move_by_day"),
    "answers": (lambda s: news._answers(s, WORKSPACE), "observation_"),  # PostgreSQL begins with the few steps
    "unopened": (lambda s: news._unopened(s, WORKSPACE, urgent=False), "observation_by_status"),
    "filed": (lambda s: list(summaries.filed(s, WORKSPACE, YEAR)), "observation_by_day"),
}

READ = ("new", "most_overdue", "moved", "filed")  # whose rows are shown, not counted


@pytest.mark.own_database
@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_is_answered_from_its_index(session: Session, name: str) -> None:
    question, index = QUESTIONS[name]
    many(session.connection())
    plan, *_ = plans_of(session, question)
    assert index in plan, plan
    if name not in READ and "SEARCH" in plan:
        assert "COVERING" in plan, "SQLite reads no row to count them"


@pytest.mark.own_database
def test_a_page_of_the_queue_is_read_in_the_order_of_an_index(session: Session) -> None:
    many(session.connection())
    closed, theme = queues.in_status(CLOSED), queues.of_theme("x")
    lines = queues.lines(newest=False, closed=True)
    by_word = plans_of(session, lambda s: queues.page(s, WORKSPACE, [closed, theme], 0, 8, lines, narrowed=True))
    assert "observation_by_last_word" in by_word[1], by_word
    assert "COVERING" in by_word[1] or "Index Only" in by_word[1] or "Index Scan" in by_word[1], by_word
    where = [queues.waiting(), theme]
    counted = plans_of(session, lambda s: queues.count(s, WORKSPACE, where, queues.WAITING.by))
    assert "observation_by_due" in counted[0], counted


def test_closed_ones_stand_by_their_last_word_behind_those_that_wait(session: Session) -> None:
    words = [DAY - timedelta(days=back) for back in (3, 1, 2)]
    closed: list[dict[str, Any]] = [{"status": "osin", "noted_on": day} for day in (None, *words)]
    has(session, *closed, {"status": "osin", "noted_on": words[0], "due_on": DAY})
    everything = queues.page(session, WORKSPACE, [queues.in_status(CLOSED)], 0, 8)
    assert [(one.due_on, one.noted_on) for one in everything] == [
        (DAY, words[0]), (None, words[1]), (None, words[2]), (None, words[0]), (None, None)
    ]  # fmt: skip
    for start, limit in product(range(6), (1, 2, 3)):
        part = queues.page(session, WORKSPACE, [queues.in_status(CLOSED)], start, limit)
        assert [one.key for one in part] == [one.key for one in everything][start : start + limit]


def test_the_rule_the_question_and_the_column_agree_on_what_is_overdue(session: Session) -> None:
    days = [DAY - timedelta(days=back) for back in (0, 13, 14, 15, 59, 60, 61)]
    reviews = [None, DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
    rows = has(
        session,
        *(
            {"status": status, "filed_on": filed, "noted_on": noted, "review_on": review,
             "due_on": due_on(status, noted or filed, review)}
            for status, filed, noted, review in product(Status, days, (None, *days), reviews)
            if noted is None or noted >= filed
        ),
    )  # fmt: skip
    late = {row.key for row in rows if is_late(row.status, row.noted_on or row.filed_on, row.review_on, DAY)}
    first, following = last_words_before(DAY)
    asked = select(Observation.key).where(or_(queues.unanswered(first), queues.unnoted(following, DAY)))
    assert 0 < len(late) < len(rows)
    assert set(session.exec(asked)) == late
    assert sum(digests.overdue(session, WORKSPACE, (first, following), DAY)[:2]) == len(late)
    assert {row.key for row in digests.most_overdue(session, WORKSPACE, (first, following), DAY, len(rows))} == late


def test_what_is_asked_of_the_tables_knows_the_same_statuses_as_the_rules() -> None:
    assert observations.GONE == GONE
    assert {*queues.IN_HAND} == {*OPEN} - {Status.RECEIVED, Status.FOLLOWED}

"""What was answered once is known to every process for a month, and to nobody after that."""

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.deps import Seen
from bot.services import handled
from storage.models import Handled
from tests.clocks import hki
from tests.services._meetings import network

pytestmark = pytest.mark.both_databases


def test_an_act_is_the_first_of_its_kind_once_in_whatever_process(database_url: str) -> None:
    one = network(database_url)
    other = replace(one, seen=Seen())
    assert handled.first(one, "message", "D1", "1.2")
    assert not handled.first(one, "message", "D1", "1.2")
    assert not handled.first(other, "message", "D1", "1.2")
    assert handled.first(other, "message", "D1", "1.3")
    assert handled.first(other, "calendar", "D1", "1.2")
    with one.read() as session:
        marks = [row.mark for row in session.exec(select(Handled))]
    assert len(marks) == 3
    assert not [mark for mark in marks if "D1" in mark]
    one.database.close()


def test_what_has_failed_may_be_begun_again_in_whatever_process(database_url: str) -> None:
    one = network(database_url)
    other = replace(one, seen=Seen())
    assert handled.first(one, "own data", "V1")
    handled.forget(one, "own data", "V1")
    assert handled.first(other, "own data", "V1")
    assert not handled.first(one, "own data", "V1")
    one.database.close()


def test_what_fails_inside_may_be_begun_again_and_what_came_meanwhile_forgets_nothing(database_url: str) -> None:
    one = network(database_url)
    act = ("files", "V1")
    with suppress(LookupError), handled.once(one, *act) as is_first:
        assert is_first
        with suppress(LookupError), handled.once(replace(one, seen=Seen()), *act) as is_again:
            assert not is_again
            raise LookupError
        assert not handled.first(replace(one, seen=Seen()), *act)
        raise LookupError
    with handled.once(one, *act) as is_first:
        assert is_first
    assert not handled.first(replace(one, seen=Seen()), *act)
    one.database.close()


def test_marks_go_after_a_month(database_url: str) -> None:
    then = network(database_url, "2026-09-01T23:59")
    assert handled.first(then, "message", "D1", "1.2")
    for moment, known in (("2026-10-01T03:00", True), ("2026-10-02T03:00", False)):
        later = replace(then, seen=Seen(), now=lambda moment=moment: hki(moment))
        handled.forget_old(later)
        assert handled.first(later, "message", "D1", "1.2") is not known
    then.database.close()

"""The timetable knocks at once and at intervals, whatever a knock does, and says when it last went well."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot import schedule
from bot.deps import utc_now
from bot.errors import DatabaseUnavailable, SlackError
from bot.schedule import Timetable


def waits_until(looks: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not looks() and time.monotonic() < deadline:
        time.sleep(0.01)
    return looks()


def test_it_knocks_at_once_and_again_until_it_is_stopped() -> None:
    knocks: list[int] = []
    timetable = Timetable([("count", 0.1, lambda: knocks.append(1))])
    timetable.start()

    assert waits_until(lambda: len(knocks) >= 3)
    timetable.stop()
    seen = len(knocks)
    time.sleep(0.3)
    assert len(knocks) == seen


def test_a_knock_that_fails_comes_again_and_is_not_counted_as_done() -> None:
    tries: list[int] = []

    def fails() -> None:
        tries.append(1)
        raise DatabaseUnavailable if len(tries) % 2 else KeyError

    timetable = Timetable([("fails", 0.1, fails), ("works", 0.1, lambda: None)])
    timetable.start()
    started = {one.name: one.last for one in timetable.knocks()}

    assert waits_until(lambda: len(tries) >= 3)
    timetable.stop()
    last = {one.name: one.last for one in timetable.knocks()}
    assert last["fails"] == started["fails"]
    assert last["works"] > started["works"]


def test_a_knock_that_slack_did_not_answer_is_done_and_comes_again() -> None:
    tries: list[int] = []

    def asks() -> None:
        tries.append(1)
        raise SlackError("timeout")

    timetable = Timetable([("asks", 0.1, asks)])
    timetable.start()
    started = timetable.knocks()[0].last

    assert waits_until(lambda: len(tries) >= 3)
    timetable.stop()
    assert timetable.knocks()[0].last > started


def test_a_knock_that_hangs_is_never_there_twice_holds_up_no_other_and_writes_no_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hangs, goes, inside = threading.Event(), [], []

    def hang() -> None:
        inside.append(1)
        hangs.wait(60)

    timetable = Timetable([("hangs", 0.1, hang), ("goes", 0.1, lambda: goes.append(1))])
    timetable.start()

    assert waits_until(lambda: len(goes) >= 4)
    assert inside == [1]
    assert caplog.records == []
    hangs.set()
    timetable.stop()


def test_a_clock_that_was_set_back_does_not_stop_the_knocks(monkeypatch: pytest.MonkeyPatch) -> None:
    knocks: list[int] = []
    monkeypatch.setattr(schedule, "WATCH_SECONDS", 0.05)
    monkeypatch.setattr(schedule, "utc_now", lambda: utc_now() + ahead[0])
    ahead = [timedelta(0)]
    timetable = Timetable([("count", 3600, lambda: knocks.append(1))])
    timetable.start()
    assert waits_until(lambda: len(knocks) == 1)

    ahead[0] = -timedelta(hours=5)

    assert waits_until(lambda: len(knocks) == 2)
    timetable.stop()
    assert timetable.knocks()[0].last < utc_now() - timedelta(hours=4)


@pytest.mark.parametrize("night", ["2026-10-25", "2027-03-28"])
def test_b24_knocks_are_as_far_apart_as_ever_in_the_nights_when_clocks_change(night: str) -> None:
    timetable = Timetable([("ten", 10, lambda: None), ("hour", 3600, lambda: None)])
    timetable.start()
    triggers = {job.id: job.trigger for job in timetable._scheduler.get_jobs()}
    timetable.stop()
    start = datetime.fromisoformat(night).replace(tzinfo=UTC)

    for name, seconds in (("ten", 10), ("hour", 3600)):
        moment = triggers[name].get_next_fire_time(start, start)
        times = [moment := triggers[name].get_next_fire_time(moment, moment) for _ in range(4 * 3600 // seconds)]
        assert {later - earlier for earlier, later in pairwise(times)} == {timedelta(seconds=seconds)}


def test_without_anything_to_do_it_starts_and_stops_all_the_same() -> None:
    timetable = Timetable([])
    timetable.start()
    timetable.stop()

    assert timetable.knocks() == []
    Timetable([]).stop()

"""Meetings on a real database: planned, answered by many at once, moved, cancelled, reminded of, looked back on."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.blocks import audits as audit_blocks
from bot.deps import Deps
from bot.errors import (
    InvalidDraft,
    MeetingOver,
    NoChannel,
    NoSuchMeeting,
    NotACoordinator,
    PersonalDataFound,
)
from bot.rules.meetings import Own, marks
from bot.rules.summaries import Period, Table
from bot.services import audits, meetings
from bot.services.deliveries import look_around
from bot.services.meetings import Choice
from bot.services.previews import planned as previewed
from bot.slack import Member
from bot.texts import Texts
from storage import people as people_table
from storage.models import AgendaItem, Delivery, Observation, Phenomenon, Same, Useful
from tests.clocks import at, hki
from tests.processes import tied_to_us
from tests.services._meetings import (
    CHANNEL,
    KOORD,
    PEOPLE,
    WORKSPACE,
    draft,
    goes_out,
    network,
    planned,
    rows,
    rsvps,
    stored,
)

AINO, CECILIA, ELLI = PEOPLE[:3]
ROUNDS, SEATS, CROWD = 20, 5, 20
MOST_LOOKS = 10_000  # a few seconds; a press takes milliseconds


@pytest.fixture
def deps(database_url: str) -> Iterator[Deps]:
    deps = network(database_url)
    yield deps
    deps.database.close()


def answers(deps: Deps, key: str) -> dict[str, str]:
    return {row.user: "waits" if row.waits else row.answer for row in rsvps(deps, key)}


def test_a_meeting_is_planned_once_and_told_in_the_channel(deps: Deps) -> None:
    first = planned(deps)
    assert planned(deps).key == first.key
    (notice,) = rows(deps, "meeting_notice")
    assert (notice.recipient, notice.not_before) == (CHANNEL, deps.now())
    assert first.starts_at == hki("2026-11-12T09:00")
    assert planned(deps, "n2").key != first.key


def test_only_coordinators_plan_change_and_cancel(deps: Deps) -> None:
    key = planned(deps).key
    for deed in (
        lambda: meetings.plan(deps, AINO, draft(), "n"),
        lambda: meetings.change(deps, AINO, key, draft()),
        lambda: meetings.cancel(deps, AINO, key),
        lambda: meetings.give_minutes(deps, AINO, key, "https://a.example/m"),
        lambda: meetings.set_agenda(deps, AINO, key, Choice()),
        lambda: meetings.agenda_desk(deps, AINO, key),
        lambda: meetings.looked_back(deps, AINO, key),
        lambda: meetings.publish(deps, AINO, key, "Seurasi paljon"),
    ):
        with pytest.raises(NotACoordinator):
            deed()


def test_the_trail_tells_who_did_what_to_the_meeting_of_which_day_and_no_word_of_it(deps: Deps) -> None:
    key = planned(deps).key
    planned(deps)  # the same form once more
    meetings.set_agenda(deps, KOORD, key, Choice("1. Avaus"))
    meetings.change(deps, KOORD, key, draft(start_date=date(2026, 11, 13)))
    for text in ("Jonot lyhenivät", "toisen kerran"):
        meetings.publish(deps, KOORD, key, text)
    meetings.give_minutes(deps, KOORD, key, "https://a.example/m")
    meetings.cancel(deps, KOORD, key)
    trail = Counter((row.what, row.subject) for row in audits.page(deps, KOORD))
    assert trail == {
        ("meeting.planned", "2026-11-12"): 1, ("meeting.agenda", "2026-11-12"): 1,
        **{(f"meeting.{deed}", "2026-11-13"): 1 for deed in ("changed", "followed", "minutes", "cancelled")},
    }  # fmt: skip
    said = str(audit_blocks.page(Texts("fi"), audits.page(deps, KOORD), 40))
    assert "siirsi tai muokkasi tapaamista pe 13.11.2026" in said
    assert "Jonot" not in said


def test_nothing_is_said_to_be_published_where_there_is_no_channel(deps: Deps) -> None:
    key = planned(deps).key
    deps.people.channel = None  # type: ignore[misc]
    for deed in (
        lambda: planned(deps, "n2"),
        lambda: meetings.publish(deps, KOORD, key, "Seurasi paljon"),
        lambda: meetings.give_minutes(deps, KOORD, key, "https://a.example/m"),
    ):
        with pytest.raises(NoChannel):
            deed()
    assert (stored(deps, key).followed, stored(deps, key).minutes) == ("", "")


def test_what_the_guard_stops_is_not_stored(deps: Deps) -> None:
    with pytest.raises(PersonalDataFound):
        planned(deps, agenda="Asiakas 130279-901E")
    with pytest.raises(PersonalDataFound):
        meetings.propose(deps, AINO, "Asiakas 130279-901E", "line:1")
    with pytest.raises(InvalidDraft):
        planned(deps, title="")
    with deps.read() as session:
        assert session.exec(select(AgendaItem)).all() == []
    assert rows(deps, "meeting_notice") == []


@pytest.mark.both_databases
def test_b37_instants_stand_after_a_restart(deps: Deps, database_url: str) -> None:
    key = planned(deps, start_date=date(2026, 10, 25), start_time="03:30", end_time="05:00").key
    deps.database.close()
    again = network(database_url)
    assert stored(again, key).starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    summer = planned(again, "n2", start_date=date(2027, 7, 1))
    assert stored(again, summer.key).starts_at == datetime(2027, 7, 1, 6, tzinfo=UTC)
    again.database.close()


def test_an_answer_is_kept_changed_and_counted(deps: Deps) -> None:
    key = planned(deps).key
    first = meetings.take_answer(deps, AINO, key, "yes", 0)
    assert (first.what, first.new, first.joined, first.moved) == ("yes", True, True, False)
    again = meetings.take_answer(deps, AINO, key, "yes", 0)
    assert (again.what, again.new, again.joined) == ("yes", False, False)
    changed = meetings.take_answer(deps, AINO, key, "remote", 0)
    assert (changed.what, changed.joined) == ("remote", False)
    meetings.take_answer(deps, CECILIA, key, "no", 0)
    sight = meetings.sight(deps, key, CECILIA)
    assert (sight.counts.yes, sight.counts.remote, sight.counts.no, sight.own) == (0, 1, 1, Own("no"))
    assert stored(deps, key).changes == 3
    with pytest.raises(NoSuchMeeting):
        meetings.take_answer(deps, AINO, "nothing", "yes")


@pytest.mark.both_databases
def test_b43_two_first_answers_of_one_person_are_one_row_and_all_goes_on(deps: Deps) -> None:
    key = planned(deps).key
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda _: meetings.take_answer(deps, AINO, key, "yes", 0).new, range(8)))
    assert sorted(found) == [False] * 7 + [True]
    assert answers(deps, key) == {AINO: "yes"}
    assert meetings.take_answer(deps, CECILIA, key, "no", 0).new


def test_a_no_is_always_taken_but_signing_up_ends(deps: Deps) -> None:
    key = planned(deps, deadline=date(2026, 11, 6)).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    late = at(deps, "2026-11-07T00:00")
    assert meetings.take_answer(late, CECILIA, key, "yes", 0).what == "late"
    assert meetings.take_answer(late, CECILIA, key, "no", 0).what == "no"
    assert meetings.take_answer(late, AINO, key, "remote", 0).what == "remote"  # who comes may change how
    assert meetings.take_answer(late, AINO, key, "no", 0).what == "no"
    assert meetings.take_answer(late, AINO, key, "yes", 0).what == "late"


def test_a_full_meeting_has_a_line_and_a_free_seat_moves_by_itself(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    assert meetings.take_answer(deps, AINO, key, "yes", 0).what == "yes"
    assert meetings.take_answer(deps, CECILIA, key, "yes", 0).what == "waiting"
    assert meetings.take_answer(deps, ELLI, key, "yes", 0).sight.own.waits_as == 2
    assert meetings.take_answer(deps, KOORD, key, "remote", 0).what == "remote"  # who takes part remotely needs no seat
    meetings.take_answer(deps, AINO, key, "no", 0)
    assert answers(deps, key) == {AINO: "no", CECILIA: "yes", ELLI: "waits", KOORD: "remote"}
    assert [row.recipient for row in rows(deps, "meeting_seat")] == [CECILIA]
    meetings.take_answer(deps, AINO, key, "yes", 0)
    assert meetings.sight(deps, key, AINO).own == Own("yes", 2)  # at the end of the line
    assert goes_out(deps, "meeting_seat") == [CECILIA]
    meetings.take_answer(deps, CECILIA, key, "no", 0)
    meetings.take_answer(deps, CECILIA, key, "yes", 0)
    meetings.take_answer(deps, ELLI, key, "no", 0)
    meetings.take_answer(deps, AINO, key, "no", 0)
    assert goes_out(deps, "meeting_seat") == [CECILIA]  # a second seat of hers is news again; the others gave theirs up


def test_a_higher_limit_lets_the_line_in_and_a_lower_one_throws_nobody_out(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user in (AINO, CECILIA, ELLI):
        meetings.take_answer(deps, user, key, "yes", 0)
    meetings.change(deps, KOORD, key, draft(capacity="2"))
    assert answers(deps, key) == {AINO: "yes", CECILIA: "yes", ELLI: "waits"}
    meetings.change(deps, KOORD, key, draft(capacity="1"))
    assert answers(deps, key) == {AINO: "yes", CECILIA: "yes", ELLI: "waits"}
    meetings.change(deps, KOORD, key, draft(capacity=""))
    assert set(answers(deps, key).values()) == {"yes"}
    assert stored(deps, key).version == 0  # calendars show nothing of it
    assert goes_out(deps, "meeting_seat") == [CECILIA, ELLI]


def test_b51_five_seats_for_twenty_people_in_two_processes(deps: Deps, database_url: str) -> None:
    everybody = [f"U0JOUKKO{n:02}" for n in range(CROWD)]
    command = [sys.executable, "-m", "tests.services._meetings", database_url]
    with ExitStack() as stack:
        crowds = [stack.enter_context(_program(command)) for _ in range(2)]
        for crowd in crowds:
            assert _line(crowd) == "ready"
        for count in range(ROUNDS):
            key = planned(deps, f"round {count}", capacity=str(SEATS)).key
            halves = everybody[: CROWD // 2], everybody[CROWD // 2 :]
            _at_once(crowds, key, [[f"{user}=yes" for user in half] for half in halves])
            _judge_full(deps, key)
            line = [row.user for row in rsvps(deps, key) if row.waits]
            leaver = next(row.user for row in rsvps(deps, key) if not row.waits)
            _at_once(crowds, key, [[f"{leaver}=no"], [f"capacity={SEATS + 1}"]])
            seated = [row.user for row in rsvps(deps, key) if row.answer == "yes" and not row.waits]
            assert len(seated) == SEATS + 1
            told = [row.recipient for row in rows(deps, "meeting_seat") if row.occurrence.startswith(key)]
            assert sorted(told) == sorted(line[:2])
            counted = meetings.sight(deps, key).counts
            assert (counted.yes, counted.waiting, counted.no) == (SEATS + 1, CROWD - SEATS - 2, 1)


def _program(command: list[str]) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [*tied_to_us(), *command], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _line(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def _write(program: subprocess.Popen[str], key: str, presses: list[str]) -> None:
    assert program.stdin is not None
    program.stdin.write(" ".join([key, *presses]) + "\n")
    program.stdin.flush()


def _at_once(programs: list[subprocess.Popen[str]], key: str, presses: list[list[str]]) -> None:
    for program, some in zip(programs, presses, strict=True):
        _write(program, key, some)
    assert {_line(program) for program in programs} == {"done"}


def _judge_full(deps: Deps, key: str) -> None:
    found = rsvps(deps, key)
    assert [row.place for row in found] == list(range(1, CROWD + 1))
    assert [row.waits for row in found] == [False] * SEATS + [True] * (CROWD - SEATS)
    assert stored(deps, key).changes == CROWD
    for place, row in enumerate(found[SEATS:], 1):
        assert meetings.sight(deps, key, row.user).own.waits_as == place


def test_moving_raises_the_version_and_asks_those_who_answered_again(deps: Deps) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    meetings.take_answer(deps, CECILIA, key, "no", 0)
    meetings.remind(at(deps, "2026-10-15T09:00"))
    assert len(rows(deps, "meeting_reminder")) == 4
    meetings.change(at(deps, "2026-10-15T09:00"), KOORD, key, draft(start_date=date(2026, 11, 19)))
    assert rows(deps, "meeting_reminder") == []  # of the version before
    moved = rows(deps, "meeting_moved")
    assert [row.recipient for row in moved] == [CHANNEL, AINO, CECILIA]
    assert {row.occurrence for row in moved} == {f"{key}:v1"}
    assert answers(deps, key) == {AINO: "yes", CECILIA: "no"}
    pressed = meetings.take_answer(deps, CECILIA, key, "yes", 0)  # a button from before
    assert (pressed.what, pressed.moved) == ("yes", True)
    meetings.remind(at(deps, "2026-10-22T09:00"))
    assert {row.occurrence for row in rows(deps, "meeting_reminder")} == {f"{key}:v1:28"}


def test_b49_each_change_that_calendars_show_is_a_version(deps: Deps) -> None:
    row = planned(deps)
    changes = ({"start_time": "10:00"}, {"start_time": "10:00", "place": "Kaarina"})
    stamps = [row.changed_at, *(meetings.change(deps, KOORD, row.key, draft(**more)).changed_at for more in changes)]
    meetings.change(deps, KOORD, row.key, draft(start_time="10:00", place="Kaarina"))  # the same form once more
    assert stored(deps, row.key).version == 2
    cancelled = meetings.cancel(deps, KOORD, row.key)
    stamps.append(cancelled.changed_at)
    assert cancelled.version == 3
    assert stamps == sorted(set(stamps))  # also within one second
    assert len({int(stamp.timestamp()) for stamp in stamps}) == 4


def test_cancelling_tells_everyone_who_answered_and_nothing_else_goes_out(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user, answer in ((AINO, "yes"), (CECILIA, "yes"), (ELLI, "no")):
        meetings.take_answer(deps, user, key, answer, 0)
    meetings.remind(at(deps, "2026-11-05T09:00"))
    now = at(deps, "2026-11-05T09:00")
    meetings.cancel(now, KOORD, key)
    assert [row.recipient for row in rows(deps, "meeting_cancelled")] == [CHANNEL, AINO, CECILIA, ELLI]
    assert goes_out(now, "meeting_cancelled") == [CHANNEL, AINO, CECILIA, ELLI]
    for kind in ("meeting_reminder", "meeting_notice", "meeting_seat"):
        assert goes_out(now, kind) == []
    assert meetings.take_answer(now, KOORD, key, "yes", 0).what == "cancelled"
    assert len(rsvps(deps, key)) == 3
    meetings.remind(at(deps, "2026-11-11T12:00"))
    assert rows(deps, "meeting_reminder") == []
    with pytest.raises(MeetingOver):
        meetings.cancel(now, KOORD, key)
    with pytest.raises(MeetingOver):
        meetings.change(now, KOORD, key, draft())


def test_changes_are_told_at_working_hours_unless_it_would_be_too_late(deps: Deps) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    saturday = at(deps, "2026-11-07T20:00")
    meetings.change(saturday, KOORD, key, draft(start_time="10:00"))
    assert goes_out(saturday, "meeting_moved") == [CHANNEL]
    assert goes_out(at(deps, "2026-11-09T08:00"), "meeting_moved") == [AINO]
    night = at(deps, "2026-11-12T06:00")
    meetings.change(night, KOORD, key, draft(start_time="08:00"))
    assert goes_out(night, "meeting_moved") == [CHANNEL, AINO]


def test_two_moves_within_a_minute_are_told_once_as_the_last_one_stands(deps: Deps) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    stamps = [
        meetings.change(at(deps, f"2026-09-01T12:00:{second}"), KOORD, key, draft(start_time=time)).changed_at
        for second, time in (("10", "10:00"), ("40", "11:00"))
    ]
    there = at(deps, "2026-09-01T12:01")
    assert goes_out(there, "meeting_moved") == [CHANNEL, AINO]
    assert {row.occurrence for row in rows(deps, "meeting_moved", "sent")} == {f"{key}:v2"}
    assert stamps == sorted(set(stamps))
    assert stored(deps, key).version == 2


def test_what_was_claimed_when_the_meeting_was_cancelled_loses_its_buttons_or_is_not_sent_again(deps: Deps) -> None:
    key = planned(deps).key
    now = at(deps, "2026-11-05T09:00")
    meetings.remind(now)
    with deps.write() as session:
        claimed = session.exec(select(Delivery).where(Delivery.kind == "meeting_reminder")).all()[:2]
        for row in claimed:
            row.state = "sending"
            session.add(row)
    meetings.cancel(now, KOORD, key)
    assert len(rows(deps, "meeting_reminder", "skipped")) == 2
    with deps.write() as session:  # the first had arrived; the second had not, and would be tried again
        arrived, missing = (session.get(Delivery, row.key) for row in claimed)
        assert arrived is not None
        assert missing is not None
        arrived.state, arrived.channel, arrived.ts, missing.state = "sent", "D0", "1.000001", "pending"
        session.add_all([arrived, missing])
    assert goes_out(now, "meeting_reminder") == []
    assert [row.key for _, row in meetings.messages_to_close(now)] == [claimed[0].key]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2027-07-01T10:00", "2027-07-01T10:00"),  # July
        ("2027-07-03T10:00", "2027-07-05T08:00"),
        ("2026-12-23T18:00", "2026-12-28T08:00"),  # Christmas
    ],
)
def test_in_july_and_at_christmas_changes_and_seats_are_told_on_the_next_working_day(
    deps: Deps, day: str, told: str
) -> None:
    key = planned(deps, start_date=date(2027, 8, 20), capacity="1").key
    for user in (AINO, CECILIA):
        meetings.take_answer(deps, user, key, "yes", 0)
    then, later = at(deps, day), at(deps, told)
    meetings.take_answer(then, AINO, key, "no", 0)
    assert goes_out(later, "meeting_seat") == [CECILIA]
    meetings.change(then, KOORD, key, draft(start_date=date(2027, 8, 23), capacity="1"))
    assert goes_out(later, "meeting_moved") == [CHANNEL, AINO, CECILIA]
    meetings.cancel(then, KOORD, key)
    assert goes_out(later, "meeting_cancelled") == [CHANNEL, AINO, CECILIA]


def test_who_was_there_on_the_last_of_june_is_asked_on_the_first_of_july(deps: Deps) -> None:
    key = planned(deps, start_date=date(2027, 6, 30)).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    july = at(deps, "2027-07-01T09:00")
    meetings.begin(july)
    meetings.ask_afterwards(july)
    assert goes_out(july, "meeting_followup") == [AINO]


def test_everybody_is_reminded_at_working_hours_of_their_own_zone(deps: Deps) -> None:
    key = planned(deps, start_time="13:00").key
    found = deps.people.found  # type: ignore[attr-defined]
    found[AINO] = Member(AINO, "fi-FI", "America/New_York")
    found[CECILIA] = Member(CECILIA, "sv-SE", "Asia/Tokyo")
    for user in (AINO, CECILIA, ELLI):
        meetings.take_answer(deps, user, key, "yes", 0)
    morning = at(deps, "2026-11-12T08:00")  # 01:00 in New York, 15:00 in Tokyo
    meetings.remind(morning)
    assert goes_out(morning, "meeting_reminder") == [CECILIA, ELLI]
    assert goes_out(at(deps, "2026-11-12T13:00"), "meeting_reminder") == []  # 06:00 in New York: it has begun
    noon = at(deps, "2026-11-11T12:00")  # another one: 05:00 in New York, 19:00 in Tokyo
    other = planned(noon, "n2", start_date=date(2026, 11, 19), start_time="13:00").key
    meetings.remind(at(deps, "2026-11-18T12:00"))
    assert goes_out(at(deps, "2026-11-18T12:00"), "meeting_reminder") == [ELLI, KOORD]
    assert goes_out(at(deps, "2026-11-18T15:00"), "meeting_reminder") == [AINO]
    assert goes_out(at(deps, "2026-11-19T01:00"), "meeting_reminder") == []  # 08:00 in Tokyo: no use after 12 hours
    meetings.take_answer(noon, CECILIA, other, "yes", 0)
    meetings.remind(at(deps, "2026-11-19T08:00"))
    assert goes_out(at(deps, "2026-11-19T08:00"), "meeting_reminder") == [CECILIA]  # that of the same day


def test_a_meeting_planned_late_has_only_the_reminders_that_are_still_to_come(deps: Deps) -> None:
    late = at(deps, "2026-11-06T10:00")  # both 28 and 7 days lie in the past
    planned(late)
    for moment in ("2026-11-06T10:00", "2026-11-09T09:00", "2026-11-11T11:59"):
        meetings.remind(at(deps, moment))
        assert rows(deps, "meeting_reminder") == []
    meetings.remind(at(deps, "2026-11-11T12:00"))
    assert {json.loads(row.params)["name"] for row in rows(deps, "meeting_reminder")} == {"1"}


def test_who_leaves_the_network_gives_the_seat_to_the_next_in_line(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user in (AINO, CECILIA, ELLI):
        meetings.take_answer(deps, user, key, "yes", 0)
    found = deps.people.found  # type: ignore[attr-defined]
    del found[AINO], found[CECILIA]
    for _ in range(2):
        meetings.seats_of_the_gone(deps)
    assert answers(deps, key) == {ELLI: "yes"}
    assert goes_out(deps, "meeting_seat") == [ELLI]
    found.clear()
    meetings.seats_of_the_gone(deps)
    assert answers(deps, key) == {ELLI: "yes"}  # nobody waits


def test_where_nobody_is_known_nobody_loses_a_seat(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user in (AINO, CECILIA):
        meetings.take_answer(deps, user, key, "yes", 0)
    deps.people.found.clear()  # type: ignore[attr-defined]
    meetings.seats_of_the_gone(deps)
    assert answers(deps, key) == {AINO: "yes", CECILIA: "waits"}


def test_who_was_given_a_seat_and_then_left_is_not_written_to_and_the_seat_moves_on(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user in (AINO, CECILIA, ELLI):
        meetings.take_answer(deps, user, key, "yes", 0)
    meetings.take_answer(deps, AINO, key, "no", 0)
    del deps.people.found[CECILIA]  # type: ignore[attr-defined]
    assert goes_out(deps, "meeting_seat") == []
    meetings.seats_of_the_gone(deps)
    assert goes_out(deps, "meeting_seat") == [ELLI]


class Died(Exception):
    """What stands for a process that ends there."""


def test_an_answer_and_the_seat_that_it_frees_are_one_deed(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user in (AINO, CECILIA):
        meetings.take_answer(deps, user, key, "yes", 0)
    asked = iter([deps.now()])

    def dies_at_the_second() -> datetime:
        for moment in asked:
            return moment
        raise Died

    with pytest.raises(Died):
        meetings.take_answer(replace(deps, now=dies_at_the_second), AINO, key, "no", 0)
    assert answers(deps, key) == {AINO: "yes", CECILIA: "waits"}
    assert rows(deps, "meeting_seat") == []
    assert stored(deps, key).changes == 2


def test_b51_a_process_that_is_killed_between_presses_leaves_no_seat_empty(deps: Deps, database_url: str) -> None:
    everybody = [f"U0JOUKKO{n:02}" for n in range(2 * SEATS)]
    command = [sys.executable, "-m", "tests.services._meetings", database_url]
    for freed in range(1, SEATS):
        key = planned(deps, f"kill {freed}", capacity=str(SEATS)).key
        with _program(command) as crowd:
            assert _line(crowd) == "ready"
            _at_once([crowd], key, [[f"{user}=yes" for user in everybody]])
            seated = [row.user for row in rsvps(deps, key)][:SEATS]
            _write(crowd, key, [f"{user}=no" for user in seated])
            for _ in range(MOST_LOOKS):
                if stored(deps, key).changes >= len(everybody) + freed:
                    break
            crowd.kill()
        found = rsvps(deps, key)
        said_no = sum(row.answer == "no" for row in found)
        promoted = [row.user for row in found if row.answer == "yes" and not row.waits and row.user not in seated]
        told = [row.recipient for row in rows(deps, "meeting_seat") if row.occurrence.startswith(key)]
        assert promoted == [row.user for row in found if row.user not in seated][:said_no]
        assert sorted(told) == sorted(promoted)
        assert stored(deps, key).changes == len(everybody) + said_no


@pytest.mark.both_databases
def test_a_form_that_is_sent_twice_at_once_makes_one_meeting(deps: Deps) -> None:
    with ThreadPoolExecutor(8) as crowd:
        keys = {row.key for row in crowd.map(lambda _: planned(deps), range(8))}
    assert len(keys) == 1
    assert len(rows(deps, "meeting_notice")) == 1


@pytest.mark.both_databases
def test_two_coordinators_who_edit_at_once_undo_nothing_of_each_other(deps: Deps) -> None:
    key = planned(deps, agenda="1. Avaus").key
    opened = marks(draft(agenda="1. Avaus"))  # both forms show the same
    meetings.change(deps, KOORD, key, draft(agenda="1. Avaus", start_time="10:00"), opened)
    meetings.change(deps, KOORD, key, draft(agenda="1. Avaus ", place="Kaarina"), opened)
    meetings.set_agenda(deps, KOORD, key, Choice("1. Avaus\n2. Muut", opened=opened))
    meetings.set_agenda(deps, KOORD, key, Choice("1. Avaus", opened=opened))
    row = stored(deps, key)
    assert (row.starts_at, row.place, row.agenda) == (hki("2026-11-12T10:00"), "Kaarina", "1. Avaus\n2. Muut")
    with pytest.raises(InvalidDraft):  # what fits each alone may not fit together
        meetings.change(deps, KOORD, key, draft(agenda="1. Avaus", end_time="09:30"), opened)


def test_a_deadline_that_has_passed_is_refused_but_may_stay_in_a_form(deps: Deps) -> None:
    with pytest.raises(InvalidDraft):
        planned(deps, deadline=date(2026, 8, 31))
    key = planned(deps, deadline=date(2026, 9, 1)).key
    later = at(deps, "2026-09-02T10:00")
    meetings.change(later, KOORD, key, draft(deadline=date(2026, 9, 1), place="Kaarina"))
    assert stored(deps, key).place == "Kaarina"
    with pytest.raises(InvalidDraft):
        meetings.change(later, KOORD, key, draft(deadline=date(2026, 8, 30)))


def test_four_reminders_by_answer(deps: Deps) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    meetings.take_answer(deps, CECILIA, key, "remote", 0)
    meetings.take_answer(deps, ELLI, key, "no", 0)
    for moment in ("2026-10-15T09:00", "2026-11-05T09:00", "2026-11-11T12:00", "2026-11-12T08:00"):
        for _ in range(2):
            meetings.remind(at(deps, moment))
        comes_last = moment == "2026-11-12T08:00"
        expected = [AINO, CECILIA] if comes_last else [AINO, CECILIA, KOORD]
        assert goes_out(at(deps, moment), "meeting_reminder") == expected
    sent = [(json.loads(row.params)["name"], row.recipient) for row in rows(deps, "meeting_reminder", "sent")]
    assert sorted(user for name, user in sent if name == "0") == [AINO, CECILIA]
    assert sorted(name for name, user in sent if user == KOORD) == ["1", "28", "7"]
    assert not [user for _, user in sent if user == ELLI]


def test_reminders_leave_out_who_is_away_on_holiday_or_gone_but_not_who_wants_no_reminders_to_report(
    deps: Deps,
) -> None:
    planned(deps)
    with deps.write() as session:
        people_table.put(session, WORKSPACE, AINO, {"reminders": False})
        away = {"absence_start": date(2026, 11, 1), "absence_end": date(2026, 11, 5)}
        people_table.put(session, WORKSPACE, CECILIA, away)
    now = at(deps, "2026-11-05T09:00")
    found = now.people.found  # type: ignore[attr-defined]
    found[ELLI] = Member(ELLI, "fi-FI", palm_tree=True)
    meetings.remind(now)
    del found[KOORD]
    assert goes_out(now, "meeting_reminder") == [AINO]


def test_a_late_reminder_keeps_to_working_hours_and_is_dropped_at_the_start(deps: Deps) -> None:
    planned(deps, start_time="18:00", end_time="20:00")
    evening = at(deps, "2026-11-11T17:30")  # the program was down at noon
    meetings.remind(evening)
    assert goes_out(evening, "meeting_reminder") == []
    assert {row.not_before for row in rows(deps, "meeting_reminder")} == {hki("2026-11-12T08:00")}
    assert goes_out(at(deps, "2026-11-12T18:00"), "meeting_reminder") == []


def test_nobody_is_written_to_while_it_is_not_known_who_is_here(deps: Deps) -> None:
    planned(deps)
    now = at(deps, "2026-11-05T09:00")
    meetings.remind(now)
    now.people.fresh = False  # type: ignore[attr-defined]
    assert goes_out(now, "meeting_reminder") == []
    look_around(now)
    later = at(deps, "2026-11-05T09:01")
    assert len(goes_out(later, "meeting_reminder")) == 4


def test_a_meeting_that_begins_takes_no_answers_and_those_who_were_there_are_asked(deps: Deps) -> None:
    key = planned(deps, capacity="1").key
    for user, answer in ((AINO, "yes"), (CECILIA, "yes"), (ELLI, "remote"), (KOORD, "no")):
        meetings.take_answer(deps, user, key, answer, 0)
    begun = at(deps, "2026-11-12T09:00")
    assert meetings.take_answer(begun, AINO, key, "no", 0).what == "begun"
    meetings.begin(begun)
    assert stored(deps, key).status == "begun"
    meetings.ask_afterwards(at(deps, "2026-11-13T08:59"))
    assert rows(deps, "meeting_followup") == []
    friday = at(deps, "2026-11-13T09:00")
    for _ in range(2):
        meetings.ask_afterwards(friday)
    assert goes_out(friday, "meeting_followup") == [AINO, ELLI]


def test_what_is_said_of_the_use_is_counted_without_persons(deps: Deps) -> None:
    key = planned(deps).key
    for user, said in ((AINO, "no"), (AINO, "yes"), (CECILIA, "partly")):
        meetings.was_useful(deps, user, key, said)
    with deps.read() as session:
        found = list(session.exec(select(Useful)))
    assert sorted(row.answer for row in found) == ["partly", "yes"]
    assert not any(user in f"{row}" for row in found for user in PEOPLE)
    with pytest.raises(NoSuchMeeting):
        meetings.was_useful(deps, AINO, key, "paljon")


def test_the_minutes_are_told_once_in_the_channel(deps: Deps) -> None:
    key = planned(deps).key
    later = at(deps, "2026-11-16T10:00")
    for link in ("https://a.example/muistio", "https://a.example/muistio2"):
        meetings.give_minutes(later, KOORD, key, link)
    assert goes_out(later, "meeting_followup") == [CHANNEL]
    assert stored(deps, key).minutes == "https://a.example/muistio2"
    with pytest.raises(InvalidDraft):
        meetings.give_minutes(later, KOORD, key, "muistio on hyllyssä")


@pytest.mark.both_databases
def test_what_has_been_entered_is_not_entered_again_after_a_restart(deps: Deps, database_url: str) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    meetings.remind(at(deps, "2026-11-05T09:00"))
    before = [row.key for row in rows(deps, "meeting_reminder")]
    deps.database.close()
    again = network(database_url)
    meetings.remind(at(again, "2026-11-05T09:05"))
    assert [row.key for row in rows(again, "meeting_reminder")] == before
    assert meetings.sight(again, key, AINO).own == Own("yes")
    again.database.close()


def test_a_month_later_nobody_is_known_to_have_answered(deps: Deps) -> None:
    key = planned(deps).key
    for n in range(2):
        meetings.propose(deps, AINO, f"Asia {n}", f"line:{n}")
    (one, _) = meetings.agenda_desk(deps, KOORD, key).proposals
    meetings.set_agenda(deps, KOORD, key, Choice(accepted=frozenset([one.key])))
    meetings.take_answer(deps, AINO, key, "yes", 0)
    meetings.remind(at(deps, "2026-11-05T09:00"))
    goes_out(at(deps, "2026-11-05T09:00"), "meeting_reminder")
    meetings.forget(at(deps, "2026-12-12T11:00"))
    assert len(rsvps(deps, key)) == 1
    meetings.forget(at(deps, "2026-12-12T16:00"))
    assert rsvps(deps, key) == []
    assert rows(deps, "meeting_reminder", "sent") == []
    assert len(rows(deps, "meeting_notice")) == 1
    with deps.read() as session:
        assert [row.proposer for row in session.exec(select(AgendaItem))] == [None, None]


def test_coordinators_are_told_once_that_no_meeting_stands(deps: Deps) -> None:
    meetings.miss_one(at(deps, "2027-02-01T08:59"))
    assert rows(deps, "meeting_missing") == []
    day = at(deps, "2027-02-01T09:00")
    for _ in range(2):
        meetings.miss_one(day)
    assert [row.recipient for row in rows(deps, "meeting_missing")] == [KOORD]
    planned(day, start_date=date(2027, 4, 14))
    assert goes_out(day, "meeting_missing") == []  # one stands by now


def test_no_coordinator_is_told_where_a_meeting_stands_or_long_after(deps: Deps) -> None:
    meetings.miss_one(at(deps, "2026-11-25T09:00"))
    planned(deps, start_date=date(2027, 5, 14))
    meetings.miss_one(at(deps, "2027-02-01T09:00"))
    assert rows(deps, "meeting_missing") == []
    meetings.miss_one(at(deps, "2027-08-02T09:00"))
    assert len(rows(deps, "meeting_missing")) == 1


def test_proposals_wait_for_the_coordinator_and_come_on_the_agenda(deps: Deps) -> None:
    assert meetings.propose(deps, AINO, "“Asumisen jonot”", "line:1")
    assert not meetings.propose(deps, AINO, "Asumisen jonot", "line:1")  # the same act
    meetings.propose(deps, CECILIA, "Lounaspaikka", "line:2")
    for text in ("", "\u200b", "a" * 301):
        with pytest.raises(InvalidDraft):
            meetings.propose(deps, AINO, text, "line:3")
    key = planned(deps, agenda="1. Avaus").key
    desk = meetings.agenda_desk(deps, KOORD, key)
    by_text = {item.text: item.key for item in desk.proposals}
    assert set(by_text) == {"Asumisen jonot", "Lounaspaikka"}
    choice = Choice("1. Avaus\n2. Muut", frozenset([by_text["Asumisen jonot"]]), frozenset([by_text["Lounaspaikka"]]))
    meetings.set_agenda(deps, KOORD, key, choice)
    sight = meetings.sight(deps, key)
    assert (sight.meeting.agenda, sight.items) == ("1. Avaus\n2. Muut", ("Asumisen jonot",))
    assert meetings.agenda_desk(deps, KOORD, key).proposals == ()
    assert stored(deps, key).version == 0


def test_what_was_ticked_is_taken_though_others_have_proposed_meanwhile(deps: Deps) -> None:
    key = planned(deps).key
    for n in range(10):
        meetings.propose(deps, AINO, f"Asia {n}", f"line:{n}")
    chosen = frozenset(one.key for one in meetings.agenda_desk(deps, KOORD, key).proposals)
    for n in range(10, 40):  # their keys are random: some stand before those that were offered
        meetings.propose(deps, CECILIA, f"Asia {n}", f"line:{n}")
    meetings.set_agenda(deps, KOORD, key, Choice(accepted=chosen))
    assert sorted(meetings.sight(deps, key).items) == [f"Asia {n}" for n in range(10)]


def phenomenon(deps: Deps, number: str, status: str = "kasittelyssa", **more: object) -> str:
    values: dict[str, object] = {"outcome": "", "receiver": "", **more}
    day = date(2026, 8, 20)
    with deps.write() as session:
        row = Phenomenon(
            key=number.ljust(32, "0"), workspace=WORKSPACE, number=number, once=number, title=f"Ilmiö {number}",
            text="Kuvaus", theme="X-90", status=status, started_on=day, noted_on=day, **values,
        )  # fmt: skip
        session.add(row)
        return row.key


def observed(deps: Deps, count: int, key: str | None, status: str, day: date = date(2026, 8, 20)) -> None:
    with deps.write() as session:
        for n in range(count):
            name = f"{key}{status}{n}"[-20:] + f"{day:%m%d}{n}"
            session.add(
                Observation(
                    key=name.rjust(32, "0")[-32:], workspace=WORKSPACE, number=f"2026-{abs(hash(name)) % 10**4:04}"[:9],
                    once=name, author=f"U0KIRJ{n:04}", filed_on=day, week=202634, kind="E", theme="X-90",
                    theme_set="SHL11-2023", text="Teksti", status=status, phenomenon=key,
                )
            )  # fmt: skip


def test_the_half_years_rising_phenomena_are_proposed(deps: Deps) -> None:
    small, big, closed = (phenomenon(deps, f"I-AAA{n}") for n in range(3))
    phenomenon(deps, "I-AAA8", "toteutunut")
    phenomenon(deps, "I-AAA9")  # nobody has spoken of it
    observed(deps, 1, small, "kasittelyssa")
    observed(deps, 3, big, "viety")
    observed(deps, 9, closed, "uusi", date(2025, 8, 20))
    with deps.write() as session:
        for n in range(2):
            session.add(Same(workspace=WORKSPACE, phenomenon=big, who=f"h{n}"))
    key = planned(deps).key
    found = meetings.agenda_desk(deps, KOORD, key).rising
    assert [(one.number, one.observations, one.presses) for one in found] == [("I-AAA1", 3, 2), ("I-AAA0", 1, 0)]
    for _ in range(2):
        meetings.set_agenda(deps, KOORD, key, Choice(phenomena=frozenset({"I-AAA1"})))
    assert meetings.sight(deps, key).items == ("Ilmiö I-AAA1",)
    assert [one.number for one in meetings.agenda_desk(deps, KOORD, key).rising] == ["I-AAA0"]


def test_what_followed_is_drafted_from_statuses_and_published_once(deps: Deps) -> None:
    phenomenon(deps, "I-AAA1", "viety", receiver="Varha", published_on=date(2026, 8, 21))
    phenomenon(deps, "I-AAA2", "viety", receiver="ei julkinen")
    observed(deps, 6, None, "viety")
    observed(deps, 2, None, "uusi")
    key = planned(deps, start_date=date(2026, 11, 12)).key
    assert meetings.looked_back(deps, KOORD, key).tables is None  # the half-year is not over yet
    found = meetings.looked_back(at(deps, "2026-10-01T00:00"), KOORD, key)
    assert found.period == Period(date(2026, 4, 1), date(2026, 9, 30))
    assert found.tables is not None
    assert found.tables.table("outcome") == Table((), 8)  # two people's observations would stand alone
    assert [one.number for one in found.phenomena] == ["I-AAA1"]
    with pytest.raises(PersonalDataFound):
        meetings.publish(deps, KOORD, key, "Asiakas 130279-901E sai apua")
    assert meetings.publish(deps, KOORD, key, "Jonot lyhenivät")
    assert not meetings.publish(deps, KOORD, key, "Jonot lyhenivät taas")
    assert goes_out(deps, "what_followed") == [CHANNEL]
    assert stored(deps, key).followed == "Jonot lyhenivät"


def test_what_is_joined_has_come_as_far_as_its_phenomenon_and_what_waits_waits(deps: Deps) -> None:
    observed(deps, 6, phenomenon(deps, "I-AAA1", "toteutunut"), "yhdistetty")
    observed(deps, 7, None, "uusi")
    key = planned(deps, start_date=date(2026, 11, 12)).key
    found = meetings.looked_back(at(deps, "2026-10-01T00:00"), KOORD, key)
    assert found.tables is not None
    assert found.tables.table("outcome") == Table((("waiting", 7), ("carried", 6)))


def test_the_post_is_drawn_by_one_at_a_time_and_the_last_state_wins(deps: Deps) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "yes", 0)
    assert meetings.take_drawings(deps) == []  # nothing has been posted yet
    goes_out(deps, "meeting_notice")
    (drawing,) = meetings.take_drawings(deps)
    assert drawing.sight.counts.yes == 1
    meetings.take_answer(deps, CECILIA, key, "yes", 0)
    assert meetings.take_drawings(deps) == []  # somebody holds it
    meetings.drawn(deps, drawing)
    (drawing,) = meetings.take_drawings(deps)
    assert drawing.sight.counts.yes == 2
    in_a_minute = replace(deps, now=lambda: hki("2026-09-01T12:01"))
    (again,) = meetings.take_drawings(in_a_minute)  # who held it has died
    meetings.drawn(in_a_minute, again)
    assert meetings.take_drawings(in_a_minute) == []
    meetings.take_answer(deps, ELLI, key, "yes", 0)
    (lost,) = meetings.take_drawings(at(deps, "2026-10-15T12:00"))  # a clock that ran ahead, and was set back
    assert lost.key == key
    assert len(meetings.take_drawings(deps)) == 1


def test_messages_of_an_earlier_version_and_of_a_cancelled_meeting_lose_their_buttons(deps: Deps) -> None:
    key = planned(deps).key
    meetings.remind(at(deps, "2026-10-15T09:00"))
    now = at(deps, "2026-10-15T09:00")
    goes_out(now, "meeting_reminder")
    assert meetings.messages_to_close(now) == []
    meetings.change(now, KOORD, key, draft(start_time="10:00"))
    found = meetings.messages_to_close(now)
    assert sorted(row.recipient for _, row in found) == sorted(PEOPLE)
    for _, row in found[1:]:
        meetings.forget_place(now, row)
    assert len(meetings.messages_to_close(now)) == 1
    meetings.cancel(now, KOORD, key)
    assert len(meetings.messages_to_close(now)) == 1


def test_the_preview_shows_what_is_to_come(deps: Deps) -> None:
    key = planned(deps).key
    meetings.take_answer(deps, AINO, key, "no", 0)
    deps.people.everybody = lambda: [{"id": user} for user in PEOPLE]  # type: ignore[method-assign]
    found = [(f"{one.at:%Y-%m-%d %H:%M}", one.kind, one.recipients) for one in previewed(deps, deps.now(), 200)]
    assert [one for one in found if one[1].startswith("meeting")] == [
        ("2026-09-01 12:00", "meeting_notice", 1),
        ("2026-10-15 09:00", "meeting_reminder", 3),
        ("2026-11-05 09:00", "meeting_reminder", 3),
        ("2026-11-11 12:00", "meeting_reminder", 3),
        ("2027-02-01 09:00", "meeting_missing", 1),
    ]

"""Network meetings: the form's rules, when they are told of, who gets a seat, and the half-years."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PersonalDataFound
from bot.rules import meetings as rules
from bot.rules.commands import Command, understand
from bot.rules.meetings import MeetingDraft, Occurrence
from bot.rules.weeks import HOME, is_open, is_working_day
from storage.models import Meeting, Rsvp
from tests.clocks import hki

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
KEY = b"k" * 32


def draft(**more: Any) -> MeetingDraft:
    values = {
        "title": "Syksyn tapaaminen",
        "start_date": date(2026, 10, 26),
        "start_time": "09:00",
        "end_time": "15:00",
    }
    return MeetingDraft(**{**values, **more})


def meeting(start: str, hours: float = 3, **more: Any) -> Meeting:
    starts = hki(start)
    values: dict[str, Any] = {"key": "m" * 32, "workspace": "T", "once": "x", "title": "Tapaaminen", "changed_at": NOW}
    return Meeting(**{**values, "starts_at": starts, "ends_at": starts + timedelta(hours=hours), **more})


def planned(start: str) -> dict[str, str]:
    return {one.name: f"{one.at.astimezone(HOME):%Y-%m-%dT%H:%M}" for one in rules.reminders(meeting(start))}


def test_a_whole_draft_has_no_mistakes() -> None:
    assert rules.mistakes(draft(place="Linnankatu 1", link="https://teams.example/abc", capacity="20"), NOW) == {}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "\u200b\u2060\ufeff"}, "title"),
        ({"title": "\u00a0" * 5}, "title"),
        ({"title": "a" * 121}, "title"),
        ({"start_date": None}, "start_date"),
        ({"start_date": date(2026, 8, 31)}, "start_date"),
        ({"start_date": date(2029, 1, 1)}, "start_date"),
        ({"start_time": "9.00"}, "start_time"),
        ({"end_time": "09:00"}, "end_time"),
        ({"end_time": "08:45"}, "end_time"),
        ({"deadline": date(2026, 10, 27)}, "deadline"),
        ({"deadline": date(2026, 8, 31)}, "deadline"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "-1"}, "capacity"),
        ({"capacity": "2,5"}, "capacity"),
        ({"capacity": "٣"}, "capacity"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://a.example/x|y"}, "link"),
        ({"link": "https://a.example/ x"}, "link"),
        ({"agenda": "a" * 1501}, "agenda"),
    ],
)
def test_what_cannot_be_stored_has_its_mistake_at_its_field(more: dict[str, Any], field: str) -> None:
    assert list(rules.mistakes(rules.tidied(draft(**more)), NOW)) == [field]


def test_b24_the_missing_hour_is_refused_and_the_repeated_one_is_its_first_instant() -> None:
    spring = draft(start_date=date(2027, 3, 28), start_time="03:30", end_time="05:00")
    assert "kello" not in rules.mistakes(spring, NOW)["start_time"]
    assert rules.mistakes(spring, NOW) == {"start_time": rules.mistakes(spring, NOW)["start_time"]}
    assert "clocks" in rules.mistakes(spring, NOW)["start_time"]
    autumn = draft(start_date=date(2026, 10, 25), start_time="03:30", end_time="05:00")
    assert rules.mistakes(autumn, NOW) == {}
    assert rules.times(autumn)[0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert rules.is_repeated(rules.times(autumn)[0])
    assert not rules.is_repeated(rules.times(autumn)[1])


def test_a_place_may_be_an_address_and_a_link_has_numbers() -> None:
    rules.guard({"place": "Linnankatu 34 B 12, 20100 Turku", "link": "https://zoom.example/j/0401234567"}, KEY)


@pytest.mark.parametrize("field", ["title", "place", "link", "agenda", "item", "followed", "minutes"])
def test_the_guard_stops_an_identity_code_in_every_text(field: str) -> None:
    text = "https://a.example/130279-901E" if field in ("link", "minutes") else "Asiakas 130279-901E"
    with pytest.raises(PersonalDataFound) as caught:
        rules.guard({field: text}, KEY)
    assert caught.value.blocked == {field: ("identity_code",)}


def test_the_guard_reads_on_from_one_field_to_the_next() -> None:
    with pytest.raises(PersonalDataFound) as caught:
        rules.guard({"title": "Aiheena 130279", "place": "", "link": "", "agenda": "-901E ja muut"}, KEY)
    assert caught.value.blocked == {"title": ("identity_code",), "agenda": ("identity_code",)}


def test_an_address_elsewhere_than_in_the_place_is_shown_to_the_coordinator_first() -> None:
    for field in ("title", "agenda", "item", "followed"):
        with pytest.raises(PersonalDataFound) as caught:
            rules.guard({field: "Asukas osoitteessa Linnankatu 34 B 12, 20100 Turku"}, KEY)
        assert field in caught.value.warned or field in caught.value.blocked


def test_what_the_guard_only_warns_of_passes_once_it_was_seen() -> None:
    text = {"agenda": "Kysy lisää: testi@example.org"}
    with pytest.raises(PersonalDataFound) as caught:
        rules.guard(text, KEY)
    assert caught.value.warned == {"agenda": ("email",)}
    rules.guard(text, KEY, caught.value.seen)


def test_b10_curly_quotes_and_hard_spaces_are_as_plain_ones() -> None:
    curly = "uusi\u00a0“Tiimin kokous”\u00a026.10.2026\u00a09.00"
    straight = 'uusi "Tiimin kokous" 26.10.2026 9.00'
    for text in (curly, straight):
        asked = understand(Command.MEETING, text)
        found = rules.drafted(asked.rest)
        assert (asked.what, found.title, found.start_date, found.start_time) == (
            "new", "Tiimin kokous", date(2026, 10, 26), "09:00",
        )  # fmt: skip
    assert rules.unquoted("“Asumisen jonot”") == "Asumisen jonot"
    assert rules.drafted("31.2.2027 25.99").start_date is None


def test_the_four_reminders_of_a_meeting_on_an_ordinary_day() -> None:
    assert planned("2026-11-12T09:00") == {
        "28": "2026-10-15T09:00", "7": "2026-11-05T09:00", "1": "2026-11-11T12:00", "0": "2026-11-12T08:00",
    }  # fmt: skip


def test_on_a_closed_day_it_is_the_open_day_before() -> None:
    assert planned("2026-11-02T09:00")["1"] == "2026-10-30T12:00"  # a Monday
    assert planned("2026-12-14T09:00")["7"] == "2026-12-07T09:00"
    assert planned("2026-12-13T10:00")["7"] == "2026-12-04T09:00"  # Independence Day, and a Sunday
    assert planned("2026-08-04T09:00")["28"] == "2026-06-30T09:00"  # July


def test_one_reminder_a_day_at_most_and_none_after_the_start() -> None:
    assert planned("2027-01-07T09:00") == {
        "28": "2026-12-10T09:00", "7": "2026-12-22T09:00", "0": "2027-01-07T08:00",
    }  # fmt: skip
    assert "0" not in planned("2026-11-12T08:00")
    saturday = planned("2026-11-14T10:00")
    assert saturday["1"] == "2026-11-13T12:00"
    assert "0" not in saturday


def test_b25_weekly_meetings_keep_the_wall_clock_and_so_do_their_reminders() -> None:
    starts = [meeting(f"{day}T09:00") for day in ("2026-10-19", "2026-10-26", "2026-11-02")]
    assert [f"{one.starts_at:%dT%H}" for one in starts] == ["19T06", "26T07", "02T07"]
    mornings = [next(r.at for r in rules.reminders(one) if r.name == "0") for one in starts]
    assert [f"{at:%dT%H}" for at in mornings] == ["19T05", "26T06", "02T06"]


@given(st.datetimes(datetime(2026, 9, 2, 7), datetime(2029, 12, 31, 23)))
def test_every_reminder_goes_out_at_a_working_hour_of_an_open_day_before_the_meeting(start: datetime) -> None:
    one = meeting(f"{start:%Y-%m-%dT%H:%M}")
    found = list(rules.reminders(one))
    local = [reminder.at.astimezone(HOME) for reminder in found]
    assert all(is_open(at.date()) and 8 <= at.hour < 17 for at in local)
    assert all(reminder.at < reminder.expires_at <= one.starts_at for reminder in found)
    assert len({at.date() for at in local}) == len(local)
    assert local == sorted(local)


def test_of_several_missed_reminders_the_newest_is_due_and_none_that_is_stale() -> None:
    one = meeting("2026-11-12T09:00")
    assert rules.due(one, hki("2026-10-15T08:59")) is None
    for moment, name in (
        ("2026-10-15T09:00", "28"), ("2026-10-22T08:59", "28"), ("2026-11-05T09:00", "7"), ("2026-11-11T12:00", "1"),
        ("2026-11-12T08:00", "0"), ("2026-11-12T08:59", "0"),
    ):  # fmt: skip
        found = rules.due(one, hki(moment))
        assert found is not None
        assert found.name == name
    assert rules.due(one, hki("2026-10-22T09:00")) is None
    assert rules.due(one, hki("2026-11-12T09:00")) is None
    assert rules.due(replace_row(one, changed_at=hki("2026-11-05T10:00")), hki("2026-11-05T11:00")) is None
    assert rules.due(replace_row(one, status="cancelled"), hki("2026-11-05T09:00")) is None


def replace_row(row: Meeting, **more: Any) -> Meeting:
    return row.model_copy(update=more)


def test_a_reminder_that_a_closed_season_sends_out_early_names_no_weeks() -> None:
    for start in ("2026-11-12T09:00", "2026-08-04T09:00", "2027-01-12T09:00", "2027-04-06T09:00"):
        one = meeting(start)
        for reminder in rules.reminders(one):
            left = (one.starts_at - reminder.at).days
            said = rules.lead(reminder.name, one, reminder.at)
            assert said in (reminder.name, "")
            assert {"28": 26 <= left <= 30, "7": 5 <= left <= 9, "1": left <= 5, "0": left < 1, "": True}[said]
    assert rules.lead("28", meeting("2026-08-04T09:00"), hki("2026-06-30T09:00")) == ""
    assert rules.lead("7", meeting("2026-11-12T09:00"), hki("2026-11-08T08:00")) == ""
    assert rules.lead("7", meeting("2026-11-12T09:00"), hki("2026-11-05T09:00")) == "7"


def test_who_gets_which_reminder() -> None:
    one, before = meeting("2026-11-12T09:00", deadline=date(2026, 11, 6)), hki("2026-11-05T09:00")
    after = hki("2026-11-11T12:00")
    for name in ("28", "7", "1"):
        assert rules.concerns(name, rules.Own(), one, before)
        assert rules.concerns(name, rules.Own("yes"), one, after)
        assert rules.concerns(name, rules.Own("yes", 2), one, after)
        assert not rules.concerns(name, rules.Own("no"), one, before)
        assert not rules.concerns(name, rules.Own(), one, after)  # it is too late to sign up
    assert rules.concerns("0", rules.Own("remote"), one, after)
    for own in (rules.Own(), rules.Own("no"), rules.Own("yes", 1)):
        assert not rules.concerns("0", own, one, after)


def test_the_whole_last_day_counts_for_signing_up() -> None:
    one = meeting("2026-11-12T09:00", deadline=date(2026, 11, 6))
    assert rules.may_sign_up(one, hki("2026-11-06T23:59"))
    assert not rules.may_sign_up(one, hki("2026-11-07T00:00"))
    assert rules.is_open(one, hki("2026-11-07T00:00"))
    assert not rules.is_open(one, hki("2026-11-12T09:00"))


def test_the_question_comes_on_the_next_open_day() -> None:
    assert rules.question_at(meeting("2026-11-13T09:00")) == hki("2026-11-16T09:00")


acts = st.lists(
    st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from(["yes", "remote", "no"])) | st.integers(1, 6), max_size=40
)


@given(acts, st.integers(1, 6))
def test_seats_are_never_given_twice_and_the_line_keeps_its_order(found: list[Any], capacity: int) -> None:
    """A model of what the service does with the rules: whoever acts, the first in the line is the first to sit."""
    rows: dict[str, Rsvp] = {}
    line, seated_most = 0, capacity
    for act in found:
        if isinstance(act, int):
            capacity, seated_most = act, max(seated_most, act)
        elif (row := rows.setdefault(act[0], Rsvp(workspace="", meeting="", user=act[0], answer=""))).answer != act[1]:
            row.answer, row.place, row.waits = "", 0, False
            if act[1] == "yes":
                line += 1
                row.place, row.waits = line, rules.free_seats(list(rows.values()), capacity) == 0
            row.answer = act[1]
        waiting = rules.in_line(list(rows.values()))
        risen = rules.promoted(list(rows.values()), capacity)
        assert risen == waiting[: len(risen)]
        for one in risen:
            one.waits = False
        counted = rules.counts(list(rows.values()))
        assert counted.yes <= seated_most
        assert not (counted.waiting and counted.yes < capacity)
        assert sum(vars_of(counted)) == sum(1 for row in rows.values() if row.answer)
        for place, one in enumerate(rules.in_line(list(rows.values())), 1):
            assert rules.answer_of(list(rows.values()), one.user) == rules.Own("yes", place)


def vars_of(counted: rules.Counts) -> tuple[int, ...]:
    return counted.yes, counted.remote, counted.no, counted.waiting


def test_the_half_years_and_when_they_are_missed() -> None:
    assert rules.half_of(date(2027, 6, 30)).key == "2027-1"
    assert rules.half_of(date(2027, 7, 1)).key == "2027-2"
    assert rules.nudge_at(rules.half_of(date(2027, 3, 1))) == hki("2027-02-01T09:00")
    assert rules.nudge_at(rules.half_of(date(2026, 9, 1))) == hki("2026-08-03T09:00")  # the first is a Saturday
    spring = rules.half_of(date(2027, 1, 1))
    assert rules.stands_in(spring, [meeting("2027-04-14T09:00")])
    assert not rules.stands_in(spring, [meeting("2027-04-14T09:00", status="cancelled"), meeting("2027-09-01T09:00")])


def test_three_days_are_offered() -> None:
    assert rules.offered(date(2027, 2, 1)) == (date(2027, 4, 6), date(2027, 4, 21), date(2027, 5, 13))
    assert rules.offered(date(2026, 8, 3)) == (date(2026, 10, 6), date(2026, 10, 21), date(2026, 11, 5))


@given(st.dates(date(2026, 1, 1), date(2034, 12, 31)))
def test_offered_days_avoid_holidays_july_christmas_and_weekends(today: date) -> None:
    days = rules.offered(today)
    assert [day.weekday() for day in days] == [1, 2, 3]
    assert all(day - today >= timedelta(days=56) for day in days)
    for day in days:
        monday = day - timedelta(days=day.weekday())
        assert all(is_working_day(monday + timedelta(days=n)) for n in range(5))
        assert day.month != 7
        assert not (day.month, day.day) >= (12, 23)
        assert (day.month, day.day) > (1, 6)


def test_a_change_that_calendars_show_is_told_apart_from_others() -> None:
    one = meeting("2026-11-12T09:00")
    same = rules.draft_of(one)
    assert not rules.differs(one, same)
    assert not rules.differs(one, replace(same, agenda="1. Avaus", capacity="4", deadline=date(2026, 11, 1)))
    for more in ({"title": "Toinen"}, {"place": "Turku"}, {"start_time": "10:00"}, {"link": "https://a.example"}):
        assert rules.differs(one, replace(same, **more))


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (Occurrence("m" * 32, 0), f"{'m' * 32}:v0"),
        (Occurrence("m" * 32, 12, "28"), f"{'m' * 32}:v12:28"),
        (Occurrence("m" * 32, 3, "s7"), f"{'m' * 32}:v3:s7"),
        (Occurrence("m" * 32, of=rules.AFTER), f"{'m' * 32}:after"),
        (Occurrence("m" * 32, of=rules.MINUTES), f"{'m' * 32}:minutes"),
        (Occurrence("m" * 32, of=rules.FOLLOWED_ONCE), f"{'m' * 32}:followed"),
    ],
)
def test_an_occurrence_is_read_as_it_was_written(one: Occurrence, written: str) -> None:
    assert str(one) == written
    assert Occurrence.read(written) == one


def test_only_what_names_the_present_version_tells_of_the_meeting_as_it_stands() -> None:
    stands = meeting("2026-11-12T09:00", version=2)
    assert Occurrence.as_it_stands(stands, "7").is_present(stands)
    assert not Occurrence(stands.key, 1, "7").is_present(stands)
    assert not Occurrence(stands.key, of=rules.AFTER).is_present(stands)

"""Calendar files, read by two readers that know nothing of each other, and byte by byte."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from bot.exports import ics
from bot.rules.weeks import HOME
from storage.models import Meeting

TITLE = "Kokous\r\nATTENDEE:mailto:testi@example.org; äö, 👩‍👩‍👧‍👦" + "ä" * 80
CHANGED = datetime(2026, 9, 1, 9, 0, 0, 123456, tzinfo=UTC)


def meeting(start: str = "2026-10-23T09:00", fold: int = 0, **more: Any) -> Meeting:
    starts = datetime.fromisoformat(start).replace(tzinfo=HOME, fold=fold).astimezone(UTC)
    values: dict[str, Any] = {"key": "0f" * 16, "workspace": "T", "once": "x", "title": "Tapaaminen"}
    values |= {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "changed_at": CHANGED}
    return Meeting(**{**values, **more})


def by_first(content: bytes) -> Any:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def by_second(content: bytes) -> Any:
    (event,) = IcsCalendarStream.calendar_from_ics(content.decode()).events
    return event


def lines(content: bytes) -> list[bytes]:
    return content.split(b"\r\n")


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def judge(content: bytes) -> None:
    """The rules for any file: short lines, whole characters, one kind of line break, one event, nobody invited."""
    assert content.endswith(b"\r\n")
    for line in lines(content):
        assert len(line) <= 75
        line.decode()  # each physical line is whole
        assert b"\r" not in line
        assert b"\n" not in line
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(content)]
    assert names.count("BEGIN") == names.count("END")
    assert unfolded(content).count("BEGIN:VEVENT") == 1
    assert "ATTENDEE" not in names


@pytest.mark.parametrize(
    ("start", "instant"),
    [("2026-10-23T09:00", 1792735200), ("2026-10-26T09:00", 1792998000), ("2027-03-29T09:00", 1806300000)],
)
def test_b48_both_readers_see_the_instant_on_both_sides_of_the_change(start: str, instant: int) -> None:
    content = ics.calendar_file(meeting(start))
    judge(content)
    assert by_first(content).start.timestamp() == instant
    assert by_second(content).dtstart.timestamp() == instant
    assert by_second(content).dtend.timestamp() == instant + 7200
    assert f"DTSTART;TZID=Europe/Helsinki:{start.replace('-', '').replace(':', '')}00" in unfolded(content)


def test_b48_the_zone_is_a_yearly_rule_and_the_stamp_is_in_utc() -> None:
    found = unfolded(ics.calendar_file(meeting()))
    zone = found[found.index("BEGIN:VTIMEZONE") : found.index("END:VTIMEZONE")]
    summer = zone[zone.index("BEGIN:DAYLIGHT") : zone.index("END:DAYLIGHT")]
    winter = zone[zone.index("BEGIN:STANDARD") : zone.index("END:STANDARD")]
    assert "TZID:Europe/Helsinki" in zone
    assert {"TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "DTSTART:19810329T030000"} < set(summer)
    assert {"TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "DTSTART:19961027T040000"} < set(winter)
    rules = {line for line in (*summer, *winter) if line.startswith("RRULE")}
    assert {frozenset(rule.removeprefix("RRULE:").split(";")) for rule in rules} == {
        frozenset({"FREQ=YEARLY", f"BYMONTH={month}", "BYDAY=-1SU"}) for month in (3, 10)
    }
    assert not any(line.startswith("RDATE") for line in zone)
    assert "DTSTAMP:20260901T090000Z" in found


def test_b48_every_change_of_the_clocks_until_2040_is_that_of_the_zone_itself() -> None:
    """The block is read by the first reader alone, without its own tables."""
    content = ics.calendar_file(meeting())
    (block,) = Calendar.from_ical(content).walk("VTIMEZONE")
    zone = block.to_tz(lookup_tzid=False)
    for year in range(2026, 2040):
        for month in range(1, 13):
            for day in (1, 24, 25, 28, 31):
                try:
                    wall = datetime(year, month, day, 9)
                except ValueError:
                    continue
                assert wall.replace(tzinfo=zone).utcoffset() == wall.replace(tzinfo=HOME).utcoffset(), wall


@pytest.mark.parametrize(("fold", "instant"), [(0, "20261025T003000Z"), (1, "20261025T013000Z")])
def test_b37_the_two_instants_of_the_repeated_hour_stay_two(fold: int, instant: str) -> None:
    content = ics.calendar_file(meeting("2026-10-25T03:30", fold))
    judge(content)
    assert f"DTSTART:{instant}" in unfolded(content)
    assert f"{by_second(content).dtstart.astimezone(UTC):%Y%m%dT%H%M%SZ}" == instant


def test_b49_a_change_keeps_the_uid_and_raises_the_sequence_and_cancelling_says_so() -> None:
    one = meeting()
    files = [ics.calendar_file(one)]
    for version, more in enumerate(({"ends_at": one.ends_at + timedelta(hours=1)}, {"place": "Turku"}, {}), 1):
        status = "planned" if version < 3 else "cancelled"
        changed = one.changed_at + timedelta(seconds=version)
        one = one.model_copy(update={**more, "version": version, "status": status, "changed_at": changed})
        files.append(ics.calendar_file(one))
    events = [by_second(content) for content in files]
    assert len({event.uid for event in events}) == 1
    assert [event.sequence for event in events] == [0, 1, 2, 3]
    assert [event.dtstamp for event in events] == sorted({event.dtstamp for event in events})
    methods = [next(line for line in unfolded(content) if line.startswith("METHOD")) for content in files]
    assert methods == ["METHOD:PUBLISH"] * 3 + ["METHOD:CANCEL"]
    assert "STATUS:CANCELLED" in unfolded(files[3])
    assert ics.calendar_file(one) == files[3]
    assert by_second(ics.calendar_file(meeting(key="1f" * 16))).uid != events[0].uid


def test_b50_lines_fold_between_characters_and_a_title_makes_no_property() -> None:
    content = ics.calendar_file(meeting(title=TITLE, place="a\rb \\ ; ,", agenda="1. Avaus\r\nBEGIN:VEVENT\n2. Muut"))
    judge(content)
    summary = next(line for line in unfolded(content) if line.startswith("SUMMARY"))
    escaped = TITLE.replace("\r\n", "\\n").replace(";", "\\;").replace(",", "\\,")
    assert summary == f"SUMMARY:{escaped}"
    assert "LOCATION:a\\nb \\\\ \\; \\," in unfolded(content)
    for event_title in (str(by_first(content)["summary"]), by_second(content).summary):
        assert event_title == TITLE.replace("\r\n", "\n")


printable = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\r\n;,\\:\"'äö👩\u200d"), max_size=120
)


@example(r"C:\Nuoret", r"C:\nuoret", r"\\N")
@given(printable, printable, printable)
def test_b50_any_words_come_out_as_they_went_in(title: str, place: str, agenda: str) -> None:
    content = ics.calendar_file(meeting(title=title, place=place, agenda=agenda))
    judge(content)

    def told(text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n")

    read = by_second(content)  # the first takes an escaped backslash before an n for a line break
    assert (read.summary, read.location or "", read.description or "") == (told(title), told(place), told(agenda))


def test_no_person_is_in_the_file() -> None:
    assert "U0" not in ics.calendar_file(meeting()).decode()


@given(printable, printable)
def test_the_addresses_of_google_and_outlook_hold_the_meeting_and_fit(title: str, place: str) -> None:
    one = meeting(title=title, place=place, link="https://a.example/x?y=1&z=ä")
    google, outlook = (urlsplit(address) for address in (ics.google_address(one), ics.outlook_address(one)))
    for found in (google, outlook):
        assert len(found.geturl()) < 3000
        assert found.geturl().isascii()
        assert not set(found.geturl()) & set('<>|" ')
    asked = parse_qs(google.query)
    assert asked["dates"] == ["20261023T060000Z/20261023T080000Z"]
    assert asked.get("text", [""]) == [title] or len(title) > 40
    asked = parse_qs(outlook.query)
    assert (asked["startdt"], asked["enddt"]) == (["2026-10-23T06:00:00Z"], ["2026-10-23T08:00:00Z"])

"""The calendar file itself (RFC 5545), written with icalendar."""

import re
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDatetime, vText, vUTCOffset

from bot.rules.meetings import is_repeated
from bot.rules.weeks import HOME
from storage.models import Meeting

PRODUCT = "-//Raportoi//Verkostotapaamiset//FI"
ORGANIZER = "mailto:raportoi@verkosto.invalid"  # RFC 5546 wants one; nobody's address, so that no answers are sent
WINTER, SUMMER = timedelta(hours=2), timedelta(hours=3)


class Words(vText):
    r"""Escaped as RFC 5545 (3.3.11) says; icalendar's own escape makes a line break of a typed \N."""

    def to_ical(self) -> bytes:
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def written(meeting: Meeting) -> bytes:
    """As calendar_file."""
    cancelled = meeting.status == "cancelled"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    if not all(map(is_repeated, (meeting.starts_at, meeting.ends_at))):
        calendar.add_component(_zone())
    calendar.add_component(_event(meeting, "CANCELLED" if cancelled else "CONFIRMED"))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, status: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting.key}@raportoi")
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at))
    event.add("summary", Words(_lines(meeting.title)))
    event.add("organizer", ORGANIZER)
    event.add("status", status)
    event.add("transp", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE")
    if meeting.place:
        event.add("location", Words(_lines(meeting.place)))
    if meeting.link:
        event.add("url", meeting.link)
    if described := "\n\n".join(part for part in (meeting.link, _lines(meeting.agenda)) if part):
        event.add("description", Words(described))
    return event


def _local(moment: datetime) -> vDatetime:
    """Helsinki's clock with its zone named; in UTC where that clock shows the time twice, which no zone can tell."""
    whole = moment.replace(microsecond=0)
    return vDatetime(whole.astimezone(UTC if is_repeated(moment) else HOME))


def _lines(text: str) -> str:
    """One kind of line break, so that none is read as the end of a property."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _zone() -> Timezone:
    """Europe/Helsinki as a yearly rule: Outlook needs it, and misreads lists of single dates."""
    zone = Timezone()
    zone.add("tzid", HOME.key)
    zone.add_component(_observance(TimezoneDaylight(), (WINTER, SUMMER), "EEST", datetime(1981, 3, 29, 3)))  # noqa: DTZ001
    zone.add_component(_observance(TimezoneStandard(), (SUMMER, WINTER), "EET", datetime(1996, 10, 27, 4)))  # noqa: DTZ001
    return zone


def _observance(
    part: TimezoneDaylight | TimezoneStandard, offsets: tuple[timedelta, timedelta], name: str, begins: datetime
) -> TimezoneDaylight | TimezoneStandard:
    part.add("dtstart", begins)
    part.add("rrule", {"freq": "yearly", "bymonth": begins.month, "byday": "-1SU"})
    part.add("tzoffsetfrom", vUTCOffset(offsets[0]))
    part.add("tzoffsetto", vUTCOffset(offsets[1]))
    part.add("tzname", name)
    return part

"""Calendar files (RFC 5545) of meetings, and the addresses that put a meeting into Google's and Outlook's calendars."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDatetime, vUTCOffset

from bot.rules.meetings import is_repeated
from bot.rules.weeks import HOME
from storage.models import Meeting

NAME = "tapaaminen.ics"
PRODUCT = "-//Raportoi//Verkostotapaamiset//FI"
ORGANIZER = "mailto:raportoi@verkosto.invalid"  # RFC 5546 wants one; nobody's address, so that no answers are sent
WINTER, SUMMER = timedelta(hours=2), timedelta(hours=3)
LONGEST_ADDRESS = 2900  # Slack takes 3,000
LONGEST_PART = 300  # of title and place in an address


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as UTF-8: METHOD:PUBLISH, or METHOD:CANCEL for one that was cancelled.

    Its UID is the meeting's random key, and its SEQUENCE the version, so that a later file takes the place of an
    earlier one. It names no person.
    """
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
    event.add("summary", _lines(meeting.title))
    event.add("organizer", ORGANIZER)
    event.add("status", status)
    event.add("transp", "TRANSPARENT" if status == "CANCELLED" else "OPAQUE")
    if meeting.place:
        event.add("location", _lines(meeting.place))
    if meeting.link:
        event.add("url", meeting.link)
    if described := "\n\n".join(part for part in (meeting.link, _lines(meeting.agenda)) if part):
        event.add("description", described)
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


def google_address(meeting: Meeting) -> str:
    """Opens Google's calendar with the meeting filled in."""
    moments = "/".join(f"{one.astimezone(UTC):%Y%m%dT%H%M%SZ}" for one in (meeting.starts_at, meeting.ends_at))
    query = {"action": "TEMPLATE", "text": meeting.title, "dates": moments, "location": meeting.place}
    return _address("https://calendar.google.com/calendar/render", query, ("details", meeting.link))


def outlook_address(meeting: Meeting) -> str:
    """Opens Outlook's calendar with the meeting filled in."""
    query = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": meeting.title,
        "startdt": f"{meeting.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{meeting.ends_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "location": meeting.place,
    }
    return _address("https://outlook.office.com/calendar/0/deeplink/compose", query, ("body", meeting.link))


def _address(page: str, query: dict[str, str], link: tuple[str, str]) -> str:
    """Within Slack's limit: words are cut before they are encoded, and a link is left out where it has no room."""
    kept = {name: _cut(value) for name, value in query.items() if value}
    short = f"{page}?{urlencode(kept, quote_via=quote)}"
    long = f"{page}?{urlencode({**kept, link[0]: link[1]}, quote_via=quote)}"
    return long if link[1] and len(long) <= LONGEST_ADDRESS else short


def _cut(text: str) -> str:
    while len(quote(text)) > 4 * LONGEST_PART:
        text = text[: len(text) * 9 // 10]
    return text

"""Calendar files of meetings, and the addresses that put a meeting into Google's and Outlook's calendars."""

from datetime import UTC
from urllib.parse import quote, urlencode

from bot.rules.cuts import beginning
from storage.models import Meeting

NAME = "tapaaminen.ics"
LONGEST_ADDRESS = 2900  # Slack takes 3,000
LONGEST_PART = 300  # of title and place in an address


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting as UTF-8: METHOD:PUBLISH, or METHOD:CANCEL for one that was cancelled.

    Its UID is the meeting's random key, and its SEQUENCE the version, so that a later file takes the place of an
    earlier one. It names no person.
    """
    from bot.exports.ics._file import written  # noqa: PLC0415 - icalendar costs a start 20 ms and 3 MB

    return written(meeting)


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
        text = beginning(text, len(text) * 9 // 10)
    return text

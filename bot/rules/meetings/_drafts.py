"""What the form of a meeting may hold, and which instants its dates and times are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta

from bot.errors import N_
from bot.rules import hashes
from bot.rules.observations import tidy, visible_length
from bot.rules.privacy import found_in, refuse
from bot.rules.weeks import HOME, local_day, local_instant
from storage.models import Meeting

TIMES = tuple(f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in range(96))
TEXTS = ("title", "place", "link", "agenda")
LONGEST = {"title": 120, "place": 200, "link": 500, "agenda": 1500}
LONGEST_ITEM, LONGEST_FOLLOWED = 300, 2500
MOST_SEATS = 9999
FURTHEST = timedelta(days=731)
ADDRESS_FIELDS = ("place",)  # a meeting's place may be an address
LINK_FIELDS, OF_LINKS = {"link", "minutes"}, ("identity_code",)  # numbers in a link are those of the meeting
LINK = re.compile(r"https?://[^\s<>|\"'`\\]+\.[^\s<>|\"'`\\]+")
CHOOSE, TOO_LONG = N_("Please choose one."), N_("This is too long. Please shorten it.")
NO_LINK = N_("A link begins with https:// and has no spaces in it.")
MISSING_HOUR = N_("On this day the clocks are put forward from 3 to 4: there is no such time. Please choose another.")


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as a coordinator typed and chose it; times as "09:00", in Helsinki."""

    title: str = ""
    start_date: date | None = None
    start_time: str = "09:00"
    end_time: str = "15:00"
    place: str = ""
    link: str = ""
    deadline: date | None = None
    capacity: str = ""
    agenda: str = ""
    confirmed: frozenset[str] = frozenset()  # marks of the guard's warnings that were seen

    @property
    def seats(self) -> int | None:
        return int(self.capacity) if self.capacity else None


def draft_of(meeting: Meeting) -> MeetingDraft:
    """A stored meeting as its form would hold it."""
    start, end = (moment.astimezone(HOME) for moment in (meeting.starts_at, meeting.ends_at))
    return MeetingDraft(
        title=meeting.title,
        start_date=start.date(),
        start_time=f"{start:%H:%M}",
        end_time=f"{end:%H:%M}",
        place=meeting.place,
        link=meeting.link,
        deadline=meeting.deadline,
        capacity=str(meeting.capacity or ""),
        agenda=meeting.agenda,
    )


def marks(draft: MeetingDraft) -> dict[str, str]:
    """As `hashes.marks`, of all that a meeting's form holds."""
    return hashes.marks({one.name: getattr(draft, one.name) for one in fields(draft) if one.name != "confirmed"})


def merged(stored: MeetingDraft, typed: MeetingDraft, opened: Mapping[str, str]) -> MeetingDraft:
    """What was typed, but as stored where the form was left as it was opened: somebody may have changed that since."""
    return replace(typed, **{name: getattr(stored, name) for name in hashes.left_alone(marks(typed), opened)})


def tidied(draft: MeetingDraft) -> MeetingDraft:
    """Title, place and link on one line; nothing but signs that can be seen counts as nothing."""
    texts = {name: tidy(getattr(draft, name)) for name in TEXTS}
    texts |= {name: " ".join(texts[name].split()) for name in ("title", "place", "link")}
    kept = {name: text if visible_length(text) else "" for name, text in texts.items()}
    title, place, link, agenda = (kept[name] for name in TEXTS)
    return replace(draft, capacity=draft.capacity.strip(), title=title, place=place, link=link, agenda=agenda)


def times(draft: MeetingDraft) -> tuple[datetime, datetime]:
    """Start and end as instants (UTC); an hour that comes twice is the first one. The draft has no mistakes."""
    day = draft.start_date or date.min
    return _instant(day, draft.start_time), _instant(day, draft.end_time)


def _instant(day: date, at: str) -> datetime:
    return local_instant(day, time.fromisoformat(at))


def exists(day: date, at: str) -> bool:
    """Whether clocks in Helsinki show this time on this day."""
    return f"{_instant(day, at).astimezone(HOME):%H:%M}" == at


def mistakes(draft: MeetingDraft, now: datetime, was: date | None = None) -> dict[str, str]:
    """Field -> message id for each field that cannot be stored; empty when all is well. `was`: the deadline so far."""
    wrong = {name: TOO_LONG for name in TEXTS if len(getattr(draft, name)) > LONGEST[name]}
    if not draft.title:
        wrong["title"] = N_("Please give the meeting a title.")
    if draft.link and not LINK.fullmatch(draft.link):
        wrong["link"] = NO_LINK
    wrong |= {name: CHOOSE for name in ("start_time", "end_time") if getattr(draft, name) not in TIMES}
    if draft.start_date is None:
        wrong["start_date"] = N_("Please choose the day.")
    elif not wrong.keys() & {"start_time", "end_time"}:
        wrong |= _time_mistakes(draft, draft.start_date, now)
    if draft.deadline and draft.start_date and draft.deadline > draft.start_date:
        wrong["deadline"] = N_("The last day to sign up cannot be after the meeting.")
    elif draft.deadline and draft.deadline < local_day(now) and draft.deadline != was:
        wrong["deadline"] = N_("This day has passed already.")
    if draft.capacity and not _is_capacity(draft.capacity):
        wrong["capacity"] = N_("A whole number, at least 1, or nothing.")
    return wrong


def _is_capacity(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= MOST_SEATS  # noqa: PLR2004


def _time_mistakes(draft: MeetingDraft, day: date, now: datetime) -> dict[str, str]:
    if missing := {name: MISSING_HOUR for name in ("start_time", "end_time") if not exists(day, getattr(draft, name))}:
        return missing
    start, end = times(draft)
    if end <= start:
        return {"end_time": N_("The end must be after the start.")}
    if start <= now:
        return {"start_date": N_("This time has passed already.")}
    if day > local_day(now) + FURTHEST:
        return {"start_date": N_("At most two years ahead, please.")}
    return {}


def guard(texts: Mapping[str, str], key: bytes, confirmed: frozenset[str] = frozenset()) -> None:
    """Raises PersonalDataFound for what the privacy guard finds in a field and nobody has confirmed; else nothing."""
    found = found_in(texts, ADDRESS_FIELDS)
    for name in found.keys() & LINK_FIELDS:
        found[name] = {kind: words for kind, words in found[name].items() if kind in OF_LINKS}
    refuse(found, key, confirmed)


def differs(meeting: Meeting, draft: MeetingDraft) -> bool:
    """Whether the draft changes what stands in people's calendars, so that they must be told."""
    was, is_now = (_told_fields(one) for one in (draft_of(meeting), draft))
    return was != is_now or times(draft) != (meeting.starts_at, meeting.ends_at)


def _told_fields(draft: MeetingDraft) -> dict[str, object]:
    told = {"title", "start_date", "start_time", "end_time", "place", "link"}
    return {one.name: getattr(draft, one.name) for one in fields(draft) if one.name in told}

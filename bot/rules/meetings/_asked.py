"""A meeting as far as the words after `/tapaaminen uusi` tell of it."""

import re
from datetime import date

from bot.rules.meetings._drafts import LONGEST, TIMES, MeetingDraft

QUOTES = "\"'“”„‟«»‘’‚‛”"
DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
CLOCK = re.compile(r"(?<![\d.])(\d{1,2})[.:](\d{2})(?![\d.])")


def unquoted(text: str) -> str:
    """The text without the quotation marks that stand around the whole of it."""
    inner = text.strip()
    return inner[1:-1].strip() if len(inner) > 1 and inner[0] in QUOTES and inner[-1] in QUOTES else inner


def drafted(rest: str) -> MeetingDraft:
    """The form as far as the words after `uusi` fill it: a title, a day, a time."""
    day, clock = DAY.search(rest), CLOCK.search(DAY.sub(" ", rest))
    at = f"{int(clock[1]):02}:{clock[2]}" if clock else ""
    title = unquoted(" ".join(CLOCK.sub(" ", DAY.sub(" ", rest)).split()))
    return MeetingDraft(
        title=title[: LONGEST["title"]],
        start_date=_day(day),
        start_time=at if at in TIMES else MeetingDraft().start_time,
    )


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None

"""What a person asks with `/tapaaminen`, and with `/rapportera träff`."""

import re
import unicodedata
from datetime import date

from bot.rules.meetings._drafts import LONGEST, TIMES, Draft
from bot.rules.observations import tidy, visible_length

WORDS = {
    "new": ("uusi", "ny", "new"),
    "propose": ("ehdota", "föreslå", "propose"),
    "help": ("ohje", "ohjeet", "hjälp", "help", "?"),
}
AS_WORD = ("träff", "nätverksträff", "tapaaminen", "verkostotapaaminen", "meeting")
QUOTES = "\"'“”„‟«»‘’‚‛”"
DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
CLOCK = re.compile(r"(?<![\d.])(\d{1,2})[.:](\d{2})(?![\d.])")


def understand(text: str) -> tuple[str, str]:
    """(what was asked, the rest): "list", "new", "propose", "help", or "unknown" for other words.

    Any space parts words, and the clients' curly quotation marks are quotation marks.
    """
    plain = " ".join(unicodedata.normalize("NFC", tidy(text)).split())
    if not visible_length(plain):
        return "list", ""
    first, _, rest = plain.partition(" ")
    asked = next((name for name, words in WORDS.items() if first.casefold() in words), "unknown")
    return (asked, plain) if asked == "unknown" else (asked, rest if visible_length(rest) else "")


def asks_for_meetings(text: str) -> str | None:
    """What follows where the words after `/raportoi` or `/rapportera` ask for meetings; None where they do not.

    Only a word of ours may follow, so that a sentence that begins with "tapaaminen" is filed as one.
    """
    first, _, rest = " ".join(unicodedata.normalize("NFC", text).split()).partition(" ")
    asked = first.casefold() in AS_WORD and understand(rest)[0] != "unknown"
    return rest if asked else None


def unquoted(text: str) -> str:
    """The text without the quotation marks that stand around the whole of it."""
    inner = text.strip()
    return inner[1:-1].strip() if len(inner) > 1 and inner[0] in QUOTES and inner[-1] in QUOTES else inner


def drafted(rest: str) -> Draft:
    """The form as far as the words after `uusi` fill it: a title, a day, a time."""
    day, clock = DAY.search(rest), CLOCK.search(DAY.sub(" ", rest))
    at = f"{int(clock[1]):02}:{clock[2]}" if clock else ""
    title = unquoted(" ".join(CLOCK.sub(" ", DAY.sub(" ", rest)).split()))
    return Draft(
        title=title[: LONGEST["title"]], start_date=_day(day), start_time=at if at in TIMES else Draft().start_time
    )


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None

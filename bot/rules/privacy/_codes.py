"""Personal identity codes, codes that are in doubt, and dates of birth.

Source of the century signs: Government decree 690/2022, in force since 1 January 2023; of the rest: DVV's page on the
personal identity code.
"""

import re
from collections.abc import Iterator
from datetime import date

from stdnum.fi import hetu

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

_GAP = r"[\s*_~`()]{0,3}"
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECKS = "[0-9A-FHJ-NPR-Ya-fhj-npr-y]"
_DAY = (
    r"(?:0 ?[1-9]|[12] ?\d|3 ?[01])[ .]?(?:0 ?[1-9]|1 ?[0-2])[ .]?\d ?\d"
    r"|(?P<long>[0-3]?\d\. ?[01]?\d\. ?(?:(?:19|20)\d\d|\d\d))"
)
# A look-ahead, so that a near miss never hides a code that begins one digit later.
_CODE = re.compile(
    rf"(?=((?P<day>{_DAY}){_GAP}(?P<sign>[-+]{{1,2}}|[YXWVUA-Fyxwvua-f]|[/.,:;=#|\\]|){_GAP}"
    rf"(?P<tail>\d ?\d ?\d ?{_CHECKS})))\d"
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_SHORT_DAY = 6

_DATE = (
    r"(?:\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d|\d{6}"
    r"|\d{1,2}\.? (?:[a-z]+kuuta|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
    r" \d{4})(?!\d)"
)
# The first letter stands in a class of its own, so that the search can leap from one to the next.
_BORN_BEFORE = re.compile(
    r"[sSfF](?<!\w[sSfF])(?i:\.|ynt\.?(?!\w)|yntyny\w+|yntyneen?\w*|yntymaaika\w*|yntymapaiva\w*"
    r"|od(?:d|da|elsedatum|elsetid|elsedag)\w*)[\s:]{0,3}(?i:(?:on|oli|ar|var|den)\s)?\(?"
    rf"(?i:{_DATE})"
)
_BORN_AFTER = re.compile(rf"(?i:{_DATE})[ ,]{{1,2}}(?i:syntyn(?:yt|ee\w*)|fodd\w?)\b")


def find_codes(seen: Seen) -> Iterator[Hit]:
    """Identity codes: a shape and a day that exists are enough; what leaves a doubt is `doubtful_code`."""
    end = 0
    for found in _CODE.finditer(seen.digits):
        if found.start() >= end and (kind := _judge(found, seen.digits)):
            end = found.end(1)
            yield kind, found.start(), end


def _judge(found: re.Match[str], text: str) -> str | None:
    day, tail = _short_day(found), found["tail"].replace(" ", "").upper()
    if not found["sign"] and tail.isdigit() and (_is_loose(found) or found.end("day") == found.start("tail")):
        return None  # digits without any sign or letter are some other number
    sign = found["sign"][:1].upper()
    if not _exists(day, _CENTURIES.get(sign)):
        return None
    right = hetu.is_valid(f"{day}{sign if sign in _CENTURIES else 'A'}{tail}", allow_temporary=True)
    if sign not in _CENTURIES:
        return _judge_odd_sign(sign, tail, right=right)
    if right:
        return None if _is_span_of_days(found, text) else "identity_code"
    return _judge_wrong_check(found, text, tail)


def _judge_odd_sign(sign: str, tail: str, *, right: bool) -> str | None:
    """A slash, a dot, a space or nothing where the century sign belongs: asked about, never refused."""
    return "doubtful_code" if right or (sign and tail[-1].isalpha()) else None


def _judge_wrong_check(found: re.Match[str], text: str, tail: str) -> str | None:
    """A typing error is no excuse, but a clock time, a longer number or loose figures may be something else."""
    touches_digit = text[max(0, found.start() - 1) : found.start()].isdigit() or text[found.end(1) :][:1].isdigit()
    if touches_digit or _is_loose(found):
        return "doubtful_code" if tail[-1].isalpha() and not touches_digit else None
    if tail[-1].isalpha() and text[found.end(1) :][:1].isalpha():
        return "doubtful_code"
    return "doubtful_code" if _CLOCK.fullmatch(tail) and found["sign"][0] == "-" else "identity_code"


def _is_loose(found: re.Match[str]) -> bool:
    return len(found["day"]) != _SHORT_DAY or " " in found["tail"]


def _is_span_of_days(found: re.Match[str], text: str) -> bool:
    """`010126-310126` is two days, whatever the check sign says."""
    after = text[found.end(1) :][:3]
    return found["tail"].isdigit() and after[:2].isdigit() and not after[2:].isdigit()


def _short_day(found: re.Match[str]) -> str:
    """The day as ddmmyy."""
    if found["long"]:
        day, month, year = (part.strip() for part in found["long"].split("."))
        return day.zfill(2) + month.zfill(2) + year[-2:]
    return re.sub(r"\D", "", found["day"])


def _exists(day: str, century: int | None) -> bool:
    """Whether ddmmyy is a day of the calendar, in the named century or, when none is named, in the last two."""
    for first_year in (century,) if century else (1900, 2000):
        try:
            date(first_year + int(day[4:]), int(day[2:4]), int(day[:2]))
        except ValueError:
            continue
        return True
    return False


def find_birth_dates(seen: Seen) -> Iterator[Hit]:
    """Dates that a word says to be someone's birth; a bare date is an event and passes."""
    for shape in (_BORN_BEFORE, _BORN_AFTER):
        for found in shape.finditer(seen.text):
            yield "birth_date", found.start(), found.end()

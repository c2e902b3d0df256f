"""Personal identity codes, codes that are in doubt, and dates of birth.

Source of the century signs: Government decree 690/2022, in force since 1 January 2023; of the rest: DVV's page on the
personal identity code.
"""

import re
from collections.abc import Iterator
from datetime import date

from stdnum.fi import hetu

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._near import near
from bot.rules.privacy._see_through import Seen

_GAP = r"[\s_()]{0,3}"
_CELL = rf"(?:{_GAP}|\s?[|;,]\s?)"  # a table or a list puts the sign into the next cell
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECKS = "[0-9A-FHJ-NPR-Ya-fhj-npr-y]"
_LETTERS = "[YXWVUA-Fyxwvua-f]"
_DAY = (
    r"(?P<long>[0-3]?\d(?P<apart>[./-]) ?[01]?\d(?P=apart) ?(?:(?:19|20)\d\d|\d\d)"
    r"|[0-3]\d [01]?\d (?:19|20)\d\d|[0-3]\d[01]\d(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?P<between>[./-]?)[01]\d(?P=between)[0-3]\d)"
    r"|(?:0\s?[1-9]|[12]\s?\d|3\s?[01])[\s.]?(?:0\s?[1-9]|1\s?[0-2])[\s.]?\d\s?\d"
    r"|(?P<cut>(?<!\d)[1-9](?:0[1-9]|1[0-2])\d\d)"  # a spreadsheet has dropped the zero
)
_DIGIT = re.compile(r"[0-9]")
_CODE = re.compile(
    rf"((?P<day>{_DAY})(?:{_GAP}(?P<sign>[-+]{{1,2}}|- ?{_LETTERS}|{_LETTERS}-?|[^\w\s+-]|)"
    rf"|{_CELL}(?P<celled>[-+]|{_LETTERS})){_CELL}(?P<tail>\d\s?\d\s?\d\s{{0,2}}{_CHECKS}))"
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])\d\d")
_TWO_SIGNS = re.compile(rf"- ?{_LETTERS}|{_LETTERS}-")
_TIGHT = re.compile(r"\d{5}[-+A-Za-z]\d{3}[A-Za-z]")
_SHORT_DAY = 6

_DATE = (
    r"(?:\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d\d)|\d{4}-\d\d-\d\d|\d{6}"
    r"|\d{1,2}\.? (?:[a-z]+kuuta|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
    r" \d{4})(?!\d)"
)
_DATE_DIGITS = re.compile(r"\d{4,6}|\d\s?[./]\s?\d")
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
    for digit in _DIGIT.finditer(seen.digits):  # leaping from digit to digit is quicker than trying every place
        found = _CODE.match(seen.digits, digit.start()) if digit.start() >= end else None
        if found and (kind := _judge(found, seen.digits)):
            end = found.end(1)
            yield kind, found.start(), end


def _judge(found: re.Match[str], text: str) -> str | None:
    day, tail = _short_day(found), re.sub(r"\s", "", found["tail"]).upper()
    typed = found["sign"] or found["celled"] or ""
    if not typed and tail.isdigit() and (_is_loose(found) or found.end("day") == found.start("tail")):
        return None  # digits without any sign or letter are some other number
    sign = (typed.strip("+- ") or typed)[:1].upper()
    if not _exists(day, _CENTURIES.get(sign)):
        return None
    right = hetu.is_valid(f"{day}{sign if sign in _CENTURIES else 'A'}{tail}", allow_temporary=True)
    if right and sign in _CENTURIES:
        return _judge_right_check(found, text, sign)
    if not right and (_ends_in_word(found, text) or (found["cut"] and not _TIGHT.fullmatch(found[1]))):
        return None
    return _judge_wrong_check(found, text, tail) if sign in _CENTURIES else _judge_odd_sign(sign, tail, right=right)


def _judge_odd_sign(sign: str, tail: str, *, right: bool) -> str | None:
    """A slash, a dot, a space or nothing where the century sign belongs: asked about, never refused."""
    return "doubtful_code" if right or (sign and tail[-1].isalpha()) else None


def _judge_right_check(found: re.Match[str], text: str, sign: str) -> str | None:
    """Refused, but for what one row of digits in thirty looks like by chance: days, hours, spans of postcodes."""
    if _is_span_of_days(found, text):
        return None
    plain = sign == "-" and found["tail"].isdigit()
    if plain and (found["cut"] or re.search(r"20\d\d", found["long"] or "")):
        return None if _touches_digit(found, text) else "doubtful_code"
    return "identity_code"


def _judge_wrong_check(found: re.Match[str], text: str, tail: str) -> str | None:
    """A typing error is no excuse, but a clock time, a longer number or loose figures may be something else."""
    touches = _touches_digit(found, text)
    if touches or _is_loose(found):
        return "doubtful_code" if tail[-1].isalpha() and not touches else None
    if tail[-1].isalpha() and text[found.end(1) :][:1].isalpha():
        return "doubtful_code"
    return "doubtful_code" if _CLOCK.fullmatch(tail) and found["sign"][:1] == "-" else "identity_code"


def _ends_in_word(found: re.Match[str], text: str) -> bool:
    """`120126, 150 henkilöä`: the check sign is the first letter of the next word."""
    return text[found.end(1) - 2].isspace() and text[found.end(1) : found.end(1) + 1].isalpha()


def _touches_digit(found: re.Match[str], text: str) -> bool:
    return text[max(0, found.start() - 1) : found.start()].isdigit() or text[found.end(1) : found.end(1) + 1].isdigit()


def _is_loose(found: re.Match[str]) -> bool:
    """Whether the figures are spread out, so that they may belong to different numbers."""
    spread = len(found["day"]) != _SHORT_DAY or not found["tail"].isalnum() or bool(found["celled"])
    return spread or _TWO_SIGNS.fullmatch(found["sign"]) is not None


def _is_span_of_days(found: re.Match[str], text: str) -> bool:
    """`010126-310126` is two days, whatever the check sign says."""
    after = text[found.end(1) : found.end(1) + 3]
    return found["tail"].isdigit() and after[:2].isdigit() and not after[2:].isdigit()


def _short_day(found: re.Match[str]) -> str:
    """The day as ddmmyy."""
    day: str = found["day"]
    if found["cut"]:
        return "0" + day
    if not found["long"]:
        return re.sub(r"\D", "", day)
    if day.isdigit():
        return day[6:] + day[4:6] + day[2:4] if _YEAR_FIRST.fullmatch(day) else day[:4] + day[6:]
    parts = re.findall(r"\d+", day)
    if len(parts[0]) == len("1979"):
        parts.reverse()
    return "".join((parts[0].zfill(2), parts[1].zfill(2), parts[2][-2:]))


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
    for start, end in near(_DATE_DIGITS, seen.text, before=60):
        for shape in (_BORN_BEFORE, _BORN_AFTER):
            for found in shape.finditer(seen.text, start, end):
                yield "birth_date", found.start(), found.end()

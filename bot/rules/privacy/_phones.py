"""Telephone numbers: mobile ones, others, and the service numbers that are nobody's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from bot.rules.privacy._counts import counts_persons, counts_something
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

_RUN = re.compile(r"\d+(?:[\s.\-()\[\]_/,;:|\u00b7\u2022]{1,4}\d+)*")
_GROUP = re.compile(r"\d+")
_OPENING = re.compile(r"[+(\[]{1,2}\s?\Z")
_LISTED = frozenset(",;:|")
_AFTER_COUNTRY = 3  # the country code, the prefix, the rest
_MOBILE_PREFIX, _YEAR = re.compile(r"0(?:4\d|50)\d?"), re.compile(r"(?:19|20)\d\d")
_PREFIX = re.compile(r"0[1-9]\d{0,2}")

# After the leading zero or the country code.
_MOBILE = re.compile(r"4|50")
_SERVICE = re.compile(r"800|[67]00|606|10|20|29")
_SHORT_SERVICE = re.compile(r"112|11[68] ?\d{3}(?!\d|[ -]\d)")
_AREA = re.compile(r"[235689]|1[3-9]|7[135]|30")
_ABROAD = re.compile(r"00[1-9]")
_FINLAND = re.compile(r"(?:00)?3580?")
_MOBILE_OF_FINLAND = re.compile(r"(?:00)?3580?(?:4\d|50)\d?")

# A spreadsheet drops the zero. Three and three and three would be a sum; what touches other numbers is a part of them.
_WITHOUT_ZERO = re.compile(
    r"(?:4\d|50)(?<![\w/#+-]..)(?<!\d[.,: ]..)"
    r"(?:\d{7}|\d[ -]\d{6}|[ -](?:\d{7}|\d{3}[ -]\d{4}|\d{4}[ -]\d{3}|\d{3}[ -]\d\d[ -]\d\d))"
    r"(?![ ]?\d|[\w/-]|[.,:]\d|\s?(?:euro|eur\b|e\b|\u20ac|mk\b|kr\b|kronor|milj))"
)
_SWITCHBOARD = re.compile(
    r"(?:(?:kriisi|auttava|palvelu|lasten|nuorten|neuvonta|turva|jour|kris|hjalp)[a-z]{0,6}(?:puhelin|linja"
    r"|telefon(?:en)?|linje(?:n)?)|vaih(?:de|teen|teesta|teeseen|depuhelin)|keskus|asiakaspalvelu\w*|neuvonta\w*"
    r"|paivystys\w*|palvelunumero\w*|ajanvaraus\w*"
    r"|takaisinsoitto\w*|hatanumero\w*|vaxel(?:n)?|radgivning(?:en)?|jour(?:en)?|kundtjanst(?:en)?|switchboard"
    r"|helpline|hotline)"
    r"(?:[\s:,.]| on| numerossa| numerosta| puh| ar| is){1,4}\Z",
    re.IGNORECASE,
)
_ROUND = "00000"
# A number in two parts: `alkaa 040 ja loput 1234567`, `1234567, eteen 050`.
_PARTS = re.compile(
    r"(?<![\d+.,-])(?:\+?358 ?|0)(?:4\d|50)(?:\d?|[ -]?\d{3})[^\d\n]{1,30}?"
    r"\b(?:lop[pu]\w*|jatk\w*|sitten|pera\w*|siihen|rest\w*|slut\w*|fortsatt\w*|sedan|darefter|then|follow\w*|ends"
    r"|continu\w*)\b[^\d\n]{0,20}\d(?:[ .-]?\d){3,7}(?!\d)"
    r"|(?<![\d.,-])\d(?:[ .-]?\d){5,7}(?!\d)[^\d\n]{1,25}?"
    r"\b(?:eteen|edes\w*|alku\w*|alus\w*|suunta\w*|framfor|borja\w*|riktnum\w*|forst|before|in front"
    r"|prefix|start\w*|begin\w*)"
    r"\b[^\d\n]{0,20}(?:\+?358 ?|0)(?:4\d|50)\d?(?!\d|[.,:]\d)",
    re.IGNORECASE,
)
# The same sign between all its groups (`040, 000, 0012`), pairs after a slash (`040/00 00 012`), or a zero before the
# country code.
_ALIKE = re.compile(
    r"(?<![\d.,/-])(?<!\d )0(?:4\d|50)(?P<by> ?[,;:|/] ?)(?!0[45])\d{3}(?P=by)(?:\d{4}|\d\d(?P=by)\d\d)"
    r"(?!\d|(?P=by)\d|[.,:]\d)"
    r"|(?<![\d.,/-])0(?:4\d|50)/\d\d \d\d \d{3}(?! ?\d)"
    r"|(?<![\d+.,/-])0358[ -]?(?:4\d|50)(?:[ -]?\d){7}(?!\d)"
)
_FEWEST_OF_PARTS = 9
_SAID = re.compile(
    r"(?:numero|nro|\bnr|puh|soit|gsm|\btel|\bring|\bcall|phone|\bmob|kanny|luuri|whatsapp|tavoi|nas pa|lanka|tfn"
    r"|nummer|number|sms|tekst|\bp\.)"
    r"[^\d\n]{0,20}\Z",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(
    r"\s(?!(?:ja|tai|on|oli|ei|eli|mutta|och|eller|ar|men|and|or|is|but|klo|kl|vastaa|svarar|answers)\b)[a-z]{2,}"
)
_YEAR_LAST = re.compile(r" (?:19|20)\d\d\Z")  # `45 120 2024` may be three numbers: asked about
_ROUND_LAST = re.compile(r" \d{3} \d\d00\Z")  # and so may these
_OTHER_NUMBER = re.compile(
    r"(?:viite|lasku|tilaus|viitenumero|referens|faktura)[a-z]{0,10}[\s:.]{0,3}(?:on|oli|nro|ar)?\s?\Z", re.IGNORECASE
)

# What begins like a number to call but is a day, a span of clock times or of postcodes.
_HOUR = r"(?:[01]\d|2[0-4])"
_NOT_TO_CALL = re.compile(
    r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)?(?!\.?\d)"
    rf"|{_HOUR}[0-5]\d\s?-\s?{_HOUR}[0-5]\d(?!\d)|{_HOUR}\.[0-5]\d\s?-\s?{_HOUR}(?:\.[0-5]\d)?(?!\.?\d)"
    r"|\d{5}\s?-\s?\d{5}(?!\d)"
)
_CALLED = re.compile(
    r"(?:\bpuh|puhelin(?:numero\w*|nro)?|\btel|telefon(?:num\w+)?|\bgsm|kannyk\w*|\bnumeroni|\bmob(?:il\w*)?"
    r"|matkapuh\w*|lanka(?:num|puh)\w*|hem(?:num|tel)\w*)"
    r"(?: on| ar)?[\s.:]{0,3}\Z",
    re.IGNORECASE,
)

_MOST_DIGITS = 15  # ITU-T E.164
# What mobile numbers begin with abroad: the library knows which of them are given out, a person may write any.
_MOBILE_ABROAD = re.compile(
    r"447|467|47[49]|45[2-6]|372[58]|3712|3706|491[567]|33[67]|34[67]|393|316|324|3519|3538"
    r"|417|436|48[4-8]|420[67]|4219|36[237]0|407|359[89]|306|905|79|380(?:39|50|6[3678]|7[357]|9)"
    r"|375(?:25|29|33|44)|373[67]|9955|374[4-9]|994[4-7]|3816|3834|3859|3876|3897|3556|989|937"
    r"|9647|9639|961[378]|9627|9705|9725|9715|9665|965[569]|252[679]|251[79]|2917|249[19]|254[17]"
    r"|2567|255[67]|2507|243[89]|2376|234[789]|233[25]|2250|2217|220[2-79]|201|212[67]|213[567]"
    r"|216[2459]|2189|27[678]|91[6-9]|923|8801|947|9779|84[35789]|66[689]|639|628|959|861"
    r"|81[789]0|821|998[3-9]|996[257]|9929|55\d\d9|573|519|569|584|614|642|354[678]|298[257]"
)
_FEWEST_FOREIGN, _SURELY_FOREIGN = 8, 10
_FOREIGN_LOOKUPS = 20  # the library is slow; a number after so many is asked about, not looked up


@dataclass(frozen=True, slots=True)
class _Group:
    """A row of digits inside a run of numbers, and the signs before it."""

    start: int
    end: int
    digits: str
    before: str


@dataclass(slots=True)
class _Walk:
    """One run of numbers, and how far the walk through it has come."""

    text: str
    groups: list[_Group]
    lookups: list[int]
    found_until: int = -1

    def joined(self, at: int) -> str:
        """The digits from a group on, no more than a number can have with its prefix."""
        return "".join(group.digits for group in self.groups[at : at + _MOST_DIGITS + 2])[: _MOST_DIGITS + 2]

    def length(self, at: int, prefix: int, fewest: int, wanted: int, most: int) -> int:
        """How many groups make a number of the wanted length after its prefix, or of the longest allowed; 0 if none."""
        total, best = -prefix, 0
        for used, group in enumerate(self.groups[at : at + _MOST_DIGITS + 2], start=1):
            total += len(group.digits)
            if total > most or (used > 1 and not self.goes_on(at, used)):
                break
            if total == wanted:
                return used
            best = used if total >= fewest else best
        return best

    def goes_on(self, at: int, used: int) -> bool:
        """Whether the last of so many groups belongs to the number that began at one."""
        group, head = self.groups[at + used - 1], "".join(one.digits for one in self.groups[at : at + used - 1])
        if _MOBILE_OF_FINLAND.fullmatch(head) and len(group.digits) >= len("000"):
            return "\n\n" not in group.before
        return _joins(group, used, self.groups[at].digits)


def _joins(group: _Group, used: int, prefix: str) -> bool:
    """A slash or a comma stands in a number only after the area code, and an empty line in none."""
    if not _LISTED.isdisjoint(group.before):
        if _FINLAND.fullmatch(prefix):
            return used <= _AFTER_COUNTRY
        after_prefix = (
            used <= (len("0x") if "," in group.before else _AFTER_COUNTRY)
            and _PREFIX.fullmatch(prefix)
            and len(prefix) >= len("040")
        )
        return bool(after_prefix) and len(group.digits) >= len("000") and not _PREFIX.fullmatch(group.digits)
    if "/" in group.before:
        return _is_tight_mobile(group, used, prefix) or (used == len("0x") and len(group.digits) >= len("000"))
    return "\n\n" not in group.before


def _is_tight_mobile(group: _Group, used: int, prefix: str) -> bool:
    """`040 000/0012`, `+358 40/0000012`; with blanks around the slash they are two sums."""
    if group.before != "/" or used > _AFTER_COUNTRY or _YEAR.fullmatch(group.digits):
        return False
    abroad = _FINLAND.fullmatch(prefix) is not None
    return abroad or (_MOBILE_PREFIX.fullmatch(prefix) is not None and len(group.digits) >= len("000"))


def find_phones(seen: Seen) -> Iterator[Hit]:
    """Numbers to call: Finnish ones by their prefixes (Traficom's numbering), others by the `phonenumbers` library."""
    lookups = [_FOREIGN_LOOKUPS]
    for run in _RUN.finditer(seen.digits):
        if run.end() - run.start() >= len("116117"):
            yield from _in_run(_Walk(seen.digits, _groups(seen.digits, run), lookups))
    for found in _PARTS.finditer(seen.digits):
        enough = sum(map(str.isdigit, found[0])) >= _FEWEST_OF_PARTS
        if enough and not counts_something(seen.digits, found.end()):
            yield "mobile", found.start(), found.end()
    for found in _ALIKE.finditer(seen.digits):
        yield "mobile", found.start(), found.end()
    for found in _WITHOUT_ZERO.finditer(seen.digits):
        if kind := _without_zero(seen.digits, found):
            yield kind, found.start(), found.end()


def _without_zero(text: str, found: re.Match[str]) -> str | None:
    """Sure where a word says that it is a number to call; three figures in a row may count something."""
    before = max(0, found.start() - 30)
    if (
        found[0].endswith(_ROUND)
        or counts_persons(text, found.end())
        or _OTHER_NUMBER.search(text, before, found.start())
    ):
        return None
    if _SAID.search(text, before, found.start()):
        return "landline" if _YEAR_LAST.search(found[0]) or _ROUND_LAST.search(found[0]) else "mobile"
    if found[0].count(" ") > 1:
        counts = found[0].endswith("00") or _NOUN_AFTER.match(text, found.end())
        return None if counts else "landline"
    return "mobile"


def _groups(text: str, run: re.Match[str]) -> list[_Group]:
    groups, last = [], max(0, run.start() - len("(+ "))
    for found in _GROUP.finditer(text, run.start(), run.end()):
        groups.append(_Group(found.start(), found.end(), found[0], text[last : found.start()]))
        last = found.end()
    return groups


def _in_run(walk: _Walk) -> Iterator[Hit]:
    at = 0
    while at < len(walk.groups):
        kind, used = _judge(walk, at)
        if kind == "landline" and _SWITCHBOARD.search(
            walk.text, max(0, walk.groups[at].start - 45), walk.groups[at].start
        ):
            kind = None
        if kind and used:
            opening = _OPENING.search(walk.groups[at].before)
            walk.found_until = walk.groups[at + used - 1].end
            yield kind, walk.groups[at].start - len(opening[0] if opening else ""), walk.found_until
        at += max(used, 1)


def _judge(walk: _Walk, at: int) -> tuple[str | None, int]:
    """The kind of the number that begins at this group, if one does, and how many groups it takes."""
    group = walk.groups[at]
    plus = "+" in group.before[-len("(+ ") :]
    if at and not plus and group.digits[0] not in "03":
        return None, 1
    if other := _NOT_TO_CALL.match(walk.text, group.start):
        return None, sum(one.start < other.end() for one in walk.groups[at : at + 4])
    joined = walk.joined(at)
    if _FINLAND.match(joined):
        return _finnish_abroad(walk, at, joined, written_out=plus or joined.startswith("00"))
    if (plus and not joined.startswith("0")) or _ABROAD.match(joined):
        return _foreign(walk, at, plus=plus)
    if _is_middle_of_number(walk, at):
        return None, 1
    return _national(walk, at, joined) if joined.startswith("0") else _named(walk, at, joined)


def _is_middle_of_number(walk: _Walk, at: int) -> bool:
    """A short group glued to what stands before it is a part of that (`2026/0451-12345`, `VARHA/0412/2026`)."""
    group = walk.groups[at]
    if len(group.digits) >= len("0400000") or (at and walk.groups[at - 1].end == walk.found_until):
        return False
    if at:
        return group.before in {"-", "/", "."}
    return group.before[-1:] == "/" and group.before[-2:-1].isalpha()


def _finnish_abroad(walk: _Walk, at: int, joined: str, *, written_out: bool) -> tuple[str | None, int]:
    prefix = _FINLAND.match(joined)
    length = prefix.end() if prefix else 0
    mobile = bool(_MOBILE.match(joined, length))
    if not (mobile or written_out):
        return None, 1
    used = walk.length(at, length, fewest=6 if written_out else 8, wanted=9, most=10)
    if _SERVICE.match(joined, length):
        return None, used
    return "mobile" if mobile else "landline", used


def _national(walk: _Walk, at: int, joined: str) -> tuple[str | None, int]:
    first = walk.groups[at].digits
    if _SERVICE.match(joined, 1):
        return None, walk.length(at, 0, fewest=5, wanted=9, most=10)
    if _MOBILE.match(joined, 1):
        used = walk.length(at, 0, fewest=8, wanted=10, most=11)
        return ("mobile", used) if used and not _is_money(walk, at, used) else (None, 1)
    area = _AREA.match(joined, 1)
    apart = area and first == joined[: area.end()] and len(walk.groups) > at + 1 and len(walk.groups[at + 1].digits) > 2  # noqa: PLR2004 - two digits after two are a day or an hour
    if area and first == joined[: area.end()] and not apart and _is_told(walk, at):
        return "landline", walk.length(at, 0, fewest=7, wanted=9, most=10)
    if area and (apart or len("02000000") <= len(first) <= len("0200000000")):
        return "landline", walk.length(at, 0, fewest=7, wanted=9, most=10)
    return None, 1


def _is_told(walk: _Walk, at: int) -> bool:
    """Brackets or a word say that pairs of digits are a number (`(02) 25 55 55`), not days or hours."""
    group = walk.groups[at]
    bracketed = group.before.endswith(("(", "[")) and walk.text[group.end : group.end + 1] in {")", "]"}
    return bracketed or _SAID.search(walk.text, max(0, group.start - 30), group.start) is not None


def _is_money(walk: _Walk, at: int, used: int) -> bool:
    """`1 040 500 000 euroa`: what looks like a number to call is the tail of a sum or of a count."""
    return bool(at) and counts_something(walk.text, walk.groups[at + used - 1].end)


def _named(walk: _Walk, at: int, joined: str) -> tuple[str | None, int]:
    """A number without a prefix, when a word before it says that it is one (`puh. 200 0000`)."""
    start = walk.groups[at].start
    if _SHORT_SERVICE.match(walk.text, start) or not _CALLED.search(walk.text, max(0, start - 25), start):
        return None, 1
    if _MOBILE.match(joined) and (used := walk.length(at, 0, fewest=8, wanted=9, most=10)):
        return "mobile", used
    return "landline", walk.length(at, 0, fewest=6, wanted=7, most=10)


def _foreign(walk: _Walk, at: int, *, plus: bool) -> tuple[str | None, int]:
    """A number of another country; one that the library does not know is a warning if a plus sign stands before it."""
    longest = walk.length(at, 0 if plus else 2, fewest=_FEWEST_FOREIGN, wanted=_MOST_DIGITS, most=_MOST_DIGITS)
    for used in range(longest, max(0, longest - 3), -1):
        if walk.lookups[0] <= 0:
            break
        walk.lookups[0] -= 1
        if kind := _looked_up("".join(group.digits for group in walk.groups[at : at + used]), plus=plus):
            return kind, used
    digits = sum(len(group.digits) for group in walk.groups[at : at + longest])
    if not plus or digits < _SURELY_FOREIGN or counts_something(walk.text, walk.groups[at + longest - 1].end):
        return None, 1
    return "mobile" if _MOBILE_ABROAD.match(walk.joined(at)) else "landline", longest


def _looked_up(digits: str, *, plus: bool) -> str | None:
    try:
        number = phonenumbers.parse("+" + (digits if plus else digits.removeprefix("00")))
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    mobile = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
    return "mobile" if phonenumbers.number_type(number) in mobile else "landline"

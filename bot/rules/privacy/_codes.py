"""Personal identity codes, codes that are in doubt, and dates of birth.

Source of the century signs: Government decree 690/2022, in force since 1 January 2023; of the rest: DVV's page on the
personal identity code.
"""

import re
from collections.abc import Iterator
from datetime import date

from stdnum.fi import hetu

from bot.rules.privacy._born import is_of_thing
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
    r"|(?:0\s{0,3}[1-9]|[12]\s{0,3}\d|3\s{0,3}[01])[\s.]{0,3}(?:0\s{0,3}[1-9]|1\s{0,3}[0-2])[\s.]{0,3}\d\s{0,3}\d"
    r"|(?P<cut>(?<!\d)[1-9](?:0[1-9]|1[0-2])\d\d)"  # a spreadsheet has dropped the zero
)
_DIGIT = re.compile(r"[0-9]")
_SIX_DIGITS = re.compile(r"\d{6}")
_NINE_DIGITS = re.compile(r"\d{4,6}|\d{3}[A-Za-z]")
_CODE = re.compile(
    rf"((?P<day>{_DAY})(?:{_GAP}(?P<sign>[-+]{{1,4}}|- ?{_LETTERS}|{_LETTERS}-?|[^\w\s+-]|)"
    rf"|{_CELL}(?P<celled>[-+]|{_LETTERS})){_CELL}(?P<tail>\d\s{{0,3}}\d\s{{0,3}}\d\s{{0,3}}{_CHECKS}))"
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-4])[0-5]\d")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])\d\d")
_OF_THIS_CENTURY = re.compile(r"20\d\d[./-]?(?:0\d|1[0-2]).+|.*20\d\d")
_TWO_SIGNS = re.compile(rf"- ?{_LETTERS}|{_LETTERS}-")
_TIGHT = re.compile(r"\d{5}[-+A-Za-z]\d{3}[A-Za-z]")
# A code of which only the century sign is missing; after a gap a small letter may be a measure (hours, metres, euros).
_SIGNLESS = re.compile(
    r"(?<![\w/.+:-])\d{6}(?:[^\S\n]{0,3}\d{3}[A-FHJ-NPR-Y]|\d{3}[a-fhj-npr-y]|[^\S\n]{1,3}\d{3}[abcfjknrsuxy])(?![\w/-])"
)
_SHORT_DAY = 6

_MONTH = (
    r"(?:[a-z]+kuuta|[a-z]+k\.|(?:tammi|helmi|maalis|huhti|touko|kesa|heina|elo|syys|loka|marras|joulu)|jan(?:uari"
    r"|uary)?|feb(?:ruari|ruary)?|mars|march|mar|apr(?:il)?|maj|may|jun[ie]?|jul[iy]?"
    r"|aug(?:usti|ust)?|sep(?:tember|t)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# `kolmantena toukokuuta`, `den tredje maj`, `the third of May`, and as people say months: `kolmas viidettä`.
_DAY_IN_WORDS = (
    r"(?:ensimmai[a-z]+|eka[a-z]*|toi(?:nen|sena)|toka[a-z]*"
    r"|(?:yhde|kahde|kolma|kolme|nelja|viide|kuude|seitsema|kahdeksa|yhdeksa|kymmene)[a-z]{1,30}"
    r"|(?:tjugo|trettio)?(?:forsta|andra|tredje|fjarde|femte|sjatte|sjunde|attonde|nionde)|tionde|elfte|tolfte"
    r"|[a-z]{2,6}tonde|(?:tjugo|tretti)onde"
    r"|(?:(?:twenty|thirty)[ -]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|[a-z]{3,5}teenth|twentieth|thirtieth)"
)
_MONTH_BY_NUMBER = (
    r"(?:ensimmaista|ekaa|toista|tokaa|(?:kolma|nelja|viide|kuude|seitsema|kahdeksa|yhdeksa|kymmene)tta"
    r"|(?:yhdet|kahdet)tatoista)"
)
_YEAR = r"(?:[-']?(?:19|20)\d\d|[-']?\d\d)"
_DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|-?\d\d)|\d{4}-\d\d-\d\d|\d{8}|\d{6}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th|:e)?[ -](?:day |paivana |paiva )?(?:of )?{_MONTH},?[ -]{_YEAR}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|(?:19|20)\d\d,? (?:den )?(?:\d{{1,2}}\.? {_MONTH}|[a-z]+kuun \d{{1,2}}\b)"
    r"|\d{1,2}[./ -]{1,2}(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})[./ -]{1,2}(?:19|20)\d\d"
    r"|\d{1,2}\.\d{1,2}\.?,? (?:(?:ja|och|and) )?(?:vuo\w+|ar|aret|year|in) \d{4}|\d{1,2}:e i \d{1,2}:[ae] \d{4}"
    rf"|[a-z]+kuun \d{{1,2}}\.? (?:paivana )?{_YEAR}"
    rf"|\d{{1,2}}(?P<apart>[\s,:_|]{{1,2}})\d{{1,2}}(?P=apart){_YEAR}|\d{{1,2}}/\d{{1,2}} {_YEAR}"
    rf"|{_DAY_IN_WORDS}(?: paivana)?,? (?:of )?{_MONTH},? {_YEAR}"
    rf"|(?:[a-z]+kuun|{_MONTH}) (?:the )?{_DAY_IN_WORDS}(?: paivana)?,? {_YEAR}"
    rf"|(?:{_DAY_IN_WORDS}|\d{{1,2}}\.?) {_MONTH_BY_NUMBER},? {_YEAR}"
    rf"|{_DAY_IN_WORDS} (?:i|of) (?:the )?{_DAY_IN_WORDS},? {_YEAR})(?!\d)"
)
_DATE_DIGITS = re.compile(r"\d{4,8}|\d\s?[\s./,:_|-]\s?\d|(?<=[a-z] )[-']?\d\d\b")
# The first letter stands in a class of its own, so that the search can leap from one to the next.
_BORN_BEFORE = re.compile(
    r"[sSfFbBdD](?<!\w[sSfFbBdD])(?i:\.|ynt\.?\s?(?:aika|pv|pvm|ajan?)?\.?(?!\w)|yntyny\w*|yntyi|yntyneen?\w*"
    r"|yntyma-?(?:aika|aja|paiva|pv)\w*|dd\b|od(?:d|da|elsedatum|elsetid|elsedag)\w*|orn\b|irth ?da(?:y|te)|\.?o\.?b\b"
    r"|(?<![^\s(,;][sSfF])(?<=[sSfF])(?= \d[\d./ -]{2,6}(?:19|20[01])\d\d| \d{1,2}\.\d{1,2}\.[3-9]\d\b)|ate of birth)"
    r"[\s:]{0,3}(?:(?i:on|oli|ar|var|den|is|was|the|in|i|pa|jo|vuonna|paivana|[a-z]{3,9}(?:tai|iikko)na"
    r"|[a-z]{2,5}dag(?:en)?|[a-z]{3,6}day)\s|[A-Z][a-z]+\s){0,3}\(?"
    rf"(?i:{_DATE})"
)
# `täyttää 18 vuotta 3.5.2027`, `fyller 18 den 3.5.2027`.
_BIRTHDAY = re.compile(
    r"\b(?i:tayt(?:taa|ti|tanyt|tava)|fyll(?:er|de|t)|turn(?:s|ed))(?: han| hon)? "
    rf"(?i:\d{{1,3}}(?: ?v\b\.?| ?vuotta| ar| years)?,? (?:den |on |pa )?{_DATE})"
)
_MAY_BE_BORN = re.compile(r"tayt|fyll|turn|synt|f[od]dd?|born|birth|\bd\.?o\.?b|\b[sf](?:\.|\s\d)", re.IGNORECASE)
_BORN_AFTER = re.compile(rf"(?=\d)(?i:{_DATE})[ ,]{{1,2}}(?i:syntyn(?:yt|ee\w*)\b|synt\.|fodd\w?\b|born\b)")
# A client's six or eight figures that are a day, and an identity code of which only the day is told.
_CLIENTS_DAY = re.compile(
    r"\b(?:asiakas|asiakkaan|potilas|potilaan|klient(?:en)?|patient(?:en)?|client) (?P<day>\d{6}|\d{8}"
    r"|\d{1,2}\.\d{1,2}\.(?:19\d\d|200\d))"
    r"(?![\d/-]|[.,:]\d)",
    re.IGNORECASE,
)
_DAY_OF_CODE = re.compile(r"(?<![\w/-])(?P<day>\d{6})\s?-\s?(?:[xX]{3,4}|[nN]{3,4}|[?#]{1,4}|_{2,4}|\.{3,4}|\u2026)")

# Words that name an identity code: what follows them is one, also cut short, or of another country.
_NAMED = (
    r"\b(?:hetu|henk(?:ilo)?[.-]?\s?(?:tun|num)|hlo[.-]?\s?tun|h-tunnu|sotu\b|sosiaaliturvatunnu|kansalaistunnu"
    r"|pers(?:on)?[. -]{0,2}(?:bet|nummer|nr|signum)|social(?:skydds|forsakrings)?signum"
    r"|(?:identity|id) (?:code|number)|ssn\b|social security n|isikukood)[a-z]{0,12}\.?[^\d.!?]{0,25}"
)
_NAMED_CODE = re.compile(
    rf"{_NAMED}(?P<code>\d{{9,12}}(?!\d)|\d{{6,8}}[-+]\d{{4}}(?!\d)"
    r"|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{3}[a-z](?!\w)"  # the year first
    r"|\d{3} \d{4} \d{4}(?!\d)"
    r"|(?P<day>\d\d ?\d\d ?\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)|\d{8})"
    rf"{_GAP}(?:(?:[-+]|{_LETTERS})?{_GAP}\d{{3}}[a-z]?|[./:_=*\\~'\"]{_GAP}\d{{3}}[\da-z])(?![\w]))",
    re.IGNORECASE,
)
# However its signs are parted (`271 199 95 7P`), a right check sign after such a word is enough.
_NAMED_LOOSE = re.compile(
    rf"(?:{_NAMED}|\b(?:asiakas|asiakkaan|potilas|potilaan|klient(?:en)?s?|patient(?:en)?s?|client|lapsi"
    rf"|lapsen)[ :]{{1,2}})"
    rf"(?P<code>(?P<day>\d(?:[\W_]{{0,3}}\d){{5}})[\W_]{{0,4}}(?:{_LETTERS}[\W_]{{0,3}})?"
    rf"(?P<tail>\d(?:[\W_]{{0,3}}\d){{2}}[\W_]{{0,4}}{_CHECKS}))(?!\w)",
    re.IGNORECASE,
)
_MAY_BE_NAMED = re.compile(
    r"hetu|henk|hlo|h-tun|sotu|sosiaalit|kansalaist|pers|socials|socialf|identi|id [cn]|ssn|isik|asiak|potil|klient"
    r"|patient|client|laps",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(rf"{_NAMED}\Z", re.IGNORECASE)
_NAMED_DAY = re.compile(
    rf"{_NAMED}(?P<code>(?P<day>\d{{6}})(?!\d))(?! (?:alkaen|asti|saakka|lahtien|mennessa|fran))", re.IGNORECASE
)
_CUT_CODE = re.compile(rf"(?<![\w/.+-])(?P<code>(?P<day>\d{{6}})(?:[-+]|{_LETTERS})\d{{3}}[GQZgqz]?)(?![\w-]|[.,:/]\d)")
# Only the day, the sign and a figure or two are left (`310298-9`, `130777-9_ _`), or no month has the day
# (`450612-913K`); a day that only its month or year lacks (`131379-901A`) counts where a word names it.
_SHORT_CODE = re.compile(
    rf"(?<![\w/.+:-])(?P<code>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?:[-+]\d\d?|{_LETTERS}\d\d)"
    r"(?:\s?[xX*?#.\u2026_]{1,4})?)(?![\w+-]|[.,:/]\d|\s?%)"
)
# A dash before the check sign too (`130279-901-E`).
_PARTED_CHECK = re.compile(
    rf"(?<![\w/.+-])(?P<code>(?P<day>\d{{6}}) ?(?:[-+]{{1,2}}|{_LETTERS}) ?(?P<tail>\d{{3}} ?-{{1,2}} ?{_CHECKS}))"
    r"(?![\w-])"
)
_SHAPE_OF_CODE = re.compile(
    rf"(?<![\w/.+:-])(?P<code>(?:3[2-9]|[4-9]\d)(?:0[1-9]|1[0-2])\d\d(?:[-+]|{_LETTERS})\d{{3}}(?=[A-Za-z]){_CHECKS})"
    r"(?![\w-])"
)
_NAMED_SHAPE = re.compile(
    rf"(?:{_NAMED}|\b(?:tunnus|tunnukse|signum|beteckning|code)\w{{0,6}}\.?[^\d.!?]{{0,12}})"
    rf"(?P<code>\d{{6}}(?:[-+/.:_=]|{_LETTERS})\d{{3}}{_CHECKS})(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"(?:tilau|lasku|kausi|jakso|raport|versio|viite|tuote|tuott|projekt|period|rapport|faktura|bestallning|referens"
    r"|invoice|order|product)[a-z]{0,10}[\s:.]{0,3}(?:on|oli|nro|nr|no|ar)?\.?\s?\Z",
    re.IGNORECASE,
)
# A code told in two parts: `alku 130279 ja loppu 901E`, `synt. 13.2.1979, loppuosa 901E`, `130279, sista fyra 901E`.
_PART_DAY = r"\d{6}|\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d"
_TWO_PARTS = re.compile(
    rf"(?<![\d/.-])(?P<day>{_PART_DAY})(?P<then>\D{{2,45}})(?P<tail>\d{{3}}{_CHECKS})(?![\w-])"
    rf"|(?<![\d/])(?P<first>\d{{3}}{_CHECKS})(?![\w-])(?P<before>\D{{2,45}})(?P<last>{_PART_DAY})(?!\d)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:lop[pu]|pera|jatk|sitten|(?:vali)?viiva|miinus|slut|sedan|darefter|rest|then|follow|ends?\b|dash|streck|alku|alka"
    r"|alko"
    r"|alus|paatt|viimei|tunnusosa|borja|sista|start|begin|last\b|hyphen)",
    re.IGNORECASE,
)
_LAST_PART = re.compile(
    r"\b(?:loppuosa|tunnusosa|loppu on|slutdel|slutet)\w{0,4}[\s:]{0,3}(?:(?:on|oli|ar"
    r"|var)\s)?[-+]?[A-F]?(?P<code>\d{3}[A-Z])\b",
    re.IGNORECASE,
)


def find_codes(seen: Seen) -> Iterator[Hit]:
    """Identity codes: a shape and a day that exists are enough; what leaves a doubt is `doubtful_code`."""
    end = 0
    for digit in _DIGIT.finditer(seen.digits):  # leaping from digit to digit is quicker than trying every place
        found = _CODE.match(seen.digits, digit.start()) if digit.start() >= end else None
        if found and (kind := _judge(found, seen.digits)):
            end = found.end(1)
            yield kind, found.start(), end
    yield from _cut_codes(seen.digits)
    if _MAY_BE_NAMED.search(seen.digits):
        for found in _NAMED_LOOSE.finditer(seen.digits):
            if _has_right_check(*(re.sub(r"[\W_]", "", found[part]) for part in ("day", "tail"))):
                yield "identity_code", *found.span("code")


def _cut_codes(text: str) -> Iterator[Hit]:
    """Codes without their check sign, which the nine figures give: sure where a word names them, else in doubt."""
    for start, end in near(_NINE_DIGITS, text, before=60):
        for found in _NAMED_CODE.finditer(text, start, end):
            if found["day"] is None or _exists(_day_of_figures(found["day"]), None):
                yield "identity_code", *found.span("code")
        for found in _CUT_CODE.finditer(text, start, end):
            if _exists(found["day"], None):
                yield "doubtful_code", *found.span("code")
        for found in _TWO_PARTS.finditer(text, start, end):
            if kind := _told_in_parts(text, found):
                yield kind, *found.span()
        for found in _LAST_PART.finditer(text, start, end):
            yield "doubtful_code", *found.span("code")
    yield from _broken_codes(text)


def _told_in_parts(text: str, found: re.Match[str]) -> str | None:
    """A right check sign, and a word that says that the parts belong together; in doubt where only dots join them."""
    day, tail, between = (
        found[one] or found[other] for one, other in (("day", "last"), ("tail", "first"), ("then", "before"))
    )
    if not _has_right_check(_day_of_figures(day), tail):
        return None
    if _GOES_ON.search(between) or _NAMED_BEFORE.search(text, max(0, found.start() - 40), found.start()):
        return "identity_code"
    return "doubtful_code" if tail[-1].isalpha() and not re.search("[a-z]", between, re.IGNORECASE) else None


def _has_right_check(day: str, tail: str) -> bool:
    return hetu.is_valid(f"{day}-{tail.upper()}", allow_temporary=True)


def _broken_codes(text: str) -> Iterator[Hit]:
    """Codes of which little is left, and those with a day that does not exist; other numbers by their word pass."""
    for start, end in near(_SIX_DIGITS, text, before=60):
        for shape in (_SHORT_CODE, _SHAPE_OF_CODE, _NAMED_SHAPE):
            for found in shape.finditer(text, start, end):
                at, last = found.span("code")
                if not _OTHER_NUMBER.search(text, max(0, at - 30), at):
                    yield "doubtful_code", at, last
        for found in _PARTED_CHECK.finditer(text, start, end):
            if _has_right_check(found["day"], re.sub(r"\W", "", found["tail"])):
                yield "doubtful_code", *found.span("code")


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
    if sign in _CENTURIES:
        return _judge_wrong_check(found, text, tail)
    odd = right or (sign and tail[-1].isalpha()) or _is_mistyped(found, text)
    return "doubtful_code" if odd else None  # a slash, a dot, a space or nothing where the century sign belongs


def _is_mistyped(found: re.Match[str], text: str) -> bool:
    """`010190 901K`, `010190901k` by themselves, but no `120126 150h`, and no number that its word calls another."""
    alone = _SIGNLESS.match(text, found.start(1))
    return alone is not None and not _OTHER_NUMBER.search(text, max(0, found.start(1) - 30), found.start(1))


def _judge_right_check(found: re.Match[str], text: str, sign: str) -> str | None:
    """Refused, but for what one row of digits in thirty looks like by chance: days, hours, spans of postcodes."""
    if _is_span_of_days(found, text):
        return None
    plain = sign == "-" and found["tail"].isdigit()
    if plain and (found["cut"] or _OF_THIS_CENTURY.fullmatch(found["long"] or "")):
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
        return _day_of_figures(day)
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
    shapes = (_BORN_BEFORE, _BORN_AFTER, _BIRTHDAY) if _MAY_BE_BORN.search(seen.text) else ()
    for start, end in near(_DATE_DIGITS, seen.text, before=90):
        for shape in shapes:
            for found in shape.finditer(seen.text, start, end):
                if not is_of_thing(seen.text, found):
                    yield "birth_date", found.start(), found.end()
        for shape in (_CLIENTS_DAY, _DAY_OF_CODE, _NAMED_DAY):
            for found in shape.finditer(seen.text, start, end):
                if _exists(_day_of_figures(found["day"]), None):
                    yield "birth_date", found.start("day"), found.end()


def _day_of_figures(figures: str) -> str:
    """Six or eight figures, or figures with dots or spaces, as ddmmyy."""
    if "." in figures:
        day, month, year = figures.split(".")
        return day.zfill(2) + month.zfill(2) + year[-2:]
    figures = figures.replace(" ", "")
    if len(figures) == _SHORT_DAY:
        return figures
    return figures[6:] + figures[4:6] + figures[2:4] if _YEAR_FIRST.fullmatch(figures) else figures[:4] + figures[6:]

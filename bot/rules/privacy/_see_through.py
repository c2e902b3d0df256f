"""Reading a text as an eye reads it: look-alikes, odd spaces and hidden signs become plain ASCII, places are kept."""

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

# Letters that look like ours: Cyrillic, Greek, Cherokee, small capitals, and Latin ones that do not decompose.
# Accents need no row here: they are taken away by decomposition.
_LOOK_ALIKES = {
    other: ours
    for others, same in (
        ("АВСЕНІЈКМОРЅТУХҮѴԀԌԚԜЗ", "ABCEHIJKMOPSTYXYVDGQW3"),
        ("авсеһіјкморѕтухүѵԁнԛԝз", "abcehijkmopstyxyvdhqw3"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϒ", "ABEZHIKMNOPTYXCY"),
        ("αβεζιкκνορτυχϲη", "abeziкkvoptuxcn"),
        ("ᎪᏴᏟᎠᎬᎻᎫᏦᎷᏢᏚᎢᏙᎳᎩ", "ABCDEHJKMPSTVWY"),
        ("ᴀʙᴄᴅᴇʜᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡʏ", "abcdehjklmnopstuvwy"),
        ("øØıłŁđĐɑɡ", "oOilLdDag"),
    )
    for other, ours in zip(others, same, strict=True)
} | {"к": "k"}
_DASHES = frozenset("\u2212\u2043\u02d7\u2796\u30fc\uff70\u2500\u2501")
_PLUSES = frozenset("\u2795\u271a\ufe62\u16ed")
_LINE_ENDS = frozenset("\n\v\f\x85\u2028\u2029")  # a carriage return is a blank: its line feed follows
_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0")  # letters and symbols by name, empty to the eye
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})

_O_OR_L_BESIDE_DIGIT = re.compile(r"[0-9][oOIl]|[oOIl][0-9]")
_NUMBER_WITH_LETTERS = re.compile(r"(?<![A-Za-z])(?:[oOIl]{0,20}[0-9][0-9oOIl]*|[oO]{2,}\b)")
AS_DIGITS = str.maketrans("oOIl", "0011")

# What a paste brings along: signs written as codes of web pages and addresses, and the marks of bold and italic text.
_CODED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|%(?:2[0BDFbdf]|40)")
_HAS_MARKS = re.compile(r"[*~`]|&[#A-Za-z]|%[24]|(?<![^\W_])_|_(?![^\W_])")
_MARK = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the eye reads it; `digits` is the same, with O and l among digits read as 0 and 1."""

    text: str
    digits: str
    places: Sequence[int]
    ends: Mapping[int, int] = field(default_factory=dict)  # of typed signs that are longer than one

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the read text stands in the typed one."""
        last = self.places[end - 1]
        return self.places[start], self.ends.get(last, last + 1)


@lru_cache(maxsize=4096)
def _read(sign: str) -> str:
    """What one typed sign looks like: nothing, one sign, or several."""
    if sign in _LINE_ENDS:
        return "\n"
    if sign.isspace() or sign in _BLANKS:
        return " "
    if unicodedata.category(sign) in _UNSEEN:
        return ""
    if sign in _PLUSES:
        return "+"
    if sign in _DASHES or unicodedata.category(sign) == "Pd":
        return "-"
    value = unicodedata.decimal(sign, None)
    return str(value) if value is not None else _without_accents(sign)


def _without_accents(sign: str) -> str:
    if sign in _LOOK_ALIKES:
        return _LOOK_ALIKES[sign]
    parts = unicodedata.normalize("NFKD", sign)
    return "".join(_LOOK_ALIKES.get(part, part) for part in parts if unicodedata.category(part) not in _UNSEEN)


def _digits(text: str) -> str:
    if not _O_OR_L_BESIDE_DIGIT.search(text):
        return text
    return _NUMBER_WITH_LETTERS.sub(lambda found: found[0].translate(AS_DIGITS), text)


def plain(text: str) -> str:
    """The text without accents and look-alikes, for word lists."""
    return "".join(map(_read, text))


def see_through(text: str) -> Seen:
    """The text as the eye reads it, with the way back to every typed place; the typed text itself stays as it is."""
    marked = _HAS_MARKS.search(text)
    if not marked and text.isascii() and text.isprintable():
        return Seen(text, _digits(text), range(len(text)))
    signs = list(map(_read, text))
    ends = _without_marks(text, signs) if marked else {}
    read = "".join(signs)
    if len(read) == len(text) and "" not in signs:
        return Seen(read, _digits(read), range(len(text)))
    places = [at for at, sign in enumerate(signs) for _ in sign]
    return Seen(read, _digits(read), places, ends)


def _without_marks(text: str, signs: list[str]) -> dict[int, int]:
    """Put what coded signs mean in the place of their first, nothing for the rest; says where each code ends."""
    ends = {}
    for mark in _MARK.finditer(text):
        signs[mark.start()] = ""
    for found in _CODED.finditer(text):
        meant = chr(int(found[0][1:], 16)) if found[0][0] == "%" else html.unescape(found[0])
        if meant != found[0]:
            signs[found.start() : found.end()] = ["".join(map(_read, meant)), *[""] * (found.end() - found.start() - 1)]
            ends[found.start()] = found.end()
    return ends

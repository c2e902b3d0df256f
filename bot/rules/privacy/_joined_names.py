"""Names that something joins: one word, a dot or a dash, a word that says that a name follows."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._first_names import ALONE_FIRST_NAMES, FIRST_NAMES, is_first_name_form
from bot.rules.privacy._surnames import ALONE_SURNAMES, STARTS_OF_SURNAMES, may_be_surname

_LONG_WORD = re.compile(r"[A-Za-z]{8,30}")
_SHORTEST_NAME, _SHORTEST_SURNAME = 3, 5
_STARTS = frozenset(name[:3] for name in FIRST_NAMES)
# `matti_virtanen`, `p.virtanen`, `virtanen/matti`, `asiakas-Virtanen`, `kalle-pekka`.
_PAIR = re.compile(r"(?<![A-Za-z0-9@])(?=([A-Za-z]{1,20})\.?(?:[._/+;=|-]{1,2}| - )([A-Za-z]{3,20})(?![A-Za-z0-9]))")
# `nimi on matti`, `hon heter kerttu`, `first name kerttu`: in small letters, where nothing else shows it.
_NAMED = re.compile(
    r"\b(?:(?:etu|suku|lempi)?nim(?:i|ensa|ena)|nimelta\w{0,3}|nimella|(?:for|efter)?namn(?:et)?|heter|hette|kallas"
    r"|(?:first |last |sur)?name|called|named)(?:\s?[:=]| on| oli| ar| var| is| was)?\s{1,2}"
    r"(?P<name>[a-z]{3,20})(?![a-z0-9])",
    re.IGNORECASE,
)
_KIN = (
    r"(?:veljekse|sisarukse|mummo|vaari|pappa|poja|tyttare|tyto|aidi|vaimo|miehe|rouva)\w{0,3}|lapse[tn]|lasten|leski"
    r"|isa|perhe(?:en|elle|ella|elta|tta)?|pariskunta\w*|poika|tytar|tytto|aiti|mies|familj(?:en)?"
)
_OF_KIN = re.compile(rf"(?<![\w-])(?P<surname>[A-Za-z][a-z]{{2,20}}(?:sen|sson|ssons|stroms?|qvists?)) (?:{_KIN})\b")
_WITH_APOSTROPHE = re.compile(r"\bO['\u2019][A-Z][a-z]{2,}")


def find_joined_names(text: str) -> Iterator[Hit]:
    """A first name and a common surname that are joined, in either order, and a known name after a word for one."""
    for found in _LONG_WORD.finditer(text):
        if _is_glued(found[0]):
            yield "name", found.start(), found.end()
    for found in _PAIR.finditer(text):
        if _is_pair(*found.groups()):
            yield "name", found.start(1), found.end(2)
    for found in _NAMED.finditer(text):
        small = found["name"].lower()
        if small in ALONE_FIRST_NAMES or may_be_surname(small):
            yield "name", found.start(), found.end()
    for found in _OF_KIN.finditer(text):
        if may_be_surname(found["surname"].lower()):
            yield "name", found.start(), found.end()
    for found in _WITH_APOSTROPHE.finditer(text):
        yield "name", found.start(), found.end()


def _is_pair(one: str, other: str) -> bool:
    """Two names, an initial and a surname, a surname with a capital after any word, or a first name of two parts."""
    first, last = one.lower(), other.lower()
    if may_be_surname(last):
        return first in FIRST_NAMES or len(first) == 1 or other[0].isupper()
    if may_be_surname(first):
        return last in FIRST_NAMES
    return first in ALONE_FIRST_NAMES and last in ALONE_FIRST_NAMES


def _is_glued(word: str) -> bool:
    """`mattivirtanen`, `VirtanenMatti`, `pvirtanen`, `VirtanenM`."""
    small = word.lower()
    if small[1:] in ALONE_SURNAMES or (word[-1].isupper() and word[-2].islower() and small[:-1] in ALONE_SURNAMES):
        return True
    cuts = range(_SHORTEST_NAME, len(small) - _SHORTEST_SURNAME + 1)
    if small[:3] in _STARTS and any(small[:cut] in FIRST_NAMES and may_be_surname(small[cut:]) for cut in cuts):
        return True
    if small[:4] not in STARTS_OF_SURNAMES:
        return False
    cuts = range(_SHORTEST_SURNAME, len(small) - _SHORTEST_NAME + 1)
    return any(small[:cut] in ALONE_SURNAMES and is_first_name_form(small[cut:]) for cut in cuts)

"""Coordinates on a map, as degrees or in metres: they point at one house."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

_NORTH, _EAST = r"(?:5[89]|6\d|70)", r"0?(?:19|2\d|3[0-2])"  # Finland
_BETWEEN = (
    r"\s?\u00b0?(?:\s?[NPEI]\b|\s(?:pohj|nord|north)[a-z]*)?[\s,;/|]{1,4}(?:ja\s|och\s"
    r"|and\s)?(?:lo?ng?\w{0,6}[\s:=]{1,3})?[NPEI]?[\s:=]{0,2}"
)
_DEGREES = re.compile(
    r"(?<![\d.,])(?:(?P<lat>lat\w{0,6}[\s:=]{1,3})|(?<![A-Za-z])(?P<letter>(?-i:[NPEI]))[\s:=]{0,2})?"
    rf"(?:{_NORTH}[.,](?P<north>\d{{2,9}}){_BETWEEN}{_EAST}[.,]\d{{2,9}}"
    rf"|{_EAST}[.,](?P<east>\d{{2,9}}){_BETWEEN}{_NORTH}[.,]\d{{2,9}})\s?\u00b0?(?P<end>\s?(?-i:[NPEI])\b|\s(?:ita"
    rf"|ost|east)[a-z]*)?(?!\d)",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    rf"\b(?:[NP]\s?)?{_NORTH}\s?\u00b0\s?\d{{1,2}}[^\n]{{0,18}}?{_EAST}\s?\u00b0\s?\d{{1,2}}[^\s,;.]{{0,10}}"
)
_SPACED = re.compile(rf"\b[NP]\s?{_NORTH}\s\d{{1,2}}[.,]\d{{1,4}}[\s,;/]{{1,3}}[EI]\s?{_EAST}\s\d{{1,2}}[.,]\d{{1,4}}")
_METRES = re.compile(
    r"(?<![\d.,])(?P<letter>[NP][\s:=]{0,3})?(?:6[5-9]|7[0-7])\d{5}(?:[.,]\d{1,3})?[\s,;/|]{1,4}(?:[EI][\s:=]{0,3})?"
    r"(?:3[0-9])?\d{6}(?:[.,]\d{1,3})?(?![\d])"
)
_NAMED = re.compile(
    r"(?:koordinaat|koordinat|coordinat|sijain|lage\b|gps|wgs|etrs|tm35|kkj|ykj|\blat)[^\n]{0,25}\Z", re.IGNORECASE
)
_PLUS_CODE = re.compile(r"\b(?=[0-9A-Z]{0,7}[CFGHJMPQRVWX])[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b")
_MAY_BE = re.compile(
    r"\d[.,]\d{3}|(?:5[89]|6\d|70)[.,]\d\d|\d ?[NPEI]\b|[NPEI] ?\d\d[.,]|\u00b0|\+[2-9CFGHJMPQRVWX]{2}|[67]\d{6}"
)
_JOINED = re.compile(r"\b(?:ja|och|and)\b")
_MANY = len("4514")


def find_coordinates(seen: Seen) -> Iterator[Hit]:
    """Degrees with four decimals or more, or fewer where a word or a letter names them; metres only when named."""
    text = seen.text
    if not _MAY_BE.search(text):
        return
    for found in _DEGREES.finditer(text):
        lettered = found["lat"] or found["letter"] or found["end"] or "\u00b0" in found[0]
        many = len(found["north"] or found["east"]) >= _MANY and not _JOINED.search(found[0])
        if many or lettered or _is_named(text, found.start()):
            yield "coordinates", found.start(), found.end()
    for found in _METRES.finditer(text):
        if found["letter"] or _is_named(text, found.start()):
            yield "coordinates", found.start(), found.end()
    for shape in (_MINUTES, _SPACED, _PLUS_CODE):
        for found in shape.finditer(text):
            yield "coordinates", found.start(), found.end()


def _is_named(text: str, start: int) -> bool:
    return _NAMED.search(text, max(0, start - 45), start) is not None

"""Numbers whose groups are parted by signs that nobody needs there: `040 🔥 000`, `FI21=1234`, `"130279" "-901E"`."""

import re
from collections.abc import Iterator

from bot.rules.privacy._anew import Finders, Stretch, find_anew
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

# What a sum, a date, a section, a colon or brackets need is left alone.
_USUAL = r"\w\s.,;:()/|%\u00a7\u20ac\u00b0$&@+-"
_SEPARATORS = r"[\s.,:;/|()-]{0,6}"
_SIGN = rf"(?:</?[a-z]{{1,6}} ?/?>|[^{_USUAL}]|(?<=\d)\+(?=\d)|[.:/]\s?-|-\s?[.:/])"
_ODD = re.compile(rf"(?<=[0-9A-Za-z]){_SEPARATORS}(?:{_SIGN}{_SEPARATORS}){{1,5}}(?=[0-9A-Za-z])")
_TWO_FIGURES = re.compile(r"\d\d")


def find_behind_odd_signs(seen: Seen, finders: Finders) -> Iterator[Hit]:
    """What the finders see once a space, or the dash that stands among them, is read for odd signs near a number."""
    return find_anew(seen.text, _stretches(seen.text), finders)


def _stretches(text: str) -> Iterator[Stretch]:
    for found in _ODD.finditer(text):
        start, end = found.span()
        before, after = text[start - 1].isdigit(), text[end].isdigit()
        grouped = before and _TWO_FIGURES.search(text, max(0, start - 2), end + 2)
        if before != after or grouped:  # figures one by one are read where dictated ones are
            signs = [("-" if "-" in found[0] else " ", start, end), (text[end], end, end + 1)]
            yield Stretch(start, end + 1, signs)

"""Words whose letters stand apart, `P e k k a  L a h t i n e n`, read as words."""

import re
from collections.abc import Iterator

from bot.rules.privacy._anew import Finders, Stretch, find_anew
from bot.rules.privacy._findings import Hit
from bot.rules.privacy._see_through import Seen

_APART = re.compile(r"(?<![^\W_])[A-Za-z](?:[\s._,:;/|+=~@'-]{1,3}[A-Za-z](?![A-Za-z0-9'])){3,60}")
_GAP = re.compile(r"[^A-Za-z]+")


def find_spaced(seen: Seen, finders: Finders) -> Iterator[Hit]:
    """What the finders see once letters that stand apart are words; a wider gap parts two words."""
    return find_anew(seen.text, map(_joined, _APART.finditer(seen.text)), finders)


def _joined(found: re.Match[str]) -> Stretch:
    gaps = {gap.start(): gap for gap in _GAP.finditer(found.string, found.start(), found.end())}
    narrow = min(len(gap[0]) for gap in gaps.values())
    signs = []
    at = found.start()
    while at < found.end():
        gap = gaps.get(at)
        if gap is None:
            signs.append((found.string[at], at, at + 1))
        elif len(gap[0]) > narrow:
            signs += [(sign, at, gap.end()) for sign in gap[0].strip() or " "]
        at = gap.end() if gap else at + 1
    return Stretch(found.start(), found.end(), signs)

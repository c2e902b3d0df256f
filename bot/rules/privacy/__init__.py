"""The privacy guard: what in a typed text is personal data and must not be stored."""

import base64
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from bot.errors import PersonalDataFound
from bot.rules.hashes import keyed
from bot.rules.privacy._findings import ADDRESS_KINDS, KINDS, Finding, without_overlaps
from bot.rules.privacy._see_through import see_through

__all__ = [
    "KINDS",
    "MOST_MARKS",
    "Finding",
    "Found",
    "examine",
    "find_personal_data",
    "found_in",
    "refuse",
    "see_through",
]

Found = dict[str, dict[str, set[str]]]
"""Field -> kind -> the words that were found there."""

MOST_MARKS = 80  # of eight characters each: a form carries 3,000 in all

# Slack writes a link as <target|label>: whatever is found in either, the token is the finding.
_TOKEN = re.compile(r"<[a-zA-Z][^<>\s|]*(?:\|[^<>]*)?>")


def find_personal_data(text: str, *, address_allowed: bool = False) -> tuple[Finding, ...]:
    """Every piece of personal data in the text, by place, none overlapping; empty when the text is clean.

    Places are counted in code points of the text as typed, which is not changed and of which nothing is kept.
    Addresses and postcodes pass where `address_allowed`, as in a meeting's place. Any string is accepted, lone
    surrogates and control characters too. Kinds and levels: docs/privacy-guard.md.
    """
    from bot.rules.privacy._finders import find_names_in_other_scripts, hits  # noqa: PLC0415 - a sixth of the start

    seen = see_through(text)
    tokens = [found.span() for found in _TOKEN.finditer(seen.text)]
    findings = [
        Finding(kind, KINDS[kind], *seen.typed(*_widened(start, end, tokens)))
        for kind, start, end in hits(seen)
        if not (address_allowed and kind in ADDRESS_KINDS)
    ]
    findings += [Finding(kind, KINDS[kind], start, end) for kind, start, end in find_names_in_other_scripts(text)]
    return without_overlaps(findings)


def examine(texts: Mapping[str, str], key: bytes, confirmed: Collection[str] = ()) -> None:
    """Raises PersonalDataFound for what the texts (field -> words) hold and nobody has confirmed, as `refuse`."""
    refuse(found_in(texts), key, confirmed)


def found_in(texts: Mapping[str, str], addresses: Collection[str] = ()) -> Found:
    """What the texts (field -> words) hold; in the fields `addresses` an address may stand.

    What begins in one field and ends in the next counts for both.
    """
    found: Found = {name: {} for name in texts}
    for name, text in texts.items():
        _note_kinds(found[name], text, find_personal_data(text, address_allowed=name in addresses))
    for first, second in pairwise(name for name, text in texts.items() if text):
        seam, allowed = len(texts[first]), first in addresses or second in addresses
        both = f"{texts[first]}\n{texts[second]}"
        across = [one for one in find_personal_data(both, address_allowed=allowed) if one.start < seam < one.end]
        for name in (first, second):
            _note_kinds(found[name], both, across)
    return found


def _note_kinds(kinds: dict[str, set[str]], text: str, findings: Iterable[Finding]) -> None:
    for one in findings:
        kinds.setdefault(one.kind, set()).add(text[one.start : one.end])


def refuse(found: Found, key: bytes, confirmed: Collection[str] = ()) -> None:
    """Raises PersonalDataFound for what is blocked, and for warnings of anything whose mark is not `confirmed`.

    A mark stands for the very words in their field. It is made with the key, so that nobody can read them from it.
    """
    blocked = [(name, kind) for name, kinds in found.items() for kind in kinds if KINDS.get(kind) == "block"]
    marks = {
        (name, kind): {_mark(key, name, kind, one) for one in words}
        for name, kinds in found.items()
        for kind, words in kinds.items()
        if (name, kind) not in blocked
    }
    seen = {mark for some in marks.values() for mark in some}
    if len(seen) > MOST_MARKS:  # then one mark stands for all of them together
        seen = {_mark(key, *sorted(seen))}
        marks = dict.fromkeys(marks, seen)
    warned = [place for place, some in marks.items() if not some <= set(confirmed)]
    if blocked or warned:
        raise PersonalDataFound(_by_field(blocked), _by_field(warned), frozenset(seen))


def _mark(key: bytes, *parts: str) -> str:
    plain = (" ".join(unicodedata.normalize("NFC", part).split()) for part in parts)
    return base64.urlsafe_b64encode(keyed(key, "seen", *plain)[:6]).decode()


def _by_field(places: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for name, kind in places:
        kinds[name] = (*kinds.get(name, ()), kind)
    return kinds


def _widened(start: int, end: int, tokens: list[tuple[int, int]]) -> tuple[int, int]:
    for token_start, token_end in tokens:
        if token_start <= start and end <= token_end:
            return token_start, token_end
    return start, end

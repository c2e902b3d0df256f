"""The privacy guard: what in a typed text is personal data and must not be stored."""

import base64
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from bot.errors import PersonalDataFound
from bot.rules.hashes import keyed
from bot.rules.privacy._addresses import find_addresses, find_postcodes
from bot.rules.privacy._ages import find_ages_with_places
from bot.rules.privacy._codes import find_birth_dates, find_codes
from bot.rules.privacy._contacts import find_emails, find_handles, find_urls
from bot.rules.privacy._coordinates import find_coordinates
from bot.rules.privacy._dictated import find_dictated
from bot.rules.privacy._findings import ADDRESS_KINDS, KINDS, Finding, Hit, without_overlaps
from bot.rules.privacy._names import find_names
from bot.rules.privacy._numbers import (
    find_accounts,
    find_business_ids,
    find_case_numbers,
    find_object_ids,
    find_plates,
)
from bot.rules.privacy._odd_signs import find_behind_odd_signs
from bot.rules.privacy._phones import find_phones
from bot.rules.privacy._scripts import find_names_in_other_scripts
from bot.rules.privacy._see_through import Seen, see_through
from bot.rules.privacy._spaced import find_spaced

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

_ANYWHERE = (find_names, find_emails, find_urls, find_handles, find_plates, find_ages_with_places)
_WITH_DIGITS = (
    find_codes,
    find_birth_dates,
    find_accounts,
    find_phones,
    find_case_numbers,
    find_object_ids,
    find_business_ids,
    find_addresses,
    find_postcodes,
    find_coordinates,
)
_DIGIT = re.compile(r"[0-9]")
# Slack writes a link as <target|label>: whatever is found in either, the token is the finding.
_TOKEN = re.compile(r"<[a-zA-Z][^<>\s|]*(?:\|[^<>]*)?>")


def find_personal_data(text: str, *, address_allowed: bool = False) -> tuple[Finding, ...]:
    """Every piece of personal data in the text, by place, none overlapping; empty when the text is clean.

    Places are counted in code points of the text as typed, which is not changed and of which nothing is kept.
    Addresses and postcodes pass where `address_allowed`, as in a meeting's place. Any string is accepted, lone
    surrogates and control characters too. Kinds and levels: docs/privacy-guard.md.
    """
    seen = see_through(text)
    tokens = [found.span() for found in _TOKEN.finditer(seen.text)]
    findings = [
        Finding(kind, KINDS[kind], *seen.typed(*_widened(start, end, tokens)))
        for kind, start, end in _hits(seen)
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
        _note(found[name], text, find_personal_data(text, address_allowed=name in addresses))
    for first, second in pairwise(name for name, text in texts.items() if text):
        seam, allowed = len(texts[first]), first in addresses or second in addresses
        both = f"{texts[first]}\n{texts[second]}"
        across = [one for one in find_personal_data(both, address_allowed=allowed) if one.start < seam < one.end]
        for name in (first, second):
            _note(found[name], both, across)
    return found


def _note(kinds: dict[str, set[str]], text: str, findings: Iterable[Finding]) -> None:
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


def _hits(seen: Seen) -> Iterator[Hit]:
    for find in _ANYWHERE:
        yield from find(seen)
    if _DIGIT.search(seen.digits):
        for find in _WITH_DIGITS:
            yield from find(seen)
        yield from find_behind_odd_signs(seen, (*_WITH_DIGITS, find_plates))
    yield from find_dictated(seen, (*_WITH_DIGITS, find_plates))
    yield from find_spaced(seen, (*_ANYWHERE, find_addresses))


def _widened(start: int, end: int, tokens: list[tuple[int, int]]) -> tuple[int, int]:
    for token_start, token_end in tokens:
        if token_start <= start and end <= token_end:
            return token_start, token_end
    return start, end

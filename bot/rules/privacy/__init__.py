"""The privacy guard: what in a typed text is personal data and must not be stored."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from bot.errors import PersonalDataFound
from bot.rules.privacy._addresses import find_addresses, find_postcodes
from bot.rules.privacy._ages import find_ages_with_places
from bot.rules.privacy._codes import find_birth_dates, find_codes
from bot.rules.privacy._contacts import find_emails, find_urls
from bot.rules.privacy._findings import ADDRESS_KINDS, KINDS, Finding, Hit, Level, without_overlaps
from bot.rules.privacy._names import find_names
from bot.rules.privacy._numbers import (
    find_accounts,
    find_business_ids,
    find_case_numbers,
    find_object_ids,
    find_plates,
)
from bot.rules.privacy._phones import find_phones
from bot.rules.privacy._see_through import Seen, see_through

__all__ = ["KINDS", "Finding", "examine", "find_personal_data", "found_in", "refuse"]

Found = dict[str, dict[str, Level]]
"""Field -> kind -> level of what was found there."""

_ANYWHERE = (find_names, find_emails, find_urls, find_plates)
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
    find_ages_with_places,
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
    return without_overlaps(findings)


def examine(texts: Mapping[str, str], confirmed: Collection[str] = ()) -> None:
    """Raises PersonalDataFound for what the texts (field -> words) hold and nobody has confirmed as "field:kind"."""
    refuse(found_in(texts), confirmed)


def found_in(texts: Mapping[str, str], addresses: Collection[str] = ()) -> Found:
    """What the texts (field -> words) hold; in the fields `addresses` an address may stand.

    What begins in one field and ends in the next counts for both.
    """
    found = {name: _levels(find_personal_data(text, address_allowed=name in addresses)) for name, text in texts.items()}
    for first, second in pairwise(name for name, text in texts.items() if text):
        seam, allowed = len(texts[first]), first in addresses or second in addresses
        both = find_personal_data(f"{texts[first]}\n{texts[second]}", address_allowed=allowed)
        across = _levels(one for one in both if one.start < seam < one.end)
        found[first] |= across
        found[second] |= across
    return found


def refuse(found: Found, confirmed: Collection[str] = ()) -> None:
    """Raises PersonalDataFound for what is blocked, and for warnings that nobody has confirmed as "field:kind"."""
    blocked = {name: tuple(kind for kind in kinds if kinds[kind] == "block") for name, kinds in found.items()}
    warned = {
        name: tuple(kind for kind in kinds if kinds[kind] == "warn" and f"{name}:{kind}" not in confirmed)
        for name, kinds in found.items()
    }
    if any(blocked.values()) or any(warned.values()):
        raise PersonalDataFound(
            {name: kinds for name, kinds in blocked.items() if kinds},
            {name: kinds for name, kinds in warned.items() if kinds},
        )


def _levels(findings: Iterable[Finding]) -> dict[str, Level]:
    return {one.kind: one.level for one in findings}


def _hits(seen: Seen) -> Iterator[Hit]:
    for find in _ANYWHERE:
        yield from find(seen)
    if _DIGIT.search(seen.digits):
        for find in _WITH_DIGITS:
            yield from find(seen)


def _widened(start: int, end: int, tokens: list[tuple[int, int]]) -> tuple[int, int]:
    for token_start, token_end in tokens:
        if token_start <= start and end <= token_end:
            return token_start, token_end
    return start, end

"""What the guard can find: the kinds, their levels, and the shape of one finding."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["block", "warn"]

KINDS: dict[str, Level] = {
    "identity_code": "block",
    "iban": "block",
    "mobile": "block",
    "flat_address": "block",
    "case_number": "block",
    "oid": "block",
    "doubtful_code": "warn",
    "birth_date": "warn",
    "landline": "warn",
    "email": "warn",
    "handle": "warn",
    "street_address": "warn",
    "postcode": "warn",
    "coordinates": "warn",
    "plate": "warn",
    "business_id": "warn",
    "name": "warn",
    "age_and_place": "warn",
    "age_and_small_place": "warn",
    "url": "warn",
}

ADDRESS_KINDS = frozenset({"flat_address", "street_address", "postcode", "coordinates"})

Hit = tuple[str, int, int]  # kind, start, end, counted in the text as the guard reads it


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: its kind, its level, and where it stands, counted in code points of the typed text.

    The words found are not kept, so that a finding may be logged or shown.
    """

    kind: str
    level: Level
    start: int
    end: int


_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def without_overlaps(findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding for each place, in order; where several meet a block wins, then the longer, then the earlier kind."""
    taken = bytearray(max((found.end for found in findings), default=0))
    kept = []
    for found in sorted(set(findings), key=_weight):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            kept.append(found)
    return tuple(sorted(kept, key=lambda one: one.start))


def _weight(found: Finding) -> tuple[str, int, int, int]:
    return found.level, found.start - found.end, found.start, _ORDER[found.kind]

"""All that is looked for in a text; read at the first one, or right after the start: making the patterns takes long."""

import re
from collections.abc import Iterator

from bot.rules.privacy._addresses import find_addresses, find_postcodes
from bot.rules.privacy._ages import find_ages_with_places
from bot.rules.privacy._codes import find_birth_dates, find_codes
from bot.rules.privacy._contacts import find_emails, find_handles, find_urls
from bot.rules.privacy._coordinates import find_coordinates
from bot.rules.privacy._dictated import find_dictated
from bot.rules.privacy._findings import Hit
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
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._spaced import find_spaced

__all__ = ["find_names_in_other_scripts", "hits"]

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


def hits(seen: Seen) -> Iterator[Hit]:
    """Everything that any of them finds, in no order, overlapping."""
    for find in _ANYWHERE:
        yield from find(seen)
    if _DIGIT.search(seen.digits):
        for find in _WITH_DIGITS:
            yield from find(seen)
        yield from find_behind_odd_signs(seen, (*_WITH_DIGITS, find_plates))
    yield from find_dictated(seen, (*_WITH_DIGITS, find_plates))
    yield from find_spaced(seen, (*_ANYWHERE, find_addresses))

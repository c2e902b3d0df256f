"""The words that a text is found by, and the words that a search asks for: made alike, so that they meet."""

from collections.abc import Callable, Iterator, Sequence

from bot.rules.words._analysers import Analyser, Reading
from bot.rules.words._language import says_little
from bot.rules.words._places import place_names, with_plain_places
from bot.rules.words._tokens import numbers_in, written

_MOST_ASKED = 8  # words of one search
_LONGEST = 60  # letters of what is stored: PostgreSQL's index takes no long ones

Groups = Sequence[Sequence[str]]
"""A search: of each word its base forms, any of which will do; all words must be met."""


def indexed(text: str, analyser: Analyser) -> dict[str, bool]:
    """Base form or number -> whether it is only a part of a compound there; lower case, NFC, each once."""
    found: dict[str, bool] = {}
    for reading in _readings(text, analyser.read):
        found |= dict.fromkeys((word[:_LONGEST] for word in reading.whole), False)
        for part in reading.parts:
            found.setdefault(part[:_LONGEST], True)
    return found | dict.fromkeys(place_names(text), False)


def asked(text: str, analyser: Analyser) -> Groups:
    """The groups of base forms, and numbers, that a search looks for; empty where no word says anything."""
    groups = (
        tuple(word[:_LONGEST] for word in (*group, *place_names(reading.written)))
        for reading in _readings(with_plain_places(text), analyser.variants)
        for group in _groups(reading)
    )
    return tuple(dict.fromkeys(groups))[:_MOST_ASKED]


def _readings(text: str, read: Callable[[str], list[Reading]]) -> Iterator[Reading]:
    """The words that say something, as `read`, and the numbers, all in the order of the text."""
    words = iter(read(text))
    for token in written(text):
        numbers = numbers_in(token)
        reading = Reading(token, numbers) if numbers else next(words)
        if not says_little(reading.written):
            yield reading


def _groups(reading: Reading) -> Iterator[Sequence[str]]:
    """One group; of "10 000", which may be two numbers, one for each, and either is met by the whole as well."""
    whole, *parts = reading.whole
    if parts and whole.isdecimal():
        yield from ((part, whole) for part in parts)
    else:
        yield reading.whole

"""The words that a text is found by, and the words that a search asks for: made alike, so that they meet."""

from collections.abc import Sequence

from bot.rules.words._analysers import Analyser
from bot.rules.words._language import says_little

_MOST_ASKED = 8  # words of one search
_LONGEST = 60  # letters of what is stored: PostgreSQL's index takes no long ones

Groups = Sequence[Sequence[str]]
"""A search: of each word its base forms, any of which will do; all words must be met."""


def indexed(text: str, analyser: Analyser) -> dict[str, bool]:
    """Base form -> whether it is only a part of a compound there; lower case, NFC, each once."""
    found: dict[str, bool] = {}
    for reading in analyser.read(text):
        if not says_little(reading.written):
            found |= dict.fromkeys((word[:_LONGEST] for word in reading.whole), False)
            for part in reading.parts:
                found.setdefault(part[:_LONGEST], True)
    return found


def asked(text: str, analyser: Analyser) -> Groups:
    """The groups of base forms that a search for these words looks for; empty where no word says anything."""
    told = [reading for reading in analyser.variants(text) if not says_little(reading.written)]
    groups = (tuple(word[:_LONGEST] for word in reading.whole) for reading in told)
    return tuple(dict.fromkeys(groups))[:_MOST_ASKED]

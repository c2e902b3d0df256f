"""An age together with a place: in a small municipality that is one person."""

import re
from collections.abc import Iterator

from bot.rules.privacy._findings import Hit
from bot.rules.privacy._near import near
from bot.rules.privacy._see_through import Seen
from bot.rules.privacy._words import is_form_of, word_list

# One person's age only: `18-29-vuotiaat`, `yli 65-vuotias` and `18-29-åringar` are groups.
_AGE = re.compile(
    r"(?<![\d-])(?<!\d -)(?P<age>\d{1,3})(?:[ -]{0,3}vuotia(?:s|an|sta|aksi|alla|alta|alle|asta|assa|ana|aseen)\b"
    r"|[ -]{0,3}arig(?:t|)\b|[ -]{0,3}aring(?:en|ens)?\b| ar gammal\b|\s?-?v\.(?=[ ,])|-?v(?=[ ,]))"
    r"|\b(?:den|denna) \d{1,3}[ -]{0,3}arig[ae]\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]{1,3}")
_GROUP = re.compile(r"(?:\b(?:yli|alle|vahintaan|enintaan|over|under|minst|hogst)|\d\s?-) ?\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z])|\n\s*\n")
_WORD = re.compile(r"[A-Z][A-Za-z]+")
_REACH = 120  # about one sentence to either side

_SMALL = word_list("small_places")
_LARGE = word_list("municipalities")


def find_ages_with_places(seen: Seen) -> Iterator[Hit]:
    """One person's age and a municipality of the county in the same sentence."""
    for start, end in near(_DIGITS, seen.text, before=len("denna ")):
        for age in _AGE.finditer(seen.text, start, end):
            if not _GROUP.search(seen.text, max(0, age.start() - 12), age.start()):
                yield from _nearest(seen.text, age)


def _nearest(text: str, age: re.Match[str]) -> Iterator[Hit]:
    start, end = _sentence(text, age)
    for stems, kind in ((_SMALL, "age_and_small_place"), (_LARGE, "age_and_place")):
        for word in _WORD.finditer(text, start, end):
            if is_form_of(word[0], stems):
                yield kind, min(age.start(), word.start()), max(age.end(), word.end())
                return


def _sentence(text: str, age: re.Match[str]) -> tuple[int, int]:
    start, end = max(0, age.start() - _REACH), min(len(text), age.end() + _REACH)
    before = [found.end() for found in _SENTENCE_END.finditer(text, start, age.start())]
    after = _SENTENCE_END.search(text, age.end(), end)
    return before[-1] if before else start, after.start() if after else end

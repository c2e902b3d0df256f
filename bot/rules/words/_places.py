"""Municipalities that a text names, in the inflected forms of both languages."""

import re
from functools import cache

from bot.rules.words._tables import Clue, rows

WHOLE, SEVERAL = "koko", "useita"
_SENTENCE_END = ".!?:;•–-"
LOCAL_CASES = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle")
_BETWEEN = " \t\r\n\"'”(*_"  # what may stand between one sentence and the next


def named(text: str) -> list[Clue]:
    """The area codes that the words of a text name, each once, in order; the text is NFC.

    A name that is also a common word (salo, aura) counts when it is written as a name: with a capital inside a
    sentence, in a case other than the bare name at the start of one, or in a local case (salossa), since people in
    haste write no capitals.
    """
    pattern, forms = _forms()
    found: dict[str, Clue] = {}
    for match in pattern.finditer(_lower(text)):
        written = match["form"]
        area, bare, also_a_word = forms[_form_of(written, forms)]
        if also_a_word and not _written_as_a_name(text, match.start(), bare=bare, local=written.endswith(LOCAL_CASES)):
            continue
        found.setdefault(area, Clue(written, area, 1))
    return list(found.values())


def area_of(places: list[Clue]) -> str | None:
    """One code for the places named: the whole county if it is, several if they are many, None if there are none."""
    codes = {place.points_to for place in places}
    if WHOLE in codes:
        return WHOLE
    if len(codes) > 1:
        return SEVERAL
    return codes.pop() if codes else None


def _lower(text: str) -> str:
    """The text in lower case with every letter in its place: what would grow (İ) stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _written_as_a_name(text: str, start: int, *, bare: bool, local: bool) -> bool:
    if text[start].isupper():
        return not bare or not _begins_a_sentence(text, start)
    return local


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(_BETWEEN)
    return not before or before[-1] in _SENTENCE_END or "\n" in text[len(before) : start]


def _form_of(written: str, forms: dict[str, tuple[str, bool, bool]]) -> str:
    """The form as the table has it; a form that ends in a star there stands for all that begin so."""
    if written in forms:
        return written
    return next(written[:end] + "*" for end in range(len(written), 0, -1) if written[:end] + "*" in forms)


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, tuple[str, bool, bool]]]:
    forms: dict[str, tuple[str, bool, bool]] = {}
    for row in rows("places.tsv"):
        for position, form in enumerate(row["forms"].lower().split(", ")):
            # A derived form such as "salolai*" is never the common word.
            also_a_word = bool(row["also_a_word"]) and not form.endswith("*")
            forms[form] = (row["area"], position == 0, also_a_word)
    longest_first = sorted(forms, key=len, reverse=True)
    one_of = "|".join(re.escape(form).replace(r"\*", r"\w*") for form in longest_first)
    return re.compile(rf"(?<!\w)(?P<form>{one_of})(?:kin|kaan|kään|han|hän)?(?!\w)"), forms

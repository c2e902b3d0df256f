"""Churches, stadiums, cafés and the like that carry a person's name: `Mikaelin seurakunta`, `Paavo Nurmen stadion`."""

import re

from bot.rules.privacy._words import is_form_of, rows_of_words

_WORDS = rows_of_words("bodies")
_AFTER, _ALWAYS, _BEFORE, _LAST = (_WORDS[kind] for kind in ("after", "always", "before", "last"))
_SCHOOLS, _HOMES, _SAINTS = (_WORDS[kind] for kind in ("school", "home", "saint"))
_DAYS, _HONOURED = _WORDS["day"], _WORDS["honoured"]
_NEXT = re.compile(r" ([A-Za-z]+)")
_JOINED = re.compile(r"-| -[a-z]")
_REACH = 22  # the longest word before a name, with its space


def is_part_of_body(text: str, start: int, end: int, *, whole: bool = False) -> bool:
    """Whether what stands between the two places is what a body is named after; `whole` for a name of two words."""
    if _JOINED.match(text, end) or _follows_body(text, start):
        return True
    if whole and _holds_body(text[start:end]):
        return True
    after = _NEXT.match(text, end)
    if not after:
        return False
    genitive = text[end - 1] in "ns" and text[end - 3 : end] != "nen"
    if is_form_of(after[1], _ALWAYS) or (genitive and is_form_of(after[1], _AFTER)):
        return True
    if whole and is_form_of(after[1], _DAYS) and is_form_of(text[start:end].rpartition(" ")[2], _HONOURED):
        return True
    saint = genitive and text[start : end - 1].lower() in _SAINTS
    return genitive and (
        (saint and is_form_of(after[1], _HOMES)) or ((whole or saint) and is_form_of(after[1], _SCHOOLS))
    )


def _follows_body(text: str, start: int) -> bool:
    """`Kahvila Siiri`, `S:t Olofs`: the word before says what it is."""
    before = text[max(0, start - _REACH) : start].split(" ")[-2:]
    return len(before) > 1 and not before[1] and _is_before(before[0])


def _is_before(word: str) -> bool:
    return word.lower().rstrip(".") in {"s:t", "st"} or word.lower() in _BEFORE


def _holds_body(name: str) -> bool:
    first, _, rest = name.partition(" ")
    return _is_before(first) or is_form_of(rest.rpartition(" ")[2], _LAST)

"""Redaction: words that identify somebody are taken out of a text, whole characters at a time."""

import unicodedata

import regex

from bot.errors import N_
from bot.rules.words import Analyser

REMOVED = "[poistettu]"
NOT_THERE = N_("These words are not in the observation. Copy them from it exactly.")
TOO_OFTEN = N_("These words stand in very many places. Copy a longer piece of the text.")
MOST_PLACES = 50  # of one text: each grows by REMOVED
BEGINS = r"(?<![\w\p{M}])"  # no letter, digit or mark before it
WHOLE = r"(?:[\w\p{M}]\p{M}*)+|\X"  # a word, or a sign
LONGEST = 300  # characters of what is taken out at once


def without(text: str, words: str) -> str:
    """The text with REMOVED in place of the words, wherever they stand; as it is where they stand nowhere.

    Case and the kind of blanks between do not matter. Whole words go, with their endings, and whole signs: of an emoji
    that is made of several nothing is left over. Inside words is looked only where none begins so.
    """
    for form in _as_written(words):
        if spans := _spans(text, form, BEGINS) or _spans(text, form):
            return _cut(text, spans)
    return text


def stands_in(text: str, words: str) -> bool:
    """Whether the words stand in the text, with or without endings; inside longer words is not looked."""
    return any(pattern.search(text) for form in _as_written(words) if (pattern := _pattern(form, BEGINS)))


def is_written_on(text: str, redacted: str) -> bool:
    """Whether the text goes on from one of which words were taken out: something beside REMOVED stands in it too."""
    parts = [part.split() for part in redacted.split(REMOVED)]
    beside = [*(part[-2:] for part in parts[:-1]), *(part[:2] for part in parts[1:])]
    whole = " ".join(text.split())
    return any(" ".join(words) in whole for words in beside)


def _as_written(words: str) -> list[str]:
    """The words in each way in which a text may hold their letters."""
    return list(dict.fromkeys((words, unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words))))


def _pattern(words: str, begins: str = "") -> regex.Pattern[str] | None:
    pieces = [regex.escape(part) for part in words.split()]
    return regex.compile(begins + r"\s+".join(pieces), regex.IGNORECASE) if pieces else None


def other_forms(text: str, words: str, analyser: Analyser) -> list[str]:
    """Words of the text that are of the same base form as one of these: each form is taken out by itself."""
    looked = {lemma for word in words.split() for lemma in analyser.lemmas(word)}
    found = dict.fromkeys(regex.findall(r"[\w\p{M}]+", text))
    return [word for word in found if looked & set(analyser.lemmas(word))]


def are_too_many(text: str, left: str) -> bool:
    """Whether a text, of which this is left, would hold REMOVED in more places than anybody can have meant."""
    return left.count(REMOVED) - text.count(REMOVED) > MOST_PLACES


def _spans(text: str, words: str, begins: str = "") -> list[tuple[int, int]]:
    """Where the words stand, widened to whole words and signs; those that touch are one."""
    pattern = _pattern(words, begins)
    if pattern is None:
        return []
    edges = [0, *(sign.end() for sign in regex.finditer(WHOLE, text))]
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        start = max(edge for edge in edges if edge <= match.start())
        end = min(edge for edge in edges if edge >= match.end())
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    kept, last = [], 0
    for start, end in spans:
        kept += [text[last:start], REMOVED]
        last = end
    return "".join([*kept, text[last:]])

"""The word lists beside this file, and the question whether a word, in any case ending, stands in one."""

import re
from pathlib import Path

from bot.rules.privacy._see_through import plain

# Case endings of Finnish and genitive of Swedish, without accents, as `plain` leaves them.
_ENDING = re.compile(
    r"(?:|n|a|na|ta|ksi|tta|ssa|sta|lla|lta|lle|i|s|in|it|t|ja|ien|ille|illa|issa|ista"
    r"|[aeiouy]n|h[aeiouy]n|seen|(?:[aeiouy])?(?:lai|lais)\w*)(?:kin|kaan|ko|han|pa)?"
)
_SHORTEST_STEM = 2


def word_list(name: str) -> frozenset[str]:
    """The words of a list, in lower case and without accents; lines that begin with # are remarks."""
    return frozenset(word for line in _lines(name) for word in plain(line).lower().split())


def rows_of_words(name: str) -> dict[str, frozenset[str]]:
    """The words of a list whose lines begin with the name of their row, in lower case and without accents."""
    rows: dict[str, set[str]] = {}
    for line in _lines(name):
        kind, *words = plain(line).lower().split()
        rows.setdefault(kind, set()).update(words)
    return {kind: frozenset(words) for kind, words in rows.items()}


def typed_words(name: str) -> frozenset[str]:
    """The words of a list as they stand in it, for other scripts than ours."""
    return frozenset(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def is_form_of(word: str, stems: frozenset[str]) -> bool:
    """Whether the word is one of the stems with a case ending; the word is given without accents."""
    small = word.lower()
    return any(
        small[:cut] in stems and _ENDING.fullmatch(small, cut) for cut in range(len(small), _SHORTEST_STEM - 1, -1)
    )

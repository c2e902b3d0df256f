"""The tables of words that lie beside this file, read once, and the rows of them that a text touches."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
KINDS = ("E", "M", "H")
_STEM = 4  # letters that the forms of one word share


class Clue(NamedTuple):
    """One row of a table that a text touched: the row's word, the code that it speaks for, and how loudly."""

    lemma: str
    points_to: str
    weight: int


@dataclass(frozen=True, slots=True)
class Table:
    """A language's rows by how they are matched: whole word, beginning ("häätö*"), end ("*velka"), words together."""

    whole: dict[str, list[Clue]] = field(default_factory=dict)
    begins: dict[str, list[Clue]] = field(default_factory=dict)
    ends: dict[str, list[Clue]] = field(default_factory=dict)
    together: list[tuple[frozenset[str], Clue]] = field(default_factory=list)

    def touched(self, words: Iterable[str]) -> list[Clue]:
        """The rows that the words touch, in the order of the words; a word counts once however often it occurs.

        Of the rows that fit one word only the longest speaks: "asumistuki" is about money, though "asumis*" is housing.
        """
        words = list(dict.fromkeys(words))
        present = frozenset(words)
        clues = [clue for word in words for clue in self._longest(word)]
        clues += [clue for needed, clue in self.together if needed <= present]
        return _once_each(clues)

    def _longest(self, word: str) -> list[Clue]:
        of_kind: Clue | None = None
        of_theme: Clue | None = None
        for clue in self._fitting(word):  # longest last
            if clue.points_to in KINDS:
                of_kind = clue
            else:
                of_theme = clue
        return [clue for clue in (of_kind, of_theme) if clue]

    def _fitting(self, word: str) -> Iterable[Clue]:
        for length in range(1, len(word) + 1):
            yield from self.ends.get(word[-length:], ())
            yield from self.begins.get(word[:length], ())
        yield from self.whole.get(word, ())


def _once_each(clues: list[Clue]) -> list[Clue]:
    """Of rows that begin alike and point to the same code, the heaviest: base form and written form are one word."""
    heaviest: dict[tuple[str, str], Clue] = {}
    for clue in clues:
        stem = clue.lemma if "+" in clue.lemma else clue.lemma.strip("*")[:_STEM]
        known = heaviest.setdefault((stem, clue.points_to), clue)
        if clue.weight > known.weight:
            heaviest[stem, clue.points_to] = clue
    return list(heaviest.values())


@cache
def table(language: str) -> Table:
    """The table of a language ("fi", "sv"), from the file of that name."""
    made = Table()
    for row in rows(f"{language}.tsv"):
        clue = Clue(row["lemma"], row["points_to"], int(row["weight"]))
        if "+" in clue.lemma:
            made.together.append((frozenset(clue.lemma.split("+")), clue))
        elif clue.lemma.startswith("*"):
            made.ends.setdefault(clue.lemma[1:], []).append(clue)
        elif clue.lemma.endswith("*"):
            made.begins.setdefault(clue.lemma[:-1], []).append(clue)
        else:
            made.whole.setdefault(clue.lemma, []).append(clue)
    return made


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tab-separated files beside this one, by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

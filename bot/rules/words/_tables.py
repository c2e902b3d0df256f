"""The tables of words that lie beside this file, read once, and the rows of them that a text touches."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.rules.words._analysers import Analyser, Reading
from bot.rules.words._language import Tongue
from bot.rules.words._patterns import Patterns

FOLDER = Path(__file__).parent
_SHORTEST_FIRST = 3  # letters before an end: "vräkning" is no "räkning"
_STEM = 4  # letters that the forms of one word share
_PARTICIPLE = re.compile("n[uy]t$|[^t]t[uy]$|tt[uy]$|v[aä]$")


class Clue(NamedTuple):
    """One row of a table that a text touched: the row's word, the code that it speaks for, and how loudly."""

    lemma: str
    points_to: str
    weight: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, its forms (that one and its base forms), and the parts of the compound that it is."""

    written: str
    forms: tuple[str, ...]
    parts: tuple[str, ...] = ()


def words_of(text: str, analyser: Analyser) -> list[Word]:
    """The words of a text, in order."""
    return [_word(reading) for reading in analyser.read(text)]


def _word(reading: Reading) -> Word:
    """A participle ("estänyt", "saatu") has its verb among its forms; Voikko gives the verb as its only part."""
    is_participle = len(reading.parts) == 1 and any(_PARTICIPLE.search(base) for base in reading.whole)
    forms = (*reading.whole, *(reading.parts if is_participle else ()), reading.written)
    return Word(reading.written, forms, () if is_participle else reading.parts)


@dataclass(frozen=True, slots=True)
class Table:
    """A language's rows of single words, and those of words that stand together."""

    single: Patterns[Clue] = field(default_factory=lambda: Patterns(_SHORTEST_FIRST))
    together: list[tuple[frozenset[str], Clue]] = field(default_factory=list)

    def clue_of(self, word: Word) -> Clue | None:
        """The longest row that the word fits: "asumistuki" is about money, though "asumis*" is about housing."""
        return _longest(self.single, word.forms) or _longest(self.single, word.parts)

    def together_in(self, words: Iterable[Word]) -> list[Clue]:
        """The rows of words that all occur."""
        present = {form for word in words for form in word.forms}
        return [clue for needed, clue in self.together if needed <= present]


def _longest(rows: Patterns[Clue], forms: Iterable[str]) -> Clue | None:
    fitting = [rank for form in forms for rank in rows.fitting(form)]
    return max(fitting)[-1] if fitting else None


def once_each(clues: list[Clue]) -> list[Clue]:
    """Of rows that begin alike and point to the same code, the heaviest: base form and written form are one word."""
    heaviest: dict[tuple[str, str], Clue] = {}
    for clue in clues:
        stem = clue.lemma if "+" in clue.lemma else clue.lemma.strip("*")[:_STEM]
        known = heaviest.setdefault((stem, clue.points_to), clue)
        if clue.weight > known.weight:
            heaviest[stem, clue.points_to] = clue
    return list(heaviest.values())


@cache
def table(language: Tongue) -> Table:
    """The table of a language ("fi", "sv"), from the file of that name."""
    made = Table()
    for row in rows(f"{language}.tsv"):
        clue = Clue(row["lemma"], row["points_to"], int(row["weight"]))
        if "+" in clue.lemma:
            made.together.append((frozenset(clue.lemma.split("+")), clue))
        else:
            made.single.add(clue.lemma, clue)
    return made


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tab-separated files beside this one, by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

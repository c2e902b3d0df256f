"""The tables of words that lie beside this file, read once, and the rows of them that a text touches."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.rules.words._clauses import Word
from bot.rules.words._language import Tongue
from bot.rules.words._patterns import Patterns

FOLDER = Path(__file__).parent
KINDS = ("E", "M", "H")
_SHORTEST_FIRST = 3  # letters before an end: "vräkning" is no "räkning"
_STEM = 4  # letters that the forms of one word share


class Clue(NamedTuple):
    """One row of a table that a text touched: the row's word, the code that it speaks for, and how loudly."""

    lemma: str
    points_to: str
    weight: int


@dataclass(frozen=True, slots=True)
class Table:
    """A language's rows by what they speak for, a kind or a theme, and those of words that stand together."""

    kinds: Patterns[Clue] = field(default_factory=lambda: Patterns(_SHORTEST_FIRST))
    themes: Patterns[Clue] = field(default_factory=lambda: Patterns(_SHORTEST_FIRST))
    together: list[tuple[frozenset[str], Clue]] = field(default_factory=list)

    def kind_of(self, word: Word) -> Clue | None:
        """The longest row for a kind that the word fits; a part of a compound speaks where the whole does not."""
        return _longest(self.kinds, word.forms) or _longest(
            self.kinds, [part for part in word.parts if any(form.endswith(part) for form in word.forms)]
        )

    def theme_of(self, word: Word) -> Clue | None:
        """The longest row for a theme that the word fits: "asumistuki" is about money, though "asumis*" is housing."""
        return _longest(self.themes, word.forms) or _longest(self.themes, word.parts)

    def together_in(self, words: Iterable[Word], *, of_kind: bool = True) -> list[Clue]:
        """The rows of words that all occur."""
        present = {form for word in words for form in word.forms}
        return [clue for needed, clue in self.together if needed <= present and (clue.points_to in KINDS) is of_kind]


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
            (made.kinds if clue.points_to in KINDS else made.themes).add(clue.lemma, clue)
    return made


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tab-separated files beside this one, by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

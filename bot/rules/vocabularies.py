"""Choosing and naming the entries of the vocabularies: kinds, themes, areas, sectors, groups, scales."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

NEEDED_TO_SHOW_AREA = 5


class Term(Protocol):
    """An entry as a row of the table or as plain data."""

    vocabulary: str
    version: str
    code: str
    parent: str
    position: int
    fi: str
    sv: str
    en: str


class Entry(NamedTuple):
    """An entry as plain data: one form reads some thousands of these, and a row's columns are slow to read."""

    vocabulary: str
    version: str
    code: str
    parent: str
    position: int
    fi: str
    sv: str
    en: str


def _letters(term: Entry, language: str) -> str:
    """The label as Finns and Swedes sort it: å, ä and ö come last, in this order."""
    return str(getattr(term, language)).casefold().translate(str.maketrans("åäö", "{|}"))


@dataclass(frozen=True)
class Vocabularies:
    """The entries of one workspace. Forms offer the newest version; a label is found in any version."""

    terms: tuple[Entry, ...]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Vocabularies":
        return cls(
            tuple(
                sorted(
                    (Entry(*(getattr(term, name) for name in Entry._fields)) for term in terms),
                    key=lambda term: term.position,
                )
            )
        )

    def version(self, vocabulary: str) -> str:
        """The newest version's name, "" where the vocabulary is empty."""
        return max((term.version for term in self.terms if term.vocabulary == vocabulary), default="")

    def options(self, vocabulary: str, language: str) -> tuple[tuple[str, str], ...]:
        """(code, label) of the newest version, in the order in which they are shown."""
        asked = vocabulary, language
        if asked not in self._offered:
            self._offered[asked] = tuple(self._sorted(*asked))
        return self._offered[asked]

    @cached_property
    def _offered(self) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """What was asked for once, by vocabulary and language."""
        return {}

    def _sorted(self, vocabulary: str, language: str) -> list[tuple[str, str]]:
        newest = self.version(vocabulary)
        found = [term for term in self.terms if (term.vocabulary, term.version) == (vocabulary, newest)]
        if vocabulary == "area":  # municipalities by the alphabet of the language, what is no municipality last
            found.sort(
                key=lambda term: (not term.parent, term.position if not term.parent else 0, _letters(term, language))
            )
        return [(term.code, getattr(term, language)) for term in found]

    def codes(self, vocabulary: str) -> set[str]:
        return {code for code, _ in self.options(vocabulary, "fi")}

    def label(self, vocabulary: str, code: str | None, language: str) -> str | None:
        """The entry's name, None for no code; None too where no version knows the code (the caller says "other")."""
        sets = (vocabulary, "subregion") if vocabulary == "area" else (vocabulary,)
        found = [self._newest[one, code] for one in sets if (one, code) in self._newest]
        return getattr(max(found, key=lambda term: term.version), language) if found else None

    def code_of(self, vocabulary: str, label: str) -> str | None:
        """The code of the newest version whose name this is, in any language, whatever its case."""
        named = [
            term for term in self.terms if (term.vocabulary, term.version) == (vocabulary, self.version(vocabulary))
        ]
        asked = label.strip().casefold()
        return next(
            (one.code for one in named if asked in {one.fi.casefold(), one.sv.casefold(), one.en.casefold()}), None
        )

    @cached_property
    def _newest(self) -> dict[tuple[str, str | None], Entry]:
        """The entry of the newest version by vocabulary and code."""
        by_version = sorted(self.terms, key=lambda term: term.version)
        return {(term.vocabulary, term.code): term for term in by_version}

    def coarse_area(self, area: str | None, choosers: int) -> str | None:
        """The sub-region in place of a municipality that fewer than 5 members have chosen (docs/tietosuoja.md)."""
        if choosers >= NEEDED_TO_SHOW_AREA:
            return area
        parents = [term.parent for term in self.terms if term.vocabulary == "area" and term.code == area]
        return (parents[0] if parents else "") or area

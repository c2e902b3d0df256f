"""What coordinators write for the summary, and the rows that they type or paste, a line each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from typing import Any

from bot.errors import N_
from bot.rules.observations import LONGEST
from storage.models import SummaryWords

LONGEST_LINE, LONGEST_SUBTITLE, MOST_HIGHLIGHTS = 200, 150, 5
LISTS = ("highlights", "proposals", "handled")
LINES = ("subtitle", "residents_source", "sender")
CONTACT = ("mobile", "landline", "email")  # what the guard lets stand in the sender's line
TOO_LONG = N_("This is too long. Please shorten it.")
NO_SOURCE = N_("Write where this comes from: a survey, a client council, an event.")
STATISTIC = N_("Write on each line: indicator; area; year; value; whole country; source.")
HANDLED = N_("Write on each line: who or where; when; what was decided.")
STATISTIC_CELLS, HANDLED_CELLS, PROPOSAL_CELLS = (4, 6), (2, 3), (1, 4)  # at least, at most


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the summary beside phenomena and numbers, in one language; texts of several rows a line each."""

    subtitle: str = ""
    highlights: str = ""
    proposals: str = ""
    residents: str = ""
    residents_source: str = ""
    handled: str = ""
    sender: str = ""  # who makes the summary, and whom to ask
    confirmed: frozenset[str] = field(default=frozenset(), compare=False)  # warnings of the guard that were seen

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in NAMES}

    @property
    def is_empty(self) -> bool:
        return not any(astuple(self)[:-1])


NAMES = tuple(one.name for one in fields(Words) if one.name != "confirmed")


def with_texts(words: Words, texts: Mapping[str, str]) -> Words:
    """The words with these texts in place of theirs."""
    values: dict[str, Any] = dict(texts)
    return replace(words, **values)


def words_of(row: SummaryWords | None) -> Words:
    return Words(**{name: getattr(row, name) for name in NAMES}) if row else Words()


def mistakes(words: Words) -> dict[str, str]:
    """Field -> message id for what cannot be stored."""
    limits = {name: LONGEST_LINE if name in LINES else LONGEST for name in NAMES} | {"subtitle": LONGEST_SUBTITLE}
    wrong = {name: TOO_LONG for name, limit in limits.items() if len(getattr(words, name)) > limit}
    if len(lines(words.highlights)) > MOST_HIGHLIGHTS:
        wrong["highlights"] = N_("At most five lines: what matters most.")
    if words.residents and not words.residents_source:
        wrong["residents_source"] = NO_SOURCE
    if not all_have(words.handled, HANDLED_CELLS):
        wrong["handled"] = HANDLED
    if not all_have(words.proposals, PROPOSAL_CELLS):
        wrong["proposals"] = N_("Write on each line: proposal; for whom; who answers for it; by when.")
    return wrong


def lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def uneven(written: Sequence[Words]) -> tuple[str, ...]:
    """The names of the lists that are written in several languages, and have fewer lines in one than in another."""
    counts = {name: {len(lines(getattr(one, name))) for one in written} - {0} for name in LISTS}
    return tuple(name for name, found in counts.items() if len(found) > 1)


def rows(text: str, columns: int) -> list[tuple[str, ...]]:
    """The lines cut at tabs or semicolons, as they are typed or come from a spreadsheet, filled up with nothing."""
    found = [[cell.strip() for cell in re.split(r"\t|;", line)] for line in lines(text)]
    return [tuple([*cells, *[""] * columns][:columns]) for cells in found]


def all_have(text: str, cells: Sequence[int]) -> bool:
    """Whether each line has as many cells as it needs, and no more than there is room for."""
    least, most = cells
    counts = [len([cell for cell in re.split(r"\t|;", line) if cell.strip()]) for line in lines(text)]
    return all(least <= count <= most for count in counts)

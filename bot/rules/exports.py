"""What a coordinator takes out for the own work: which observations, and what of those without a name is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import N_
from bot.rules.summaries import half_with

LAST_FIRST = N_("The last day is before the first one. Please choose the days again.")
DAY_MISSING = N_("Please choose a day.")
Half = tuple[date, date]  # first and last day


@dataclass(frozen=True, slots=True)
class Selection:
    """Days, both included, and codes; "" stands for all of them."""

    first: date
    last: date
    kind: str = ""
    theme: str = ""
    status: str = ""

    @property
    def unnamed(self) -> Half:
        """The half-years that the days touch: what has no name is taken by these, so that no days tell its own."""
        return half_of(self.first)[0], half_of(self.last)[1]


@dataclass(frozen=True, slots=True)
class Taken:
    """One observation as it is taken out; who filed it is not among it. Without a name, days are half-years."""

    number: str
    when: date | Half
    kind: str
    theme: str
    area: str | None
    sector: str | None
    client_group: str | None
    scale: str | None
    text: str
    proposal: str
    status: str
    steps: Sequence[tuple[str, date | Half]]
    phenomenon: str


def half_of(day: date) -> Half:
    """The half-year of summaries that the day is in: October to March, or April to September."""
    half = half_with(day)
    return half.first, half.last


def mistakes(first: date | None, last: date | None) -> dict[str, str]:
    """Field -> what is to be mended there; empty when all is well."""
    missing = {name: DAY_MISSING for name, day in (("first", first), ("last", last)) if day is None}
    return missing or ({"last": LAST_FIRST} if first and last and last < first else {})

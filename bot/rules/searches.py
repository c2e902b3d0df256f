"""What a search has found, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.models import Observation, Phenomenon, Practice

LONGEST = 200  # characters of a search that are read
FEW = 3  # hits: with no more, what else stands under the theme and the area of the words is offered
PAGE, MOST = 10, 100  # hits on a page, and in all: anyone with more needs another word, not another page

Under = tuple[str, str]
"""A vocabulary, theme or area, and its code."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, how many more there are up to a hundred in all, and whether there are even more than that."""

    rows: Sequence[Observation | Phenomenon | Practice]
    page: int
    more: int
    endless: bool
    also: Sequence[Under] = ()  # under which there is more, where few were found

    @property
    def before(self) -> int:
        """How many were shown before this page."""
        return self.page * PAGE

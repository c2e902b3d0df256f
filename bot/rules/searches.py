"""What a search has found, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.models import Observation, Phenomenon, Practice

PAGE, MOST = 10, 100  # hits on a page, and in all: anyone with more needs another word, not another page


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, how many more there are up to a hundred in all, and whether there are even more than that."""

    rows: Sequence[Observation | Phenomenon | Practice]
    page: int
    more: int
    endless: bool

    @property
    def before(self) -> int:
        """How many were shown before this page."""
        return self.page * PAGE

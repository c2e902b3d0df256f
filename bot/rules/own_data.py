"""What a person may ask of their own data: to see it, to take it along, to have it erased after a day of grace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.errors import N_

GRACE = timedelta(days=1)
TOLD_AFTER = timedelta(hours=1)  # that an erasure is due and not finished
HANDED_OUT_FOR = timedelta(days=7)  # a file with somebody's data stands in their conversation so long
AUTHOR, TEXTS = "author", "texts"
WHAT = {
    AUTHOR: N_("Only what leads to me: my observations stay, without their writer"),
    TEXTS: N_("My texts too: my observations and proposals go"),
}
GONE = "gone-"  # the beginning of the pseudonym of somebody who was erased
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a person: rows by table, and what explains them.

    `opened`: number -> days on which a coordinator has opened it. `names`: key of a phenomenon or meeting -> its title.
    """

    rows: Mapping[str, Sequence[Row]]
    opened: Mapping[str, Sequence[date]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    closed_on: Mapping[str, date] = field(default_factory=dict)  # number -> when it was closed
    backups_until: date | None = None
    is_first_coordinator: bool = False  # named in the program's settings, which only the operator changes

    @property
    def is_nothing(self) -> bool:
        return not self.rows and not self.is_first_coordinator

    @property
    def is_unreminded(self) -> bool:
        """Whether they want no reminders, for good or for a while."""
        return any(not row["reminders"] or row["paused_until"] for row in self.rows.get("person", ()))

    def count(self, *tables: str) -> int:
        return sum(len(self.rows.get(table, ())) for table in tables)

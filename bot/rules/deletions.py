"""Deleting an observation: why, when its words go for good, and what goes with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import N_
from bot.rules.observations import visible_length
from bot.rules.statuses import MISSING, TOO_LONG
from storage.models import Move, Observation

GRACE = timedelta(days=1)  # in which nobody sees it any more, and it can come back
LONGEST_REASON = 500
IDENTIFIES, OTHER = "identifies", "other"
WHY = {
    IDENTIFIES: N_("Somebody could be known by it: it goes for good at once"),
    OTHER: N_("Another reason: it is hidden at once, and goes for good after a day"),
}


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a coordinator wants: one of WHY, and the reason in words that the reporter reads."""

    why: str = ""
    reason: str = ""
    confirmed: frozenset[str] = frozenset()  # marks of the guard's warnings that were seen

    @property
    def at_once(self) -> bool:
        return self.why == IDENTIFIES


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with an observation: its words, its history, and the words in so many messages of the bot."""

    row: Observation
    moves: Sequence[Move]
    messages: int

    @property
    def last_step(self) -> int:
        return self.moves[-1].step if self.moves else 0


def mistakes(deletion: Deletion) -> dict[str, str]:
    """Field -> message id for what keeps it from being done; empty where nothing does."""
    wrong = {} if deletion.why in WHY else {"why": N_("Please choose one.")}
    if not visible_length(deletion.reason):
        wrong["reason"] = MISSING["reason"]
    elif len(deletion.reason) > LONGEST_REASON:
        wrong["reason"] = TOO_LONG
    return wrong

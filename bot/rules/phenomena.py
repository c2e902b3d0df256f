"""What a phenomenon must be, what is shown of it, and how a member's press is counted without knowing whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import N_
from bot.rules.hashes import keyed
from bot.rules.observations import CHOICE_GONE, LONGEST, SHORTEST, visible_length
from bot.rules.vocabularies import Vocabularies
from storage.models import Move, Phenomenon

LONGEST_TITLE, PER_PAGE, MOST_TO_CHOOSE = 150, 6, 90


@dataclass(frozen=True, slots=True)
class Draft:
    """A phenomenon as a coordinator has written it; marks of the guard's warnings that were seen."""

    title: str = ""
    text: str = ""
    theme: str = ""
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """A phenomenon with its numbers: observations joined to it and their areas, members who have met it and theirs."""

    row: Phenomenon
    observations: int = 0
    areas: int = 0
    presses: int = 0
    pressed_areas: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the phenomena."""

    page: int
    total: int
    shown: Sequence[Shown]
    today: date

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A phenomenon with its history, as a coordinator reads it."""

    shown: Shown
    moves: Sequence[Move]
    today: date

    @property
    def last_step(self) -> int:
        return self.moves[-1].step if self.moves else 0


def mistakes(draft: Draft, vocabularies: Vocabularies) -> dict[str, str]:
    """Field -> message id for what cannot be stored; empty when all is well."""
    wrong = {}
    if not visible_length(draft.title):
        wrong["title"] = N_("Please give it a title.")
    elif len(draft.title) > LONGEST_TITLE:
        wrong["title"] = N_("At most 150 characters fit here.")
    if visible_length(draft.text) < SHORTEST:
        wrong["text"] = N_("Please write at least 10 characters.")
    elif len(draft.text) > LONGEST:
        wrong["text"] = N_("At most 3,000 characters fit here.")
    if draft.theme not in vocabularies.codes("theme"):
        wrong["theme"] = CHOICE_GONE if draft.theme else N_("Please choose one.")
    return wrong


def presser(key: bytes, phenomenon: str, user: str) -> str:
    """What is stored of who pressed: the same person gives the same, and nothing leads back without the key."""
    return keyed(key, "same", phenomenon, user).hex()

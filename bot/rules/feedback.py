"""What a reporter is told in one message, how much of it fits there, and what a reply must be."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import N_
from bot.rules.observations import LONGEST, visible_length
from bot.rules.statuses import Status
from bot.rules.vocabularies import Vocabularies
from storage.models import Move, Observation

Told = Sequence[tuple[Move, Observation]]
Templates = Mapping[str, Mapping[str, str]]
"""Status -> language -> the coordinators' text in place of the shipped one."""
TOO_SHORT, TOO_LONG = N_("Please write your reply here."), N_("At most 3,000 characters fit here.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reporter writes about an own observation: known by its number, or without a name by its code."""

    text: str = ""
    nonce: str = ""  # of the form, so that sending it twice stores it once
    number: str = ""
    code: str = ""
    confirmed: frozenset[str] = field(default=frozenset())  # marks of the guard's warnings that were seen


@dataclass(frozen=True, slots=True)
class Joined:
    """What an observation was joined to, as its reporter hears of it: the title, and whether others have met it too."""

    title: str
    others: bool


@dataclass(frozen=True, slots=True)
class News:
    """What one message tells: the steps with their observations, and (number, status) of those that are gone since."""

    delivery: str
    told: Told
    gone: tuple[tuple[str, str], ...]
    templates: Templates
    joined: Mapping[str, Joined] = field(default_factory=dict)  # by the key of the phenomenon
    hidden: Mapping[str, datetime] = field(default_factory=dict)  # number -> when what was deleted goes for good
    vocabularies: Vocabularies | None = None  # in which a corrected classification is said

    @property
    def read(self) -> bool:
        return bool(self.told) and all(move.read_on for move, _ in self.told)


def reply_mistake(text: str) -> str | None:
    """The message id of what is wrong with a reply, or None."""
    if not visible_length(text):
        return TOO_SHORT
    return TOO_LONG if len(text) > LONGEST else None


def most_that_fit(told: Told, fits: Callable[[Told], bool]) -> Told:
    """The longest beginning that `fits`, and at least one: what is cut to fit alone must not wait for ever."""
    length = bisect_right(range(1, len(told) + 1), False, key=lambda many: not fits(told[:many]))
    return told[: max(1, length)]


def grouped(told: Told) -> list[tuple[list[Observation], list[Move]]]:
    """Observations with what became of them; those of which the very same is told stand together."""
    steps: dict[str, list[Move]] = {}
    rows: dict[str, Observation] = {}
    for move, row in told:
        rows[row.key] = row
        steps.setdefault(row.key, []).append(move)
    groups: dict[tuple[object, ...], tuple[list[Observation], list[Move]]] = {}
    for key, moves in steps.items():
        groups.setdefault(tuple(map(_said, moves)), ([], moves))[0].append(rows[key])
    return list(groups.values())


def _said(move: Move) -> tuple[object, ...]:
    joins = move.phenomenon if move.status == Status.JOINED else None
    return move.on_day, move.what, move.status, move.reason, move.receiver, move.review_on, move.words, joins

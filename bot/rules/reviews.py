"""An observation as a coordinator reads it: its history, and the phenomena that it may be joined to."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.rules.statuses import Step
from storage.models import Changed, Move, Observation, Phenomenon

CORRECTED, REDACTED = "corrected", "redacted"  # steps of a coordinator's hand, as a history keeps them


CLASSES = {"kind": "kind", "theme": "theme", "area": "area", "sector": "sector", "group": "client_group"}
"""What a coordinator may correct: the form's field -> the observation's."""


@dataclass(frozen=True, slots=True)
class Classes:
    """An observation's classification, as a form has it."""

    kind: str | None = None
    theme: str | None = None
    area: str | None = None
    sector: str | None = None
    group: str | None = None

    def codes(self) -> dict[str, str | None]:
        return {name: getattr(self, name) for name in CLASSES}


@dataclass(frozen=True, slots=True)
class Handler:
    """The coordinator who has taken an observation, and whether they are away today."""

    user: str
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who reads a step: how many reporters get a message, and how many observations have a receipt code and no name."""

    named: int = 0
    unnamed: int = 0


def hearers(authors: Iterable[str | None]) -> Hearers:
    """Of these observations; who has filed several of them gets one message."""
    counted = Counter(authors)
    unnamed = counted.pop(None, 0)
    return Hearers(len(counted), unnamed)


@dataclass(frozen=True, slots=True)
class Review:
    """What stands in the modal. `joined` is its phenomenon, `same_as` the one that its reporter takes it for."""

    row: Observation
    moves: Sequence[Move]
    phenomena: Sequence[Phenomenon]
    joined: Phenomenon | None
    same_as: Phenomenon | None
    today: date
    until: datetime | None = None  # when one that is hidden goes for good
    handler: Handler | None = None
    others: Sequence[tuple[str, str]] = ()  # the other coordinators who may go on with it, and their names
    changed: Sequence[Changed] = ()  # what its reporter answered when asked whether something has changed
    similar: Sequence[Observation] = ()

    @property
    def last_step(self) -> int:
        return self.moves[-1].step if self.moves else 0


def classes_of(row: Observation) -> Classes:
    return Classes(**{name: getattr(row, column) for name, column in CLASSES.items()})


def chosen_of(row: Observation) -> dict[str, str | None]:
    """The form's field -> what the reporter chose there, where a coordinator has corrected it."""
    return {str(name): code for name, code in _loaded(row.chosen).items()}


def corrected_in(move: Move) -> dict[str, tuple[str | None, str | None]]:
    """The form's field -> what stood there and what stands there since, of a step that corrected the classification."""
    pairs = _loaded(move.reason) if move.what == CORRECTED else {}
    return {str(name): (pair[0], pair[1]) for name, pair in pairs.items() if isinstance(pair, list)}


def _loaded(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:  # words of it were taken out
        return {}
    return found if isinstance(found, dict) else {}


def move_of(
    row: Observation | Phenomenon, step: Step, status: str, actor: str, today: date, joins: Phenomenon | None = None
) -> Move:
    """The step as the history of the row keeps it, not numbered yet; without a status it is words to the reporter.

    `joins` is the phenomenon that an observation is joined to with it, or whose own step it is.
    """
    return Move(
        key="",
        workspace=row.workspace,
        subject=row.key,
        step=0,
        what="status" if status else "words",
        on_day=today,
        actor=actor,
        status=status or None,
        phenomenon=joins.key if joins else None,
        reason=step.reason,
        receiver=step.receiver,
        review_on=step.review_on,
        words=step.reply,
    )


def is_taken(row: Observation | Phenomenon, version: int, history: Sequence[Move], mine: Move) -> bool:
    """Whether what has changed since that version is this very step by the same person: its form was sent twice.

    A phenomenon may have been moved on by the same form, right after the observation was joined to it.
    """
    places = [place for place, move in enumerate(history) if _what(move) == _what(mine)]
    if not places:
        return False
    if after := history[places[-1] + 1 :]:
        came_along = mine.phenomenon and all(_whose(move) == _whose(mine) for move in after)
        return bool(came_along) and row.version == version + 2
    return row.version == version + 1


def _whose(move: Move) -> tuple[str | None, str | None]:
    return move.actor, move.phenomenon


def _what(move: Move) -> tuple[object, ...]:
    return move.actor, move.status, move.reason, move.receiver, move.review_on, move.words, move.phenomenon

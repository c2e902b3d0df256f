"""An observation as a coordinator reads it: its history, and the phenomena that it may be joined to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.statuses import Step
from storage.models import Move, Observation, Phenomenon


@dataclass(frozen=True, slots=True)
class Review:
    """What stands in the modal. `joined` is its phenomenon, `same_as` the one that its reporter takes it for."""

    row: Observation
    moves: Sequence[Move]
    phenomena: Sequence[Phenomenon]
    joined: Phenomenon | None
    same_as: Phenomenon | None
    today: date

    @property
    def last_step(self) -> int:
        return self.moves[-1].step if self.moves else 0


def move_of(step: Step, status: str, actor: str, today: date) -> Move:
    """The step as the history keeps it, of no subject yet; without a status it is words to the reporter."""
    return Move(
        key="",
        workspace="",
        subject="",
        step=0,
        what="status" if status else "words",
        on_day=today,
        actor=actor,
        status=status or None,
        reason=step.reason,
        receiver=step.receiver,
        review_on=step.review_on,
        words=step.reply,
    )

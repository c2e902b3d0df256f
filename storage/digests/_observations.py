"""The observations of a digest in an order that tells nothing of when they came, and what has moved meanwhile."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from storage.digests._counts import these
from storage.models import Move, Observation, Phenomenon

AT_A_TIME = 500  # rows held in memory


@dataclass(frozen=True, slots=True)
class Begun:
    """An observation with the beginning of its text alone."""

    number: str
    kind: str
    theme: str
    area: str | None
    status: str
    text: str


def new(session: Session, workspace: str, first: int, last: int, characters: int) -> Iterator[Begun]:
    """The observations of the weeks, by kind, theme and their random number, a few at a time."""
    found = _begun(characters).where(*these(workspace, first, last))
    found = found.order_by(Observation.kind, Observation.theme, Observation.number)
    for row in session.execute(found.execution_options(yield_per=AT_A_TIME)):
        yield Begun(*row)


def by_number(session: Session, workspace: str, numbers: Collection[str], characters: int) -> dict[str, Begun]:
    """Number -> observation, withdrawn ones too."""
    found = _begun(characters).where(Observation.workspace == workspace, col(Observation.number).in_(numbers))
    return {row.number: Begun(*row) for row in session.execute(found)}


def _begun(characters: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - six columns, typed for four
    text = func.substr(Observation.text, 1, characters)
    return select(  # type: ignore[call-overload]
        Observation.number, Observation.kind, Observation.theme, Observation.area, Observation.status, text
    )


def moved(session: Session, workspace: str, first: date, last: date) -> Sequence[tuple[str, str | None, str]]:
    """(number, status, what) of each step of these days that a coordinator should see, in the order of the steps.

    What a phenomenon's change did to its observations is told by the phenomenon.
    """
    own = or_(col(Move.phenomenon).is_(None), Move.status == "yhdistetty")
    within = (Move.workspace == workspace, col(Move.on_day) >= first, col(Move.on_day) <= last)
    told = col(Move.what).in_(("status", "answer", "restored"))
    rows: list[tuple[str, str | None, str, int]] = []
    for table, where in ((Observation, (own,)), (Phenomenon, ())):
        step = select(table.number, Move.status, Move.what, Move.step).where(*within, told, table.key == Move.subject)
        rows += session.exec(step.where(*where)).all()
    return [row[:3] for row in sorted(rows, key=lambda row: (row[0], row[3]))]

"""Texts of observations that were closed long ago: they go, and with them who wrote them; the classification stays."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, or_, select, update
from sqlmodel import Session, SQLModel

from storage.own_data._withdrawing import MOVES, OBSERVATIONS, WORDS, in_parts

PHENOMENA, CLEARINGS, ANSWERS, HANDLINGS = (
    SQLModel.metadata.tables[name] for name in ("phenomenon", "clearing", "changed", "handling")
)
JOINED = "yhdistetty"


def _over(workspace: str, closed: Collection[str], before: date) -> Select[tuple[str]]:
    """Those with words whose own last word, or that of the phenomenon they are joined to, was before the day."""
    row, joined = OBSERVATIONS.c, OBSERVATIONS.c.status == JOINED
    alone: ColumnElement[bool] = row.status.in_(set(closed) - {JOINED}) & (row.noted_on < before)
    together = joined & PHENOMENA.c.status.in_(closed) & (PHENOMENA.c.noted_on < before)
    lost = joined & PHENOMENA.c.key.is_(None) & (row.noted_on < before)
    rows = select(row.key).outerjoin(PHENOMENA, PHENOMENA.c.key == row.phenomenon)
    return rows.where(row.workspace == workspace, row.text != "", or_(alone, together, lost))


def count_over(session: Session, workspace: str, closed: Collection[str], before: date) -> int:
    """How many texts of observations that were closed before the day still stand here."""
    these = _over(workspace, closed, before).subquery()
    return int(session.execute(select(func.count()).select_from(these)).scalar_one())


def keys_over(session: Session, workspace: str, closed: Collection[str], before: date) -> Iterator[Sequence[str]]:
    """The keys of those, some at a time: looking for them goes through all that were ever closed."""
    yield from in_parts(list(session.execute(_over(workspace, closed, before)).scalars()))


def take_over(
    session: Session, workspace: str, closed: Collection[str], before: date, now: datetime, some: Sequence[str]
) -> int:
    """Takes texts away, with authors, steps' words and search words, of those that still are so old; answers how many.

    So do answers to whether something has changed, and who has taken them. Where their receipts stand in Slack is
    marked, so that these are emptied too.
    """
    keys = list(session.execute(_over(workspace, closed, before).where(OBSERVATIONS.c.key.in_(some))).scalars())
    these = OBSERVATIONS.c.key.in_(keys)
    receipt = OBSERVATIONS.c.receipt_channel, OBSERVATIONS.c.receipt_ts
    marks = select(
        OBSERVATIONS.c.key, literal(workspace), *receipt, literal("fi"), literal(now, CLEARINGS.c.due_at.type)
    )
    columns = ["key", "workspace", "channel", "ts", "language", "due_at"]
    session.execute(insert(CLEARINGS).from_select(columns, marks.where(these, receipt[1].is_not(None))))
    session.execute(delete(WORDS).where(WORDS.c.workspace == workspace, WORDS.c.subject.in_(keys)))
    session.execute(delete(ANSWERS).where(ANSWERS.c.workspace == workspace, ANSWERS.c.subject.in_(keys)))
    session.execute(delete(HANDLINGS).where(HANDLINGS.c.workspace == workspace, HANDLINGS.c.observation.in_(keys)))
    session.execute(update(MOVES).where(MOVES.c.subject.in_(keys)).values(words="", reason="", receiver=""))
    gone = dict.fromkeys(("author", "filed_at", "receipt_channel", "receipt_ts"))
    session.execute(update(OBSERVATIONS).where(these).values({**gone, "text": "", "proposal": ""}))
    return len(keys)


def forget_answers(session: Session, workspace: str, closed: Collection[str], before: date) -> None:
    """Deletes what people have answered about phenomena that were closed before the day."""
    row = PHENOMENA.c
    over = select(row.key).where(row.workspace == workspace, row.status.in_(closed), row.noted_on < before)
    session.execute(delete(ANSWERS).where(ANSWERS.c.workspace == workspace, ANSWERS.c.subject.in_(over)))

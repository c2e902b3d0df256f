"""Texts of observations that were closed long ago: they go, and with them who wrote them; the classification stays."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, or_, select, update
from sqlmodel import Session, SQLModel

from storage.own_data._withdrawing import MOVES, OBSERVATIONS, WORDS

PHENOMENA, CLEARINGS = SQLModel.metadata.tables["phenomenon"], SQLModel.metadata.tables["clearing"]
JOINED = "yhdistetty"
AT_A_TIME = 500


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


def take_over(session: Session, workspace: str, closed: Collection[str], before: date, now: datetime) -> int:
    """Takes some of these texts away, with authors, steps' words and search words; answers how many.

    Where their receipts stand in Slack is marked, so that these are emptied too.
    """
    keys = list(session.execute(_over(workspace, closed, before).limit(AT_A_TIME)).scalars())
    these = OBSERVATIONS.c.key.in_(keys)
    receipt = OBSERVATIONS.c.receipt_channel, OBSERVATIONS.c.receipt_ts
    marks = select(
        OBSERVATIONS.c.key, literal(workspace), *receipt, literal("fi"), literal(now, CLEARINGS.c.due_at.type)
    )
    columns = ["key", "workspace", "channel", "ts", "language", "due_at"]
    session.execute(insert(CLEARINGS).from_select(columns, marks.where(these, receipt[1].is_not(None))))
    session.execute(delete(WORDS).where(WORDS.c.workspace == workspace, WORDS.c.subject.in_(keys)))
    session.execute(update(MOVES).where(MOVES.c.subject.in_(keys)).values(words="", reason="", receiver=""))
    gone = dict.fromkeys(("author", "filed_at", "receipt_channel", "receipt_ts"))
    session.execute(update(OBSERVATIONS).where(these).values({**gone, "text": "", "proposal": ""}))
    return len(keys)

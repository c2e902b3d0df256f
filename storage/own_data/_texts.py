"""What was closed long ago: what is declared to be kept so long after that goes, and the classification stays."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlmodel import Session, SQLModel

from storage.models import CLOSED, WITH_TEXT, Kept, kept
from storage.orphans import BELONGINGS
from storage.own_data._withdrawing import OBSERVATIONS, in_parts

PHENOMENA, CLEARINGS = (SQLModel.metadata.tables[name] for name in ("phenomenon", "clearing"))
UNTIL = {OBSERVATIONS.name: (CLOSED, WITH_TEXT), PHENOMENA.name: (CLOSED,)}  # a phenomenon's own text stays
JOINED = "yhdistetty"


@dataclass(frozen=True, slots=True)
class LongAgo:
    """What has one of these statuses since before the local day. Who is named in it becomes the pseudonym."""

    workspace: str
    closed: Collection[str]
    before: date
    pseudonym: str


def count_over(session: Session, ago: LongAgo) -> int:
    """How many texts of observations that were closed before the day still stand here."""
    these = _closed(ago, OBSERVATIONS).where(OBSERVATIONS.c.text != "").subquery()
    return int(session.execute(select(func.count()).select_from(these)).scalar_one())


def keys_over(session: Session, ago: LongAgo) -> Iterator[tuple[str, Sequence[str]]]:
    """Table and keys of all that something is still kept of, some at a time: looking for them goes through them all."""
    for owner in (OBSERVATIONS, PHENOMENA):
        for some in in_parts(list(session.execute(_over(ago, owner)).scalars())):
            yield owner.name, some


def take_over(session: Session, ago: LongAgo, name: str, some: Sequence[str], now: datetime) -> int:
    """Takes away what is kept of those that still are so old, by what the tables declare; answers how many they are.

    Where receipts stand in Slack is marked, so that these are emptied too.
    """
    owner = SQLModel.metadata.tables[name]
    keys = list(session.execute(_over(ago, owner).where(owner.c.key.in_(some))).scalars())
    if owner is OBSERVATIONS:
        _mark_receipts(session, ago.workspace, keys, now)
    for table, subject in [*_belonging(owner), (owner, owner.c.key)]:
        these, left = (table.c.workspace == ago.workspace, subject.in_(keys)), _left(table, ago, owner)
        if _goes(table, owner):
            session.execute(delete(table).where(*these))
        elif left:
            session.execute(update(table).where(*these).values(left))
    return len(keys)


def _closed(ago: LongAgo, owner: Table) -> Select[tuple[str]]:
    """Those whose own last word, or that of the phenomenon they are joined to, was before the day."""
    row = owner.c
    alone: ColumnElement[bool] = row.status.in_(ago.closed) & (row.noted_on < ago.before)
    rows = select(row.key).where(row.workspace == ago.workspace)
    if owner is PHENOMENA:
        return rows.where(alone)
    joined = row.status == JOINED
    together = joined & PHENOMENA.c.status.in_(ago.closed) & (PHENOMENA.c.noted_on < ago.before)
    lost = joined & PHENOMENA.c.key.is_(None) & (row.noted_on < ago.before)
    with_phenomena = rows.outerjoin(PHENOMENA, PHENOMENA.c.key == row.phenomenon)
    return with_phenomena.where(or_(~joined & alone, together, lost))


def _over(ago: LongAgo, owner: Table) -> Select[tuple[str]]:
    """Those of them of which anything still stands that is to go."""
    stands = [
        exists().where(table.c.workspace == ago.workspace, subject == owner.c.key, _stands(table, ago, owner))
        for table, subject in _belonging(owner)
    ]
    own = [_stands(owner, ago, owner)] if _left(owner, ago, owner) else []
    return _closed(ago, owner).where(or_(*own, *stands))


def _belonging(owner: Table) -> list[tuple[Table, "ColumnElement[str]"]]:
    """Tables with columns that go with the owner's, and their column that names it."""
    tables = [
        (SQLModel.metadata.tables[one.table.__tablename__], one.column)
        for one in BELONGINGS
        if owner.name in {whose.__tablename__ for whose, _ in one.owners}
    ]
    return [(table, table.c[column]) for table, column in tables if _declared(table, owner)]


def _declared(table: Table, owner: Table) -> dict[str, Kept]:
    found = ((column.name, kept(column)) for column in table.columns)
    return {name: one for name, one in found if one and one.until in UNTIL[owner.name] and one.kind != "none"}


def _goes(table: Table, owner: Table) -> bool:
    """Whether the whole row goes."""
    return any(one.goes == "row" or table.c[name].primary_key for name, one in _declared(table, owner).items())


def _left(table: Table, ago: LongAgo, owner: Table) -> dict[str, Any]:
    """Column -> what stands there in the end."""
    return {
        name: case((table.c[name].is_not(None), ago.pseudonym)) if one.goes == "veiled"
        else None if table.c[name].nullable else ""
        for name, one in _declared(table, owner).items()
    }  # fmt: skip


def _stands(table: Table, ago: LongAgo, owner: Table) -> ColumnElement[bool]:
    if _goes(table, owner):
        return true()
    return or_(*(table.c[name].is_distinct_from(left) for name, left in _left(table, ago, owner).items()))


def _mark_receipts(session: Session, workspace: str, keys: Sequence[str], now: datetime) -> None:
    row, at = OBSERVATIONS.c, literal(now, CLEARINGS.c.due_at.type)
    marks = select(row.key, literal(workspace), row.receipt_channel, row.receipt_ts, literal("fi"), at)
    columns = ["key", "workspace", "channel", "ts", "language", "due_at"]
    these = row.key.in_(keys), row.receipt_ts.is_not(None)
    session.execute(insert(CLEARINGS).from_select(columns, marks.where(*these)))

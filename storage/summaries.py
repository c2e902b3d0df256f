"""Questions and changes of the half-year summary: what is counted, what was counted once, and its words."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import insert as insert_rows
from sqlmodel import Session, SQLModel, col, func, select

from storage.inserts import add_new, insert
from storage.models import Move, Observation, Phenomenon, Published, PublishedCell, PublishedMember, SummaryWords
from storage.observations import GONE

AT_A_TIME = 2000  # rows in memory
MEMBERS = SQLModel.metadata.tables[str(PublishedMember.__tablename__)]
WORDS = SQLModel.metadata.tables[str(SummaryWords.__tablename__)]
Days = tuple[date, date]  # both included


def filed(session: Session, workspace: str, days: Days) -> Iterable[Any]:
    """What is counted of each observation of these days whose words stand.

    Key, author, how many stand behind it, kind, theme, area, sector, group, scale, status (that of its phenomenon,
    where it is joined to one), the day when it was filed, the day of a coordinator's first step.
    """
    heard = (
        select(Move.subject, func.min(Move.on_day).label("day"))
        .where(Move.workspace == workspace, Move.what == "status", col(Move.actor).is_not(None))
        .group_by(col(Move.subject))
        .subquery()
    )
    chosen = (Observation.kind, Observation.theme, Observation.area, Observation.sector, Observation.client_group)
    columns = (
        *(col(one) for one in (Observation.key, Observation.author, Observation.people, *chosen, Observation.scale)),
        func.coalesce(Phenomenon.status, Observation.status),
        col(Observation.filed_on),
        heard.c.day,
    )
    rows = (
        select(*columns)
        .select_from(Observation)
        .outerjoin(Phenomenon, col(Phenomenon.key) == Observation.phenomenon)
        .outerjoin(heard, heard.c.subject == Observation.key)
        .where(Observation.workspace == workspace, col(Observation.status).not_in(GONE))
        .where(col(Observation.filed_on) >= days[0], col(Observation.filed_on) <= days[1])
    )
    return session.execute(rows.execution_options(yield_per=AT_A_TIME))


def versions(session: Session, workspace: str, first: date) -> Sequence[Published]:
    """All versions of the half-year's numbers, the first one first."""
    rows = select(Published).where(Published.workspace == workspace, Published.first == first)
    return session.exec(rows.order_by(col(Published.version))).all()


def cells(session: Session, workspace: str, first: date, version: int) -> Sequence[PublishedCell]:
    rows = select(PublishedCell).where(PublishedCell.workspace == workspace, PublishedCell.first == first)
    return session.exec(rows.where(PublishedCell.version == version)).all()


def members(session: Session, workspace: str, first: date, version: int) -> dict[str, str]:
    """Key of each observation that was counted -> its codes."""
    rows = select(PublishedMember.subject, PublishedMember.codes).where(PublishedMember.workspace == workspace)
    return dict(session.exec(rows.where(PublishedMember.first == first, PublishedMember.version == version)).all())


def add(session: Session, row: Published, told: Iterable[PublishedCell], counted: Iterable[tuple[str, str]]) -> bool:
    """Stores the numbers unless the version is there already; answers whether they were stored.

    `counted` are key and codes of each observation. Two who count at the same time wait for each other here, and the
    second stores nothing.
    """
    if not add_new(session, row):
        return False
    session.add_all(told)
    place = {"workspace": row.workspace, "first": row.first, "version": row.version}
    found = iter(counted)
    while some := [{**place, "subject": key, "codes": codes} for key, codes in islice(found, AT_A_TIME)]:
        session.execute(insert_rows(MEMBERS), some)
    return True


def words(session: Session, workspace: str, first: date) -> dict[str, SummaryWords]:
    """Language -> what is written for the half-year's summary."""
    rows = select(SummaryWords).where(SummaryWords.workspace == workspace, SummaryWords.first == first)
    return {row.language: row for row in session.exec(rows.with_for_update())}


def senders(session: Session, workspace: str, first: date) -> dict[str, str]:
    """Language -> who sends the summary, as it was written last before this half-year."""
    rows = select(SummaryWords.language, SummaryWords.sender).where(SummaryWords.workspace == workspace)
    before = rows.where(SummaryWords.first < first, SummaryWords.sender != "")
    return dict(session.exec(before.order_by(col(SummaryWords.first))).all())


def put_words(session: Session, row: SummaryWords) -> None:
    values = row.model_dump()
    keys = ("workspace", "first", "language")
    texts = {name: value for name, value in values.items() if name not in keys}
    session.execute(insert(session, WORDS).values(values).on_conflict_do_update(index_elements=keys, set_=texts))


def phenomena(session: Session, workspace: str) -> Sequence[Phenomenon]:
    """All phenomena, in a lasting order."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace)
    return session.exec(rows.order_by(col(Phenomenon.started_on), col(Phenomenon.number))).all()


def counted_first(session: Session, workspace: str, attribute: str) -> dict[str, tuple[int, int]]:
    """What stands beside the versions, of all half-years together: name -> (what is told, of how many people).

    Where it was counted again, the newest: it is of the most people.
    """
    rows = select(PublishedCell).where(PublishedCell.workspace == workspace, PublishedCell.version == 0)
    found = session.exec(rows.where(PublishedCell.attribute == attribute).order_by(col(PublishedCell.count)))
    return {row.name: (int(row.codes), row.count) for row in found}


def put_counted(session: Session, row: PublishedCell, floor: int) -> None:
    """Stores what is told beside the versions, unless another has stored it meanwhile, of not so many people fewer."""
    cells = SQLModel.metadata.tables[str(PublishedCell.__tablename__)]
    values = row.model_dump()
    told = {name: values[name] for name in ("codes", "count")}
    enough = cells.c.count + floor <= row.count
    session.execute(
        insert(session, cells).values(values).on_conflict_do_update(cells.primary_key, set_=told, where=enough)
    )

"""By what the tables declare, everything of a person is found, and nothing of them is left after erasing."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, Table, insert
from sqlmodel import Session, SQLModel

from storage.database import Database
from storage.models import Utc, kept, naming
from storage.own_data import erase, rows_of, users, withdraw_all

AINO, OTHER, WORKSPACE = "U0AINO0001", "U0EINO0001", "T0RAPORTOI"
NAMING = [(table.name, column.name) for table, column, _ in naming()]
HASHED = {(table.name, column.name): one for table, column, one in naming() if one.hashed}
MARK = "merkkisana"
PLACE = "receipt_channel receipt_ts"
WITHDRAWN = f"author filed_at {PLACE} text proposal phenomenon same_as review_on due_on"
WHOLE = """answered.user rsvp.user useful.who same.who changed.who practice_tried.who practice_draft.author person.user
    coordinator.user follower.user handling.user hearing.user news.user departure.user delivery.recipient
    channel_gate.channel"""
BECOMES = {  # of a row that names somebody: goes whole, or these columns are emptied or veiled; then where texts go too
    **dict.fromkeys(WHOLE.split(), ("row", "row")),
    "agenda_item.proposer": ("proposer", "row"),
    "practice.author": ("author", "row"),
    "practice_version.author": ("author", "row"),
    "observation.author": (f"author filed_at {PLACE}", WITHDRAWN),
    "hidden.author": (f"author filed_at {PLACE}", "row"),
    "hidden.by": ("by", "by"),
    "move.actor": ("actor", "actor"),
    "audit.who": ("who", "who"),
    "erasure.author": ("author channel ts", "author channel ts"),
    "clearing.user": ("user channel ts file", "user channel ts file"),
    "forgetting.user": ("user", "user"),
}
NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)


def hashed(purpose: str, of: str) -> str:
    return f"tiiviste-{purpose}-{of}"


def made_up(table: Table, **chosen: Any) -> dict[str, Any]:
    """A row with something in every column that must have it."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if isinstance(column.type, Utc):
            row[column.name] = NOON
        elif isinstance(column.type, Date):
            row[column.name] = date(2026, 12, 2)
        elif isinstance(column.type, Boolean):
            row[column.name] = False
        elif isinstance(column.type, Integer):
            row[column.name] = 1
        else:
            row[column.name] = secrets.token_hex(4)
    return {**row, "workspace": WORKSPACE, **chosen}


def add(session: Session, table: str, column: str, user: str = AINO) -> None:
    one = HASHED.get((table, column))
    chosen = {one.of: "k", column: hashed(one.hashed, "k")} if one else {column: user}
    words = {name: MARK for name, c in SQLModel.metadata.tables[table].columns.items() if is_words(c)}
    row = made_up(SQLModel.metadata.tables[table], **words, **chosen)
    session.execute(insert(SQLModel.metadata.tables[table]).values(row))


def is_words(column: Any) -> bool:
    one = kept(column)
    return one is not None and one.kind == "words"


def everything(database: Database) -> str:
    with database.read() as session:
        return str([session.execute(table.select()).all() for table in SQLModel.metadata.sorted_tables])


@pytest.fixture
def database(database_url: str) -> Any:
    database = Database(database_url)
    yield database
    database.close()


def test_whatever_names_a_person_is_found_and_nothing_is_left_after_erasing(database: Database) -> None:
    with database.write() as session:
        for table, column in NAMING:
            add(session, table, column)
    with database.read() as session:
        found = rows_of(session, AINO, hashed)
        assert AINO in users(session)
    assert {table for table, _ in NAMING} <= set(found)
    assert AINO not in str(found)

    for _ in range(2):  # a second time changes nothing
        with database.write() as session:
            withdraw_all(session, AINO)
            erase(session, AINO, hashed, "gone-1234", texts=True)
        left = everything(database)
        assert AINO not in left
        assert "tiiviste" not in left
    with database.read() as session:
        assert rows_of(session, AINO, hashed) == {}
        assert AINO not in users(session)


def lost_of(session: Session, name: str, *, texts: bool) -> set[str]:
    """What the row of this column loses by erasing; all its columns where it goes."""
    table = SQLModel.metadata.tables[name.partition(".")[0]]
    add(session, table.name, name.partition(".")[2])
    before = session.execute(table.select()).mappings().one()
    if texts:
        withdraw_all(session, AINO)
    erase(session, AINO, hashed, "gone-1234", texts=texts)
    after = session.execute(table.select()).mappings().one_or_none()
    session.rollback()
    return {one for one in before if after is None or after[one] in (None, "", "gone-1234") != before[one]}


def test_what_becomes_of_a_row_is_said_here_a_second_time_so_that_a_changed_mark_is_noticed(database: Database) -> None:
    for name, becomes in BECOMES.items():
        columns = SQLModel.metadata.tables[name.partition(".")[0]].columns.keys()
        for texts in (False, True):
            with database.write() as session:
                lost = lost_of(session, name, texts=texts)
            assert lost == set(columns if becomes[texts] == "row" else becomes[texts].split()), name


def test_whatever_names_a_person_is_said_here_too() -> None:
    assert {f"{table}.{column}" for table, column in NAMING} == set(BECOMES)


def test_nobody_else_loses_anything(database: Database) -> None:
    with database.write() as session:
        for table, column in (one for one in NAMING if one not in HASHED):
            add(session, table, column, OTHER)
    before = everything(database)
    with database.write() as session:
        withdraw_all(session, AINO)
        erase(session, AINO, hashed, "gone-1234", texts=True)
    assert everything(database) == before


@pytest.mark.parametrize("texts", [False, True])
def test_own_words_go_only_when_that_is_asked_for(texts: bool, database: Database) -> None:
    with database.write() as session:
        add(session, "observation", "author")
        add(session, "agenda_item", "proposer")
    with database.write() as session:
        if texts:
            withdraw_all(session, AINO)
        erase(session, AINO, hashed, "gone-1234", texts=texts)
    assert (MARK in everything(database)) is not texts
    assert AINO not in everything(database)

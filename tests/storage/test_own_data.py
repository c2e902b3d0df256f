"""By what the tables declare, everything of a person is found, and nothing of them is left after erasing."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, Table, insert
from sqlmodel import SQLModel

from storage.database import Database
from storage.models import Utc, kept, naming
from storage.own_data import erase, rows_of, users, withdraw_all

AINO, OTHER, WORKSPACE = "U0AINO0001", "U0EINO0001", "T0RAPORTOI"
NAMING = [(table.name, column.name) for table, column, _ in naming()]
HASHED = {(table.name, column.name): one for table, column, one in naming() if one.hashed}
MARK = "merkkisana"
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


def add(database: Database, table: str, column: str, user: str = AINO) -> None:
    one = HASHED.get((table, column))
    chosen = {one.of: "k", column: hashed(one.hashed, "k")} if one else {column: user}
    words = {name: MARK for name, c in SQLModel.metadata.tables[table].columns.items() if is_words(c)}
    with database.write() as session:
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
    for table, column in NAMING:
        add(database, table, column)
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


@pytest.mark.parametrize(("table", "column"), [one for one in NAMING if one not in HASHED])
def test_nobody_else_loses_anything(table: str, column: str, database: Database) -> None:
    add(database, table, column, OTHER)
    before = everything(database)
    with database.write() as session:
        withdraw_all(session, AINO)
        erase(session, AINO, hashed, "gone-1234", texts=True)
    assert everything(database) == before


@pytest.mark.parametrize("texts", [False, True])
def test_own_words_go_only_when_that_is_asked_for(texts: bool, database: Database) -> None:
    for table in ("observation", "agenda_item"):
        add(database, table, "author" if table == "observation" else "proposer")
    with database.write() as session:
        if texts:
            withdraw_all(session, AINO)
        erase(session, AINO, hashed, "gone-1234", texts=texts)
    assert (MARK in everything(database)) is not texts
    assert AINO not in everything(database)

"""Rows that may stand in the table already: an insert that says what then becomes of them, on either database."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert(session: Session, table: Any) -> Any:
    """The database's own insert, which knows ON CONFLICT."""
    return (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table)


def add_new(session: Session, row: SQLModel) -> bool:
    """Stores the row unless a key of it is taken; returns whether it was stored. Compiled once for all rows."""
    table = SQLModel.metadata.tables[str(row.__tablename__)]
    statement = insert(session, table).on_conflict_do_nothing().returning(next(iter(table.c)))
    return session.scalar(statement, row.model_dump()) is not None

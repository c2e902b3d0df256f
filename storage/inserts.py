"""Rows that may stand in the table already: an insert that says what then becomes of them, on either database."""

from functools import cache
from importlib import import_module
from typing import Any

from sqlmodel import Session, SQLModel


def insert(session: Session, table: Any) -> Any:
    """The database's own insert, which knows ON CONFLICT."""
    return _insert(session.get_bind().dialect.name, table)


def _insert(dialect: str, table: Any) -> Any:
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)  # the other one's takes long to load


@cache
def _new(dialect: str, name: str) -> Any:
    table = SQLModel.metadata.tables[name]
    return _insert(dialect, table).on_conflict_do_nothing().returning(next(iter(table.c)))


def add_new(session: Session, row: SQLModel) -> bool:
    """Stores the row unless a key of it is taken; returns whether it was stored. Compiled once for all rows."""
    statement = _new(session.get_bind().dialect.name, str(row.__tablename__))
    return session.connection().execute(statement, row.model_dump()).scalar() is not None

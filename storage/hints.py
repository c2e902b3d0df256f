"""SQLite told by which index a question goes, where it would rather read or sort all rows. PostgreSQL knows better."""

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from storage.models import Observation

if TYPE_CHECKING:
    from sqlalchemy import FromClause


class Hinting(SQLiteCompiler):
    """SQLAlchemy's compiler for SQLite, with hints: its own leaves them out."""

    def get_from_hint_text(self, table: "FromClause", text: str | None) -> str | None:  # noqa: ARG002 - the other dialects' form
        return text


def by_index(rows: Any, index: str) -> Any:
    """The question about observations, answered by this index; by whichever the database chooses where it is ""."""
    return rows.with_hint(Observation, f"INDEXED BY {index}", "sqlite") if index else rows

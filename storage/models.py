"""The tables: what is remembered, about whom, and for how long."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Dialect, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel


class Utc(TypeDecorator[datetime]):
    """An instant in UTC: timestamptz on PostgreSQL, fixed-width text on SQLite, which would forget the zone.

    A naive datetime is refused with ValueError, since nobody could say later which instant it was.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone cannot be stored"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if dialect.name == "postgresql" else datetime.fromisoformat(value)


class Observation(SQLModel, table=True):
    """One observation (havainto). Its text is emptied when it is withdrawn; number and day stay.

    Without a name, `author`, `filed_at` and the receipt's place are null. The random `key` is the only order of the
    rows, so that nothing tells which was filed first within a day.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "number"),
        UniqueConstraint("workspace", "once"),
        Index("observation_by_week", "workspace", "week"),
        Index("observation_by_author", "workspace", "author"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    number: str = Field(max_length=9, description="public: 2026-K7QF; random, never used again")
    once: str = Field(description="form nonce or trigger of a named one; keyed hash of the receipt code without a name")
    author: str | None = None
    filed_at: datetime | None = Field(default=None, sa_type=Utc)
    filed_on: date = Field(description="local day")
    week: int = Field(description="ISO year * 100 + ISO week of the local day")
    kind: str
    theme: str
    theme_set: str
    text: str
    proposal: str = ""
    area: str | None = None
    sector: str | None = None
    client_group: str | None = None
    scale: str | None = None
    status: str = "uusi"
    receipt_channel: str | None = Field(default=None, description="where the bot's own message about it stands")
    receipt_ts: str | None = None


class Person(SQLModel, table=True):
    """What is remembered of a member who has filed with a name: the area chosen last, to pre-fill the next form."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    area: str | None = None


class Term(SQLModel, table=True):
    """One entry of a vocabulary (kind, theme, area, subregion, sector, group, scale) with its three labels."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    vocabulary: str = Field(primary_key=True)
    version: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    parent: str = ""
    position: int
    fi: str
    sv: str
    en: str

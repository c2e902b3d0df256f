"""The tables: what is remembered, about whom, and for how long."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Dialect, Index, String, UniqueConstraint, text
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
    """What a member has chosen, and the area of the last form filed with a name, to pre-fill the next one."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    area: str | None = None
    language: str | None = Field(default=None, description="own choice; null: Slack's locale decides")
    reminders: bool = True
    paused_until: date | None = Field(default=None, description="the last day without reminders")
    absence_start: date | None = None
    absence_end: date | None = Field(default=None, description="both ends count; no reason is stored")


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


class Network(SQLModel, table=True):
    """The settings of one network, as its coordinators have chosen them."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    channel: str | None = Field(default=None, description="the discussion channel; null: as the program's settings say")
    language: str = "fi"
    reminder_cadence: str = Field(default="monthly", description="weekly, biweekly, monthly or off")
    reminder_weekday: int = Field(default=3, description="0 is Monday")
    reminder_time: str = Field(default="13:00", description="local, in quarter hours")
    reminder_place: str = Field(default="private", description="private, or channel: one post there")
    digest_weekday: int = 0
    digest_time: str = "08:00"
    min_group: int = Field(default=5, description="the smallest group that is published; settings may only raise it")


class Coordinator(SQLModel, table=True):
    """A person whom coordinators have made a coordinator; the first ones stand in the program's settings."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)


class Wording(SQLModel, table=True):
    """A text that coordinators have put in place of the shipped one."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    text: str


class Answered(SQLModel, table=True):
    """One undated mark: this person has answered this round, in whatever way. It goes when the round closes."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    occurrence: str = Field(primary_key=True)
    user: str = Field(primary_key=True)


class Run(SQLModel, table=True):
    """One occurrence of something that goes to many: a round of reminders, a week's digest."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    occurrence: str = Field(primary_key=True, description="a local date or week, never an instant: 2026-12-03")
    due_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    state: str = Field(default="planned", description="planned, expanded, stopped, closed")


class Delivery(SQLModel, table=True):
    """The ledger: one message to one recipient. The unique key makes planning twice harmless."""

    __table_args__ = (
        UniqueConstraint("workspace", "kind", "occurrence", "recipient"),
        Index(
            "delivery_pending", "workspace", "priority", "not_before",
            sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'"),
        ),
        Index("delivery_open", "state", "lease_until"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    key: str = Field(primary_key=True, max_length=32, description="random; goes to Slack as the message's metadata")
    workspace: str
    kind: str
    occurrence: str
    recipient: str = Field(description="U… or C…")
    channel: str | None = Field(default=None, description="D… or C…, once Slack has told it")
    params: str = Field(default="{}", description="JSON for the renderer; the words are drawn when it is sent")
    priority: int = 5
    state: str = Field(default="pending", description="pending sending unknown verifying sent failed skipped expired")
    not_before: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    first_intent_at: datetime | None = Field(default=None, sa_type=Utc)
    lease_owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=Utc)
    fence: int = 0
    attempts: int = 0
    verifies: int = 0
    ts: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    evidence: str | None = Field(default=None, description="reply or history")
    error: str | None = Field(default=None, description="Slack's own word, or ours; never a text")


class ChannelGate(SQLModel, table=True):
    """When the next message may go to a conversation: about one a second."""

    __tablename__ = "channel_gate"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    free_at: datetime = Field(sa_type=Utc)


class RateGate(SQLModel, table=True):
    """The workspace's pace (GCRA): the theoretical time of the next message, and until when Slack has asked to wait."""

    __tablename__ = "rate_gate"
    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    tat: datetime = Field(sa_type=Utc)
    blocked_until: datetime | None = Field(default=None, sa_type=Utc)

"""The ledger of messages, its runs and gates, and who has answered a round."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models._kept import MONTH, ROUND, SENT, THE_NEXT, keep
from storage.models._types import Utc

WEEKLY_DIGEST = "weekly_digest"  # the one kind that the tables themselves are asked about


class Answered(SQLModel, table=True):
    """One undated mark: this person has answered this round, in whatever way. It goes when the round closes."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    occurrence: str = Field(primary_key=True)
    user: str = Field(primary_key=True)


class Run(SQLModel, table=True):
    """One occurrence of something that goes to many: a round of reminders, a week's digest. Also a night's work."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    occurrence: str = Field(primary_key=True, description="a local date or week, never an instant: 2026-12-03")
    due_at: datetime = Field(sa_type=Utc)
    expires_at: datetime = Field(sa_type=Utc)
    state: str = Field(default="planned", description="planned, expanded, stopped, closed; of a night: rewritten")


class Delivery(SQLModel, table=True):
    """The ledger: one message to one recipient. The unique key makes planning twice harmless."""

    __table_args__ = (
        UniqueConstraint("workspace", "kind", "occurrence", "recipient"),
        Index(
            "delivery_pending", "workspace", "priority", "not_before",
            sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'"),
        ),
        Index("delivery_open", "state", "lease_until"),
        Index("delivery_by_recipient", "workspace", "recipient"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    key: str = Field(primary_key=True, max_length=32, description="random; goes to Slack as the message's metadata")
    workspace: str
    kind: str
    occurrence: str
    recipient: str = Field(description="U… or C…")
    thread_of: str | None = Field(default=None, description="key of the delivery whose thread it goes to")
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


class Handled(SQLModel, table=True):
    """A keyed mark of something that Slack has delivered and that was answered: no process answers it again."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    mark: str = Field(primary_key=True, max_length=32)
    on_day: date = Field(description="local day; it goes a month later")


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


keep(Answered, "who has answered is not reminded in this round", ROUND, row="user", none="workspace occurrence")
keep(Run, none="workspace kind occurrence due_at expires_at state")
keep(Delivery, "a message goes once, and its words can be taken back", SENT, row="recipient", person="channel ts")
keep(Delivery, none="key workspace kind occurrence thread_of params priority state not_before expires_at")
keep(Delivery, none="first_intent_at lease_owner lease_until fence attempts verifies sent_at evidence error")
keep(Handled, "what Slack delivers again is answered once", MONTH, none="workspace mark on_day")
keep(ChannelGate, "no more than a message a second", THE_NEXT, row="channel", none="workspace free_at")
keep(RateGate, none="workspace method tat blocked_until")

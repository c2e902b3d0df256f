"""People who are to be forgotten: who has asked, who has left; and what of the bot's own is to go from Slack."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models._kept import DONE, LEFT, WEEK, keep
from storage.models._types import Utc


class Forgetting(SQLModel, table=True):
    """A person whose data is to be erased when the day of grace is over. The row goes when it is done."""

    __table_args__ = (UniqueConstraint("workspace", "user"), {"sqlite_with_rowid": False})

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    user: str
    what: str = Field(description="author: the texts stay; texts: they go too")
    due_at: datetime = Field(sa_type=Utc)
    language: str = Field(description="in which the receipt is written")
    state: str = Field(default="waiting", description="waiting, erased: only the receipt is left")
    channel: str | None = Field(default=None, description="where the message with the way back stands")
    ts: str | None = None


class Departure(SQLModel, table=True):
    """Somebody of whom something is stored was first seen to have left the network. It goes when they are back."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    on_day: date = Field(description="local day")


class Clearing(SQLModel, table=True):
    """A message or a file of the bot's own that is to go from Slack. The row goes when it has."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    user: str | None = Field(default=None, description="who may take it away earlier")
    channel: str | None = Field(default=None, description="of a message, with its ts")
    ts: str | None = None
    file: str | None = Field(default=None, description="Slack's id of a file")
    language: str = Field(description="in which it is said what stood there")
    due_at: datetime = Field(sa_type=Utc)


keep(Forgetting, "erasing waits for a day and is then finished", DONE, veiled="user", person="channel ts language")
keep(Forgetting, none="key workspace what due_at state")
keep(Departure, "who has left is forgotten in time", LEFT, row="user", person="on_day", none="workspace")
keep(Clearing, "what the bot has sent is taken away again", WEEK, empty="user", person="channel ts file language")
keep(Clearing, none="key workspace due_at")

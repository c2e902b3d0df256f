"""The loop that goes on: who follows a phenomenon, what people say has changed, and who goes on with what."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.models._kept import ALWAYS, CLOSED, keep

_NO_ROWID = {"sqlite_with_rowid": False}


class Follower(SQLModel, table=True):
    """A member who wants to hear what becomes of a published phenomenon."""

    __table_args__ = (Index("follower_by_user", "workspace", "user"), _NO_ROWID)

    workspace: str = Field(primary_key=True)
    phenomenon: str = Field(primary_key=True, max_length=32)
    user: str = Field(primary_key=True)


class Changed(SQLModel, table=True):
    """One answer to "has it changed?". A keyed hash stands for the person, so that each answers once."""

    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, max_length=32, description="key of the phenomenon, or of the observation")
    who: str = Field(primary_key=True)
    answer: str = Field(description="yes, partly, no or unknown")
    words: str = ""
    on_day: date = Field(description="local day")


class Handling(SQLModel, table=True):
    """The coordinator who has taken an observation."""

    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    observation: str = Field(primary_key=True, max_length=32)
    user: str


keep(Follower, "you hear what becomes of it", ALWAYS, row="user", none="workspace phenomenon")
keep(Changed, "one person counts once", CLOSED, hashed=("who", "changed", "subject"), words="words")
keep(Changed, none="workspace subject answer on_day")
keep(Handling, "one coordinator goes on with it", CLOSED, row="user", none="workspace observation")

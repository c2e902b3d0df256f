"""Network meetings: when and where they are, who comes, what is to be talked about, and whether they were of use."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models._kept import ALWAYS, MEETING, keep
from storage.models._types import Utc


class Meeting(SQLModel, table=True):
    """One meeting of the network. Its random `key` is also what calendars know it by, so that no person is in it."""

    __table_args__ = (
        UniqueConstraint("workspace", "once"),
        Index("meeting_by_start", "workspace", "starts_at"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    once: str = Field(description="the nonce of the form that made it")
    title: str
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)
    place: str = ""
    link: str = ""
    deadline: date | None = Field(default=None, description="the last local day on which one may sign up")
    capacity: int | None = Field(default=None, description="seats on the spot; who takes part remotely needs none")
    agenda: str = ""
    status: str = Field(default="planned", description="planned, begun, cancelled")
    version: int = Field(default=0, description="rises with title, time, place and link; the calendars' SEQUENCE")
    changed_at: datetime = Field(sa_type=Utc, description="of the last change by a coordinator; the calendars' DTSTAMP")
    minutes: str = Field(default="", description="a link, given after the meeting")
    followed: str = Field(default="", description="what followed from the observations, as published")
    line: int = Field(default=0, description="the last place in the line of those who want a seat")
    changes: int = Field(default=0, description="rises with all that the post in the channel shows")
    drawn: int = Field(default=0, description="the change that the post was last drawn for")
    drawing_until: datetime | None = Field(default=None, sa_type=Utc, description="somebody edits the post until then")


class Rsvp(SQLModel, table=True):
    """One person's answer. It goes a month after the meeting."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    meeting: str = Field(primary_key=True, max_length=32)
    user: str = Field(primary_key=True)
    answer: str = Field(description="yes, remote, no")
    place: int = Field(default=0, description="in the line for seats; 0 where none is wanted")
    waits: bool = Field(default=False, description="all seats were taken")


class AgendaItem(SQLModel, table=True):
    """A matter to be talked about: proposed for the next meeting, or accepted for the one that it names."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("workspace", "once"),
        Index("agenda_item_by_meeting", "workspace", "meeting"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    once: str = Field(description="the form or the command that made it; the phenomenon that it stands for")
    text: str
    proposer: str | None = Field(default=None, description="null for one that the coordinators have put there")
    meeting: str | None = Field(default=None, max_length=32, description="null while it is a proposal")
    place: int = Field(default=0, description="its place on the agenda")


class Useful(SQLModel, table=True):
    """Somebody's word on whether a meeting was of use. A keyed hash stands for the person; the last press counts."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    meeting: str = Field(primary_key=True, max_length=32)
    who: str = Field(primary_key=True)
    answer: str = Field(description="yes, partly, no")


keep(Meeting, "what the meeting is about", ALWAYS, words="title place link agenda minutes followed")
keep(Meeting, none="key workspace once starts_at ends_at deadline capacity status version changed_at line changes")
keep(Meeting, none="drawn drawing_until")
keep(Rsvp, "who comes, and who waits for a seat", MEETING, row="user", person="answer place waits")
keep(Rsvp, none="workspace meeting")
keep(AgendaItem, "who has proposed it", MEETING, empty="proposer")
keep(AgendaItem, "what is to be talked about", ALWAYS, words="text", none="key workspace once meeting place")
keep(Useful, "whether meetings are of use", ALWAYS, hashed=("who", "useful", "meeting"), person="answer")
keep(Useful, none="workspace meeting")

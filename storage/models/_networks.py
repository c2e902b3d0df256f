"""People and networks: what they have chosen, what coordinators have done, and the vocabularies."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.models._kept import ALWAYS, LEFT, TRAIL, keep
from storage.models._types import Utc


class Person(SQLModel, table=True):
    """What a member has chosen, and the area of the last form filed with a name, to pre-fill the next one."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    area: str | None = None
    area_set: bool = Field(default=False, description="the area is a setting, which no form changes")
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
    second_language: str = Field(default="", description='of what stands in the channel, besides the first; "": none')
    reminder_cadence: str = Field(default="monthly", description="weekly, biweekly, monthly or off")
    reminder_weekday: int = Field(default=3, description="0 is Monday")
    reminder_time: str = Field(default="13:00", description="local, in quarter hours")
    reminder_place: str = Field(default="private", description="private, or channel: one post there")
    digest_weekday: int = 0
    digest_time: str = "08:00"
    min_group: int = Field(default=5, description="the smallest group that is published; settings may only raise it")
    new_blocks: str = Field(default="off", description="Slack's own tables and charts: off, on, or refused by Slack")


class Membership(SQLModel, table=True):
    """What all processes of a network must know of who belongs to it."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    named: str | None = Field(default=None, description="what the program's settings called the channel")
    channel: str | None = Field(default=None, description="the channel that was found by it first, and is kept")
    changes: int = Field(default=0, description="rises with each change of the members that a process has heard of")


class Coordinator(SQLModel, table=True):
    """A person whom coordinators have made a coordinator; the first ones stand in the program's settings."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)


class Hearing(SQLModel, table=True):
    """Whether and when a coordinator wants to hear of what cannot wait. Who has chosen nothing has no row."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    wanted: bool = True
    at: str = Field(default="09:00", description="in the coordinator's own zone, in quarter hours")


class News(SQLModel, table=True):
    """What of all that waits a coordinator knows already: no time stands here, and nothing that is over."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, max_length=32, description="key of an observation, an answer or a proposal")
    told: bool = Field(default=False, description="in a message")
    seen: bool = Field(default=False, description="counted in App Home when they looked")


class Wording(SQLModel, table=True):
    """A text that coordinators have put in place of the shipped one."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    text: str


class Audit(SQLModel, table=True):
    """Who did what to what and when; never a text. Rows are added, and go by age alone."""

    __table_args__ = (
        Index("audit_by_time", "workspace", "at"),
        Index("audit_by_who", "workspace", "who"),
        Index("audit_by_subject", "workspace", "subject"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    at: datetime = Field(sa_type=Utc)
    who: str
    what: str = Field(description="feature.deed: observation.opened, phenomenon.published")
    subject: str = Field(default="", description="a public number or a meeting's day, never a key or a text")


keep(
    Person,
    "own choices",
    LEFT,
    row="user",
    person="area area_set language reminders paused_until absence_start absence_end",
)
keep(Person, none="workspace")
keep(Term, none="workspace vocabulary version code parent position fi sv en")
keep(Network, none="workspace channel language reminder_cadence reminder_weekday reminder_time reminder_place")
keep(Network, none="digest_weekday digest_time min_group new_blocks second_language")
keep(Membership, none="workspace named channel changes")
keep(Coordinator, "who may read and answer observations", LEFT, row="user", none="workspace")
keep(Hearing, "own choices", LEFT, row="user", person="wanted at", none="workspace")
keep(News, "a coordinator hears of each thing once", LEFT, row="user", none="workspace subject told seen")
keep(Wording, "texts in place of the shipped ones", ALWAYS, words="text", none="workspace kind language")
keep(Audit, "who has done what with observations", TRAIL, veiled="who", person="at", none="key workspace what subject")

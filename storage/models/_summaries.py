"""The half-year summary: what was counted once for others, and what coordinators have written for it."""

from datetime import date

from sqlmodel import Field, SQLModel

from storage.models._kept import ALWAYS, keep

_NO_ROWID = {"sqlite_with_rowid": False}


class Published(SQLModel, table=True):
    """The numbers of one half-year as they were counted once. No later day changes them; a correction is a version."""

    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    first: date = Field(primary_key=True, description="the half-year's first day")
    version: int = Field(primary_key=True, description="1, 2, 3 …")
    last: date
    floor: int = Field(description="the smallest group of which a number is told")
    made_on: date = Field(description="local day")
    median_days: int | None = Field(default=None, description="to the coordinators' first word; null: most heard none")


class PublishedCell(SQLModel, table=True):
    """One number that may be told: of one code, of a sub-region, or of all small groups together (no name)."""

    __tablename__ = "published_cell"
    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    first: date = Field(primary_key=True)
    version: int = Field(primary_key=True)
    attribute: str = Field(primary_key=True, description="kind, theme, area …")
    name: str = Field(primary_key=True)
    codes: str = Field(description="all codes that it counts, whether anything was filed under them or not")
    count: int


class PublishedMember(SQLModel, table=True):
    """Which observation was counted, and as what: without it nobody could tell whether a correction gives one away."""

    __tablename__ = "published_member"
    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    first: date = Field(primary_key=True)
    version: int = Field(primary_key=True)
    subject: str = Field(primary_key=True, max_length=32, description="key of the observation")
    codes: str


class SummaryWords(SQLModel, table=True):
    """What coordinators have written for the summary of a half-year, in one language."""

    __tablename__ = "summary_words"
    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    first: date = Field(primary_key=True)
    language: str = Field(primary_key=True)
    subtitle: str = ""
    highlights: str = Field(default="", description="a sentence a line")
    proposals: str = Field(default="", description="those that belong to no phenomenon; a line each")
    residents: str = Field(default="", description="the view of clients and residents")
    residents_source: str = ""
    handled: str = Field(default="", description="a line each: where, when, what was decided")
    sender: str = Field(default="", description="who makes the summary, and whom to ask")


keep(Published, none="workspace first version last floor made_on median_days")
keep(PublishedCell, none="workspace first version attribute name codes count")
keep(PublishedMember, none="workspace first version subject codes")
keep(SummaryWords, "the half-year summary", ALWAYS, words="subtitle highlights proposals residents residents_source")
keep(SummaryWords, "the half-year summary", ALWAYS, words="handled sender", none="workspace first language")

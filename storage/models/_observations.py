"""What is noticed, what becomes of it, and the words it is found by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models._kept import ALWAYS, CLOSED, DAY, DONE, WITH_TEXT, keep
from storage.models._types import Utc

NARROWED = ("kind", "theme", "area")  # by what a coordinator narrows the queue
LATE = ("status", "noted_on", "filed_on", "review_on")  # by what one is overdue
CLOSED_ONES: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), text("due_on IS NULL"))


class Observation(SQLModel, table=True):
    """One observation (havainto). Its text is emptied when it is withdrawn; number and day stay.

    Without a name, `author`, `filed_at` and the receipt's place are null. The random `key` is the only order of the
    rows, so that nothing tells which was filed first within a day.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "number"),
        UniqueConstraint("workspace", "once"),
        Index("observation_by_count", "workspace", "week", *NARROWED, "status", "imported", "author"),
        Index("observation_by_day", "workspace", "filed_on", "kind", "theme", "area", "status", "filed_at", "author"),
        Index("observation_by_status", "workspace", "status", "filed_on", "opened_on", "imported", "warned", "author"),
        Index("observation_by_author", "workspace", "author", "filed_on"),
        Index("observation_by_due", "workspace", "due_on", *LATE, *NARROWED, "author"),
        Index("observation_by_last_word", "workspace", "noted_on", "status", *NARROWED, "due_on", **CLOSED_ONES),
        Index("observation_by_phenomenon", "workspace", "phenomenon"),
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
    phenomenon: str | None = Field(default=None, description="key of the one that it is joined to")
    same_as: str | None = Field(default=None, description="key of the one that its writer takes it for")
    review_on: date | None = Field(default=None, description="when one that is followed is looked at again")
    noted_on: date | None = Field(default=None, description="local day of the coordinators' last word on it")
    due_on: date | None = Field(default=None, description="when a coordinator's word is due; null when it is closed")
    opened_on: date | None = Field(default=None, description="local day when a coordinator first read it")
    version: int = Field(default=0, description="rises with each change by a coordinator or an answer")
    words_by: str = Field(default="", description="the analyser that its words in the search table come from")
    receipt_channel: str | None = Field(default=None, description="where the bot's own message about it stands")
    receipt_ts: str | None = None
    imported: bool = Field(default=False, description="collected earlier, elsewhere: no digest counts it as new")
    chosen: str = Field(default="", description="JSON: what its writer chose, where a coordinator has corrected it")
    way: str = Field(default="", description="how it came where it was told otherwise: phone, meeting, paper or team")
    people: int = Field(default=1, description="how many stand behind it")
    warned: bool = Field(default=False, description="its writer has sent it although the guard asked")
    asked: str = Field(default="", description="kind, theme or both, where they are only guessed and the receipt asks")


class Phenomenon(SQLModel, table=True):
    """What several observations tell of (ilmiö), in the coordinators' own words; its status is that of them all."""

    __table_args__ = (
        UniqueConstraint("workspace", "number"),
        UniqueConstraint("workspace", "once"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    number: str = Field(max_length=9, description="public: I-K7QF; random, never used again")
    once: str = Field(description="the nonce of the form that made it")
    title: str
    text: str
    theme: str
    status: str = "kasittelyssa"
    receiver: str = ""
    outcome: str = Field(default="", description="what followed, in the coordinators' words")
    review_on: date | None = None
    started_on: date = Field(description="local day")
    noted_on: date = Field(description="local day of the coordinators' last word on it")
    due_on: date | None = Field(default=None, description="when a coordinator's word is due; null when it is closed")
    version: int = 0
    published_on: date | None = Field(default=None, description="local day of its post in the discussion channel")
    stale: bool = Field(default=False, description="its post shows an older state and is to be drawn anew")
    down: bool = Field(default=False, description="its post is to be taken away from the channel")
    words_by: str = ""
    kind: str = Field(default="", description="E, M or H, as an observation's; the summary puts it under that")
    proposal: str = ""
    addressee: str = Field(default="", description="a code: whom the proposal is for")
    actor: str = Field(default="", description="who answers for it")
    deadline: str = Field(default="", description="by when, in words")
    cost: str = ""
    goal: str = Field(default="", description="of the wellbeing plan, that it belongs to")
    statistics: str = Field(default="", description="a line each: indicator; area; year; value; whole country; source")
    unchanged_on: date | None = Field(default=None, description="somebody has said that nothing changed; until a word")


class Same(SQLModel, table=True):
    """Somebody has met the phenomenon too. A keyed hash stands for the person, so that a second press adds nothing."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    phenomenon: str = Field(primary_key=True, max_length=32)
    who: str = Field(primary_key=True)
    area: str | None = None


class Move(SQLModel, table=True):
    """One step on the way of an observation or a phenomenon: a status, words to the reporter, the reporter's answer.

    Nothing finer than the day is kept, and of a reporter's answer not even who wrote it: the observation says that.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "subject", "step"),
        Index("move_by_delivery", "workspace", "told_in"),
        Index("move_by_day", "workspace", "on_day"),
        Index("move_by_actor", "workspace", "actor"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    subject: str = Field(max_length=32, description="key of the observation or the phenomenon")
    step: int = Field(description="1, 2, 3 … within the subject")
    what: str = Field(description="status, words, answer, edited, or restored")
    on_day: date = Field(description="local day")
    actor: str | None = Field(default=None, description="the coordinator; null for the reporter")
    status: str | None = None
    reason: str = ""
    receiver: str = ""
    review_on: date | None = None
    words: str = ""
    phenomenon: str | None = Field(default=None, description="key of the one whose change this is")
    told_in: str | None = Field(default=None, description="key of the delivery that tells the reporter; null: untold")
    read_on: date | None = Field(default=None, description="local day when the reporter marked it as read")


class Hidden(SQLModel, table=True):
    """What an observation was that a coordinator has deleted, so that it can come back for a day.

    Nothing but that reads it. Its steps wait under the key of this row; the observation itself is empty already.
    """

    __table_args__ = (
        UniqueConstraint("workspace", "number"),
        Index("hidden_by_end", "workspace", "until"),
        {"sqlite_with_rowid": False},
    )

    key: str = Field(primary_key=True, max_length=32)
    workspace: str
    number: str = Field(max_length=9)
    until: datetime = Field(sa_type=Utc, description="when it goes for good")
    by: str = Field(description="the coordinator")
    counted: bool = Field(description="a digest has counted it already")
    status: str
    text: str
    proposal: str
    author: str | None = None
    filed_at: datetime | None = Field(default=None, sa_type=Utc)
    phenomenon: str | None = None
    same_as: str | None = None
    review_on: date | None = None
    noted_on: date | None = None
    due_on: date | None = None
    receipt_channel: str | None = None
    receipt_ts: str | None = None


class Erasure(SQLModel, table=True):
    """Messages of the bot show this observation as it was: with words that are gone, or without words that are back."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    workspace: str = Field(primary_key=True)
    number: str = Field(primary_key=True, max_length=9)
    language: str = Field(description="of whoever reads its receipt")
    channel: str | None = Field(default=None, description="where its receipt stands")
    ts: str | None = None
    version: int = Field(default=0, description="of the observation, so that a later mark is not taken for this one")
    author: str | None = Field(default=None, description="whose App Home shows them, if it was filed with a name")


class Word(SQLModel, table=True):
    """The search table: base forms, and parts of compounds, of observations and phenomena. Filled at storing."""

    __table_args__ = (Index("word_by_subject", "workspace", "subject"), {"sqlite_with_rowid": False})

    workspace: str = Field(primary_key=True)
    lemma: str = Field(primary_key=True)
    part: bool = Field(primary_key=True, description="of a compound, so that whole words are found first")
    day: date = Field(primary_key=True, description="local day of the subject, so that the newest are found first")
    subject: str = Field(primary_key=True, max_length=32, description="key of the observation or the phenomenon")


keep(Observation, "the writer hears what became of it", CLOSED, empty="author")
keep(Observation, "the writer hears what became of it", CLOSED, person="filed_at receipt_channel receipt_ts")
keep(Observation, "one form is stored once, and a receipt code finds its own", ALWAYS, person="once")
keep(Observation, "what the network has noticed", CLOSED, words="text proposal")
keep(Observation, none="key workspace number filed_on week kind theme theme_set area sector client_group scale status")
keep(Observation, none="phenomenon same_as review_on noted_on due_on opened_on version words_by imported warned asked")
keep(Observation, none="chosen way people")
keep(Phenomenon, "the coordinators' own texts", ALWAYS, words="title text receiver outcome proposal")
keep(Phenomenon, "the half-year summary", ALWAYS, words="actor deadline cost goal statistics", none="kind addressee")
keep(Phenomenon, none="key workspace number once theme status review_on started_on noted_on due_on version")
keep(Phenomenon, none="published_on stale down words_by unchanged_on")
keep(Same, "one person counts once", ALWAYS, hashed=("who", "same", "phenomenon"), person="area")
keep(Same, none="workspace phenomenon")
keep(Move, "what became of an observation", CLOSED, veiled="actor", words="reason receiver words")
keep(Move, "the coordinator sees that the answer was read", CLOSED, person="read_on told_in")
keep(Move, none="key workspace subject step what on_day status review_on phenomenon")
keep(Hidden, "what was deleted can come back", DAY, empty="author", veiled="by", words="text proposal")
keep(Hidden, "what was deleted can come back", DAY, person="filed_at receipt_channel receipt_ts")
keep(Hidden, none="key workspace number until counted status phenomenon same_as review_on noted_on due_on")
keep(Erasure, "words leave the bot's messages", DONE, empty="author", person="channel ts language")
keep(Erasure, none="workspace number version")
keep(Word, "texts are found by their words", WITH_TEXT, words="lemma", none="workspace part day subject")

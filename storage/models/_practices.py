"""Practice cards (toimintamalli): what works somewhere, told so that others can try it; and who has tried it."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.models._kept import ALWAYS, keep

_NO_ROWID = {"sqlite_with_rowid": False}
_WORDS = "said name what benefits challenges regional improve example support unit target resources evidence link"


class _Card(SQLModel):
    """What stands on a card."""

    workspace: str
    number: str = Field(max_length=9, description="public: T-K7QF; random. A draft of a published card has its number")
    author: str | None = None
    name: str
    what: str = Field(description="the first of the seven questions; the others may be empty")
    benefits: str = ""
    challenges: str = ""
    regional: str = ""
    improve: str = ""
    example: str = ""
    support: str = ""
    unit: str = ""
    area: str | None = None
    theme: str | None = None
    target: str = ""
    resources: str = ""
    evidence: str = ""
    link: str = ""
    contact: bool = Field(default=True, description="the writer may be asked more")
    said: str = Field(default="", description="the coordinator's last words to the writer")


class Practice(_Card, table=True):
    """A published card, as members see it."""

    __table_args__ = (UniqueConstraint("workspace", "number"), _NO_ROWID)

    key: str = Field(primary_key=True, max_length=32)
    version: int = Field(default=1, description="1, 2, 3 …: each was accepted by a coordinator")
    started_on: date = Field(description="local day of its first version")
    published_on: date = Field(description="local day of this version")
    stale: bool = Field(default=False, description="its post shows an older state and is to be drawn anew")
    words_by: str = ""


class PracticeDraft(_Card, table=True):
    """What its writer is working on: a new card, or the next version of a published one. Nobody else sees it."""

    __tablename__ = "practice_draft"
    __table_args__ = (UniqueConstraint("workspace", "number"), UniqueConstraint("workspace", "once"), _NO_ROWID)

    key: str = Field(primary_key=True, max_length=32, description="that of the published card, where there is one")
    once: str = Field(description="the nonce of the form that made it")
    state: str = Field(default="draft", description="draft, waiting for a coordinator, or returned")
    step: int = Field(default=0, description="rises with each change, so that two decisions are told apart")
    changed_on: date = Field(description="local day")


class PracticeVersion(_Card, table=True):
    """A published card as it was before a newer version took its place."""

    __tablename__ = "practice_version"
    __table_args__ = (_NO_ROWID,)

    practice: str = Field(primary_key=True, max_length=32, description="key of the published card")
    version: int = Field(primary_key=True)
    published_on: date = Field(description="local day of this version")


class PracticeTried(SQLModel, table=True):
    """A member has tried it. A keyed hash stands for the person; the id stands there only if they wish to be named."""

    __tablename__ = "practice_tried"
    __table_args__ = (_NO_ROWID,)

    workspace: str = Field(primary_key=True)
    practice: str = Field(primary_key=True, max_length=32)
    who: str = Field(primary_key=True)
    named: str | None = None
    words: str = ""


keep(Practice, "good practices for the network to read", ALWAYS, empty="author", words=_WORDS)
keep(Practice, none="key workspace number area theme contact version started_on published_on stale words_by")
keep(PracticeDraft, "the writer goes on with it", ALWAYS, row="author", words=_WORDS)
keep(PracticeDraft, none="key workspace number area theme contact once state step changed_on")
keep(PracticeVersion, "earlier versions of good practices", ALWAYS, empty="author", words=_WORDS)
keep(PracticeVersion, none="practice workspace number area theme contact version published_on")
keep(PracticeTried, "one person counts once", ALWAYS, hashed=("who", "tried", "practice"), person="named")
keep(PracticeTried, "others hear how it went", ALWAYS, words="words", none="workspace practice")

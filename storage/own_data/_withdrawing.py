"""Own observations of one person, or those of a log, withdrawn all at once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, select, update
from sqlmodel import Session, SQLModel

from storage import practices
from storage.observations import GONE

TABLES = SQLModel.metadata.tables
OBSERVATIONS, HIDDEN, MOVES, WORDS, MARKS, DRAFTS = (
    TABLES[name] for name in ("observation", "hidden", "move", "word", "erasure", "practice_draft")
)
AT_A_TIME = 500
SMALL = ("installation", "term", "person", "network")  # tables that may be read whole
EMPTIED = ("author", "filed_at", "receipt_channel", "receipt_ts", "due_on", "review_on", "phenomenon", "same_as")


def withdraw_all(session: Session, user: str) -> int:
    """Every own observation keeps its number and its day; words, steps, search words and author go. Answers how many.

    The bot's messages that show them are marked, so that they are put right.
    """
    hidden = list(session.execute(select(HIDDEN.c.number).where(HIDDEN.c.author == user)).scalars())
    withdraw_numbers(session, hidden)
    count = len(hidden)
    for part in keys_of_author(session, user):
        _withdraw(session, part, "peruttu")
        count += len(part)
    return count


def withdraw_numbers(session: Session, numbers: list[str], status: str = "peruttu") -> None:
    """The same of these, also where a coordinator has hidden them for a day."""
    hidden = list(session.execute(select(HIDDEN.c.key).where(HIDDEN.c.number.in_(numbers))).scalars())
    session.execute(delete(MOVES).where(MOVES.c.subject.in_(hidden)))
    session.execute(delete(HIDDEN).where(HIDDEN.c.key.in_(hidden)))
    for part in _keys(session, OBSERVATIONS.c.number.in_(numbers)):
        _withdraw(session, part, status)


def empty_numbers(session: Session, numbers: list[str], removed: str) -> None:
    """Of these it is not known any more which words were taken out: `removed` stands in place of all of them."""
    for part in _keys(session, OBSERVATIONS.c.number.in_(numbers) & (OBSERVATIONS.c.text != "")):
        these = OBSERVATIONS.c.key.in_(part)
        workspaces = set(session.execute(select(OBSERVATIONS.c.workspace).where(these).distinct()).scalars())
        session.execute(delete(WORDS).where(WORDS.c.workspace.in_(workspaces), WORDS.c.subject.in_(part)))
        session.execute(update(MOVES).where(MOVES.c.subject.in_(part)).values(words="", reason=""))
        session.execute(update(OBSERVATIONS).where(these).values(text=removed, proposal=""))
    begun = {name: removed if name in ("name", "what") else "" for name in practices.WORDS}
    session.execute(update(DRAFTS).where(DRAFTS.c.once.in_(map(practices.begun_from, numbers))).values(begun))


def empty_sentences(session: Session, taken: Callable[[str], bool]) -> None:
    """What members wrote beside cards and answers goes, where `taken` says so of "key.who"."""
    for table, subject in ((TABLES["practice_tried"], "practice"), (TABLES["changed"], "subject")):
        stands = session.execute(select(table.c[subject], table.c.who).where(table.c.words != "")).all()
        for key, who in ((key, who) for key, who in stands if taken(f"{key}.{who}")):
            session.execute(update(table).where(table.c[subject] == key, table.c.who == who).values(words=""))


def count_steps(session: Session, number: str, what: str, since: date) -> int:
    """How many steps of this kind the observation has from the day on."""
    these = OBSERVATIONS.c.number == number, MOVES.c.what == what, MOVES.c.on_day >= since
    rows = select(func.count()).select_from(MOVES.join(OBSERVATIONS, OBSERVATIONS.c.key == MOVES.c.subject))
    return int(session.execute(rows.where(*these)).scalar_one())


def keys_of_author(session: Session, user: str) -> Iterator[Sequence[str]]:
    """Keys of the person's observations, some at a time."""
    return _keys(session, and_(OBSERVATIONS.c.workspace.in_(workspaces(session)), OBSERVATIONS.c.author == user))


def workspaces(session: Session) -> list[str]:
    """Those whose rows stand here: almost always one. Indexes begin with it."""
    found: set[str] = set()
    for table in TABLES.values():
        rows = select(table.c.workspace).distinct() if table.name in SMALL else select(table.c.workspace).limit(1)
        found |= {str(one) for one in session.execute(rows).scalars()}
    return sorted(found)


def numbers_with_words(session: Session) -> Iterator[str]:
    """The numbers of all observations whose words stand here."""
    yield from session.execute(select(OBSERVATIONS.c.number).where(OBSERVATIONS.c.status.not_in(GONE))).scalars()


def _keys(session: Session, where: ColumnElement[bool]) -> Iterator[Sequence[str]]:
    yield from in_parts(list(session.execute(select(OBSERVATIONS.c.key).where(where)).scalars()))


def in_parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some at a time, since a statement takes no more."""
    yield from (keys[start : start + AT_A_TIME] for start in range(0, len(keys), AT_A_TIME))


def _withdraw(session: Session, keys: Sequence[str], status: str) -> None:
    these = OBSERVATIONS.c.key.in_(keys)
    workspaces = set(session.execute(select(OBSERVATIONS.c.workspace).where(these).distinct()).scalars())
    session.execute(delete(MOVES).where(MOVES.c.subject.in_(keys)))
    session.execute(delete(WORDS).where(WORDS.c.workspace.in_(workspaces), WORDS.c.subject.in_(keys)))
    changed = {"status": status, "text": "", "proposal": "", "version": OBSERVATIONS.c.version + 1}
    session.execute(update(OBSERVATIONS).where(these).values({**dict.fromkeys(EMPTIED), **changed}))
    new = select(OBSERVATIONS.c.workspace, OBSERVATIONS.c.number, literal("fi"), OBSERVATIONS.c.version)
    new = new.where(these, OBSERVATIONS.c.number.not_in(select(MARKS.c.number)))
    session.execute(insert(MARKS).from_select(["workspace", "number", "language", "version"], new))

"""Questions and changes of the search table: which words a row is found by, and which rows a search finds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, exists, insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, func, select

from storage.models import Observation, Phenomenon, Word

TABLE = SQLModel.metadata.tables[str(Word.__tablename__)]
GONE = ("peruttu", "poistettu")
ANY_PART = (False, True)  # always named, so that what is asked for is one stretch of the primary key
RARE = 2000  # rows; of words that more have, it does not matter which has the most

Row = TypeVar("Row", Observation, Phenomenon)
Groups = Sequence[Sequence[str]]
"""Of each word of a search its base forms; one of each group must be there."""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A row that a search finds; the best come first when they are sorted backwards."""

    whole: bool  # every word as it is, none as a part of a compound alone
    day: date
    key: str
    phenomenon: bool = False


def add(session: Session, workspace: str, subject: str, day: date, words: Mapping[str, bool]) -> None:
    """Stores the words (base form -> is only a part) of a row that has none yet; its local day tells how new it is."""
    rows = [
        {"workspace": workspace, "lemma": lemma, "part": part, "day": day, "subject": subject}
        for lemma, part in words.items()
    ]
    if rows:
        session.connection().execute(insert(TABLE), rows)


def put(session: Session, workspace: str, subject: str, day: date, words: Mapping[str, bool]) -> None:
    """Stores the words in place of those that the row has."""
    remove(session, workspace, subject)
    add(session, workspace, subject, day, words)


def remove(session: Session, workspace: str, subject: str) -> None:
    session.connection().execute(delete(TABLE).where(TABLE.c.workspace == workspace, TABLE.c.subject == subject))


def has_words(
    workspace: str,
    groups: Groups,
    *,
    whole: bool = False,
    key: Any = Observation.key,
    day: Any = Observation.filed_on,
) -> list[ColumnElement[bool]]:
    """Conditions on a question about observations (or what has this key and day): all words of the search are there.

    `whole`: not as parts of compounds.
    """
    words = aliased(Word)
    parts = (False,) if whole else ANY_PART
    return [
        exists().where(
            col(words.workspace) == workspace,
            col(words.lemma).in_(group),
            col(words.part).in_(parts),
            col(words.day) == day,
            col(words.subject) == key,
        )
        for group in groups
    ]


def find(session: Session, workspace: str, groups: Groups, author: str | None, limit: int) -> list[Match]:
    """What the search finds, whole words before parts of compounds, then the newest first; at most `limit`.

    With an author: this person's own observations, and published phenomena. Without: all of both. Never what is
    withdrawn or deleted.
    """
    found: set[Match] = set()
    for whole in (True, False):
        most = limit + len(found)  # those that are found by whole words are found again
        if author is None:
            found |= _all(session, workspace, groups, most, whole=whole)
        else:
            found |= _own(session, workspace, author, groups, most, whole=whole)
        found |= _phenomena(session, workspace, groups, most, whole=whole, published=author is not None)
        found = _best(found)
        if len(found) >= limit:
            break
    return sorted(found, reverse=True)[:limit]


def _best(found: Collection[Match]) -> set[Match]:
    """Each row once: as found by whole words where it is."""
    best: dict[str, Match] = {}
    for one in sorted(found):
        best[one.key] = one
    return set(best.values())


def _own(session: Session, workspace: str, author: str, groups: Groups, limit: int, *, whole: bool) -> set[Match]:
    rows = select(col(Observation.key), col(Observation.filed_on)).where(
        Observation.workspace == workspace,
        Observation.author == author,
        col(Observation.status).not_in(GONE),
        *has_words(workspace, groups, whole=whole),
    )
    newest = rows.order_by(col(Observation.filed_on).desc(), col(Observation.key).desc()).limit(limit)
    return {Match(whole, day, key) for key, day in session.exec(newest)}


def _phenomena(
    session: Session, workspace: str, groups: Groups, limit: int, *, whole: bool, published: bool
) -> set[Match]:
    rows = select(col(Phenomenon.key), col(Phenomenon.started_on)).where(
        Phenomenon.workspace == workspace,
        *([col(Phenomenon.published_on).is_not(None)] if published else []),
        *has_words(workspace, groups, whole=whole, key=Phenomenon.key, day=Phenomenon.started_on),
    )
    newest = rows.order_by(col(Phenomenon.started_on).desc(), col(Phenomenon.key).desc()).limit(limit)
    return {Match(whole, day, key, phenomenon=True) for key, day in session.exec(newest)}


def _all(session: Session, workspace: str, groups: Groups, limit: int, *, whole: bool) -> set[Match]:
    """Read in the order of the rarest word's rows, of which no more is read than is needed."""
    rarest = min(groups, key=lambda group: _rows_with(session, workspace, group))
    others = [group for group in groups if group is not rarest]
    found: set[Match] = set()
    for lemma in rarest:
        for part in (False,) if whole else ANY_PART:
            rows = (
                select(col(Word.subject), col(Word.day))
                .join(Observation, col(Observation.key) == Word.subject)
                .where(
                    Word.workspace == workspace,
                    Word.lemma == lemma,
                    col(Word.part) == part,
                    col(Observation.status).not_in(GONE),
                    *has_words(workspace, others, whole=whole, key=Word.subject, day=Word.day),
                )
            )
            newest = rows.order_by(col(Word.day).desc(), col(Word.subject).desc()).limit(limit)
            found |= {Match(whole, day, key) for key, day in session.exec(newest)}
    return found


def _rows_with(session: Session, workspace: str, group: Sequence[str]) -> int:
    some = select(Word.subject).where(Word.workspace == workspace, col(Word.lemma).in_(group)).limit(RARE).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def rows(session: Session, workspace: str, matches: Sequence[Match]) -> list[Observation | Phenomenon]:
    """The rows of the matches, in their order."""
    found: dict[str, Observation | Phenomenon] = {}
    if keys := [match.key for match in matches if not match.phenomenon]:
        some = select(Observation).where(Observation.workspace == workspace, col(Observation.key).in_(keys))
        found |= {row.key: row for row in session.exec(some)}
    if keys := [match.key for match in matches if match.phenomenon]:
        others = select(Phenomenon).where(Phenomenon.workspace == workspace, col(Phenomenon.key).in_(keys))
        found |= {row.key: row for row in session.exec(others)}
    return [found[match.key] for match in matches if match.key in found]


def of_subject(session: Session, workspace: str, subject: str) -> Sequence[str]:
    """The base forms that a row is found by."""
    return session.exec(select(Word.lemma).where(Word.workspace == workspace, Word.subject == subject)).all()


def counted(session: Session, workspace: str, lemmas: Collection[str], since: date) -> dict[str, int]:
    """How many rows since the local day have each of the base forms."""
    lemma = col(Word.lemma)
    rows = select(lemma, func.count()).where(
        Word.workspace == workspace, lemma.in_(lemmas), col(Word.part).in_(ANY_PART), col(Word.day) >= since
    )
    return dict(session.exec(rows.group_by(lemma)).all())


def sharing(
    session: Session, workspace: str, lemmas: Collection[str], since: date, limit: int
) -> Sequence[Observation]:
    """The observations since the local day that share the most of the base forms, and of equals the newest."""
    day, subject = col(Word.day), col(Word.subject)
    subjects = (
        select(subject)
        .where(Word.workspace == workspace, col(Word.lemma).in_(lemmas), col(Word.part).in_(ANY_PART), day >= since)
        .group_by(subject)
        .order_by(func.count().desc(), func.max(day).desc(), subject)
        .limit(limit)
    )
    rows = select(Observation).where(Observation.workspace == workspace, col(Observation.key).in_(subjects))
    return session.exec(rows.where(col(Observation.status).not_in(GONE))).all()


def outdated(session: Session, workspace: str, kind: type[Row], words_by: str, after: str, limit: int) -> Sequence[Row]:
    """Rows whose words another analyser has found, or none, in the order of their keys beyond `after`."""
    some = select(kind).where(col(kind.workspace) == workspace, col(kind.words_by) != words_by, col(kind.key) > after)
    return session.exec(some.order_by(col(kind.key)).limit(limit)).all()


def held(session: Session, kind: type[Row], keys: Collection[str]) -> Sequence[Row]:
    """The rows as they are now, kept from other writers until the transaction ends."""
    return session.exec(select(kind).where(col(kind.key).in_(keys)).order_by(col(kind.key)).with_for_update()).all()

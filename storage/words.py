"""Questions and changes of the search table: which words a row is found by, and which rows a search finds."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, exists, insert, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, func, select

from storage.models import Observation, Phenomenon, Practice, Word
from storage.observations import GONE

TABLE = SQLModel.metadata.tables[str(Word.__tablename__)]
INSERT = insert(TABLE)
ANY_PART = (False, True)  # always named, so that what is asked for is one stretch of the primary key
RARE = 2000  # rows; among words in more rows than this, neither the number nor the oldest rows decide anything

Row = TypeVar("Row", Observation, Phenomenon, Practice)
Groups = Sequence[Sequence[str]]
"""Of each word of a search its base forms; one of each group must be there."""
Match = tuple[date, str]
"""Local day and key of an observation or a phenomenon that a search finds."""


def add(session: Session, workspace: str, subject: str, day: date, words: Mapping[str, bool]) -> None:
    """Stores the words (base form -> is only a part) of a row that has none yet; its local day tells how new it is."""
    rows = [
        {"workspace": workspace, "lemma": lemma, "part": part, "day": day, "subject": subject}
        for lemma, part in words.items()
    ]
    if rows:
        session.connection().execute(INSERT, rows)


def put(session: Session, workspace: str, subject: str, day: date, words: Mapping[str, bool]) -> None:
    """Stores the words in place of those that the row has, which the caller keeps from other writers (`keep`)."""
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

    def there(group: Sequence[str], part: bool) -> ColumnElement[bool]:  # noqa: FBT001 - a column's value
        return exists().where(
            col(words.workspace) == workspace,
            col(words.lemma).in_(group),
            col(words.part) == part,
            col(words.day) == day,
            col(words.subject) == key,
        )

    # Asked apart: PostgreSQL then reads a common word once instead of looking for it in each row.
    return [or_(*(there(group, part) for part in ((False,) if whole else ANY_PART))) for group in groups]


def find(session: Session, workspace: str, groups: Groups, author: str | None, limit: int) -> list[str]:
    """Keys of what the search finds, whole words before parts of compounds, then the newest first; at most `limit`.

    With an author: this person's own observations, and published phenomena. Without: all of both. What is withdrawn
    or deleted has no words.
    """
    search = _Search(session, workspace, groups, author, limit)
    found = search.matches(whole=False)
    whole = search.matches(whole=True) if len(found) >= limit else search.whole_among(found)
    best = sorted(found | whole, key=lambda match: (match in whole, match), reverse=True)
    return [key for _, key in best[:limit]]


@dataclass(frozen=True, slots=True)
class _Search:
    session: Session
    workspace: str
    groups: Groups
    author: str | None
    limit: int

    def matches(self, *, whole: bool) -> set[Match]:
        """At least the `limit` newest, parts of compounds counting or (`whole`) not."""
        if self.author is None:
            return self._all(whole=whole)
        own = select(col(Observation.filed_on), col(Observation.key)).where(
            Observation.workspace == self.workspace,
            Observation.author == self.author,
            col(Observation.status).not_in(GONE),
            *has_words(self.workspace, self.groups, whole=whole),
        )
        phenomena = select(col(Phenomenon.started_on), col(Phenomenon.key)).where(
            Phenomenon.workspace == self.workspace,
            col(Phenomenon.published_on).is_not(None),
            *has_words(self.workspace, self.groups, whole=whole, key=Phenomenon.key, day=Phenomenon.started_on),
        )
        newest = own.order_by(col(Observation.filed_on).desc(), col(Observation.key).desc()).limit(self.limit)
        found = {(day, key) for day, key in self.session.exec(newest)}
        newest = phenomena.order_by(col(Phenomenon.started_on).desc(), col(Phenomenon.key).desc()).limit(self.limit)
        found |= {(day, key) for day, key in self.session.exec(newest)}
        return found | find_cards(self.session, self.workspace, self.groups, whole=whole)

    def whole_among(self, found: set[Match]) -> set[Match]:
        """Those of the matches that have all words by themselves."""
        keys = {key for _, key in found}
        for group in self.groups if found else ():
            rows = select(Word.subject).where(Word.workspace == self.workspace, col(Word.subject).in_(keys))
            keys = set(self.session.exec(rows.where(col(Word.lemma).in_(group), col(Word.part) == False)))  # noqa: E712
        return {match for match in found if match[1] in keys}

    def _all(self, *, whole: bool) -> set[Match]:
        """Read in the order of the rarest word's rows, of which no more is read than is needed."""
        rarest = min(self.groups, key=self._rows_with)
        others = [group for group in self.groups if group is not rarest]
        found: set[Match] = set()
        for lemma, part in product(rarest, (False,) if whole else ANY_PART):
            rows = select(col(Word.day), col(Word.subject)).where(
                Word.workspace == self.workspace,
                Word.lemma == lemma,
                col(Word.part) == part,
                *has_words(self.workspace, others, whole=whole, key=Word.subject, day=Word.day),
            )
            newest = rows.order_by(col(Word.day).desc(), col(Word.subject).desc()).limit(self.limit)
            found |= {(day, key) for day, key in self.session.exec(newest)}
        return found

    def _rows_with(self, group: Sequence[str]) -> int:
        rows = select(Word.subject).where(Word.workspace == self.workspace, col(Word.lemma).in_(group))
        return self.session.exec(select(func.count()).select_from(rows.limit(RARE).subquery())).one()


def find_cards(session: Session, workspace: str, groups: Groups, *, whole: bool = False) -> set[Match]:
    """The published practice cards that have all the words; there are few of them."""
    cards = select(col(Practice.started_on), col(Practice.key)).where(
        Practice.workspace == workspace,
        *has_words(workspace, groups, whole=whole, key=Practice.key, day=Practice.started_on),
    )
    return {(day, key) for day, key in session.exec(cards)}


def under(session: Session, workspace: str, choice: tuple[str, str], author: str | None, limit: int) -> list[str]:
    """Keys of the observations under the theme or the area, and of the phenomena under the theme, the newest first.

    Whose they may be as in `find`.
    """
    vocabulary, code = choice
    whose = () if author is None else (Observation.author == author,)
    chosen = Observation.theme == code if vocabulary == "theme" else Observation.area == code
    rows = select(col(Observation.filed_on), col(Observation.key)).where(
        Observation.workspace == workspace, chosen, col(Observation.status).not_in(GONE), *whose
    )
    newest = rows.order_by(col(Observation.filed_on).desc(), col(Observation.key).desc()).limit(limit)
    found = {(day, key) for day, key in session.exec(newest)}
    if vocabulary == "theme":
        open_to = () if author is None else (col(Phenomenon.published_on).is_not(None),)
        rows = select(col(Phenomenon.started_on), col(Phenomenon.key)).where(
            Phenomenon.workspace == workspace, Phenomenon.theme == code, *open_to
        )
        newest = rows.order_by(col(Phenomenon.started_on).desc(), col(Phenomenon.key).desc()).limit(limit)
        found |= {(day, key) for day, key in session.exec(newest)}
    return [key for _, key in sorted(found, reverse=True)[:limit]]


def get_rows(session: Session, keys: Sequence[str]) -> list[Observation | Phenomenon | Practice]:
    """What has these keys, in their order. By the keys alone: SQLite would rather read the whole workspace."""
    if not keys:
        return []
    some = session.exec(select(Observation).where(col(Observation.key).in_(keys), col(Observation.status).not_in(GONE)))
    found: dict[str, Observation | Phenomenon | Practice] = {row.key: row for row in some}
    found |= {row.key: row for row in session.exec(select(Phenomenon).where(col(Phenomenon.key).in_(keys)))}
    found |= {row.key: row for row in session.exec(select(Practice).where(col(Practice.key).in_(keys)))}
    return [found[key] for key in keys if key in found]


def of_subject(session: Session, workspace: str, subject: str) -> Sequence[str]:
    """The base forms that a row is found by."""
    return session.exec(select(Word.lemma).where(Word.workspace == workspace, Word.subject == subject)).all()


def counted(session: Session, workspace: str, lemmas: Collection[str], since: date = date.min) -> dict[str, int]:
    """How many rows (since the local day) have each of the base forms."""
    lemma = col(Word.lemma)
    rows = select(lemma, func.count()).where(
        Word.workspace == workspace, lemma.in_(lemmas), col(Word.part).in_(ANY_PART), col(Word.day) >= since
    )
    return dict(session.exec(rows.group_by(lemma)).all())


def sharing(
    session: Session, workspace: str, lemmas: Collection[str], since: date, limit: int
) -> Sequence[Observation]:
    """The observations since the local day that share the most of the base forms, and of equals the newest."""
    seen: Counter[tuple[str, date]] = Counter()
    for lemma in lemmas:
        rows = select(col(Word.subject), col(Word.day)).where(
            Word.workspace == workspace, Word.lemma == lemma, col(Word.part).in_(ANY_PART), col(Word.day) >= since
        )
        seen.update((key, day) for key, day in session.exec(rows.order_by(col(Word.day).desc()).limit(RARE)))
    best = sorted(seen, key=lambda one: (seen[one], one[1], one[0]), reverse=True)[:limit]
    found = select(Observation).where(col(Observation.key).in_([key for key, _ in best]))
    return session.exec(found.where(col(Observation.status).not_in(GONE))).all()


def outdated(session: Session, workspace: str, kind: type[Row], words_by: str, after: str, limit: int) -> Sequence[Row]:
    """Rows whose words another analyser has found, or none, in the order of their keys beyond `after`."""
    some = select(kind).where(col(kind.workspace) == workspace, col(kind.words_by) != words_by, col(kind.key) > after)
    return session.exec(some.order_by(col(kind.key)).limit(limit)).all()


def mark_read(session: Session, row: Observation | Phenomenon | Practice) -> None:
    """Stores which analyser has found the words of a row that the session does not hold."""
    table = SQLModel.metadata.tables[str(row.__tablename__)]
    session.connection().execute(update(table).where(table.c.key == row.key).values(words_by=row.words_by))


def lock_row(session: Session, row: Observation | Phenomenon | Practice) -> None:
    """Locks the row, also an unchanged one, until the transaction ends (SQLite has one writer anyway)."""
    table = SQLModel.metadata.tables[str(row.__tablename__)]
    session.connection().execute(select(table.c.key).where(table.c.key == row.key).with_for_update())


def lock_rows(session: Session, kind: type[Row], keys: Collection[str]) -> Sequence[Row]:
    """Locks the rows, as they are now, until the transaction ends."""
    return session.exec(select(kind).where(col(kind.key).in_(keys)).order_by(col(kind.key)).with_for_update()).all()

"""Finding: the words that rows are found by are kept up to date, searches are answered, and what is alike is shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from heapq import nlargest
from typing import TypeVar

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.phenomena import Met
from bot.rules.practices import searched
from bot.rules.searches import FEW, LONGEST, MOST, PAGE, Found, Under
from bot.rules.words import ALIKE, Stored, Subject, asked, guess, indexed, likeness, pieces, subject
from bot.services.permissions import Actor, is_coordinator
from bot.services.reach import met_by
from storage import phenomena
from storage import words as table
from storage.models import Observation, Phenomenon, Practice

YEAR = timedelta(days=365)
RAREST, CANDIDATES = 5, 200  # base forms that are looked for, and rows that are compared (delivery page, 5)
MOST_ALIKE, BATCH = 3, 100
NEAREST = 20  # phenomena, of however many, that are compared word by word
FAR = 0.05  # by the index; of 207 pairs that were alike word by word none was below 0.1

Row = Observation | Phenomenon | Practice
R = TypeVar("R", Observation, Phenomenon, Practice)


@dataclass(frozen=True, slots=True)
class Alike:
    """A published phenomenon, and who has met it."""

    phenomenon: Phenomenon
    met: Met


def words_in(deps: Deps, *texts: str) -> dict[str, bool]:
    """What texts are found by. Takes a second where a language is met for the first time: ask before a transaction."""
    return indexed("\n".join(texts), deps.analyser)


def index(session: Session, deps: Deps, row: Row, found: dict[str, bool] | None = None, *, new: bool = False) -> None:
    """The row is found by its present words, none where it has no text; in the transaction of its change.

    `found`: what `words_in` gave for them beforehand. `new`: a row that had no words yet.
    """
    if found is None:
        found = words_in(deps, *_texts(row))
    if row.words_by != deps.analyser.name:
        row.words_by = deps.analyser.name
        if row not in session:  # stored by a statement of its own
            table.mark_read(session, row)
    session.flush()  # rows before their words, as everywhere: else the night's work could lock itself and us out
    if new:
        table.add(session, row.workspace, row.key, _day(row), found)
    else:
        table.lock_row(session, row)
        table.put(session, row.workspace, row.key, _day(row), found)


def _texts(row: Row) -> tuple[str, str]:
    if isinstance(row, Practice):
        return (searched(row), "")
    return (row.text, row.proposal) if isinstance(row, Observation) else (row.title, row.text)


def _day(row: Row) -> date:
    return row.filed_on if isinstance(row, Observation) else row.started_on


def find(deps: Deps, user: Actor, words: str, page: int = 0) -> Found | None:
    """What the person may see and all the words are in, the best first; None where there is no word to look for.

    A member finds own observations filed with a name and published phenomena; a coordinator all. Words in any form
    are found, whole ones before parts of compounds, then the newest first.
    """
    groups = asked(words[:LONGEST], deps.analyser)
    if not groups:
        return None
    author = None if is_coordinator(deps, user) else user
    with deps.read() as session:
        keys = table.find(session, deps.workspace, groups, author, MOST + 1)
        also = [
            under
            for under in (_spoken_of(deps, words) if len(keys) <= FEW else ())
            if set(table.under(session, deps.workspace, under, author, FEW + 1)) - set(keys)
        ]
        return _found(session, keys, page, tuple(also))


def _spoken_of(deps: Deps, words: str) -> list[Under]:
    """The theme and the area that the words surely speak of."""
    found = guess(words[:LONGEST], deps.analyser)
    area = (
        deps.vocabularies.code_of("area", words) or found.area
    )  # "masku" alone is a place, in a sentence it may be none
    theme = [] if "theme" in found.unsure else [("theme", found.theme)]
    return theme + ([("area", area)] if area else [])


def _found(session: Session, keys: Sequence[str], page: int, also: Sequence[Under] = ()) -> Found:
    end = (page + 1) * PAGE
    rows = table.get_rows(session, keys[:MOST][page * PAGE : end])
    return Found(rows, page, max(0, len(keys[:MOST]) - end), len(keys) > MOST, also)


def find_under(deps: Deps, user: Actor, under: Under, page: int = 0) -> Found:
    """What the person may see under the theme or the area, the newest first."""
    author = None if is_coordinator(deps, user) else user
    with deps.read() as session:
        return _found(session, table.under(session, deps.workspace, under, author, MOST + 1), page)


def similar_phenomena(deps: Deps, text: str) -> list[Alike]:
    """The published phenomena that tell of the same as the text, the likest first, each with who has met it."""
    with deps.read() as session:
        published = phenomena.published_versions(session, deps.workspace)
        if not published:
            return []
        known, subjects = deps.compared.texts(published, partial(_read_phenomena, deps, session))
        own = subject(text, deps.analyser)
        near = known.to(pieces(own))
        if max(near) < FAR:
            return []
        nearest = [published[place] for place in nlargest(NEAREST, range(len(near)), near.__getitem__)]
        likest = _likest(deps, session, own, [subjects[one] for one in nearest])
        keys = [nearest[place][0] for place in likest]
        rows = phenomena.get_by_keys(session, deps.workspace, keys)
        found = [rows[key] for key in keys if key in rows]
        met = met_by(session, deps, [row.key for row in found]) if found else {}
    return [Alike(row, met[row.key]) for row in found]


def _read_phenomena(deps: Deps, session: Session, keys: Collection[str]) -> dict[str, Subject]:
    rows = phenomena.get_by_keys(session, deps.workspace, keys)
    return {key: _subject(deps, row) for key, row in rows.items()}


def _subject(deps: Deps, row: Row) -> Subject:
    return subject("\n".join(_texts(row)), deps.analyser)


def similar_observations(deps: Deps, row: Observation, today: date) -> list[Observation]:
    """The observations of the last year that tell of the same as this one, the likest first.

    For coordinators only: the caller has asked who is asking.
    """
    since = today - YEAR
    with deps.read() as session:
        words = [lemma for lemma in table.of_subject(session, deps.workspace, row.key) if not lemma.isdecimal()]
        times = table.counted(session, deps.workspace, words, since)
        shared = sorted((lemma for lemma in times if times[lemma] > 1), key=lambda lemma: (times[lemma], lemma))
        near = table.sharing(session, deps.workspace, shared[:RAREST], since, CANDIDATES)
        others = [one for one in near if one.key != row.key]
        likest = _likest(deps, session, _subject(deps, row), [_subject(deps, one) for one in others])
    return [others[place] for place in likest]


def _likest(deps: Deps, session: Session, own: Subject, others: Sequence[Subject]) -> list[int]:
    """The places of those that are alike enough, at most three: nothing is better than noise."""
    if not others:
        return []
    told = {word for one in (own, *others) for forms in one for word in forms}
    having = deps.compared.counts(told, partial(table.counted, session, deps.workspace))
    alike = likeness(own, others, Stored(max(having.values(), default=0), having))
    order = sorted(range(len(others)), key=lambda place: -alike[place])
    return [place for place in order[:MOST_ALIKE] if alike[place] >= ALIKE]


def catch_up(deps: Deps) -> int:
    """Finds the words of rows that no analyser has read, or another one; returns of how many.

    They are read between the transactions, in batches: nobody who files has to wait. Raises DatabaseUnavailable.
    """
    return _catch_up(deps, Observation) + _catch_up(deps, Phenomenon) + _catch_up(deps, Practice)


def _catch_up(deps: Deps, kind: type[R]) -> int:
    done, last = 0, ""
    while True:
        with deps.read() as session:
            rows = table.outdated(session, deps.workspace, kind, deps.analyser.name, last, BATCH)
        if not rows:
            return done
        read = {row.key: (_texts(row), words_in(deps, *_texts(row))) for row in rows}
        with deps.write() as session:
            for row in table.lock_rows(session, kind, read):
                texts, found = read[row.key]
                if _texts(row) == texts:  # else it was changed meanwhile, and its words with it
                    index(session, deps, row, found)
                    session.add(row)
        done, last = done + len(rows), rows[-1].key

"""Storing what was collected earlier, elsewhere: without a name, for its own period, and nobody's to remind of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.observations import Draft
from bot.rules.weeks import iso_week
from bot.services import search
from bot.services.observations._filing import new_row, store
from storage.models import Observation


@dataclass(frozen=True, slots=True)
class Earlier:
    """One that was collected on a day; `once` is made of its content."""

    draft: Draft
    day: date
    once: str


def store_earlier(deps: Deps, rows: Sequence[Earlier]) -> int:
    """Stores them all in one transaction, each once for ever; answers how many are new. Raises DatabaseUnavailable.

    No word of a coordinator is due on them, no digest counts them, and nobody is promised anything.
    """
    words = [search.words_in(deps, one.draft.text, one.draft.proposal) for one in rows]
    with deps.write() as session:
        stored = [store(session, deps, _row(deps, session, one), found) for one, found in zip(rows, words, strict=True)]
    return sum(created for _, created in stored)


def _row(deps: Deps, session: Session, one: Earlier) -> Observation:
    row = new_row(deps, session, one.draft, None, one.once, one.day)
    row.imported, row.due_on, row.week = True, None, iso_week(one.day)
    return row

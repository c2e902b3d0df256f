"""The queue of what waits for a coordinator's word, page by page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, false
from sqlmodel import Session

from bot.deps import Deps
from bot.errors import PersonalDataFound
from bot.rules import queues as rules
from bot.rules.observations import stopped_in
from bot.rules.queues import ANSWERED, HIDDEN, PER_PAGE, Counts, Page, Wanted
from bot.rules.statuses import OPEN, last_words_before
from bot.rules.weeks import local_day
from bot.rules.words import asked
from bot.services.observations import handlers
from bot.services.permissions import Coordinator, for_coordinators
from storage import digests, hidden, moves, words
from storage import queues as table
from storage.models import Observation


def examine_words(words: str) -> None:
    """Raises PersonalDataFound: the words travel in what is drawn, and Slack keeps a drawn home."""
    if kinds := stopped_in(words):
        raise PersonalDataFound({"words": kinds}, {})


@for_coordinators
def page(deps: Deps, _user: Coordinator, wanted: Wanted, said: str = "") -> Page:
    """The page that is asked for, or the last one there is; with what is `said` of what was just done from it.

    Raises NotACoordinator, NotAMember, PersonUnknown, and as examine_words.
    """
    examine_words(wanted.words)
    today, closed = local_day(deps.now()), wanted.status not in ("open", ANSWERED)
    narrowed = _is_narrowed(wanted)
    with deps.read() as session:
        where = _conditions(deps, wanted)
        total = table.count(session, deps.workspace, where, "" if closed or not narrowed else table.WAITING.by)
        wanted = replace(wanted, page=min(wanted.page, max(0, (total - 1) // PER_PAGE)))
        found = _rows(session, deps, wanted, where)
        history = moves.get_of_subjects(session, deps.workspace, [row.key for row in found])
        counts = _counts(session, deps, today)
        until = hidden.until(session, deps.workspace, [row.number for row in found])
        taken = handlers(session, deps, [row.key for row in found])
    answered = frozenset(row.number for row in found if row.key in history and history[row.key][-1].what == "answer")
    return Page(wanted, found, answered, total, counts, today, until, taken, said)


@for_coordinators
def rows(deps: Deps, _user: Coordinator, wanted: Wanted, most: int) -> Sequence[Observation]:
    """As many observations of the queue from its page on. Raises as `page`."""
    examine_words(wanted.words)
    with deps.read() as session:
        return _rows(session, deps, wanted, _conditions(deps, wanted), most)


def _rows(
    session: Session, deps: Deps, wanted: Wanted, where: list[ColumnElement[bool]], most: int = PER_PAGE
) -> Sequence[Observation]:
    lines = table.lines(newest=wanted.newest, closed=wanted.status not in ("open", ANSWERED))
    start = wanted.page * PER_PAGE
    return table.page(session, deps.workspace, where, start, most, lines, narrowed=_is_narrowed(wanted))


def _is_narrowed(wanted: Wanted) -> bool:
    return wanted.status not in (ANSWERED, HIDDEN) and not (wanted.words or wanted.phenomenon)


def _counts(session: Session, deps: Deps, today: date) -> Counts:
    unanswered, unnoted, answered, _ = digests.overdue(session, deps.workspace, last_words_before(today), today)
    waiting = table.count(session, deps.workspace, [table.in_status(OPEN)])
    gone = table.count_hidden(session, deps.workspace)
    return Counts(waiting, unanswered, unnoted, answered, gone)


def _conditions(deps: Deps, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What the rows must fulfil."""
    areas = rules.areas_of(deps.vocabularies, wanted.area)
    return [
        _in_status(deps, wanted),
        *([table.of_kind(wanted.kind)] if wanted.kind else []),
        *([table.of_theme(wanted.theme)] if wanted.theme else []),
        *([table.in_areas(areas)] if wanted.area else []),
        *([table.joined_to(deps.workspace, wanted.phenomenon)] if wanted.phenomenon else []),
        *_having(deps, wanted.words),
    ]


def _in_status(deps: Deps, wanted: Wanted) -> ColumnElement[bool]:
    if wanted.status == ANSWERED:
        return table.heard_last()
    if wanted.status == HIDDEN:
        return table.hidden(deps.workspace)
    return table.waiting() if wanted.status == "open" else table.in_status(wanted.statuses)


def _having(deps: Deps, wanted: str) -> list[ColumnElement[bool]]:
    """All the words in any form; what holds no word is nowhere."""
    groups = asked(wanted, deps.analyser)
    return words.has_words(deps.workspace, groups) if groups or not wanted else [false()]

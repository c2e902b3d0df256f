"""Gathering what a digest tells: its figures, and the observations of each of its messages."""

import json
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import digests as rules
from bot.rules.digests import BASELINE, FIRST_WORDS, SILENT_WEEKS, Cell, Content, Figures, Moved, Overdue, Shown, Span
from bot.rules.statuses import OPEN, due_on, is_late, last_words_before
from bot.rules.weeks import first_day, iso_week, local_day, week_after, weeks_between
from bot.services import observations
from bot.services.permissions import Coordinator, for_coordinators
from storage import digests as table
from storage import queues
from storage.models import Delivery, Observation

MOST_OVERDUE, WEAK = 5, "H"
MOVED_IN_MAIN, MOVED_IN_REPLY = 20, 150  # lines


def planned_pages(session: Session, deps: Deps, span: Span, moved: Sequence[Moved]) -> list[dict[str, Any]]:
    """For each message of the digest, the main one first: numbers of observations, and lines of what moved."""
    found = table.new(session, deps.workspace, span.first, span.last, FIRST_WORDS)
    pages = rules.paged((_shown(one) for one in found), deps.vocabularies)
    lines = [(one.number, one.what) for one in moved]
    main, rest = lines[:MOVED_IN_MAIN], lines[MOVED_IN_MAIN:]
    planned: list[dict[str, Any]] = [{"numbers": numbers} for numbers in pages]
    planned[0]["moved"] = main
    starts = range(0, len(rest), MOVED_IN_REPLY)
    return planned + [{"numbers": (), "moved": rest[start : start + MOVED_IN_REPLY]} for start in starts]


def late_numbers(session: Session, deps: Deps) -> list[str]:
    """Those that wait longest: whose words the main message shows besides. It is found by them when they go."""
    return [row.number for row in _most_overdue(session, deps)]


def _most_overdue(session: Session, deps: Deps) -> Sequence[Observation]:
    today = local_day(deps.now())
    return table.most_overdue(session, deps.workspace, last_words_before(today), today, MOST_OVERDUE)


def last_moves(session: Session, deps: Deps, span: Span) -> list[Moved]:
    """What each observation or phenomenon came to in the weeks, by number; that a reporter has answered, besides."""
    days = first_day(span.first), first_day(span.last) + timedelta(days=6)
    found: dict[tuple[str, bool], Moved] = {}
    for number, status, what in table.moved(session, deps.workspace, *days):
        answer = what == "answer"
        if answer or status:
            found[number, answer] = Moved(number, "answer" if answer else status or "")
    return [found[key] for key in sorted(found)]


def content_of(deps: Deps, row: Delivery) -> Content:
    """What the message shows now: what was withdrawn meanwhile stands there without its words."""
    params = json.loads(row.params)
    numbers = params["numbers"]
    moved = [Moved(number, what) for number, what in params.get("moved", ())]
    with deps.read() as session:
        found = table.by_number(session, deps.workspace, numbers, FIRST_WORDS + 1)
        shown = [_shown(found[number]) for number in numbers if number in found]
        span = Span(params["first"], params["last"]) if "first" in params else None
        late = set(params.get("late", ())) - set(numbers)
        figures = _figures(session, deps, span, late, is_first=params["is_first"]) if span else None
    return Content(figures, shown, moved, params["part"], params["parts"])


@for_coordinators
def so_far(deps: Deps, _user: Coordinator) -> tuple[Content, int]:
    """The weeks that no digest has counted yet, the present one included, and how many observations did not fit.

    Raises NotACoordinator, NotAMember, PersonUnknown, DatabaseUnavailable.
    """
    this_week = iso_week(local_day(deps.now()))
    with deps.read() as session:
        counted = table.counted_until(session, deps.workspace)
        asked = Span(week_after(counted) if counted else 0, this_week)
        span, _ = rules.span_of(asked, table.first_week(session, deps.workspace))
        moved = last_moves(session, deps, span)
        page = planned_pages(session, deps, span, moved)[0]
        found = table.by_number(session, deps.workspace, page["numbers"], FIRST_WORDS + 1)
        late = set(late_numbers(session, deps)) - set(page["numbers"])
        figures = _figures(session, deps, span, late, is_first=counted == 0)
    shown = [_shown(found[number]) for number in page["numbers"] if number in found]
    return Content(figures, shown, moved[:MOVED_IN_MAIN], 1, 1), figures.new - len(shown)


def _figures(session: Session, deps: Deps, asked: Span, quoted: Collection[str], *, is_first: bool) -> Figures:
    """`quoted` are the numbers of those that are late whose words may stand there."""
    workspace, today = deps.workspace, local_day(deps.now())
    first_filed = table.first_week(session, workspace)
    span, baseline = rules.span_of(Span(0 if is_first else asked.first, asked.last), first_filed)
    start = min(week_after(span.first, -max(baseline, 1)), week_after(span.last, 1 - BASELINE))
    cells = [Cell(*row) for row in table.cells(session, workspace, start, span.last)]
    weeks = len(weeks_between(span.first, span.last))
    now, before = rules.count_by_theme(cells, span, baseline)
    limits = last_words_before(today)
    waiting, unnoted, answered, phenomena = table.overdue(session, workspace, limits, today)
    named, unnamed = table.named(session, workspace, span.first, span.last)
    areas = table.areas(session, workspace, span.first, span.last)
    heard = table.heard(session, workspace, week_after(span.last, 1 - SILENT_WEEKS))
    kinds = [code for code, _ in deps.vocabularies.options("kind", "fi")]
    return Figures(
        span=span,
        is_first=is_first,
        kinds=rules.count_by_kind(cells, span, baseline, kinds),
        themes=rules.theme_counts(now, before, weeks, baseline),
        named=named,
        unnamed=unnamed,
        areas=sorted(areas.items(), key=lambda one: (-one[1], one[0] or "")),
        waiting=waiting,
        unnoted=unnoted,
        answered=answered,
        phenomena=phenomena,
        most_overdue=[
            _overdue(row, today, row.text if row.number in quoted else "") for row in _most_overdue(session, deps)
        ],
        weak=queues.count(session, workspace, [queues.in_status(OPEN), queues.of_kind(WEAK)]),
        rising=rules.rising(now, before, weeks, baseline),
        silent=rules.silent(heard, deps.vocabularies, first_filed, span.last),
        taken=observations.taken(session, deps),
    )


def _overdue(row: Observation, today: date, text: str) -> Overdue:
    since = row.noted_on or row.filed_on
    due = due_on(row.status, since, row.review_on) if is_late(row.status, since, row.review_on, today) else None
    return Overdue(row.number, row.kind, row.theme, row.area, row.status, due, text[: FIRST_WORDS + 1])


def _shown(one: table.Begun) -> Shown:
    return Shown(one.number, one.kind, one.theme, one.area, one.status, one.text)

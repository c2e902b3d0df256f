"""Gathering all that the summary is made from: frozen numbers, the coordinators' words, and phenomena."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import NotOverYet
from bot.rules import loop as loop_rules
from bot.rules import summaries as rules
from bot.rules.summaries import Period, PublishedTables, Summary, Told, Words
from bot.rules.weeks import local_day
from bot.services import networks
from bot.services.permissions import Coordinator, for_coordinators
from bot.services.reach import met_by
from bot.services.summaries._tables import counted_now, published
from storage import audits, loop, practices
from storage import summaries as table
from storage.models import Phenomenon, PublishedCell
from storage.phenomena import joined_by

CHANGED = "changed"  # of those who were asked, how many see a change
REACH = "reach"  # in how many sub-regions a phenomenon was met: counted once, too


@for_coordinators
def gathered(deps: Deps, user: Coordinator, period: Period, language: str, *, files: bool = False) -> Summary:
    """The same for a coordinator; the trail tells who has made `files` of it.

    Raises NotACoordinator, NotAMember, PersonUnknown, NotOverYet, DatabaseUnavailable.
    """
    found = gather(deps, period, language)
    if files:
        with deps.write() as session:
            audits.add(session, deps.workspace, deps.now(), user, "summary.made", f"{period.first}")
    return found


def gather(deps: Deps, period: Period, language: str) -> Summary:
    """What stands in the summary of one half-year or of several; any other span is a working paper.

    What is asked for the first time is counted, and stored. Raises NotOverYet, DatabaseUnavailable.
    """
    today = local_day(deps.now())
    if period.last >= today:
        raise NotOverYet(day=period.over_on)
    of: dict[str, Any] = {"today": today, "period": period, "language": language}
    halves = rules.halves_of(period)
    if not halves:
        return Summary(
            counted_now(deps, period),
            (),
            Words(),
            Words(),
            _phenomena_of(deps, period, freezes=False),
            (),
            today,
            period,
            language=language,
        )
    if len(halves) > 1:
        earlier, tables = [published(deps, half) for half in halves[:-1]], published(deps, halves[-1])
        with deps.read() as session:
            sender = Words(sender=_words(session, deps, halves[-1], language).sender)
        return Summary(
            tables, earlier, sender, Words(), _phenomena_of(deps, period), (), today, period, language=language
        )
    before = _before(deps, period)
    tables, told = published(deps, period), _phenomena_of(deps, period)
    with deps.read() as session:
        words = _words(session, deps, period, language), _words(session, deps, period.before, language)
        followed = [row for row in table.phenomena(session, deps.workspace) if rules.belongs(row, period.before)]
        of["uneven"] = rules.uneven([*map(rules.words_of, table.words(session, deps.workspace, period.first).values())])
        cards = practices.published_between(session, deps.workspace, period.first, period.last)
    return Summary(tables, [before] if before.cells else (), *words, told, followed, practices=cards, **of)


def _before(deps: Deps, period: Period) -> PublishedTables:
    return published(deps, period.before)


def _words(session: Session, deps: Deps, period: Period, language: str) -> Words:
    """What is written in this language; what is not, as it is written in another one."""
    found = table.words(session, deps.workspace, period.first)
    order = [language, *sorted(found.keys() - {language})]
    rows = [rules.words_of(found[name]) for name in order if name in found]
    texts = {name: next((text for row in rows if (text := getattr(row, name))), "") for name in rules.NAMES}
    if not found:
        texts["sender"] = _sender(session, deps, period, language)
    return rules.with_texts(Words(), texts)


def _sender(session: Session, deps: Deps, period: Period, language: str) -> str:
    """Who sent the last summary; told in another language where it is not in this one."""
    before = table.senders(session, deps.workspace, period.first)
    return before.get(language) or next(iter(before.values()), "")


def _phenomena_of(deps: Deps, period: Period, *, freezes: bool = True) -> Sequence[Told]:
    """The period's phenomena, how widely each was met, and how many of those who were asked see a change."""
    with deps.read() as session:
        rows = [row for row in table.phenomena(session, deps.workspace) if rules.belongs(row, period)]
        floor, parents = networks.floor(session, deps), rules.known_codes(deps.vocabularies)["area"]
        met = met_by(session, deps, [row.key for row in rows])
        widely = {row.number: (_regions(session, deps, row, parents), met[row.key].people) for row in rows}
        answers = {row.number: loop_rules.counted(loop.answers(session, deps.workspace, row.key)) for row in rows}
    counts = {number: (one["yes"], one["partly"], one["no"]) for number, one in answers.items()}
    shares = {number: (loop_rules.share(*some), sum(some)) for number, some in counts.items()}
    enough = {number: (share, of) for number, (share, of) in shares.items() if share is not None and of >= floor}
    reach = _told_first(deps, period, REACH, widely, floor, freezes=freezes)
    changed = _told_first(deps, period, CHANGED, enough, floor, freezes=freezes)
    share_of = {number: share for number, (share, _) in changed.items()}
    return [Told(row, reach[row.number][0], reach[row.number][1] < floor, share_of.get(row.number)) for row in rows]


def _told_first(
    deps: Deps, period: Period, attribute: str, now: Mapping[str, tuple[int, int]], floor: int, *, freezes: bool
) -> dict[str, tuple[int, int]]:
    """Number of a phenomenon -> (what is told, of how many people), as it was counted first, for whatever document.

    It is counted again only where as many people more are behind it as may be told of: else one of them, or one who is
    not among them any more, could be worked out from two documents. A working paper freezes nothing.
    """
    place: dict[str, Any] = {"workspace": deps.workspace, "first": period.first, "version": 0, "attribute": attribute}
    with deps.read() as session:
        known = table.counted_first(session, deps.workspace, attribute)
    newer = {number: found for number, found in now.items() if _is_told(found, known.get(number), floor)}
    if newer and freezes:
        with deps.write() as session:
            for number, (told, people) in newer.items():
                table.put_counted(session, PublishedCell(**place, name=number, codes=f"{told}", count=people), floor)
            return table.counted_first(session, deps.workspace, attribute)
    return {**known, **newer}


def _is_told(found: tuple[int, int], known: tuple[int, int] | None, floor: int) -> bool:
    return known is None or found[1] >= known[1] + floor


def _regions(session: Session, deps: Deps, row: Phenomenon, parents: Mapping[str, str]) -> int:
    """In how many sub-regions it was met."""
    found = joined_by(session, deps.workspace, [row.key]).get(row.key, [])
    return len({parents.get(area or "", "") for area, *_ in found} - {""})


def latest_half(today: date) -> Period:
    """The half-year that ended last."""
    return rules.last_halves(today)[0]

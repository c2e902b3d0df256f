"""The numbers of a half-year: counted once, when somebody first asks for them after its end, and read ever after."""

from datetime import date
from operator import attrgetter
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import CorrectionTooSmall, NotOverYet
from bot.rules import summaries as rules
from bot.rules.summaries import Counted, Members, Period, PublishedTables
from bot.rules.weeks import local_day
from bot.services import networks
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits
from storage import summaries as table
from storage.models import Published, PublishedCell

KEY = attrgetter("key")
BETWEEN = "|"  # codes in one text; no vocabulary has such a code


def published(deps: Deps, period: Period) -> PublishedTables:
    """The half-year's frozen numbers, the newest version; the first to ask has them counted and stored.

    Who asks at the same time in another process gets the same. Where nothing at all was filed nothing is stored, so
    that earlier collections can still be brought in. Raises NotOverYet, DatabaseUnavailable.
    """
    if period.last >= local_day(deps.now()):
        raise NotOverYet(day=period.over_on)
    with deps.read() as session:
        if found := newest(session, deps.workspace, period):
            return found
        made, counted = _counted(session, deps, period, 1)
    if not counted:
        return made
    with deps.write() as session:
        _store_tables(session, deps, made, counted)
    with deps.read() as session:
        return newest(session, deps.workspace, period) or made


def newest(session: Session, workspace: str, period: Period) -> PublishedTables | None:
    """The frozen numbers, if they have been counted."""
    found = table.versions(session, workspace, period.first)
    return _read(session, workspace, found[-1]) if found else None


def counted_now(deps: Deps, period: Period) -> PublishedTables:
    """Any span as it stands now, for a working paper; small groups are merged all the same, and it is stored nowhere.

    Only coordinators and whoever runs the program may see it. Raises NotOverYet.
    """
    if period.last >= local_day(deps.now()):
        raise NotOverYet(day=period.over_on)
    with deps.read() as session:
        return _counted(session, deps, period, 0)[0]


@for_coordinators
def correct(deps: Deps, user: Coordinator, period: Period) -> PublishedTables:
    """A new version of the frozen numbers, where it gives nobody away.

    Raises NotACoordinator, NotAMember, PersonUnknown, NotOverYet, and CorrectionTooSmall where it has to wait.
    """
    published(deps, period)
    with deps.write() as session:
        found = table.versions(session, deps.workspace, period.first)
        earlier = [(_read(session, deps.workspace, one), _members(session, deps, one)) for one in found]
        if not earlier:
            raise CorrectionTooSmall
        rows, floor = _rows(session, deps, period), networks.floor(session, deps)
        cells = rules.corrected(rows, rules.known_codes(deps.vocabularies), floor, earlier)
        latest = earlier[-1][0]
        if cells is None:
            raise CorrectionTooSmall
        if cells == latest.cells:
            return latest
        made = PublishedTables(
            period, latest.version + 1, floor, local_day(deps.now()), cells, earlier[0][0].median_days
        )
        _store_tables(session, deps, made, rules.as_they_were(rows, earlier[-1][1]))
        audits.add(session, deps.workspace, deps.now(), user, "summary.corrected", f"{period.first}")
        return made


def _counted(session: Session, deps: Deps, period: Period, version: int) -> tuple[PublishedTables, list[Counted]]:
    rows, floor = _rows(session, deps, period), networks.floor(session, deps)
    cells = rules.count(rows, rules.known_codes(deps.vocabularies), floor)
    median = rules.median_of(rows) if cells else None
    return PublishedTables(period, version, floor, local_day(deps.now()), cells, median), rows


def _rows(session: Session, deps: Deps, period: Period) -> list[Counted]:
    """What is alike in many of them, codes and people, is in memory once."""
    found, alike = table.filed(session, deps.workspace, (period.first, period.last)), dict[Any, Any]()
    rows = list[Counted]()
    for key, author, people, *codes, status, filed, heard in found:
        row = _row(key, author, codes, status, (filed, heard))
        person, codes_of = (alike.setdefault(one, one) for one in (row.person, row.codes))
        rows.append(Counted(key, person, codes_of, row.answered_after, people))
    return rows


def _row(key: str, author: str | None, codes: list[str | None], status: str, days: tuple[date, date | None]) -> Counted:
    filed, heard = days
    after = None if heard is None else max(0, (heard - filed).days)
    outcome = rules.outcome_of(status)
    within = rules.YES if after is not None and after <= rules.SOON else rules.NO
    chosen = (code or rules.NONE for code in codes)
    return Counted(key, author or rules.WITHOUT_NAME, (*chosen, outcome, within), after)


def _store_tables(session: Session, deps: Deps, made: PublishedTables, rows: list[Counted]) -> None:
    place: dict[str, Any] = {"workspace": deps.workspace, "first": made.period.first, "version": made.version}
    row = Published(
        **place, last=made.period.last, floor=made.floor, made_on=made.made_on, median_days=made.median_days
    )
    told = [
        PublishedCell(**place, attribute=name, name=cell.name, codes=BETWEEN.join(sorted(cell.codes)), count=cell.count)
        for name, cells in made.cells.items()
        for cell in cells
    ]
    table.add(session, row, told, ((one.key, BETWEEN.join(one.codes)) for one in sorted(rows, key=KEY)))


def _read(session: Session, workspace: str, row: Published) -> PublishedTables:
    cells: dict[str, tuple[rules.Cell, ...]] = {}
    for one in sorted(table.cells(session, workspace, row.first, row.version), key=lambda cell: cell.name):
        cell = rules.Cell(one.name, frozenset(one.codes.split(BETWEEN)), one.count)
        cells[one.attribute] = (*cells.get(one.attribute, ()), cell)
    period = Period(row.first, row.last)
    return PublishedTables(period, row.version, row.floor, row.made_on, cells, row.median_days)


def _members(session: Session, deps: Deps, row: Published) -> Members:
    found = table.members(session, deps.workspace, row.first, row.version)
    return {key: tuple(codes.split(BETWEEN)) for key, codes in found.items()}

"""Taking out observations for the coordinators' own work: a page at a time, and never who filed them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.deps import Deps
from bot.rules.exports import Half, Selection, Taken, half_of
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits
from storage import exports as table

OPERATOR = "operator"  # who did it, in the audit trail, on the command line
DEED = "export.rows"


@for_coordinators
def take_out(deps: Deps, _user: Coordinator, selection: Selection) -> Iterator[Taken]:
    """The observations one by one, read as they are asked for. Raises NotACoordinator, NotAMember, PersonUnknown.

    Whoever has got them all says so with `note`. Reading them raises DatabaseUnavailable.
    """
    return read_all(deps, selection)


def read_all(deps: Deps, selection: Selection) -> Iterator[Taken]:
    """The same for whoever runs the program."""
    days, chosen = (selection.first, selection.last), ("kind", "theme", "status")
    codes = {name: code for name in chosen if (code := getattr(selection, name))}
    with deps.read() as session:
        for rows in table.taken(session, deps.workspace, days, selection.unnamed, codes):
            steps = table.steps(session, deps.workspace, [row.key for row in rows])
            for row in rows:
                yield _taken(row, steps.get(row.key, ()))


def _taken(row: Any, steps: Sequence[tuple[str, date]]) -> Taken:
    def when(day: date) -> date | Half:
        return day if row.named else half_of(day)

    told = dict.fromkeys((status, when(day)) for status, day in steps)
    return Taken(
        number=row.number,
        when=when(row.filed_on),
        steps=tuple(told),
        phenomenon=f"{row.joined} {row.title}" if row.joined else "",
        **{name: getattr(row, name) for name in table.SHOWN},
    )


def note(deps: Deps, user: str, selection: Selection, count: int) -> None:
    """Writes into the audit trail who took out so many of which days. Raises DatabaseUnavailable."""
    with deps.write() as session:
        audits.add(session, deps.workspace, deps.now(), user, DEED, f"{selection.first}/{selection.last}/{count}")

"""What Slack may deliver again, after a restart or to another process, and is to be answered once."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.rules import hashes
from bot.rules.weeks import local_day
from storage import handled as table

KEPT = timedelta(days=30)  # Slack repeats an event within the hour, and those of an outage within days


def first(deps: Deps, *act: str) -> bool:
    """Whether the act (its kind, and what it is known by) is met for the first time; from here on it is known to all.

    Where the database does not answer, only this process knows it: an answer given twice is better than none.
    """
    mark = _mark(deps, act)
    if not deps.seen.first(mark):
        return False
    try:
        with deps.write() as session:
            return table.add(session, deps.workspace, mark, local_day(deps.now()))
    except DatabaseUnavailable:
        return True


def forget(deps: Deps, *act: str) -> None:
    """What was begun has failed, and may be begun again, in this process or another."""
    mark = _mark(deps, act)
    deps.seen.forget(mark)
    with suppress(DatabaseUnavailable), deps.write() as session:
        table.forget(session, deps.workspace, mark)


@contextmanager
def once(deps: Deps, *act: str) -> Iterator[bool]:
    """Whether the act is met for the first time, as `first`; what fails inside may be begun again."""
    is_first = first(deps, *act)
    with ExitStack() as broken:
        if is_first:
            broken.callback(forget, deps, *act)
        yield is_first
        broken.pop_all()


def _mark(deps: Deps, act: Sequence[str]) -> str:
    return hashes.keyed(deps.key, "handled", *act).hex()[:32]


def forget_old(deps: Deps) -> None:
    """Deletes marks that are older than a month. Raises DatabaseUnavailable."""
    with deps.write() as session:
        table.forget_before(session, deps.workspace, local_day(deps.now()) - KEPT)

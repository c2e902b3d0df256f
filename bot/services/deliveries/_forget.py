"""Forgetting what the ledger no longer needs to know."""

from datetime import datetime, time

from bot.deps import Deps
from bot.rules.deliveries import KEYS_KEPT, OF_AN_ACT, WORDS_KEPT
from bot.rules.weeks import local_day, local_instant, months_before
from storage import ledger as table


def forget_old(deps: Deps) -> None:
    """Deletes what a delivery says and to whom after six months, the whole row after thirteen (docs/tietosuoja.md).

    Nothing of such an occurrence is sent again: its run stands until the end, the newest of each kind for good, and
    whatever is entered once more for so old a day is stale. Raises DatabaseUnavailable.
    """
    now = deps.now()
    with deps.write() as session:
        table.forget_before(session, deps.workspace, _so_long_ago(now, KEYS_KEPT))
        table.strip_before(session, deps.workspace, _so_long_ago(now, WORDS_KEPT), OF_AN_ACT)
        table.forget_gates_before(session, deps.workspace, _so_long_ago(now, 0))


def _so_long_ago(now: datetime, months: int) -> datetime:
    return local_instant(months_before(local_day(now), months), time(0))

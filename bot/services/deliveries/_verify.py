"""Finding out what became of messages of which nobody knows whether they were posted."""

from datetime import timedelta

from bot.deps import Deps
from bot.rules import deliveries as rules
from bot.rules.deliveries import NEVER_SEEN, UNCLEAR, Terms
from bot.rules.kinds import TRAITS
from storage import deliveries as table
from storage.models import Delivery

MOST = 20  # at a time: reading the history is allowed 50 times a minute


def take_doubtful(deps: Deps, terms: Terms, owner: str) -> list[Delivery]:
    """Takes unclear rows and those whose sender has gone silent; the settle time is to be waited for from here on.

    Those that are no replies come first, since a reply is looked for in the thread of another one.
    """
    now = deps.now()
    lasts = timedelta(seconds=terms.settle) + terms.check_lease
    longest = 2 * max(lasts, terms.lease, terms.longest_pause)
    with deps.read() as session:
        if not table.anything_doubtful(session, deps.workspace, table.clock(session, now), longest):
            return []
    with deps.write() as session:
        clock = table.clock(session, now)
        waiting = table.lock_doubtful(session, deps.workspace, clock, longest, MOST)
        found = sorted(waiting, key=lambda row: row.thread_of or "")
        for row in found:
            row.state, row.lease_owner, row.lease_until, row.fence = "verifying", owner, clock + lasts, row.fence + 1
    return found


def stood_before(row: Delivery) -> bool:
    """Whether it was found without a try of ours, sent before a restore: then what follows it has followed already."""
    return row.attempts == 0


def absent(deps: Deps, terms: Terms, row: Delivery) -> None:
    """Sends the same row again, as long as its message is of use: it is not in the history.

    After some tries the row says so, and fails with that word once it is of no use any more.
    """
    error = NEVER_SEEN if row.attempts >= terms.most_attempts else None
    values = {"state": "pending", "lease_until": None, "verifies": 0, "error": error}
    with deps.write() as session:
        again = deps.now() + rules.pause_after(row.attempts, terms)
        held = table.is_held_by("verifying", row.fence)
        table.change(session, row.key, held, not_before=max(again, row.not_before), **values)


def unseen(deps: Deps, terms: Terms, row: Delivery, code: str, *, counts: bool = True) -> None:
    """Tries again later, since the history could not be read; if that goes on, the kind's traits decide.

    To hold costs nothing before the message is of no use any more; what is better sent twice than never goes earlier.
    It does not count where the message itself would be refused as well: the history is read once that is mended.
    """
    verifies = row.verifies + counts
    with deps.write() as session:
        held, now = table.is_held_by("verifying", row.fence), deps.now()
        resends = TRAITS[row.kind].on_doubt == "resend" and row.attempts < terms.most_attempts
        if resends and verifies >= terms.most_attempts:
            table.change(session, row.key, held, state="pending", lease_until=None, verifies=0, error=code)
        elif row.expires_at <= now:
            table.change(session, row.key, held, state="failed", lease_until=None, error=UNCLEAR)
        else:
            pause = rules.pause_after(verifies, terms) if counts else terms.put_off
            until = table.clock(session, now) + pause
            table.change(session, row.key, held, state="unknown", lease_until=until, verifies=verifies, error=code)

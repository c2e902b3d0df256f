"""Who is here is asked of Slack anew while messages wait, since no question is put to it at the moment of sending."""

from datetime import timedelta

from bot.deps import Deps
from storage import deliveries as table

FRESH = 120  # seconds: how old Slack's word on who is here and on holiday may be when a message goes to a person
A_MOMENT = timedelta(seconds=15)


def look_around(deps: Deps) -> None:
    """Asks who is here and on holiday, where a message is to go soon. Raises SlackError, DatabaseUnavailable."""
    with deps.read() as session:
        waits = table.anything_waits(session, deps.workspace, deps.now() + timedelta(seconds=FRESH))
    if waits and not deps.people.read_within(FRESH / 2):
        deps.people.everyone()

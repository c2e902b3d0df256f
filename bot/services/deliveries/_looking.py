"""Asks Slack who is here while messages wait, so that nobody has to ask at the moment of sending."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import PutOff, Skip, Verdict, send_from
from bot.rules.kinds import next_hours
from bot.services.people import read_languages
from bot.services.permissions import coordinators
from bot.slack import Member
from storage import deliveries as table
from storage.models import Delivery

FRESH = 120  # seconds: how old Slack's word on who is here and on holiday may be when a message goes to a person
A_MOMENT = timedelta(seconds=15)


def look_around(deps: Deps) -> None:
    """Fetches from Slack into memory who is a member and on holiday, if a message is to go out soon.

    Raises SlackError, DatabaseUnavailable. What another process has heard or stored of it meanwhile counts too.
    """
    with deps.read() as session:
        waits = table.anything_waits(session, deps.workspace, deps.now() + timedelta(seconds=FRESH))
    if waits and not deps.people.read_within(FRESH / 2):
        read_languages(deps)
        deps.people.everyone()


def recipient(deps: Deps, row: Delivery, now: datetime) -> Member | PutOff | Skip:
    """The member whom the message is for; else why it does not go now: nobody knows who is here, or they have left."""
    if not deps.people.read_within(FRESH):
        return PutOff(now + A_MOMENT)
    return deps.people.known(row.recipient) or Skip()


def to_coordinator(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges a message at the moment of sending: it goes at working hours, to those who are coordinators then."""
    member = recipient(deps, row, now)
    if isinstance(member, PutOff | Skip):
        return member
    if row.recipient not in coordinators(session, deps):
        return Skip()
    return send_from(next_hours(row.kind, now), now)

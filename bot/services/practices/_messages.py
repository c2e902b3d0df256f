"""What is told of cards: to their writers at each step, to coordinators, and by a post in the discussion channel."""

import json
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import NotAskable
from bot.rules.deliveries import Due, PutOff, Send, Skip, Verdict, edit_of, is_person
from bot.rules.kinds import Kind, next_hours
from bot.rules.practices import REQUEST, News, Sight
from bot.rules.weeks import zone_of
from bot.services.deliveries import enqueue, recipient, to_coordinator
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits, deliveries
from storage import observations as observation_table
from storage import practices as table
from storage.models import Delivery

OF_USE = timedelta(days=30)
EDITED_AT_ONCE = 20


def tell_writer(session: Session, deps: Deps, writer: str | None, occurrence: str, what: str) -> None:
    """One message to the card's writer, at working hours, in the transaction of the step."""
    if writer is None:
        return
    now, member = deps.now(), deps.people.known(writer)
    at = next_hours(Kind.PRACTICE, now, zone_of(member.zone if member else None))
    enqueue(session, deps.workspace, [Due(Kind.PRACTICE, occurrence, writer, at, at + OF_USE, {"what": what})])


@for_coordinators
def request(deps: Deps, user: Coordinator, number: str) -> bool:
    """Asks the reporter of a positive observation for a card, once; answers whether it was the first time.

    Raises NotACoordinator, NotFound, NotAskable.
    """
    with deps.write() as session:
        row = observation_table.lock_by_number(session, deps.workspace, number)
        if row is None or row.kind != "M" or row.author is None or not row.text:
            raise NotAskable
        now, member = deps.now(), deps.people.known(row.author)
        at = next_hours(Kind.PRACTICE, now, zone_of(member.zone if member else None))
        params = {"what": REQUEST, "numbers": [number]}
        due = Due(Kind.PRACTICE, f"{REQUEST}.{number}", row.author, at, at + OF_USE, params)
        is_new = enqueue(session, deps.workspace, [due]) > 0
        if is_new:
            audits.add(session, deps.workspace, now, user, "practice.requested", number)
    return is_new


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges a message about a card at the moment of sending: it goes while what it tells is so."""
    if not is_person(row.recipient):
        return Send()  # the post: drawing finds out
    told = news(deps, session, row)
    if told is None:
        return Skip()
    if told.what == "waiting":
        return to_coordinator(deps, session, row, now)
    member = recipient(deps, row, now)
    if isinstance(member, PutOff | Skip):
        return member
    at = next_hours(row.kind, now, zone_of(member.zone))
    return PutOff(at) if at > now else Send()


def news(deps: Deps, session: Session, row: Delivery) -> News | None:
    """What the message tells as it stands now; None where it is no longer so."""
    what, number = str(json.loads(row.params).get("what") or ""), row.occurrence.partition(".")[0]
    if what == REQUEST:
        number = row.occurrence.partition(".")[2]
        observation = observation_table.get_by_number(session, deps.workspace, number)
        is_there = observation is not None and observation.author == row.recipient and observation.text
        return News(what, number, observation=observation) if is_there else None
    draft, card = table.get_draft(session, deps.workspace, number), table.get_card(session, deps.workspace, number)
    if what == "down":
        return News(what, number)
    if what == "published":
        return News(what, number, card=card) if card else None
    return News(what, number, draft=draft) if draft and draft.state == what else None


def posted(deps: Deps, number: str) -> Sight | None:
    """The card as its post is to show it; None where it is not published any more.

    What changes from here on makes the post one that shows an older state, also while it is on its way.
    """
    with deps.write() as session:
        row = table.lock_card(session, deps.workspace, number)
        if row is None:
            return None
        row.stale = False
        session.add(row)
        return Sight(row) if row.name else None


def take_stale(deps: Deps) -> list[tuple[str, str, str]]:
    """(number, channel, ts) of the posts that show an older state; those that could not be edited lately are left."""
    with deps.read() as session:
        if not table.any_stale(session, deps.workspace):
            return []
    with deps.write() as session:
        found = table.take_stale(session, deps.workspace, Kind.PRACTICE_POST)
    for number, channel, ts in found:
        if not deps.patience.allows(edit_of(channel, ts)):
            redraw_later(deps, number)
    return [one for one in found if deps.patience.allows(edit_of(*one[1:]))]


def messages_decided(deps: Deps) -> list[tuple[Delivery, News]]:
    """Some messages whose button leads nowhere any more, with what they told, and the card if it is published."""
    with deps.read() as session:
        found = table.told_in_vain(session, deps.workspace, Kind.PRACTICE, EDITED_AT_ONCE)
        return [(row, _decided(session, deps, row)) for row in found]


def _decided(session: Session, deps: Deps, row: Delivery) -> News:
    what, number = str(json.loads(row.params).get("what") or ""), row.occurrence.partition(".")[0]
    draft = table.get_draft(session, deps.workspace, number)
    return News(what, number, card=None if draft else table.get_card(session, deps.workspace, number))


def forget_place(deps: Deps, row: Delivery) -> None:
    """Forgets where the message stands: nothing is to be edited in it any more."""
    with deps.write() as session:
        deliveries.change(session, row.key, ts=None)


def redraw_later(deps: Deps, number: str) -> None:
    """Marks the card's posts, so that they are drawn anew at a later knock."""
    with deps.write() as session:
        table.mark_stale(session, deps.workspace, number)

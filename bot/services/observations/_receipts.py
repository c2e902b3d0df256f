"""The receipt of a named observation: where it stands, and the ledger's part in it where Slack did not take it."""

import json
import logging
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import DatabaseUnavailable, SlackError, SlackLater, SlackUnclear, SlackUnreachable
from bot.rules import statuses
from bot.rules.deliveries import Due, PutOff, Send, Skip, Verdict
from bot.rules.kinds import Kind
from bot.rules.phenomena import Met
from bot.services import search
from bot.services.deliveries import recipient, take_over
from bot.services.observations._erasing import mark_for_erasure
from storage import hidden
from storage import observations as table
from storage.models import Delivery, Observation, Phenomenon

OF_USE = timedelta(days=7)
log = logging.getLogger(__name__)


def promise_receipt(deps: Deps, user: str, number: str, mark: str, error: SlackError) -> None:
    """Leaves to the ledger the receipt that Slack did not take when it was posted with this mark, unless for good.

    Where nobody knows whether it was posted, it is looked for before anything is sent.
    """
    if not error.passes:
        return
    doubtful = isinstance(error, SlackUnclear) and not isinstance(error, SlackUnreachable)
    at = deps.now() + timedelta(seconds=error.seconds if isinstance(error, SlackLater) else 0)
    due = Due(Kind.RECEIPT, number, user, at, at + OF_USE, {"number": number}, key=mark)
    try:
        take_over(deps, due, doubtful=doubtful)
    except DatabaseUnavailable:  # the observation is stored; that it is can be seen in one's own list
        log.warning("a receipt that did not arrive could not be promised")


def receipt_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges the receipt at the moment of sending: it goes at any hour, while the observation is its reader's."""
    found = table.get_by_number(session, deps.workspace, number_in(row))
    if found is None or found.author != row.recipient:  # withdrawn meanwhile
        return Skip()
    member = recipient(deps, row, now)
    return member if isinstance(member, PutOff | Skip) else Send()


def number_in(row: Delivery) -> str:
    return str(json.loads(row.params)["number"])


def place_receipt(deps: Deps, number: str, channel: str, ts: str, language: str) -> bool:
    """Remembers which message of the bot speaks of the observation; to be called after the message was (re)drawn.

    False: the observation has gone meanwhile, and the message waits for `clean_messages`.
    """
    with deps.write() as session:
        if table.place_receipt(session, deps.workspace, number, channel, ts):
            return True
        row = table.lock_by_number(session, deps.workspace, number)
        if row is None or row.status not in statuses.GONE:
            return True
        mark_for_erasure(session, deps, row, (channel, ts), language)
        if one := hidden.get_of_number(session, deps.workspace, number):
            one.receipt_channel, one.receipt_ts = channel, ts
            session.add(one)
    return False


def settle_receipt(deps: Deps, row: Delivery, language: str) -> None:
    """Keeps the place of a receipt that the ledger has sent with the observation, and deletes the delivery."""
    place_receipt(deps, number_in(row), row.channel or "", row.ts or "", language)
    with deps.write() as session:
        session.delete(session.get_one(Delivery, row.key))


def alike(deps: Deps, row: Observation) -> list[tuple[Phenomenon, Met]]:
    """The phenomena that may be the same, until it is known which one is; each with who has met it."""
    if row.same_as or row.phenomenon or not row.text:
        return []
    try:
        return [(one.phenomenon, one.met) for one in search.similar_phenomena(deps, row.text)]
    except DatabaseUnavailable:  # the receipt itself is worth more
        return []

"""What the clock does for reminders: opening rounds, drawing their messages, closing the buttons of earlier ones."""

import logging
from datetime import datetime

from sqlmodel import Session

from bot.blocks import reminders as blocks
from bot.blocks.observations import Message
from bot.deps import Deps
from bot.errors import SlackError, SlackUnclear
from bot.rules.reminders import KINDS
from bot.services import networks, people, reminders
from storage.models import Delivery

log = logging.getLogger(__name__)


def knock(deps: Deps) -> None:
    """Opens the round that is due, and closes what is left of earlier rounds.

    Raises DatabaseUnavailable, SlackError.
    """
    try:
        reminders.open_due_round(deps)
    finally:
        close_earlier(deps)


def close_earlier(deps: Deps) -> None:
    """Takes the live buttons out of some messages of earlier rounds; one that fails does not stop the others."""
    for row in reminders.messages_to_close(deps):
        message = blocks.over(people.words_for(deps, row.recipient))
        try:
            deps.slack.edit(row.channel or row.recipient, row.ts or "", *message)
        except SlackUnclear as error:
            log.warning("a message of an earlier round may still have its buttons: %s", error.code)
            continue
        except SlackError as error:
            log.info("a message of an earlier round could not be edited: %s", error.code)
        reminders.forget_delivery(deps, row)


def draw(deps: Deps, row: Delivery) -> Message:
    """The message as it reads now, in the recipient's language and the coordinators' words."""
    private = row.recipient.startswith(("U", "W"))
    round_of = row.occurrence.partition(":")[0]
    wordings = networks.settings(deps).wordings
    return blocks.reminder(people.words_for(deps, row.recipient), row.kind, round_of, wordings, private=private)


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> str | datetime | None:
    return reminders.still_wanted(deps, session, row, now)


__all__ = ["KINDS", "close_earlier", "draw", "knock", "still_wanted"]

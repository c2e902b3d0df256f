"""What the clock does for reminders: opening rounds, drawing their messages, closing the buttons of earlier ones."""

from bot.blocks import reminders as blocks
from bot.blocks.languages import in_each
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.jobs._edits import settled
from bot.jobs.deliveries import Handler, Handlers
from bot.rules.deliveries import is_person
from bot.rules.reminders import KINDS
from bot.services import networks, people, reminders
from storage.models import Delivery


def knock(deps: Deps) -> None:
    """Opens the round that is due, and closes what is left of earlier rounds.

    Raises DatabaseUnavailable, SlackError.
    """
    try:
        reminders.open_due_round(deps)
    finally:
        close_earlier(deps)


def close_earlier(deps: Deps) -> None:
    """Takes the live buttons out of messages of earlier rounds, and of those after which a nudge has gone out.

    Some at a time; one that fails does not stop the others.
    """
    for row in reminders.messages_to_close(deps):
        message = in_each(people.words_for_all(deps, row.recipient), blocks.over)
        if settled(deps, row.kind, row.channel or row.recipient, row.ts or "", message):
            reminders.forget_delivery(deps, row)
    for row in reminders.messages_replaced(deps):
        channel, ts = row.channel or row.recipient, row.ts or ""
        message = in_each(people.words_for_all(deps, row.recipient), blocks.written_again)
        if settled(deps, row.kind, channel, ts, message):
            reminders.forget_place(deps, channel, ts)


def draw(deps: Deps, row: Delivery) -> Message:
    """The message as it reads now, in the recipient's language, or the channel's, and the coordinators' words."""
    round_of = row.occurrence.partition(":")[0]
    wordings = networks.settings(deps).wordings
    words, private = people.words_for_all(deps, row.recipient), is_person(row.recipient)
    return in_each(words, lambda t: blocks.reminder(t, row.kind, round_of, wordings, private=private))


HANDLERS: Handlers = dict.fromkeys(KINDS, Handler(draw, reminders.still_wanted))

"""What a press comes to, said or drawn where it was pressed."""

import logging
from contextlib import suppress

from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import SlackError
from bot.slack import Act

log = logging.getLogger(__name__)


def tell(deps: Deps, act: Act, message: Message, lasting: Message | None = None) -> None:
    """Says it to the person alone: where they acted, or in a private message where that cannot be (in App Home).

    A private message stays in Slack's history: it says what is `lasting` instead, where that is given.
    Raises SlackError.
    """
    if act.response_url:
        with suppress(SlackError):  # a command takes answers for half an hour only
            deps.slack.whisper(act.response_url, *message)
            return
    if act.user:
        deps.slack.post(act.user, *(lasting or message))


def put_in_place(deps: Deps, act: Act, message: Message) -> None:
    """Puts right the message that was acted on, in the history or whispered. Raises SlackError."""
    if act.ephemeral:
        deps.slack.whisper(act.response_url, *message, replace=True)
    else:
        deps.slack.edit(act.channel, act.message_ts, *message)


def is_put_in_place(deps: Deps, act: Act, message: Message) -> bool:
    """Puts right the message that was acted on, and returns whether that went well: what was done stands anyway."""
    try:
        put_in_place(deps, act, message)
    except SlackError as error:  # it may be gone
        log.info("the message that was acted on could not be put right: %s", error.code)
        return False
    return True

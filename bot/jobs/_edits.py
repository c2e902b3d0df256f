"""Putting right what already stands in Slack; a message that cannot be edited stops nothing."""

import logging

from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import SlackError, SlackLater, SlackUnclear

log = logging.getLogger(__name__)


def settled(deps: Deps, kind: str, channel: str, ts: str, message: Message) -> bool:
    """Whether nothing more is to be done about the message: it was edited, or it can never be."""
    try:
        deps.slack.edit(channel, ts, *message)
    except (SlackUnclear, SlackLater) as error:
        log.warning("a message of kind %s could not be edited yet: %s", kind, error.code)
        return False
    except SlackError as error:  # it was deleted, or the bot is no longer there
        log.info("a message of kind %s cannot be edited: %s", kind, error.code)
    return True

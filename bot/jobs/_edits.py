"""Putting right what already stands in Slack; a message that cannot be edited stops nothing."""

import logging
from collections.abc import Callable

from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import SlackError
from bot.rules.deliveries import edit_of
from bot.slack import is_strange

BELIEVED = 30  # times, most of a day, after which a word that nobody knows is taken for a no for good
log = logging.getLogger(__name__)


def settled(deps: Deps, kind: str, channel: str, ts: str, message: Message) -> bool:
    """Whether nothing more is to be done about the message: it was edited, or it never can be.

    What may pass is tried again, ever more seldom and without an end: Slack that cannot be reached, a fault of its own,
    our token, a channel that the bot is not in.
    """
    return _tried(deps, kind, edit_of(channel, ts), lambda: deps.slack.edit(channel, ts, *message))


def taken_away(deps: Deps, kind: str, channel: str, ts: str) -> bool:
    """Whether the message stands no more, or never can be taken away; else it is tried again, as in `settled`."""
    return _tried(deps, kind, edit_of(channel, ts), lambda: deps.slack.delete(channel, ts))


def _tried(deps: Deps, kind: str, place: str, act: Callable[[], None]) -> bool:
    if not deps.patience.allows(place):
        return False
    try:
        act()
    except SlackError as error:
        return _is_given_up(deps, kind, place, error)
    _forget(deps, place)
    return True


def _is_given_up(deps: Deps, kind: str, place: str, error: SlackError) -> bool:
    deps.patience.failed(place)
    if error.passes and not (is_strange(error) and deps.patience.failed(_strange(place)) >= BELIEVED):
        log.warning("a message of kind %s could not be put right yet: %s", kind, error.code)
        return False
    _forget(deps, place)
    log.info("a message of kind %s cannot be put right: %s", kind, error.code)  # it was deleted, or its reader is gone
    return True


def _strange(place: str) -> str:
    return f"strange {place}"


def _forget(deps: Deps, place: str) -> None:
    deps.patience.is_over(place)
    deps.patience.is_over(_strange(place))

"""Receipt codes whose modal was closed before they came: they wait in memory, since no message may tell them."""

import logging
from typing import Any

from slack_bolt import Ack

from bot.blocks import observations as blocks
from bot.blocks.parts import Message
from bot.deps import Deps
from bot.errors import SlackError, WordsGone
from bot.services import people
from bot.slack import Act, read_act

log = logging.getLogger(__name__)


def keep_code(deps: Deps, act: Act, response_url: str, note: Message) -> None:
    """Whispered at the command that opened the form; else App Home offers it, and the next command tells it."""
    ticket = deps.codes.put(act.user, note)
    if response_url:
        whisper_code(deps, act.user, response_url, ticket)
    if deps.codes.newest(act.user):
        deps.redraw_home(act)


def whisper_code(deps: Deps, user: str, response_url: str, ticket: str) -> None:
    try:
        if note := deps.codes.get(user, ticket):
            deps.slack.whisper(response_url, *note)
            deps.codes.drop(ticket)
    except SlackError as error:
        log.warning("a receipt code could not be whispered: %s", error.code)


def show_code(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """What App Home offers, once."""
    ack()
    act = read_act(body)
    if (note := deps.codes.get(act.user, act.value)) is None:
        raise WordsGone
    deps.slack.open_view(act.trigger, blocks.code_modal(people.texts(deps, act), note[1]))
    deps.codes.drop(act.value)
    deps.redraw_home(act)

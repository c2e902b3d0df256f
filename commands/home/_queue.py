"""The queue's buttons, in App Home and where it was whispered: what it shows travels in what is pressed."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack

from bot.blocks import queues as blocks
from bot.blocks.observations import field_errors
from bot.blocks.parts import said
from bot.deps import Deps
from bot.errors import PersonalDataFound, Problem, SlackError
from bot.rules.queues import Wanted, read
from bot.services import people, queues
from bot.services.networks import welcome_coordinator
from bot.slack import Act, read_act
from commands.home._page import show

log = logging.getLogger(__name__)


def whisper(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The queue, to the coordinator who asked and to nobody else."""
    ack()
    _draw(deps, read_act(body), Wanted(), replace=False)


def narrow(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Another choice in one of the menus."""
    ack()
    act = read_act(body)
    stood = blocks.state_in(act.block_id) or Wanted()
    draw(deps, act, blocks.chosen(stood, act.action.removeprefix("observations.queue_"), act.value))


def turn(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Another page, of the queue or of the phenomena, or all open ones again."""
    ack()
    act = read_act(body)
    draw(deps, act, read(act.value))


def ask_for_words(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act = read_act(body)
    place, t = act.response_url if act.ephemeral else "", people.texts(deps, act)
    deps.slack.open_view(act.trigger, blocks.words_form(t, read(act.value), place))


def search(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """What the guard stops is not searched for: the form stays, with the words in it."""
    act = read_act(body)
    wanted, response_url = blocks.read_words_form(body.get("view") or {})
    try:
        queues.examine_words(wanted.words)
    except PersonalDataFound as problem:
        ack(response_action="errors", errors=field_errors(people.texts(deps, act), problem))
        return
    ack()
    redraw(deps, act, wanted, response_url)


def draw(deps: Deps, act: Act, wanted: Wanted, said: str = "") -> None:
    """In place of what was pressed, under what is `said`."""
    redraw(deps, act, wanted, act.response_url if act.ephemeral else "", said)


def redraw(deps: Deps, act: Act, wanted: Wanted, response_url: str, said: str = "") -> None:
    """The queue anew where it stands: in the whispered message, or ("") in App Home; above it what was `said`."""
    if response_url:
        _draw(deps, Act(act.user, act.team, response_url=response_url), wanted, said, replace=True)
    else:
        welcome_coordinator(deps, act)
        show(deps, act, said, wanted)


def _draw(deps: Deps, act: Act, wanted: Wanted, said: str = "", *, replace: bool) -> None:
    t, who = welcome_coordinator(deps, act)
    message = blocks.message(t, deps.vocabularies, queues.page(deps, who, wanted, said))
    deps.slack.whisper(act.response_url, *message, replace=replace)


def refresh(deps: Deps, act: Act, carried: Mapping[str, str], done: str = "") -> None:
    """Says what was `done` where it was done: above the queue, drawn anew, or whispered below another message.

    What keeps that from being said loses nothing.
    """
    wanted, response_url = blocks.origin_of(carried)
    try:
        if wanted:
            redraw(deps, act, wanted, response_url, done)
        elif response_url and done:
            deps.slack.whisper(response_url, *said(done))
    except (SlackError, Problem) as error:
        log.info("the queue could not be drawn anew: %s", type(error).__name__)

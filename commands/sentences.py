"""Coordinators take out one sentence that a member wrote beside a card or an answer, where it stands."""

import logging
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.blocks import sentences as blocks
from bot.blocks.observations import explained
from bot.blocks.parts import said
from bot.deps import Deps
from bot.errors import Problem, SlackError
from bot.services import people, sentences
from bot.services.networks import welcome_coordinator
from bot.slack import read_act

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    app.action("sentences.take_out")(partial(take_out, deps))


def take_out(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """What came of it stands in the sentence's place; the rest of the modal stays, with what was typed in it."""
    ack()
    act = read_act(body)
    number, who, mark = blocks.read_value(act.value)
    t = people.texts(deps, act)
    try:
        key = sentences.take_out(deps, welcome_coordinator(deps, act)[1], number, who, mark)
    except Problem as problem:
        text = explained(t, problem)
    else:
        text = t("You took this sentence out. I tell its writer.")
        deps.run_soon(_tell_writer, key, who, number)
    deps.slack.update_view(act.view_id, blocks.with_said(body.get("view"), act.block_id, text))


def _tell_writer(deps: Deps, key: str, who: str, number: str) -> None:
    """At once and not by the ledger, which would keep the name of who wrote without one."""
    try:
        if user := sentences.writer(deps, key, who):
            t = people.words_for(deps, user)
            deps.slack.post(user, *said(t(
                "Thank you for telling how it went. A coordinator took out the sentence that you wrote of {number};"
                " the rest of what you told still counts.", number=number,
            )))  # fmt: skip
    except SlackError as error:  # the sentence is gone all the same
        log.info("a writer could not be told that a sentence was taken out: %s", error.code)

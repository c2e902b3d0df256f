"""The coordinator's hand, from an observation's review: taken, handed over, its classification and words put right."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import hand as blocks
from bot.blocks import reviews
from bot.blocks.hand import HandRead
from bot.blocks.parts import Block
from bot.blocks.submissions import carried_in
from bot.deps import Deps
from bot.dialogs import open_drawn, redraw_form
from bot.errors import ChangedMeanwhile, Problem, SlackError
from bot.rules.redactions import other_forms
from bot.rules.reviews import classes_of
from bot.services import observations, practices
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import dig, read_act
from bot.texts import Texts
from commands.home._forms import is_stored
from commands.home._queue import refresh
from commands.home._reviews import as_it_stands, changed_by

DEEDS = {"observations.take": observations.take, "observations.let_go": observations.let_go}


def press(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Taken or let go by one press; the review and the queue show it."""
    ack()
    act, origin = read_act(body), reviews.kept_origin(carried_in(body.get("view")))

    def change(who: Actor) -> None:
        DEEDS[act.action](deps, who, act.value)

    redraw_form(deps, act, partial(changed_by, deps, body, change), welcome_coordinator)
    refresh(deps, act, origin)


def hand_over(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act, origin = read_act(body), reviews.kept_origin(carried_in(body.get("view")))
    number, to = act.block_id.partition(".")[2], str(dig(body, "actions", 0, "selected_option", "value") or "")

    def change(who: Actor) -> None:
        observations.hand_over(deps, who, number, to)

    redraw_form(deps, act, partial(changed_by, deps, body, change), welcome_coordinator)
    refresh(deps, act, origin)


def open_correction(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """On top of the review, so that nothing typed there is lost."""
    ack()
    act, origin = read_act(body), reviews.kept_origin(carried_in(body.get("view")))

    def draw(t: Texts, who: Actor) -> Block:
        row = observations.look_again(deps, who, act.value).row
        read = HandRead(row.number, row.version, classes_of(row), origin=origin)
        return blocks.correct_form(t, deps.vocabularies, read)

    open_drawn(deps, act, draw, welcome_coordinator)


def submit_correction(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    read = blocks.read_form(body.get("view") or {})

    def store(who: Actor) -> object:
        return observations.reclassify(deps, who, read.number, read.version, read.classes)

    def again(problem: Problem) -> Block:
        t, who = welcome_coordinator(deps, read_act(body))
        row = observations.look_again(deps, who, read.number).row
        return blocks.correct_form(t, deps.vocabularies, _newer(read, problem, row.version), problem)

    if is_stored(deps, ack, body, store, again):
        _show_below(deps, body, read)


def _newer(read: HandRead, problem: Problem, version: int) -> HandRead:
    """After a change by somebody else, what is sent again is meant for the observation as it is now."""
    return replace(read, version=version) if isinstance(problem, ChangedMeanwhile) else read


def open_redaction(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    ack()
    act, origin = read_act(body), reviews.kept_origin(carried_in(body.get("view")))

    def draw(t: Texts, who: Actor) -> Block:
        row = observations.look_again(deps, who, act.value).row
        return blocks.redact_form(t, row, HandRead(row.number, row.version, origin=origin))

    open_drawn(deps, act, draw, welcome_coordinator)


def submit_redaction(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    read = blocks.read_form(body.get("view") or {})

    def store(who: Actor) -> object:
        return observations.redact(deps, who, read.number, read.version, read.words)

    def again(problem: Problem) -> Block:
        t, who = welcome_coordinator(deps, read_act(body))
        row = observations.look_again(deps, who, read.number).row
        return blocks.redact_form(t, row, _newer(read, problem, row.version), problem)

    if is_stored(deps, ack, body, store, again):
        _show_below(deps, body, read, partial(_left_over, deps, read))


def _left_over(deps: Deps, read: HandRead, t: Texts, who: Actor) -> str:
    """Where the words stand still, or other forms of them, for the coordinator to go on with."""
    row = observations.look_again(deps, who, read.number).row
    forms = other_forms(f"{row.text} {row.proposal}", read.words, deps.analyser)
    return blocks.left_over(t, forms, practices.holding(deps, who, read.words))


def _show_below(
    deps: Deps, body: dict[str, Any], read: HandRead, said: Callable[[Texts, Actor], str] = lambda *_: ""
) -> None:
    """The review beneath, under what is `said`, and the queue that it was opened from, as they stand now."""
    act, below = read_act(body), str(dig(body, "view", "previous_view_id") or "")
    with suppress(SlackError):  # they have closed it
        t, who = welcome_coordinator(deps, act)
        view = as_it_stands(deps, read.number, dict(read.origin or {}), t, who, said(t, who))
        deps.slack.update_view(below, view)
    refresh(deps, act, dict(read.origin or {}))

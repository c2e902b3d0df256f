"""Reviewing an observation: opened from wherever its button stands, sent once, never losing what was typed."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import phenomena as phenomenon_blocks
from bot.blocks import reviews as blocks
from bot.blocks.observations import seen_in
from bot.blocks.parts import Block
from bot.blocks.reviews import ReviewRead
from bot.deps import Deps
from bot.dialogs import draw_again, put_in_place_of_form
from bot.errors import InvalidDraft, Problem
from bot.rules import statuses
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.reviews import Review
from bot.rules.statuses import Status
from bot.services import observations, people, phenomena, search
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts
from commands.home._forms import came_from, is_stored, kept
from commands.home._queue import refresh


def opened(deps: Deps, act: Act, t: Texts, who: Actor) -> Block:
    review, origin = observations.open_review(deps, who, act.value), came_from(deps, act)
    return _form(deps, t, review, blocks.unread(review, origin))


def as_it_stands(deps: Deps, number: str, origin: dict[str, str], t: Texts, who: Actor, notice: str = "") -> Block:
    """The same of one that has just been changed, for the modal that is open already."""
    review = observations.look_again(deps, who, number)
    return _form(deps, t, review, blocks.unread(review, origin), notice)


def changed_by(deps: Deps, body: dict[str, Any], change: Callable[[Actor], object], t: Texts, who: Actor) -> Block:
    """The open review after a change, or with why there is none above it; either with all that was typed."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    try:
        change(who)
        review = observations.look_again(deps, who, read.number)
    except Problem as problem:
        return draw_again(t, body, problem, partial(_drawn, deps, act, read))
    return _form(deps, t, review, read)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    if read.step.phenomenon == blocks.NEW:
        ask_for_phenomenon(deps, ack, body, read, partial(_drawn, deps, act, read))
        return
    if is_stored(deps, ack, body, partial(store_move, deps, read), partial(_drawn, deps, act, read)):
        refresh(deps, act, read.origin, people.texts(deps, act)("Saved."))


def fit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Another status was chosen: the form shows what that one needs, and keeps what was typed."""
    ack()
    act = read_act(body)
    deps.slack.update_view(act.view_id, blocks.fitted(people.texts(deps, act), body.get("view")))


def store_move(deps: Deps, read: ReviewRead, who: Actor) -> None:
    if read.step.phenomenon:
        phenomena.join(deps, who, read.several, read.step)
        return
    observations.move_on(deps, who, read.number, read.version, read.step, read.others)


def _drawn(deps: Deps, act: Act, read: ReviewRead, problem: Problem) -> Block:
    """The observation as it stands now, with all that was typed, and what has changed meanwhile."""
    t, who = welcome_coordinator(deps, act)
    review = observations.look_again(deps, who, read.number)
    if not statuses.following(review.row.status):
        return blocks.form(t, deps.vocabularies, review, read, blocks.meanwhile(t, review.moves, read.last_step))
    again, notice = kept(t, read, problem, review.row.version, review.moves)
    return _form(deps, t, review, again, notice, warned=bool(seen_in(problem)))


def _form(deps: Deps, t: Texts, review: Review, read: ReviewRead, notice: str = "", *, warned: bool = False) -> Block:
    """The review with those alike beside it."""
    similar = search.similar_observations(deps, review.row, review.today) if review.row.text else ()
    return blocks.form(t, deps.vocabularies, replace(review, similar=similar), read, notice, warned=warned)


def ask_for_phenomenon(
    deps: Deps, ack: Ack, body: dict[str, Any], read: ReviewRead, again: Callable[[Problem], Block]
) -> None:
    """The form of a new phenomenon takes the place of what was sent, with what was typed to the reporters in it."""
    put_in_place_of_form(deps, ack, read_act(body), partial(_new_one, deps, body, read, again), welcome_coordinator)


def _new_one(
    deps: Deps, body: dict[str, Any], read: ReviewRead, again: Callable[[Problem], Block], t: Texts, who: Actor
) -> Block:
    try:
        row = observations.look_again(deps, who, read.number).row
        if not statuses.joining(row.status):
            raise InvalidDraft({"phenomenon": statuses.NO_SUCH_STEP})
    except Problem as problem:
        return draw_again(t, body, problem, again)
    chosen = "" if read.step.status == Status.JOINED else read.step.status
    joins = replace(read, step=replace(read.step, phenomenon="", status=chosen))
    new = phenomenon_blocks.PhenomenonRead(
        PhenomenonDraft(theme=row.theme), secrets.token_urlsafe(16), read.origin, joins
    )
    return phenomenon_blocks.form(t, deps.vocabularies, new)

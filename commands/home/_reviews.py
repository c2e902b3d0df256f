"""Reviewing an observation: opened from wherever its button stands, sent once, never losing what was typed."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import phenomena as phenomenon_blocks
from bot.blocks import queues
from bot.blocks import reviews as blocks
from bot.blocks.observations import loading, seen_in
from bot.blocks.parts import Block
from bot.blocks.reviews import ReviewRead
from bot.deps import Deps
from bot.errors import InvalidDraft, Problem
from bot.rules import statuses
from bot.rules.phenomena import Draft
from bot.rules.reviews import Review
from bot.rules.statuses import Status
from bot.services import networks, observations, people, search
from bot.slack import Act, read_act, update_in_time
from bot.texts import Texts
from commands.home._forms import answer, kept, redrawn
from commands.home._queue import refresh
from storage.models import Observation


def opened(deps: Deps, act: Act, t: Texts) -> Block:
    review, origin = observations.open_review(deps, act.user, act.value), queues.origin_at(act)
    return blocks.form(t, deps.vocabularies, review, blocks.unread(review, origin), similar=_similar(deps, review))


def as_it_stands(deps: Deps, act: Act, number: str, origin: dict[str, str]) -> Block:
    """The same of one that has just been changed, for the modal that is open already."""
    t, review = networks.speak_to_coordinator(deps, act), observations.look_again(deps, act.user, number)
    return blocks.form(t, deps.vocabularies, review, blocks.unread(review, origin), similar=_similar(deps, review))


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    if read.step.phenomenon == blocks.NEW:
        _ask_for_phenomenon(deps, ack, body, act, read)
        return
    store = partial(_store, deps, act, read)
    if answer(deps, ack, body, act, store, partial(_drawn, deps, act, read)):
        refresh(deps, act, read.origin)


def _store(deps: Deps, act: Act, read: ReviewRead) -> None:
    people.member(deps, act)
    observations.move_on(deps, act.user, read.number, read.version, read.step)


def _drawn(deps: Deps, act: Act, read: ReviewRead, problem: Problem) -> Block:
    """The observation as it stands now, with all that was typed, and what has changed meanwhile."""
    t, review = people.texts(deps, act), observations.look_again(deps, act.user, read.number)
    if not statuses.following(review.row.status):
        return blocks.form(t, deps.vocabularies, review, read, blocks.meanwhile(t, review.moves, read.last_step))
    again, notice = kept(t, read, problem, review.row.version, review.moves)
    warned, similar = bool(seen_in(problem)), _similar(deps, review)
    return blocks.form(t, deps.vocabularies, review, again, notice, warned=warned, similar=similar)


def _similar(deps: Deps, review: Review) -> Sequence[Observation]:
    return search.similar_observations(deps, review.row, review.today) if review.row.text else ()


def _ask_for_phenomenon(deps: Deps, ack: Ack, body: dict[str, Any], act: Act, read: ReviewRead) -> None:
    """The form of a new phenomenon takes the review's place, with what was typed to the reporter in it."""
    if read.step.status not in ("", Status.JOINED):
        ack(response_action="errors", errors={"phenomenon": people.texts(deps, act)(statuses.ONE_OF_TWO)})
    else:
        update_in_time(deps.slack, ack, act.view_id, deps.workers.submit(_new_one, deps, body, act, read), loading())


def _new_one(deps: Deps, body: dict[str, Any], act: Act, read: ReviewRead) -> Block:
    try:
        t = networks.speak_to_coordinator(deps, act)
        row = observations.look_again(deps, act.user, read.number).row
        if not statuses.joining(row.status):
            raise InvalidDraft({"phenomenon": statuses.NO_SUCH_STEP})
    except Problem as problem:
        return redrawn(deps, act, body, problem, partial(_drawn, deps, act, read))
    joins = replace(read, step=replace(read.step, phenomenon="", status=""))
    new = phenomenon_blocks.FormRead(Draft(theme=row.theme), secrets.token_urlsafe(16), read.origin, joins)
    return phenomenon_blocks.form(t, deps.vocabularies, new)

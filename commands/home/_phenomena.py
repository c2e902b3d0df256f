"""Phenomena at the coordinators' desk: made, reviewed and published."""

import secrets
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import phenomena as blocks
from bot.blocks import queues, reviews
from bot.blocks.languages import in_each
from bot.blocks.observations import explained, notice, refusal, seen_in
from bot.blocks.parts import Block
from bot.blocks.phenomena import PhenomenonRead
from bot.blocks.reviews import ReviewRead
from bot.deps import Deps
from bot.errors import ChangedMeanwhile, Problem
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.queues import Wanted
from bot.services import observations, people, phenomena
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor, actor
from bot.slack import Act, read_act
from bot.texts import Texts
from commands.home._forms import came_from, is_stored, kept
from commands.home._queue import draw, refresh


def new(deps: Deps, act: Act, t: Texts, _who: Actor) -> Block:
    return blocks.form(
        t, deps.vocabularies, PhenomenonRead(PhenomenonDraft(), secrets.token_urlsafe(16), queues.origin_at(act))
    )


def submit_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    store, redrawn = partial(_store_phenomenon, deps, read), partial(_drawn, deps, act, read)
    if is_stored(deps, ack, body, store, redrawn, then="clear"):  # what lies below shows what it joins, as it was
        refresh(deps, act, read.origin, people.texts(deps, act)("Saved."))


def _store_phenomenon(deps: Deps, read: PhenomenonRead, who: Actor) -> None:
    joins = (read.joins.several, read.joins.step) if read.joins else None
    phenomena.create(deps, who, read.draft, read.nonce, joins)


def _drawn(deps: Deps, act: Act, read: PhenomenonRead, problem: Problem) -> Block:
    """The form with all that was typed, and what has changed meanwhile of the observation that it joins."""
    t, who = welcome_coordinator(deps, act)
    joins, changed = _as_it_stands(deps, who, t, read)
    seen = seen_in(problem)
    draft = replace(read.draft, confirmed=seen or read.draft.confirmed)
    said = [changed if isinstance(problem, ChangedMeanwhile) else explained(t, problem, "Save")]
    return blocks.form(
        t, deps.vocabularies, replace(read, draft=draft, joins=joins), "\n".join(said), warned=bool(seen)
    )


def _as_it_stands(deps: Deps, who: Actor, t: Texts, read: PhenomenonRead) -> tuple[ReviewRead | None, str]:
    if read.joins is None:
        return None, ""
    review = observations.look_again(deps, who, read.joins.number)
    changed = reviews.meanwhile(t, review.moves, read.joins.last_step)
    rows = observations.get_several(deps, who, [number for number, _ in read.joins.others])
    others = [(row.number, row.version) for row in rows if row.text]
    return replace(read.joins, version=review.row.version, last_step=review.last_step, others=others), changed


def review(deps: Deps, act: Act, t: Texts, who: Actor) -> Block:
    found = phenomena.review(deps, who, act.value)
    return blocks.review(t, deps.vocabularies, found, blocks.unread(found, came_from(deps, act)))


def submit_review(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act, read = read_act(body), blocks.read_review(body.get("view") or {})
    if is_stored(deps, ack, body, partial(_move_on, deps, read), partial(_redrawn, deps, act, read)):
        refresh(deps, act, read[0].origin, people.texts(deps, act)("Saved."))


def _move_on(deps: Deps, read: tuple[ReviewRead, PhenomenonDraft], who: Actor) -> None:
    review, draft = read
    phenomena.move_on(deps, who, review.number, review.version, draft, review.step)


def _redrawn(deps: Deps, act: Act, read: tuple[ReviewRead, PhenomenonDraft], problem: Problem) -> Block:
    t, who = welcome_coordinator(deps, act)
    found = phenomena.review(deps, who, read[0].number)
    review, notice = kept(t, read[0], problem, found.shown.row.version, found.moves)
    return blocks.review(t, deps.vocabularies, found, (review, read[1]), notice, warned=bool(seen_in(problem)))


def preview(deps: Deps, act: Act, t: Texts, who: Actor) -> Block:
    shown = phenomena.review(deps, who, act.value).shown
    if shown.row.published_on:
        return notice(t, t("Published {day}.", day=t.day(shown.row.published_on)))
    drawn = in_each(people.channel_words(deps), lambda words: blocks.post(words, shown))[1]
    return blocks.preview(t, shown, drawn, queues.origin_at(act))


def publish(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    act = read_act(body)
    number, origin = blocks.read_preview(body.get("view") or {})
    refused = partial(refusal, people.texts(deps, act))
    if is_stored(deps, ack, body, lambda who: phenomena.publish(deps, who, number), refused):
        t = people.texts(deps, act)
        refresh(deps, act, origin, t("The phenomenon is published. It stands in the channel in a moment."))


def take_down(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """The post goes from the channel; the desk shows so where it was pressed."""
    ack()
    act = read_act(body)
    phenomena.take_down(deps, actor(deps, act), act.value)
    t = people.texts(deps, act)
    draw(deps, act, queues.state_in(act.block_id) or Wanted(), t("The post goes from the channel in a moment."))

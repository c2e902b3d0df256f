"""One answer to several observations, from the queue as it is narrowed or from one and those that are like it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import queues, reviews
from bot.blocks import several as blocks
from bot.blocks.observations import explained, seen_in
from bot.blocks.parts import Block
from bot.blocks.reviews import NEW, ReviewRead
from bot.deps import Deps
from bot.errors import N_, InvalidDraft, Problem
from bot.rules.queues import Wanted
from bot.rules.statuses import OPEN, Step
from bot.services import observations, people, phenomena, search
from bot.services import queues as queue
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts
from commands.home._forms import is_stored
from commands.home._queue import refresh
from commands.home._reviews import ask_for_phenomenon, store_move
from storage.models import Observation

NONE_TICKED = N_("Tick at least one observation.")


def opened(deps: Deps, act: Act, t: Texts, who: Actor) -> Block:
    """From a review with what was typed there: that one is ticked, and those like it come first."""
    if not act.depth:
        origin = queues.origin_at(act)
        read = ReviewRead("", -1, 0, Step(), origin)
        return _form(deps, t, who, _of_queue(deps, who, origin), read)
    read = reviews.read_form(act.view)
    review = observations.look_again(deps, who, read.number)
    rows = [
        review.row,
        *search.similar_observations(deps, review.row, review.today),
        *_of_queue(deps, who, read.origin),
    ]
    return _form(deps, t, who, rows, read)


def _of_queue(deps: Deps, who: Actor, origin: dict[str, str]) -> Sequence[Observation]:
    """Those of the queue from the page on that is seen."""
    wanted, _ = queues.origin_of(origin)
    return queue.rows(deps, who, wanted or Wanted(), blocks.MOST)


def _form(
    deps: Deps,
    t: Texts,
    who: Actor,
    rows: Iterable[Observation],
    read: ReviewRead,
    notice: str = "",
    *,
    warned: bool = False,
) -> Block:
    found = {row.number: row for row in rows if row.status in OPEN and row.text}
    return blocks.form(
        t, list(found.values())[: blocks.MOST], phenomena.to_join(deps, who), read, notice, warned=warned
    )


def count_hearers(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Others were ticked: the form says how many hear of it now."""
    ack()
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    t, who = welcome_coordinator(deps, act)
    rows = observations.get_several(deps, who, [number for number, _ in read.several])
    deps.slack.update_view(act.view_id, blocks.told_to(t, body.get("view"), rows))


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Once it is stored, all modals close, since what they show has changed; the queue says how many were saved."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    redrawn = partial(_drawn, deps, act, body)
    if read.number and read.step.phenomenon == NEW:
        ask_for_phenomenon(deps, ack, body, read, redrawn)
        return
    if is_stored(deps, ack, body, partial(_store, deps, read), redrawn, then="clear"):
        t, count = people.texts(deps, act), len(read.several)
        refresh(deps, act, read.origin, t.many("{n} observation saved.", "{n} observations saved.", count))


def _store(deps: Deps, read: ReviewRead, who: Actor) -> None:
    if not read.number:
        raise InvalidDraft({"others": NONE_TICKED})
    store_move(deps, read, who)


def _drawn(deps: Deps, act: Act, body: dict[str, Any], problem: Problem) -> Block:
    """The observations as they stand now, with all that was ticked and typed."""
    t, who = welcome_coordinator(deps, act)
    view = body.get("view") or {}
    read, numbers = blocks.read_form(view), blocks.listed_in(view)
    rows = sorted(observations.get_several(deps, who, numbers), key=lambda row: numbers.index(row.number))
    read = replace(read, step=replace(read.step, confirmed=seen_in(problem) or read.step.confirmed))
    return _form(deps, t, who, rows, read, explained(t, problem, "Save"), warned=bool(seen_in(problem)))

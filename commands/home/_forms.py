"""How the desk's forms are opened, and drawn again where something keeps them from being stored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal

from slack_bolt import Ack

from bot.blocks import queues
from bot.blocks.observations import explained, seen_in
from bot.blocks.parts import Block
from bot.blocks.reviews import BACK, ReviewRead, kept_origin, meanwhile
from bot.blocks.submissions import as_typed, carried_in
from bot.deps import Deps
from bot.dialogs import Form, answer, has_room, open_drawn
from bot.errors import ChangedMeanwhile, Problem
from bot.services import people
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor
from bot.slack import Act, read_act
from bot.texts import Texts
from storage.models import Move


def open_for_coordinators(
    deps: Deps,
    draw: Callable[[Deps, Act, Texts, Actor], Block],
    ack: Ack,
    body: dict[str, Any],
    *,
    leads_on: bool = False,
) -> None:
    ack()
    act = read_act(body)
    open_drawn(deps, act, partial(draw, deps, act), welcome_coordinator, leads_on=leads_on)


def came_from(deps: Deps, act: Act) -> dict[str, str]:
    """The queue or the message that a review was opened from; of a modal in whose place it stands, the way back too."""
    if not act.depth:
        return queues.origin_at(act)
    origin = kept_origin(carried_in(act.view))
    origin.pop(BACK, None)  # of the modal below
    return origin if has_room(act, leads_on=True) else {**origin, BACK: deps.forms.put(act.user, as_typed(act.view))}


def is_stored(
    deps: Deps,
    ack: Ack,
    body: dict[str, Any],
    store: Callable[[Actor], object],
    again: Callable[[Problem], Block],
    then: Literal["close", "clear"] = "close",
) -> bool:
    """Closes the modal, or all of them, once it is stored, and returns whether it was."""
    act = read_act(body)
    done = people.texts(deps, act)("Saved.")
    return bool(answer(deps, ack, body, act, store, Form(again, done, then)))


def kept(t: Texts, read: ReviewRead, problem: Problem, version: int, moves: Sequence[Move]) -> tuple[ReviewRead, str]:
    """A review with the warnings that it now shows, and what stands above it: also what has changed meanwhile."""
    changed, is_newer = isinstance(problem, ChangedMeanwhile), version != read.version
    said = [] if changed and is_newer else [explained(t, problem, "Save")]
    said += [meanwhile(t, moves, read.last_step)] if is_newer else []
    return replace(read, step=replace(read.step, confirmed=seen_in(problem) or read.step.confirmed)), "\n".join(said)

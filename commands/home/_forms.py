"""How the desk's forms are opened, and drawn again where something keeps them from being stored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks.observations import explained, seen_in
from bot.blocks.parts import Block
from bot.blocks.reviews import ReviewRead, meanwhile
from bot.deps import Deps
from bot.dialogs import Form, answer, open_drawn
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
    on_top: bool = False,
) -> None:
    ack()
    act = read_act(body)
    open_drawn(deps, act, partial(draw, deps, act), welcome_coordinator, on_top=on_top)


def is_stored(
    deps: Deps,
    ack: Ack,
    body: dict[str, Any],
    store: Callable[[Actor], object],
    again: Callable[[Problem], Block],
) -> bool:
    """Closes the modal once it is stored, and returns whether it was."""
    act = read_act(body)
    done = people.texts(deps, act)("Saved.")
    return bool(answer(deps, ack, body, act, store, Form(again, done)))


def kept(t: Texts, read: ReviewRead, problem: Problem, version: int, moves: Sequence[Move]) -> tuple[ReviewRead, str]:
    """A review with the warnings that it now shows, and what stands above it: also what has changed meanwhile."""
    changed, is_newer = isinstance(problem, ChangedMeanwhile), version != read.version
    said = [] if changed and is_newer else [explained(t, problem, "Save")]
    said += [meanwhile(t, moves, read.last_step)] if is_newer else []
    return replace(read, step=replace(read.step, confirmed=seen_in(problem) or read.step.confirmed)), "\n".join(said)

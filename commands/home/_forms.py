"""How the desk's forms are opened and answered: closed once it is stored, else with what was typed and why not."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks.observations import explained, field_errors, loading, notice, refusal, saving, seen_in
from bot.blocks.parts import Block
from bot.blocks.reviews import ReviewRead, meanwhile
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.errors import ChangedMeanwhile, DatabaseUnavailable, NotAMember, PersonUnknown, Problem
from bot.services import networks, people
from bot.slack import ANSWER_SECONDS, Act, dig, open_and_fill, read_act, tell_late
from bot.texts import Texts
from storage.models import Move

Drawn = Callable[[Deps, Act, Texts], Block]
PASSING = (DatabaseUnavailable, PersonUnknown)  # the same form may go through in a minute


def open_drawn(deps: Deps, draw: Drawn, ack: Ack, body: dict[str, Any]) -> None:
    """Opens at once, and shows what `draw` makes; to who is no coordinator, or where it is not to be had, why not."""
    ack()
    act = read_act(body)
    open_and_fill(deps.slack, act.trigger, loading(), partial(drawn_or_refused, deps, act, draw))


def drawn_or_refused(deps: Deps, act: Act, draw: Drawn) -> Block:
    try:
        return draw(deps, act, networks.speak_to_coordinator(deps, act))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def answer(
    deps: Deps,
    ack: Ack,
    body: dict[str, Any],
    act: Act,
    store: Callable[[], None],
    drawn: Callable[[Problem], Block],
) -> bool:
    """Closes the modal once it is stored; errors go to their fields, anything else into the form as `drawn`.

    Answers whether it was stored. Storing and drawing both count for Slack's three seconds.
    """
    trying = deps.workers.submit(_tried, deps, act, body, store, drawn)
    try:
        problem, said = trying.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        t = people.texts(deps, act)
        ack(response_action="update", view=saving(t))
        problem, said = trying.result()
        if problem and "errors" in said:
            said = {"view": redrawn(deps, act, body, problem, drawn)}
        tell_late(deps.slack, act.view_id, said.get("view") or notice(t, t("Saved.")), problem)
    else:
        ack(**said)
    return problem is None


def _tried(
    deps: Deps, act: Act, body: dict[str, Any], store: Callable[[], None], drawn: Callable[[Problem], Block]
) -> tuple[Problem | None, dict[str, Any]]:
    """What went wrong, if anything, and the answer to the submission."""
    try:
        store()
    except Problem as problem:
        if errors := _at_fields(people.texts(deps, act), body, problem):
            return problem, {"response_action": "errors", "errors": errors}
        return problem, {"response_action": "update", "view": redrawn(deps, act, body, problem, drawn)}
    return None, {}


def redrawn(deps: Deps, act: Act, body: dict[str, Any], problem: Problem, drawn: Callable[[Problem], Block]) -> Block:
    """The form as `drawn`; as it was sent, where that cannot be drawn now; a refusal where it is not to be had."""
    try:
        if not isinstance(problem, (*PASSING, NotAMember)):  # what is drawn asks by the account, not by its workspace
            return drawn(problem)
    except Problem as another:
        problem = another
    if isinstance(problem, PASSING):
        return again(body.get("view"), explained(people.texts(deps, act), problem))
    return refusal(people.texts(deps, act), problem)


def _at_fields(t: Texts, body: dict[str, Any], problem: Problem) -> dict[str, str]:
    """Errors by field, where all of them have a field in this form."""
    errors, drawn = field_errors(t, problem), dig(body, "view", "blocks")
    fields = {dig(block, "block_id") for block in drawn if dig(block, "type") == "input"} if drawn else set()
    return errors if set(errors) <= fields else {}


def kept(t: Texts, read: ReviewRead, problem: Problem, version: int, moves: Sequence[Move]) -> tuple[ReviewRead, str]:
    """A review with the warnings that it now shows, and what stands above it: also what has changed meanwhile."""
    said = [] if isinstance(problem, ChangedMeanwhile) else [explained(t, problem)]
    said += [meanwhile(t, moves, read.last_step)] if version != read.version else []
    return replace(read, step=replace(read.step, confirmed=seen_in(problem) or read.step.confirmed)), "\n".join(said)

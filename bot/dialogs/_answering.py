"""Submitted forms, answered within Slack's three seconds; a form never loses its words, whatever the database does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from slack_bolt import Ack

from bot.blocks.observations import explained, field_errors, notice, refusal, saving
from bot.blocks.parts import Block
from bot.blocks.submissions import again as as_sent
from bot.deps import Deps
from bot.errors import DatabaseUnavailable, NotACoordinator, NotAMember, PersonUnknown, Problem, SlackError
from bot.services import people, permissions
from bot.services.permissions import Actor
from bot.slack import Act, dig
from bot.texts import Texts

ANSWER_SECONDS = 2.0  # of a submission's three
PASSING = (DatabaseUnavailable, PersonUnknown)  # the same form may go through in a minute
Result = TypeVar("Result")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Form:
    """A submitted form: how it looks again with what was typed, and what stands in its place once it is stored.

    `done` is drawn where the answer comes late; a text is said in a view of its own. `then` is what becomes of the
    modal where it does not: it closes, all of them are cleared, or `done` is shown. `t` are the words it was drawn in.
    `closed` is told of what was stored where the person has closed the modal before.
    """

    again: Callable[[Problem], Block]
    done: str | Callable[[Any], Block]
    then: Literal["close", "clear", "show"] | Callable[[Any], Literal["close", "clear", "show"]] = "close"
    t: Texts | None = None
    closed: Callable[[Any], None] | None = None
    refuses: bool = True  # it is not shown again to somebody who may not see it
    at_fields: bool = True  # errors stand at their fields; else above the form
    check: Callable[[Deps, Act], Actor] = permissions.actor
    waiting: Block | None = None  # stands there meanwhile, where it takes long


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[Result]):
    stored: tuple[Result, ...] = ()
    problem: Problem | None = None
    said: dict[str, Any] | None = None  # the answer to the submission


def answer(
    deps: Deps, ack: Ack, body: dict[str, Any], act: Act, store: Callable[[Actor], Result], form: Form
) -> tuple[Result, ...]:
    """Stores what a member has sent, and answers in time: errors at their fields, anything else in the form.

    Returns what was stored, () where nothing was. What is late is told in the modal; where that was closed meanwhile, a
    problem is raised, so that it is said in a message with the way back to the form.
    """
    t = form.t or people.texts(deps, act)
    trying = deps.workers.submit(_tried, deps, t, body, act, store, form)
    try:
        outcome = trying.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        ack(response_action="update", view=form.waiting or saving(t))
        outcome = trying.result()
        _tell_late(deps, t, body, act, outcome, form)
    else:
        ack(**outcome.said or {})
    return outcome.stored


def _tried(
    deps: Deps, t: Texts, body: dict[str, Any], act: Act, store: Callable[[Actor], Result], form: Form
) -> _Outcome[Result]:
    """Stores and draws in a worker, since both count for the three seconds."""
    try:
        result = store(form.check(deps, act))
    except Problem as problem:
        if form.at_fields and (errors := _at_fields(t, body, problem)):
            return _Outcome(problem=problem, said={"response_action": "errors", "errors": errors})
        return _Outcome(problem=problem, said=_update(draw_again(t, body, problem, form.again, refuses=form.refuses)))
    then = form.then if isinstance(form.then, str) else form.then(result)
    if then == "show":
        return _Outcome((result,), said=_update(_done(t, result, form)))
    return _Outcome((result,), said={"response_action": "clear"} if then == "clear" else {})


def _update(view: Block) -> dict[str, Any]:
    return {"response_action": "update", "view": view}


def _done(t: Texts, result: object, form: Form) -> Block:
    return notice(t, form.done) if isinstance(form.done, str) else form.done(result)


def draw_again(
    t: Texts, body: dict[str, Any], problem: Problem, again: Callable[[Problem], Block], *, refuses: bool = True
) -> Block:
    """The form as it draws itself; as it was sent, where it cannot be drawn now; a refusal where it is not for them."""
    try:
        if not refuses or not isinstance(problem, (*PASSING, NotAMember, NotACoordinator)):
            return again(problem)
    except Problem as another:
        problem = another
    if isinstance(problem, PASSING):
        return as_sent(body.get("view"), explained(t, problem))
    return refusal(t, problem)


def _at_fields(t: Texts, body: dict[str, Any], problem: Problem) -> dict[str, str]:
    """Errors by field, where all of them have a field in this form."""
    errors, drawn = field_errors(t, problem), dig(body, "view", "blocks")
    fields = {dig(block, "block_id") for block in drawn if dig(block, "type") == "input"} if drawn else set()
    return errors if set(errors) <= fields else {}


def _tell_late(deps: Deps, t: Texts, body: dict[str, Any], act: Act, outcome: _Outcome[Result], form: Form) -> None:
    """Draws in the modal what came of it. Of one that was closed meanwhile, only what went wrong is still told."""
    problem = outcome.problem
    view = (
        draw_again(t, body, problem, form.again, refuses=form.refuses) if problem else _done(t, outcome.stored[0], form)
    )
    try:
        deps.slack.update_view(act.view_id, view)
    except SlackError as error:
        if problem:
            raise problem from None
        log.info("a late answer found its modal closed: %s", error.code)
        if form.closed:
            form.closed(outcome.stored[0])

"""How the desk's forms are answered: closed once it is stored, else with all that was typed and what is wrong."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.blocks.observations import field_errors, notice, saving, warned
from bot.blocks.parts import Block
from bot.blocks.submissions import again
from bot.deps import Deps
from bot.errors import DatabaseUnavailable, InvalidDraft, PersonalDataFound, PersonUnknown, Problem
from bot.services import people
from bot.slack import Act, dig, tell_late
from bot.texts import Texts

PASSING = (DatabaseUnavailable, PersonUnknown)  # the same form may go through in a minute
ANSWER_SECONDS = 2.0  # of a submission's three


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
        if not isinstance(problem, PASSING):
            return drawn(problem)
    except Problem as another:
        problem = another
    if isinstance(problem, PASSING):
        return again(body.get("view"), explained(people.texts(deps, act), problem))
    return refused(deps, act, problem)


def _at_fields(t: Texts, body: dict[str, Any], problem: Problem) -> dict[str, str]:
    """Errors by field, where all of them have a field in this form."""
    errors = field_errors(t, problem) if isinstance(problem, InvalidDraft | PersonalDataFound) else {}
    drawn = dig(body, "view", "blocks")
    fields = {dig(block, "block_id") for block in drawn if dig(block, "type") == "input"} if drawn else set()
    return errors if set(errors) <= fields else {}


def seen_now(problem: Problem | None) -> frozenset[str]:
    """The warnings that the form now shows, so that sending it again confirms them."""
    if not isinstance(problem, PersonalDataFound) or problem.blocked:
        return frozenset()
    return frozenset(f"{name}:{kind}" for name, kinds in problem.warned.items() for kind in kinds)


def explained(t: Texts, problem: Problem | None) -> str:
    """What stands above the form."""
    if problem is None:
        return ""
    if isinstance(problem, PersonalDataFound) and not problem.blocked:
        return warned(t, problem)
    if isinstance(problem, InvalidDraft | PersonalDataFound):
        return " ".join(dict.fromkeys(field_errors(t, problem).values()))
    return t(problem.message, **problem.values)


def refused(deps: Deps, act: Act, problem: Problem) -> Block:
    """What stands in place of a form that is not for this person, or not to be had now."""
    t = people.texts(deps, act)
    return notice(t, t(problem.message, **problem.values))

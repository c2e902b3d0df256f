"""Modals that open at once and are answered within Slack's three seconds, whatever the database does."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from bot.errors import Problem, SlackError

ANSWER_SECONDS = 2.0  # of a submission's three
Block = dict[str, Any]
log = logging.getLogger(__name__)


class Views(Protocol):
    """The part of Slack that draws views."""

    def open_view(self, trigger: str, view: Block) -> str: ...
    def push_view(self, trigger: str, view: Block) -> str: ...
    def update_view(self, view_id: str, view: Block) -> str: ...


def open_and_fill(slack: Views, trigger: str, loading: Block, draw: Callable[[], Block]) -> None:
    """Opens the loading view, which uses up the trigger in time, and then puts in its place what `draw` makes."""
    view_id = slack.open_view(trigger, loading)
    slack.update_view(view_id, draw())


def push_and_fill(slack: Views, trigger: str, loading: Block, draw: Callable[[], Block]) -> None:
    """The same on top of the modal that is open."""
    view_id = slack.push_view(trigger, loading)
    slack.update_view(view_id, draw())


def update_in_time(slack: Views, ack: Callable[..., Any], view_id: str, drawing: Future[Block], loading: Block) -> None:
    """Puts what is drawn in the submitted modal's place; where that is late, the loading view comes first."""
    try:
        view = drawing.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        ack(response_action="update", view=loading)
        slack.update_view(view_id, drawing.result())
    else:
        ack(response_action="update", view=view)


def answer_in_time(
    slack: Views,
    ack: Callable[..., Any],
    view_id: str,
    storing: Future[Any],
    saving: Block,
    drawn: Callable[[Problem | None], Block],
    at_fields: Callable[[Problem], dict[str, str]] = lambda _problem: {},
) -> None:
    """Closes the modal once it is stored; what is late, or went wrong, is told in it as `drawn` draws it.

    What went wrong is told at its fields instead, where `at_fields` (field -> sentence) knows them.
    """
    try:
        storing.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        ack(response_action="update", view=saving)
        late = _outcome(storing)
        tell_late(slack, view_id, drawn(late), late)
    except Problem as problem:
        if errors := at_fields(problem):
            ack(response_action="errors", errors=errors)
        else:
            ack(response_action="update", view=drawn(problem))
    else:
        ack()


def _outcome(storing: Future[Any]) -> Problem | None:
    try:
        storing.result()
    except Problem as problem:
        return problem
    return None


def tell_late(slack: Views, view_id: str, view: Block, problem: Problem | None) -> None:
    """Draws in the modal what came of a submission. Where it was closed meanwhile, only what went wrong is still told.

    Raises the problem then: it is said in a message, with the way back to the form.
    """
    try:
        slack.update_view(view_id, view)
    except SlackError as error:
        if problem:
            raise problem from None
        log.info("a late answer found its modal closed: %s", error.code)

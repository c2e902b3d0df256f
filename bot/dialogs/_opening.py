"""Modals that open within the three seconds that Slack's trigger lives, whatever the database does."""

from collections.abc import Callable
from contextlib import suppress

from slack_bolt import Ack

from bot.blocks.observations import loading, refusal
from bot.blocks.parts import Block
from bot.deps import Deps
from bot.dialogs._answering import ANSWER_SECONDS
from bot.errors import Problem, ViewClosed
from bot.services import people
from bot.services.permissions import Actor
from bot.slack import Act
from bot.texts import Texts

MOST_MODALS = 3  # Slack's: a fourth on top of them is refused
PATIENCE_SECONDS = 0.8  # of a trigger's three: how long the real form is waited for before the loading one opens
Check = Callable[[Deps, Act], tuple[Texts, Actor]]
"""Finds out whether the person may see what is drawn: `people.welcome`, or that of `networks`."""
Draw = Callable[[Texts, Actor], Block]


def open_drawn(deps: Deps, act: Act, draw: Draw, check: Check = people.welcome, *, leads_on: bool = False) -> None:
    """Opens a loading view at once, which uses up the trigger in time, and puts in its place what `draw` makes.

    Anyone whom it is not for, or where it is not to be had now, reads why. It lies as `put_on_top` says.
    """
    view_id = put_on_top(deps, act, loading(), leads_on=leads_on)
    deps.slack.update_view(view_id, _drawn_or_refused(deps, act, draw, check))


def put_on_top(deps: Deps, act: Act, view: Block, *, leads_on: bool = False) -> str:
    """Opens the view, on top of the modal in which it was asked for; in that one's place where there is no room.

    Returns the id of the view that now shows it. Raises SlackError.
    """
    if not act.depth:
        return deps.slack.open_view(act.trigger, view)
    if has_room(act, leads_on=leads_on):
        return deps.slack.push_view(act.trigger, view)
    return deps.slack.update_view(act.view_id, view)


def has_room(act: Act, *, leads_on: bool = False) -> bool:
    """Whether one more modal may lie on those that are open: two where it `leads_on` to forms of its own."""
    return act.depth + leads_on < MOST_MODALS


def put_in_place_of_form(deps: Deps, ack: Ack, act: Act, draw: Draw, check: Check = people.welcome) -> None:
    """Answers a submission with another view; where drawing it takes long, the loading view comes first."""
    drawing = deps.workers.submit(_drawn_or_refused, deps, act, draw, check)
    try:
        view = drawing.result(timeout=ANSWER_SECONDS)
    except TimeoutError:
        ack(response_action="update", view=loading())
        deps.slack.update_view(act.view_id, drawing.result())
    else:
        ack(response_action="update", view=view)


def redraw_form(deps: Deps, act: Act, draw: Draw, check: Check = people.welcome) -> None:
    """Puts what `draw` makes, or why it is not to be had, in place of the modal in which a button was pressed."""
    deps.slack.update_view(act.view_id, _drawn_or_refused(deps, act, draw, check))


def _drawn_or_refused(deps: Deps, act: Act, draw: Draw, check: Check) -> Block:
    try:
        return draw(*check(deps, act))
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)


def open_when_drawn(deps: Deps, act: Act, draw: Callable[[], Block]) -> None:
    """Opens what `draw` makes; where that takes long, or the person is not known yet, a loading view comes first.

    Raises TriggerExpired, and what `draw` raises.
    """
    drawing = deps.workers.submit(draw)
    try:
        view = drawing.result(timeout=PATIENCE_SECONDS if people.known_member(deps, act) else 0)
    except TimeoutError:
        view_id = deps.slack.open_view(act.trigger, loading())
        try:
            view = drawing.result()
        except Problem as problem:
            with suppress(ViewClosed):
                deps.slack.update_view(view_id, refusal(people.texts(deps, act), problem))
            raise
        deps.slack.update_view(view_id, view)
    else:
        deps.slack.open_view(act.trigger, view)

"""Deleting an observation from its review, and bringing it back for a day."""

from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import deletions as blocks
from bot.blocks import reviews
from bot.blocks.deletions import DeletionRead
from bot.blocks.observations import explained, seen_in, withdrawn
from bot.blocks.parts import Block
from bot.blocks.queues import state_in
from bot.blocks.reviews import LASTING
from bot.blocks.submissions import carried_in
from bot.deps import Deps
from bot.dialogs import open_drawn, redraw_form
from bot.errors import ChangedMeanwhile, Problem, SlackError
from bot.rules.deletions import Deletion
from bot.rules.queues import Wanted
from bot.services import observations, people
from bot.services.networks import welcome_coordinator
from bot.services.permissions import Actor, actor
from bot.slack import Act, dig, read_act
from bot.texts import Texts
from commands.home._forms import is_stored
from commands.home._queue import draw as draw_queue
from commands.home._queue import refresh
from commands.home._reviews import as_it_stands


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """On top of the review, so that nothing typed there is lost by anyone who only looks."""
    ack()
    act, origin = read_act(body), reviews.kept_origin(carried_in(body.get("view")))

    def draw(t: Texts, who: Actor) -> Block:
        found = observations.look_before_deleting(deps, who, act.value)
        read = DeletionRead(found.row.number, found.row.version, found.last_step, Deletion(), origin)
        return blocks.form(t, deps.vocabularies, found, read)

    open_drawn(deps, act, draw, welcome_coordinator)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Once it is deleted, the review beneath shows it so, with the way back while there is one.

    It is said where the review was opened, too: above the queue, or by the edit that takes the words out of a message.
    """
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    if is_stored(deps, ack, body, partial(_delete, deps, read), partial(_again, deps, act, read)):
        deps.run_soon(observations.clean_messages, withdrawn)
        with suppress(SlackError):  # they have closed it
            below = str(dig(body, "view", "previous_view_id") or "")
            view = as_it_stands(deps, read.number, dict(read.origin), *welcome_coordinator(deps, act))
            deps.slack.update_view(below, view)
        t = people.texts(deps, act)
        refresh(deps, act, read.origin, "" if LASTING in read.origin else t("The observation was deleted."))


def _delete(deps: Deps, read: DeletionRead, who: Actor) -> None:
    observations.delete(deps, who, read.number, read.version, read.deletion)


def _again(deps: Deps, act: Act, read: DeletionRead, problem: Problem) -> Block:
    t, who = welcome_coordinator(deps, act)
    found = observations.look_before_deleting(deps, who, read.number)
    changed = isinstance(problem, ChangedMeanwhile)
    notice = reviews.meanwhile(t, found.moves, read.last_step) if changed else explained(t, problem, "Delete")
    marks = seen_in(problem)
    again = blocks.seen(read, marks, found.row.version, found.last_step)
    return blocks.form(t, deps.vocabularies, found, again, notice, warned=bool(marks))


def restore(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """One press, in the review or in the queue; either shows how it stands from then on."""
    ack()
    act = read_act(body)
    if dig(body, "view", "type") != "modal":
        observations.restore(deps, actor(deps, act), act.value)
        stood = state_in(act.block_id) or Wanted()
        t = people.texts(deps, act)
        stands = Wanted(phenomena=stood.phenomena)  # where it is to be seen again
        draw_queue(deps, act, stands, t("The observation is back."))
        return
    origin = reviews.kept_origin(carried_in(body.get("view")))

    def restored(t: Texts, who: Actor) -> Block:
        observations.restore(deps, who, act.value)
        return as_it_stands(deps, act.value, origin, t, who)

    redraw_form(deps, act, restored, welcome_coordinator)
    refresh(deps, act, origin)

"""Deleting an observation from its review, and bringing it back for a day."""

from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import Ack

from bot.blocks import deletions as blocks
from bot.blocks import reviews
from bot.blocks.deletions import FormRead
from bot.blocks.observations import explained, loading, refusal, seen_in, withdrawn
from bot.blocks.parts import Block
from bot.blocks.queues import state_in
from bot.blocks.submissions import carried_in
from bot.deps import Deps
from bot.errors import ChangedMeanwhile, Problem, SlackError
from bot.rules.deletions import Deletion
from bot.rules.queues import Wanted
from bot.services import networks, observations, people
from bot.slack import Act, dig, push_and_fill, read_act
from bot.texts import Texts
from commands.home._forms import answer, drawn_or_refused
from commands.home._queue import draw as draw_queue
from commands.home._queue import refresh
from commands.home._reviews import as_it_stands


def open_form(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """On top of the review, so that nothing typed there is lost by who only looks."""
    ack()
    act, carried = read_act(body), carried_in(body.get("view"))
    opened = partial(_new, origin=reviews.kept_origin(carried))
    push_and_fill(deps.slack, act.trigger, loading(), partial(drawn_or_refused, deps, act, opened))


def _new(deps: Deps, act: Act, t: Texts, origin: dict[str, str]) -> Block:
    found = observations.look_before_deleting(deps, act.user, act.value)
    read = FormRead(found.row.number, found.row.version, found.last_step, Deletion(), origin)
    return blocks.form(t, deps.vocabularies, found, read)


def submit(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """Once it is deleted, the review beneath shows it so, with the way back while there is one."""
    act, read = read_act(body), blocks.read_form(body.get("view") or {})
    if answer(deps, ack, body, act, partial(_delete, deps, act, read), partial(_again, deps, act, read)):
        deps.tell(observations.clean_messages, withdrawn)
        with suppress(SlackError):  # they have closed it
            root = str(dig(body, "view", "root_view_id") or "")
            deps.slack.update_view(root, as_it_stands(deps, act, read.number, dict(read.origin)))
        refresh(deps, act, dict(read.origin))


def _delete(deps: Deps, act: Act, read: FormRead) -> None:
    people.member(deps, act)
    observations.delete(deps, act.user, read.number, read.version, read.deletion)


def _again(deps: Deps, act: Act, read: FormRead, problem: Problem) -> Block:
    t, found = networks.speak_to_coordinator(deps, act), observations.look_before_deleting(deps, act.user, read.number)
    changed = isinstance(problem, ChangedMeanwhile)
    notice = reviews.meanwhile(t, found.moves, read.last_step) if changed else explained(t, problem)
    marks = seen_in(problem)
    again = blocks.seen(read, marks, found.row.version, found.last_step)
    return blocks.form(t, deps.vocabularies, found, again, notice, warned=bool(marks))


def restore(deps: Deps, ack: Ack, body: dict[str, Any]) -> None:
    """One press, in the review or in the queue; either shows how it stands from then on."""
    ack()
    act = read_act(body)
    if dig(body, "view", "type") != "modal":
        people.member(deps, act)
        observations.restore(deps, act.user, act.value)
        stood = state_in(act.block_id) or Wanted()
        draw_queue(deps, act, Wanted(phenomena=stood.phenomena))  # where it stands again
        return
    origin = reviews.kept_origin(carried_in(body.get("view")))
    deps.slack.update_view(act.view_id, _restored(deps, act, origin))
    refresh(deps, act, origin)


def _restored(deps: Deps, act: Act, origin: dict[str, str]) -> Block:
    try:
        people.member(deps, act)
        observations.restore(deps, act.user, act.value)
        return as_it_stands(deps, act, act.value, origin)
    except Problem as problem:
        return refusal(people.texts(deps, act), problem)

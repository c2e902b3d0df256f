"""The views methods and what a modal's answer does: stacks of at most three, stable ids, hashes."""

from __future__ import annotations

import copy
import json
import time
from typing import Any

from ._forms import state_of, usable
from ._limits import VIEW_BYTES, surrogate_faults, view_faults
from ._methods import method, needed
from ._state import Json, RefusedError, View, World

STACK = 3


def judge_view(world: World, view: Any, kind: str) -> None:
    """Refuse a view that Slack would not draw."""
    if not world.validate:
        return
    if len(json.dumps(view)) > VIEW_BYTES:
        raise RefusedError("view_too_large")
    faults = surrogate_faults(view) + view_faults(view) or world.opinions(view)
    if not faults and view["type"] != kind:
        faults = [f"a {kind} was expected, not a {view['type']}"]
    if faults:
        raise RefusedError("invalid_arguments", *faults)


def draw(world: World, user: str, view: Json, below: View | None = None) -> View:
    """Return a new view for this person, kept, with an id and a hash; ``below`` is the one that it covers."""
    taken = [one.drawn.get("external_id") for stack in world.stacks.values() for one in stack]
    if view.get("external_id") and view["external_id"] in taken:
        raise RefusedError("duplicate_external_id")
    name = world.new_id("V")
    root = (below.root or below.id) if below else name
    new = View(name, user, _named(world, view), world.new_id("hash"), previous=below.id if below else None, root=root)
    world.views[name] = new
    return new


def redraw(world: World, view: View, drawn: Json) -> None:
    """Draw a view anew under its old id; what was typed stays where block, action and type stay."""
    view.drawn, view.hash = _named(world, drawn), world.new_id("hash")
    view.drawn_times += 1
    kinds = {(block["block_id"], element["action_id"]): element for block, element in usable(view.drawn)}
    view.typed = {key: value for key, value in view.typed.items() if _still_fits(value, kinds.get(key))}


def _still_fits(value: Json, element: Json | None) -> bool:
    if element is None or element["type"] != value["type"]:
        return False
    chosen = value.get("selected_option")
    return chosen is None or "options" not in element or chosen["value"] in [o["value"] for o in element["options"]]


def _named(world: World, view: Json) -> Json:
    drawn = copy.deepcopy(view)
    for block in drawn.get("blocks", []):
        block.setdefault("block_id", world.new_id("b"))
    return drawn


def as_payload(world: World, view: View) -> Json:
    """Return a view as Slack puts it into answers and payloads."""
    drawn = view.drawn
    full: Json = {"private_metadata": "", "callback_id": "", "external_id": "", **copy.deepcopy(drawn)}
    full |= {"id": view.id, "team_id": world.team_id, "app_id": world.app_id, "bot_id": world.bot_id}
    full |= {"hash": view.hash, "previous_view_id": view.previous, "root_view_id": view.root}
    full |= {"app_installed_team_id": world.team_id, "state": {"values": state_of(view)}}
    if drawn["type"] == "modal":
        full = {"close": None, "submit": None, "clear_on_close": False, "notify_on_close": False, **full}
    return full


@method("views.open")
def views_open(world: World, args: Json) -> Json:
    """Open a modal with a ticket; it covers nothing, what was open is gone."""
    needed(args, "view", "trigger_id")
    judge_view(world, args["view"], "modal")
    user, _view = _use_trigger(world, args["trigger_id"])
    new = draw(world, user, args["view"])
    world.stacks[user] = [new]
    return {"view": as_payload(world, new)}


@method("views.push")
def views_push(world: World, args: Json) -> Json:
    """Put a modal on top of the one that the ticket came from."""
    needed(args, "view", "trigger_id")
    judge_view(world, args["view"], "modal")
    user, origin = _use_trigger(world, args["trigger_id"])
    if origin is None or not world.stacks[user]:
        raise RefusedError("invalid_trigger_id", "views.push needs a trigger_id of a modal")
    return {"view": as_payload(world, push(world, user, args["view"]))}


def push(world: World, user: str, view: Json) -> View:
    """Put a view on this person's stack, if there is room, and return it."""
    stack = world.stacks[user]
    if len(stack) >= STACK:
        raise RefusedError("push_limit_reached")
    new = draw(world, user, view, below=stack[-1] if stack else None)
    stack.append(new)
    return new


def _use_trigger(world: World, name: str) -> tuple[str, str | None]:
    trigger = world.triggers.get(name)
    if trigger is None:
        raise RefusedError("invalid_trigger_id")
    if trigger.used:
        raise RefusedError("exchanged_trigger_id")
    if time.monotonic() - trigger.issued > world.three_seconds:
        raise RefusedError("expired_trigger_id")
    trigger.used = True
    return trigger.user, trigger.view


@method("views.update")
def views_update(world: World, args: Json) -> Json:
    """Draw an open modal anew; the hash, if given, must be the current one."""
    needed(args, "view", *([] if args.get("external_id") else ["view_id"]))
    judge_view(world, args["view"], "modal")
    _judge_hash(args)
    stacked = [view for stack in world.stacks.values() for view in stack]
    named = [view for view in stacked if args.get("view_id") == view.id or _by_external_id(view, args)]
    if not named:
        raise RefusedError("not_found")
    if args.get("hash") not in (None, named[0].hash):
        raise RefusedError("hash_conflict")
    redraw(world, named[0], args["view"])
    return {"view": as_payload(world, named[0])}


def _by_external_id(view: View, args: Json) -> bool:
    return bool(args.get("external_id")) and view.drawn.get("external_id") == args["external_id"]


def _judge_hash(args: Json) -> None:
    if args.get("hash", "left out") in ("", None):
        raise RefusedError("invalid_arguments", "an empty hash is sent: leave it out")


@method("views.publish")
def views_publish(world: World, args: Json) -> Json:
    """Draw a person's home."""
    needed(args, "view", "user_id")
    judge_view(world, args["view"], "home")
    _judge_hash(args)
    user = args["user_id"]
    if user not in world.people:
        raise RefusedError("invalid_arguments", "unknown user_id")
    home = world.homes.get(user)
    if home is not None and args.get("hash") not in (None, home.hash):
        raise RefusedError("hash_conflict")
    if home is None:
        home = world.homes[user] = draw(world, user, args["view"])
    else:
        redraw(world, home, args["view"])
    return {"view": as_payload(world, home)}


def answer_submission(world: World, view: View, answer: Json) -> None:
    """Do what the bot's answer to a submission says: close, clear, show errors, update or push."""
    action, stack = answer.get("response_action"), world.stacks[view.user]
    if action == "errors":
        _judge_errors(view, answer)
    elif action in ("update", "push"):
        judge_view(world, answer.get("view"), "modal")
        if action == "push":
            push(world, view.user, answer["view"])
        else:
            redraw(world, view, answer["view"])
    elif action == "clear":
        stack.clear()
    elif answer:
        raise RefusedError("invalid_response_action", f"response_action is {action}")
    elif view in stack:
        stack.remove(view)


def _judge_errors(view: View, answer: Json) -> None:
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view.drawn["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise RefusedError("invalid_response_action", "errors is empty")
    if strange := set(errors) - inputs:
        raise RefusedError("invalid_response_action", f"errors name no input block of the view: {sorted(strange)}")
    if not all(isinstance(words, str) and words.strip() for words in errors.values()):
        raise RefusedError("invalid_response_action", "an error without words")

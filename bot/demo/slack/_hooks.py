"""What the bot says through a response_url or in an acknowledgement: judged, counted and shown."""

from __future__ import annotations

import time

from ._chat import judge_message, keep, keep_note, redraw
from ._state import Call, Hook, Json, RefusedError, World

USES, SECONDS = 5, 30 * 60


def post_to_hook(world: World, name: str, body: Json) -> Json:
    """Take one post to a response_url and return the answer: five times, within half an hour, as the project rules."""
    with world.changed:
        try:
            _post(world, _open_hook(world, name), body)
            answer: Json = {"ok": True}
        except RefusedError as refused:
            answer = {"ok": False, "error": refused.error, "details": refused.details}
            world.refuse("response_url", refused.error, *refused.details)
        if world.record:
            world.said.append(body)
            world.calls.append(Call("response_url", body, time.monotonic(), answer, 200 if answer["ok"] else 404))
        world.changed.notify_all()
    return answer


def _open_hook(world: World, name: str) -> Hook:
    hook = world.hooks.get(name)
    if hook is None:
        raise RefusedError("no_service")
    hook.uses += 1
    if hook.uses > USES:
        raise RefusedError("used_url", f"use {hook.uses} of {USES}")
    if world.clock() - hook.issued > SECONDS:
        raise RefusedError("expired_url")
    return hook


def _post(world: World, hook: Hook, body: Json) -> None:
    judge_response_type(world, body)
    if body.get("delete_original"):
        _delete(world, hook)
        return
    judge_message(world, body)
    if body.get("replace_original") and hook.note is not None:
        redraw(world, hook.note.message, body)
    elif body.get("replace_original") and hook.origin is not None:
        redraw(world, hook.origin, body)
    else:
        say(world, hook.user, hook.channel, body)


def judge_response_type(world: World, body: Json) -> None:
    """Refuse an answer that does not say who is to see it: a rule of this project."""
    if world.validate and body.get("response_type") not in ("ephemeral", "in_channel"):
        raise RefusedError("no_response_type", "project rule: respond and ack always say response_type")


def say(world: World, user: str, channel: str, body: Json) -> None:
    """Show an answer where it belongs: to the person alone, or to the whole conversation."""
    if body["response_type"] == "ephemeral":
        keep_note(world, user, channel, body)
    else:
        keep(world, world.channels[channel], body)


def _delete(world: World, hook: Hook) -> None:
    if hook.note is not None:
        hook.note.deleted = True
    elif hook.origin is not None:
        world.messages[hook.origin["channel"]].remove(hook.origin)

"""The payloads that Slack sends, built whole: commands, shortcuts, actions, submissions, events."""

from __future__ import annotations

import copy
from typing import Any

from ._chat import shown
from ._state import Json, View, World
from ._views import as_payload

TOKEN = "verification-token-of-no-use"


def command(world: World, user: str, words: str, text: str, channel: str, *, channel_name: str = "") -> Json:
    """Return a slash command's payload with a fresh trigger_id and response_url."""
    return {
        "token": TOKEN,
        "team_id": world.people.get(user, {}).get("team_id", world.team_id),
        "team_domain": world.team_domain,
        "channel_id": channel,
        "channel_name": channel_name or _channel_name(world, channel),
        "user_id": user,
        "user_name": world.people.get(user, {}).get("name", user.lower()),
        "command": words,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": world.new_hook(user, channel),
        "trigger_id": world.new_trigger(user),
    }


def _channel_name(world: World, channel: str) -> str:
    if channel.startswith("D"):
        return "directmessage"
    known = world.channels.get(channel)
    return "privategroup" if channel.startswith("G") or (known and known.is_private) else known.name if known else ""


def _act(world: World, user: str, kind: str, view: str | None = None) -> Json:
    person = world.people.get(user, {})
    name, team = person.get("name", user.lower()), person.get("team_id", world.team_id)
    return {
        "type": kind,
        "user": {"id": user, "username": name, "name": name, "team_id": team},
        "api_app_id": world.app_id,
        "token": TOKEN,
        "trigger_id": world.new_trigger(user, view),
        "team": {"id": team, "domain": world.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def shortcut(world: World, user: str, callback_id: str) -> Json:
    """Return a global shortcut's payload."""
    return {**_act(world, user, "shortcut"), "callback_id": callback_id, "action_ts": world.new_ts()}


def message_shortcut(world: World, user: str, callback_id: str, channel: str, message: Json) -> Json:
    """Return a message shortcut's payload, which carries the message."""
    return {
        **_act(world, user, "message_action"),
        "callback_id": callback_id,
        "action_ts": world.new_ts(),
        "message_ts": message["ts"],
        "message": copy.deepcopy(shown(message)),
        "channel": {"id": channel, "name": _channel_name(world, channel)},
        "response_url": world.new_hook(user, channel),
    }


def action_in_view(world: World, view: View, action: Json) -> Json:
    """Return the payload of a button or menu used in a modal or home."""
    return {
        **_act(world, view.user, "block_actions", view.id),
        "container": {"type": "view", "view_id": view.id},
        "view": as_payload(world, view),
        "actions": [{**action, "action_ts": world.new_ts()}],
    }


def action_in_message(world: World, user: str, channel: str, ts: str, action: Json, **parts: Any) -> Json:
    """Return the payload of a button or menu used in a message; ``parts`` are message, state, response_url."""
    ephemeral = "message" not in parts
    return {
        **_act(world, user, "block_actions"),
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": ephemeral},
        "channel": {"id": channel, "name": _channel_name(world, channel)},
        "actions": [{**action, "action_ts": world.new_ts()}],
        **parts,
    }


def submission(world: World, view: View) -> Json:
    """Return the payload of a form that is sent: the view as drawn with the values in it."""
    return {**_act(world, view.user, "view_submission", view.id), "view": as_payload(world, view), "response_urls": []}


def closing(world: World, view: View, *, cleared: bool) -> Json:
    """Return the payload of a form that is closed unsent."""
    payload = {**_act(world, view.user, "view_closed"), "view": as_payload(world, view), "is_cleared": cleared}
    del payload["trigger_id"]
    return payload


def event(world: World, inner: Json, event_id: str = "") -> Json:
    """Return an event's payload around the event itself."""
    authorization = {"team_id": world.team_id, "user_id": world.bot_user, "is_bot": True, "enterprise_id": None}
    return {
        "token": TOKEN,
        "team_id": world.team_id,
        "api_app_id": world.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id or world.new_id("Ev"),
        "event_time": int(world.clock()),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }

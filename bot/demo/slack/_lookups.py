"""The methods that tell of people, conversations, the workspace and the bot itself."""

from __future__ import annotations

import json
import time
import zlib
from typing import Any

from ._chat import shown
from ._methods import method, needed, page, place, scope_by_kind
from ._state import Channel, Json, RefusedError, World

ALT_CHARACTERS = 1000


@method("api.test")
def api_test(_world: World, args: Json) -> Json:
    """Say hello."""
    return {"args": args}


@method("auth.test")
def auth_test(world: World, _args: Json) -> Json:
    """Say whose token this is."""
    named = {"url": f"https://{world.team_domain}.slack.com/", "team": world.team_domain, "user": "raportoi"}
    return {**named, "team_id": world.team_id, "user_id": world.bot_user, "bot_id": world.bot_id}


@method("team.info", "team:read")
def team_info(world: World, _args: Json) -> Json:
    """Name the workspace."""
    return {"team": {"id": world.team_id, "name": world.team_domain, "domain": world.team_domain}}


@method("bots.info", "users:read")
def bots_info(world: World, _args: Json) -> Json:
    """Describe the bot."""
    return {"bot": {"id": world.bot_id, "app_id": world.app_id, "user_id": world.bot_user, "name": "raportoi"}}


@method("users.info", "users:read")
def users_info(world: World, args: Json) -> Json:
    """Describe one person; the locale only if asked for."""
    needed(args, "user")
    if args["user"] not in world.people:
        raise RefusedError("user_not_found")
    return {"user": _person(world.people[args["user"]], args)}


@method("users.list", "users:read")
def users_list(world: World, args: Json) -> Json:
    """Describe all people, page by page."""
    return page(world, args, "members", [_person(one, args) for one in world.people.values()])


def _person(one: Json, args: Json) -> Json:
    asked = str(args.get("include_locale", "")).lower() in ("true", "1")
    return {key: value for key, value in one.items() if asked or key != "locale"}


@method("conversations.open", "im:write")
def conversations_open(world: World, args: Json) -> Json:
    """Open the bot's conversation with one person and return its D id."""
    if args.get("channel"):
        return {"channel": {"id": place(world, args).id}}
    if not args.get("users"):
        raise RefusedError("users_list_not_supplied")
    users = args["users"].split(",") if isinstance(args["users"], str) else args["users"]
    if len(users) > 1:
        raise RefusedError("too_many_users", "project rule: one person, where Slack takes eight")
    if users[0] not in world.people:
        raise RefusedError("user_not_found")
    channel = world.dm_of(users[0])
    return {"channel": {"id": channel.id, "is_im": True, "user": users[0]} if args.get("return_im") else _id(channel)}


def _id(channel: Channel) -> Json:
    return {"id": channel.id}


@method("conversations.info", by_place=scope_by_kind("read"))
def conversations_info(world: World, args: Json) -> Json:
    """Describe one conversation."""
    return {"channel": _channel(world, place(world, args, member=False))}


@method("conversations.members", by_place=scope_by_kind("read"))
def conversations_members(world: World, args: Json) -> Json:
    """List the members of a conversation, page by page."""
    return page(world, args, "members", list(place(world, args, member=False).members))


KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def _list_scopes(_world: World, args: Json) -> tuple[str, ...]:
    return tuple(f"{KINDS[kind]}:read" for kind in _types(args) if kind in KINDS)


def _types(args: Json) -> list[str]:
    return str(args.get("types") or "public_channel").split(",")


@method("conversations.list", by_place=_list_scopes)
def conversations_list(world: World, args: Json) -> Json:
    """List the conversations of the kinds asked for, page by page; private ones only where the bot is."""
    if set(_types(args)) - KINDS.keys():
        raise RefusedError("invalid_types")
    kinds, skip = _types(args), str(args.get("exclude_archived", "")).lower() in ("true", "1")
    seen = [one for one in world.channels.values() if not one.is_private or world.bot_user in one.members]
    fit = [one for one in seen if _kind(one) in kinds and not (skip and one.is_archived)]
    return page(world, args, "channels", [_channel(world, one) for one in fit])


def _kind(one: Channel) -> str:
    return "im" if one.is_im else "private_channel" if one.is_private else "public_channel"


def _channel(world: World, one: Channel) -> Json:
    shown_as: Json = {
        "id": one.id,
        "name": one.name,
        "is_channel": not one.is_private and not one.is_im,
        "is_group": one.is_private,
        "is_im": one.is_im,
        "is_private": one.is_private,
        "is_archived": one.is_archived,
        "is_ext_shared": one.is_ext_shared,
        "is_shared": one.is_ext_shared,
        "is_member": world.bot_user in one.members,
        "num_members": len(one.members),
    }
    if one.is_im:
        shown_as["user"] = one.members[0]
    return shown_as


@method("conversations.history", by_place=scope_by_kind("history"))
def conversations_history(world: World, args: Json) -> Json:
    """Return the messages of a channel, newest first, page by page; metadata only if asked for."""
    kept = world.messages[place(world, args).id]
    _judge_times(args)
    roots = [one for one in kept if one.get("thread_ts") in (None, one["ts"]) and _inside(one, args)]
    shown_by_now = [one for one in roots if not world.history_lag or _shows(world, one)]
    return page(world, args, "messages", [_told(one, args) for one in reversed(shown_by_now)])


def _shows(world: World, one: Json) -> bool:
    """Say whether the message has reached the history: each takes a time of its own, up to the lag."""
    lag = world.history_lag * (zlib.crc32(one["ts"].encode()) / 2**32)
    return time.monotonic() >= world.kept_at.get(one["ts"], 0.0) + lag


@method("conversations.replies", by_place=scope_by_kind("history"))
def conversations_replies(world: World, args: Json) -> Json:
    """Return a message and its replies, oldest first."""
    needed(args, "ts")
    channel = place(world, args)
    _judge_times(args)
    if world.message(channel.id, args["ts"]) is None:
        raise RefusedError("thread_not_found")
    thread = [one for one in world.messages[channel.id] if args["ts"] in (one["ts"], one.get("thread_ts"))]
    return page(world, args, "messages", [_told(one, args) for one in thread if _inside(one, args)])


def _judge_times(args: Json) -> None:
    for name in ("oldest", "latest"):
        try:
            float(args.get(name) or 0)
        except ValueError:
            raise RefusedError(f"invalid_ts_{name}") from None


def _inside(one: Json, args: Json) -> bool:
    ts, oldest, latest = float(one["ts"]), float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    inclusive = str(args.get("inclusive", "")).lower() in ("true", "1")
    return oldest <= ts <= latest if inclusive else oldest < ts < latest


def _told(one: Json, args: Json) -> Json:
    told = shown(one)
    if str(args.get("include_all_metadata", "")).lower() in ("true", "1") and "metadata" in one:
        told["metadata"] = one["metadata"]
    return told


@method("files.getUploadURLExternal", "files:write")
def upload_url(world: World, args: Json) -> Json:
    """Hand out an address that takes the bytes of one file."""
    if not args.get("filename") or not int(args.get("length") or 0):
        raise RefusedError("missing_argument")
    if len(str(args.get("alt_txt") or "")) > ALT_CHARACTERS:
        raise RefusedError("alt_txt_too_large")
    file = world.new_id("F")
    world.files[file] = {"name": args["filename"], "length": int(args["length"]), "bytes": None}
    world.files[file]["alt"] = args.get("alt_txt")
    return {"upload_url": f"{world.base}/upload/{file}", "file_id": file}


@method("files.completeUploadExternal", "files:write")
def upload_done(world: World, args: Json) -> Json:
    """Share uploaded files into a conversation, which must be a D, C or G id."""
    needed(args, "files")
    listed: list[Any] = json.loads(args["files"]) if isinstance(args["files"], str) else args["files"]
    told = [_share(world, one, args) for one in listed]
    return {"files": told}


def _share(world: World, one: Json, args: Json) -> Json:
    file = world.files.get(one.get("id", ""))
    if file is None or file["bytes"] is None:
        raise RefusedError("file_not_found")
    if len(file["bytes"]) != file["length"]:
        raise RefusedError("invalid_arguments", f"{len(file['bytes'])} bytes came, {file['length']} were announced")
    if args.get("channel_id"):
        if not args["channel_id"].startswith(("D", "C", "G")):
            raise RefusedError("invalid_arguments", "channel_id must be a conversation id, not a user id")
        channel = place(world, {"channel": args["channel_id"]})
        if args.get("thread_ts") and world.message(channel.id, args["thread_ts"]) is None:
            raise RefusedError("thread_not_found")
        file |= {"channel": channel.id, "thread_ts": args.get("thread_ts")}
    file |= {"title": one.get("title"), "comment": args.get("initial_comment"), "ts": world.new_ts()}
    return {"id": one["id"], "name": file["name"], "title": file["title"]}


@method("files.delete", "files:write")
def file_gone(world: World, args: Json) -> Json:
    """Take a file of the bot's own away for good."""
    needed(args, "file")
    if args["file"] in world.deleted_files:
        raise RefusedError("file_deleted")
    if world.files.pop(str(args["file"]), None) is None:
        raise RefusedError("file_not_found")
    world.deleted_files.add(args["file"])
    return {}


@method("files.upload", "files:write")
def upload_of_old(_world: World, _args: Json) -> Json:
    """Answer that this method is gone."""
    raise RefusedError("method_deprecated")

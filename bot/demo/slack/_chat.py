"""The chat methods: posting, editing and deleting, each payload judged before it is kept."""

from __future__ import annotations

import copy
import json
import time
from typing import Any

from ._limits import message_faults, surrogate_faults, text_faults, too_long
from ._methods import method, needed, place
from ._state import Channel, Json, Note, RefusedError, World

METADATA_BYTES = 8_000


def judge_message(world: World, message: Json) -> None:
    """Refuse a message that Slack would not take: text, blocks, metadata."""
    if not world.validate:
        return
    if faults := text_faults(message.get("text")):
        raise RefusedError("no_text" if "empty" in faults[0] else "msg_too_long", *faults)
    if surrogate_faults(message):
        raise RefusedError("invalid_arguments", *surrogate_faults(message))
    if message.get("blocks"):
        _judge_blocks(world, message["blocks"], message["text"])
    _judge_metadata(message.get("metadata"))


def _judge_blocks(world: World, blocks: Any, text: str) -> None:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise RefusedError("invalid_blocks_format")
    faults = message_faults(blocks)
    if faults and faults == too_long(blocks):
        raise RefusedError("msg_blocks_too_long", *faults)
    if faults := faults or world.opinions({"type": "message", "blocks": blocks, "text": text}):
        raise RefusedError("invalid_blocks", *faults)


def _judge_metadata(metadata: Any) -> None:
    if metadata is None:
        return
    shaped = isinstance(metadata, dict) and set(metadata) == {"event_type", "event_payload"}
    if not shaped or not isinstance(metadata["event_payload"], dict) or not metadata["event_type"]:
        raise RefusedError("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise RefusedError("metadata_too_large")


def destination(world: World, args: Json) -> Channel:
    """Return where a post goes: a channel, or the bot's own conversation with the person that a user id names."""
    needed(args, "channel")
    if args["channel"].startswith("U"):
        if args["channel"] not in world.people:
            raise RefusedError("channel_not_found")
        if world.people[args["channel"]].get("is_bot"):
            raise RefusedError("cannot_dm_bot")
        return world.dm_of(args["channel"])
    return _in_use(world, args)


def _in_use(world: World, args: Json) -> Channel:
    channel = place(world, args)
    if channel.is_archived:
        raise RefusedError("is_archived")
    return channel


def keep(world: World, channel: Channel, args: Json) -> Json:
    """Put a message of the bot into a channel's history and return it as it is kept."""
    kept = {
        "type": "message",
        "user": world.bot_user,
        "bot_id": world.bot_id,
        "app_id": world.app_id,
        "team": world.team_id,
        "ts": world.new_ts(),
        "channel": channel.id,
        **{key: copy.deepcopy(args[key]) for key in ("text", "blocks", "metadata", "thread_ts") if args.get(key)},
    }
    name_blocks(world, kept)
    world.messages[channel.id].append(kept)
    world.kept_at[kept["ts"]] = time.monotonic()
    return kept


def name_blocks(world: World, holder: Json) -> None:
    """Give every block without an id one, as Slack does."""
    for block in holder.get("blocks") or []:
        block.setdefault("block_id", world.new_id("b"))


def shown(message: Json) -> Json:
    """Return a message as answers and payloads show it: without metadata and the key of our own."""
    return {key: value for key, value in message.items() if key not in ("metadata", "channel")}


@method("chat.postMessage", "chat:write")
def post_message(world: World, args: Json) -> Json:
    """Post, into a channel or to a person."""
    channel = destination(world, args)
    judge_message(world, args)
    if args.get("thread_ts") and world.message(channel.id, args["thread_ts"]) is None:
        raise RefusedError("thread_not_found")
    kept = keep(world, channel, args)
    return {"channel": channel.id, "ts": kept["ts"], "message": shown(kept)}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(world: World, args: Json) -> Json:
    """Show a message to one person in a channel, if both are there."""
    needed(args, "user")
    channel = place(world, args)
    if args["user"] not in channel.members:
        raise RefusedError("user_not_in_channel")
    judge_message(world, args)
    note = keep_note(world, args["user"], channel.id, args)
    return {"message_ts": note.message["ts"]}


def keep_note(world: World, user: str, channel: str, args: Json) -> Note:
    """Keep an ephemeral message for one person and return it."""
    message = {key: copy.deepcopy(args[key]) for key in ("text", "blocks", "thread_ts") if args.get(key)}
    note = Note(world.new_id("note"), user, channel, {"ts": world.new_ts(), "channel": channel, **message})
    name_blocks(world, note.message)
    world.notes.append(note)
    return note


@method("chat.update", "chat:write")
def update(world: World, args: Json) -> Json:
    """Replace the words and blocks of one of the bot's own messages."""
    needed(args, "ts")
    channel = _in_use(world, args)
    if world.validate and "blocks" not in args:
        raise RefusedError("invalid_arguments", "project rule: chat.update always sends blocks")
    judge_message(world, args)
    message = _own(world, channel, args["ts"], "cant_update_message")
    redraw(world, message, args)
    told = {key: value for key, value in shown(message).items() if key != "ts"}
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": told}


def redraw(world: World, message: Json, args: Json) -> None:
    """Put new words and blocks in place of a message's old ones."""
    for key in ("text", "blocks"):
        message.pop(key, None)
        if args.get(key):
            message[key] = copy.deepcopy(args[key])
    if args.get("metadata"):
        message["metadata"] = copy.deepcopy(args["metadata"])
    name_blocks(world, message)
    message["edited"] = {"user": world.bot_user, "ts": world.new_ts()}


@method("chat.getPermalink")
def permalink(world: World, args: Json) -> Json:
    """The address of a message."""
    needed(args, "message_ts")
    channel = place(world, args)
    if world.message(channel.id, args["message_ts"]) is None:
        raise RefusedError("message_not_found")
    ts = args["message_ts"].replace(".", "")
    return {"channel": channel.id, "permalink": f"https://raportoi-harjoitus.slack.com/archives/{channel.id}/p{ts}"}


@method("chat.delete", "chat:write")
def delete(world: World, args: Json) -> Json:
    """Remove one of the bot's own messages."""
    needed(args, "ts")
    channel = place(world, args)
    world.messages[channel.id].remove(_own(world, channel, args["ts"], "cant_delete_message"))
    return {"channel": channel.id, "ts": args["ts"]}


def _own(world: World, channel: Channel, ts: str, error: str) -> Json:
    message = world.message(channel.id, ts)
    if message is None:
        raise RefusedError("message_not_found")
    if message.get("bot_id") != world.bot_id:
        raise RefusedError(error)
    return message

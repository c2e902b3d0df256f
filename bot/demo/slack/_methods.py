"""The register of Web API methods that are known here, with the scope that each needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._state import Channel, Json, RefusedError, World

Answerer = Callable[[World, Json], Json]
Scopes = Callable[[World, Json], tuple[str, ...]]


@dataclass(frozen=True)
class Method:
    """How a method answers, and which scopes it asks for: every one of them."""

    answer: Answerer
    scopes: Scopes


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, by_place: Scopes | None = None) -> Callable[[Answerer], Answerer]:
    """Enter a function into the register under Slack's name for it."""

    def enter(answer: Answerer) -> Answerer:
        METHODS[name] = Method(answer, by_place or (lambda _world, _args: scopes))
        return answer

    return enter


def needed(args: Json, *names: str) -> None:
    """Refuse a call in which an argument is missing or empty."""
    for name in names:
        if args.get(name) in (None, "", []):
            raise RefusedError("invalid_arguments", f"missing required field: {name}")


def place(world: World, args: Json, *, member: bool = True) -> Channel:
    """Return the channel that the arguments name, if the bot can see it and (if asked) is in it."""
    needed(args, "channel")
    channel = world.channels.get(args["channel"])
    inside = channel is not None and world.bot_user in channel.members
    if channel is None or (not inside and (channel.is_private or channel.is_im)):
        raise RefusedError("channel_not_found")
    if member and not inside:
        raise RefusedError("not_in_channel")
    return channel


def scope_by_kind(suffix: str) -> Scopes:
    """Return the scope that fits the kind of conversation: channels, groups or im, with the suffix."""

    def which(world: World, args: Json) -> tuple[str, ...]:
        channel = world.channels.get(str(args.get("channel")))
        kind = "im" if channel and channel.is_im else "groups" if channel and channel.is_private else "channels"
        return (f"{kind}:{suffix}",)

    return which


def page(world: World, args: Json, key: str, items: list[Any]) -> Json:
    """Return one page of the items under the key, and the cursor to the next; an empty cursor is the end."""
    limit = int(args.get("limit") or 100)
    if not 1 <= limit <= 1000:
        raise RefusedError("invalid_limit")
    try:
        start = int(str(args.get("cursor") or "next:0").removeprefix("next:"))
    except ValueError:
        raise RefusedError("invalid_cursor") from None
    end = start + min(limit, world.page_limit)
    cursor = f"next:{end}" if end < len(items) else ""
    told = {"has_more": bool(cursor)} if key == "messages" else {}
    return {key: items[start:end], **told, "response_metadata": {"next_cursor": cursor}}

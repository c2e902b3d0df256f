"""What a person did in Slack, as plain data, and their words as they typed them."""

import html
import re
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did: a command, a press, a choice, a submission. Missing parts are empty strings."""

    user: str
    team: str
    text: str = ""
    value: str = ""
    trigger: str = ""
    response_url: str = ""
    channel: str = ""
    message_ts: str = ""
    action: str = ""
    command: str = ""  # the slash command that was typed, or that opened the form
    block_id: str = ""
    view_id: str = ""
    ephemeral: bool = False  # the message that was acted on is seen by this person alone
    view: Any = field(default=None, repr=False, compare=False)  # the modal or home in which it was done

    @property
    def depth(self) -> int:
        """How many modals lie on each other where it was done; 0 where it was not done in one."""
        if dig(self.view, "type") != "modal":
            return 0
        below = dig(self.view, "previous_view_id")
        return 1 if not below else 2 if below == dig(self.view, "root_view_id") else 3


def read_act(body: Any) -> Act:
    """The act in a request's body, whatever shape Slack gave it."""
    channel = _first(body, ("channel_id",), ("channel", "id"), ("container", "channel_id"))
    return Act(
        user=_first(body, ("user_id",), ("user", "id"), ("event", "user")),
        team=_first(body, ("user", "team_id"), ("team_id",), ("team", "id")),
        text=_first(body, ("text",), ("message", "text")),
        value=_first(body, ("actions", 0, "selected_option", "value"), ("actions", 0, "value")),
        trigger=_first(body, ("trigger_id",)),
        # The local Slack gives one in App Home too, where there is no conversation that could show the answer.
        response_url=_first(body, ("response_url",)) if channel else "",
        channel=channel,
        message_ts=_first(body, ("message", "ts"), ("container", "message_ts")),
        action=_first(body, ("actions", 0, "action_id")),
        command=_first(body, ("command",)),
        block_id=_first(body, ("actions", 0, "block_id")),
        ephemeral=dig(body, "container", "is_ephemeral") is True,
        view_id=_first(body, ("view", "id")),
        view=dig(body, "view"),
    )


def dig(payload: Any, *path: str | int) -> Any:
    """What stands at the path in a payload, or None where the payload has another shape."""
    for step in path:
        if isinstance(payload, dict):
            payload = payload.get(step)
        elif isinstance(payload, list) and isinstance(step, int) and step < len(payload):
            payload = payload[step]
        else:
            return None
    return payload


def whole(text: str) -> int | None:
    """The whole number that a button carries, of nine digits at most; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def _first(payload: Any, *paths: tuple[str | int, ...]) -> str:
    for path in paths:
        if isinstance(text := dig(payload, *path), str) and text:
            return text
    return ""


TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def as_typed(text: str) -> str:
    """A command's or message's text as the person typed it: Slack's link tokens and escapes undone.

    A label that hides another target is followed by the target, so that the privacy guard sees both.
    """
    return html.unescape(TOKEN.sub(_label, text)) if "<" in text or "&" in text else text


def _label(token: re.Match[str]) -> str:
    target, label = token[1], token[2]
    if not re.match(r"[@#!]|(?:mailto|tel|https?):", target):
        return token[0]
    bare = re.sub(r"^(mailto|tel):", "", target)
    if label is None:
        return bare
    same = re.sub(r"\W|^https?://", "", bare)[-8:] == re.sub(r"\W", "", label)[-8:]
    return label if same or target[0] in "@#!" else f"{label} ({bare})"

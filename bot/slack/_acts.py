"""What a person did in Slack, as plain data, and their words as they typed them."""

import html
import re
from dataclasses import dataclass
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
    block_id: str = ""
    view_id: str = ""
    ephemeral: bool = False  # the message that was acted on is seen by this person alone


def read_act(body: dict[str, Any]) -> Act:
    """The act in a request's body, whatever shape Slack gave it."""
    user = body.get("user") if isinstance(body.get("user"), dict) else {}
    container, view = body.get("container") or {}, body.get("view") or {}
    action = (body.get("actions") or [{}])[0]
    chosen = action.get("selected_option") or {}
    message = body.get("message") or {}
    return Act(
        user=str(body.get("user_id") or (user or {}).get("id") or ""),
        team=str((user or {}).get("team_id") or body.get("team_id") or (body.get("team") or {}).get("id") or ""),
        text=str(body.get("text") or message.get("text") or ""),
        value=str(chosen.get("value") or action.get("value") or ""),
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        channel=str(
            body.get("channel_id") or (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
        ),
        message_ts=str(message.get("ts") or container.get("message_ts") or ""),
        block_id=str(action.get("block_id") or ""),
        ephemeral=bool(container.get("is_ephemeral")),
        view_id=str(view.get("root_view_id") or view.get("id") or ""),
    )


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

"""Uploading a file: asked for, sent, and put into a conversation; best effort, and never twice by itself."""

import json
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from bot.errors import SlackUnclear

SECONDS = 20


def upload(
    say: Callable[..., dict[str, Any]], place: str, name: str, content: bytes, title: str, thread_ts: str
) -> None:
    """Puts the file into the conversation (D…, C…, G…: Slack takes no user ids here). Raises SlackError."""
    asked = say("files.getUploadURLExternal", filename=name, length=len(content))
    _send(str(asked["upload_url"]), content)
    files = json.dumps([{"id": str(asked["file_id"]), "title": title}])
    in_thread = {"thread_ts": thread_ts} if thread_ts else {}
    say("files.completeUploadExternal", files=files, channel_id=place, **in_thread)


def _send(address: str, content: bytes) -> None:
    request = urllib.request.Request(address, data=content, method="POST")  # noqa: S310 - Slack's own answer
    request.add_header("Content-Type", "application/octet-stream")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            answer.read()
    except (OSError, HTTPException) as error:  # a refusal is an OSError too
        raise SlackUnclear(type(error).__name__) from None

"""Putting a file into a thread: an address is asked for, the bytes are sent there, and the file is shared."""

import json
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

from bot.errors import SlackUnclear
from bot.slack._tls import tls

TIMEOUT_SECONDS = 10


def send_file(say: Callable[..., dict[str, Any]], channel: str, thread: str, name: str, file: bytes, alt: str) -> None:
    """Shares the file in the thread, or beside it where there is none; `say` calls a method. Raises SlackError."""
    place = say("files.getUploadURLExternal", filename=name, length=len(file), alt_txt=alt)
    _send(str(place["upload_url"]), file)
    files = json.dumps([{"id": place["file_id"], "title": name}])
    in_thread = {"thread_ts": thread} if thread else {}
    say("files.completeUploadExternal", files=files, channel_id=channel, **in_thread)


def _send(address: str, file: bytes) -> None:
    request = Request(address, file, {"Content-Type": "application/octet-stream"}, method="POST")  # noqa: S310 - Slack's
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS, context=tls()):  # noqa: S310 - Slack has given the address
            return
    except (OSError, HTTPException) as error:  # the words of the error are not passed on
        raise SlackUnclear(type(error).__name__) from None

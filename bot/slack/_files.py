"""Putting a file into a thread: an address is asked for, the bytes are sent there, and the file is shared."""

import json
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

from bot.errors import No, SlackError, SlackUnclear
from bot.slack._tls import tls

TIMEOUT_SECONDS = 10
ALT_CHARACTERS = 1000  # that Slack takes
PAUSES = (1.0, 5.0)  # seconds, after which sending the bytes is tried again: nobody sees them before they are shared


def hand_in(say: Callable[..., dict[str, Any]], name: str, file: bytes, alt: str) -> str:
    """The id of the file, which nobody sees yet; `say` calls a method. Raises SlackError."""
    return _handed_in(say, name, file, alt)


def share(say: Callable[..., dict[str, Any]], channel: str, thread: str, name: str, file: str) -> None:
    """Shows the file in the thread, or in the conversation where there is none. Raises SlackError."""
    files = json.dumps([{"id": file, "title": name}])
    in_thread = {"thread_ts": thread} if thread else {}
    say("files.completeUploadExternal", files=files, channel_id=channel, **in_thread)


def _handed_in(say: Callable[..., dict[str, Any]], name: str, file: bytes, alt: str) -> str:
    """The id of the file, whose bytes Slack has now; what it refuses at this moment is tried three times."""
    for pause in PAUSES:
        try:
            return _handed_in_once(say, name, file, alt)
        except SlackError as error:
            if error.no is not No.NOW:
                raise
            time.sleep(pause)
    return _handed_in_once(say, name, file, alt)


def _handed_in_once(say: Callable[..., dict[str, Any]], name: str, file: bytes, alt: str) -> str:
    place = say("files.getUploadURLExternal", filename=name, length=len(file), alt_txt=alt[:ALT_CHARACTERS])
    _send(str(place["upload_url"]), file)
    return str(place["file_id"])


def _send(address: str, file: bytes) -> None:
    request = Request(address, file, {"Content-Type": "application/octet-stream"}, method="POST")  # noqa: S310 - Slack's
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS, context=tls()):  # noqa: S310 - Slack has given the address
            return
    except (OSError, HTTPException) as error:  # the words of the error are not passed on
        raise SlackUnclear(type(error).__name__) from None

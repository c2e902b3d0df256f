"""Signed HTTP: the same payloads, posted to the bot's request address as Slack posts them."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from urllib.parse import urlencode, urlsplit

from ._socket_mode import Delivery, SocketMode
from ._state import Json, World

TIMEOUT = 10


def post_signed(world: World, sockets: SocketMode, delivery: Delivery, request_url: str) -> None:
    """Post a delivery to the bot in a thread of its own; a 200 settles it, another status is a refusal."""

    def run() -> None:
        delivery.sent_at = time.monotonic()
        status, body = _post(world, delivery, request_url)
        if status == http.client.OK:
            sockets.settle(delivery, _payload(body), time.monotonic())
        else:
            world.refuse("http", f"status_{status}", delivery.kind)

    threading.Thread(target=run, daemon=True).start()


def _post(world: World, delivery: Delivery, request_url: str) -> tuple[int, str]:
    body, content_type = _encoded(delivery)
    stamp = str(int(world.clock()))
    parts = urlsplit(request_url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=TIMEOUT)
    try:
        headers = {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp}
        headers["X-Slack-Signature"] = signature(world.signing_secret, stamp, body)
        connection.request("POST", parts.path or "/", body.encode(), headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def signature(secret: str, stamp: str, body: str) -> str:
    """Return Slack's v0 signature of a request body at a time."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()


def _encoded(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload), "application/json"
    form = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _payload(body: str) -> Json | None:
    if not body.strip():
        return None
    try:
        answer: Json = json.loads(body)
    except ValueError:
        answer = {"text": body}
    return answer

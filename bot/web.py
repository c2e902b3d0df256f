"""The HTTP side: /healthz and /metrics for the operator, and in HTTP mode the door that Slack's requests come in by."""

import json
import logging
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.wasyncore import close_all, dispatcher

from bot.errors import SettingsError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SLACK_PATH = "/slack/events"
MOST_BYTES = 1_000_000  # Slack's largest requests, a full modal with its metadata, are a fifth of it
MOST_CONNECTIONS, SPARE_CONNECTIONS = 500, 100
REQUEST_SECONDS = 10  # from a request's first byte to its last, or from the connection to the first byte
IDLE_SECONDS = 30  # between two requests on one connection
STAMP, SIGNATURE = re.compile("[0-9]{1,12}"), re.compile("v0=[0-9a-f]{64}")

log = logging.getLogger(__name__)
logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that waits for a thread
Answer = tuple[HTTPStatus, str, bytes]
"""Status, content type, body."""


class Pages:
    """What is answered at which address. `slack` is the door of HTTP mode; without it Slack's address is not there."""

    def __init__(
        self,
        health: Callable[[], dict[str, Any]],
        metrics: Callable[[], tuple[str, bytes]],
        slack: "WSGIApplication | None" = None,
    ) -> None:
        self._health, self._metrics, self._slack = health, metrics, slack

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == SLACK_PATH and method == "POST" and self._slack:
            return self._slack(environ, start_response)
        status, kind, body = self._looked_up(path, method)
        start_response(f"{status.value} {status.phrase}", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [b"" if method == "HEAD" else body]

    def _looked_up(self, path: str, method: str) -> Answer:
        if path not in ("/healthz", "/metrics"):
            return _plain(HTTPStatus.NOT_FOUND)
        if method not in ("GET", "HEAD"):
            return _plain(HTTPStatus.METHOD_NOT_ALLOWED)
        if path == "/metrics":
            kind, body = self._metrics()
            return HTTPStatus.OK, kind, body
        report = self._health()
        status = HTTPStatus.SERVICE_UNAVAILABLE if report["reasons"] else HTTPStatus.OK
        return status, "application/json", json.dumps(report, ensure_ascii=False).encode()


def slack_door(app: App, signing_secret: str) -> "WSGIApplication":
    """Hands what Slack signed, within five minutes, to Bolt; anything else is answered with 401 and read no further.

    Bolt verifies too, but takes a time or signature of an odd shape for a fault of ours.
    """
    verifier, bolt = SignatureVerifier(signing_secret), SlackRequestHandler(app, SLACK_PATH)

    def door(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        if not _is_signed(verifier, environ, body):
            log.warning("a request that Slack has not signed was refused")
            start_response("401 Unauthorized", [("Content-Length", "0")])
            return [b""]
        environ["wsgi.input"] = BytesIO(body)
        return bolt(environ, start_response)

    return door


def _is_signed(verifier: SignatureVerifier, environ: "WSGIEnvironment", body: bytes) -> bool:
    stamp, signature = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP"), environ.get("HTTP_X_SLACK_SIGNATURE")
    if not (stamp and signature and STAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)):
        return False
    with suppress(UnicodeDecodeError):  # Slack sends UTF-8
        return verifier.is_valid(body, stamp, signature)
    return False


def _plain(status: HTTPStatus) -> Answer:
    return status, "text/plain; charset=utf-8", f"{status.phrase}\n".encode()


class _Channel(HTTPChannel):  # type: ignore[misc]  # it has no types
    """A connection that knows since when the request that it is receiving has been on its way."""

    begun: float | None = None

    def received(self, data: bytes) -> bool:
        before = self.request
        taken = super().received(data)
        if self.request is not before:
            self.begun = self.last_activity if self.request else None
        return bool(taken)

    def waits_since(self) -> float:
        """For the end of a request, or for its beginning."""
        return float(self.last_activity if self.begun is None else self.begun)

    def is_late(self, now: float) -> bool:
        unused = self.last_activity == self.creation_time
        return (unused or self.begun is not None) and now - self.waits_since() > REQUEST_SECONDS


class _Server(TcpWSGIServer):  # type: ignore[misc]  # it has no types
    """Slow clients take nobody's place: a late request is cut off, and the oldest one if there are too many."""

    channel_class = _Channel

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in self._waiting():
            channel.will_close = channel.will_close or channel.is_late(now)

    def readable(self) -> bool:
        if self.accepting and len(self.active_channels) >= MOST_CONNECTIONS:
            oldest = min(self._waiting(), key=_Channel.waits_since, default=None)
            if oldest is not None:
                oldest.will_close = True
        return bool(super().readable())

    def _waiting(self) -> list[_Channel]:
        """Connections on which nothing is being answered, and that stay open so far."""
        return [one for one in self.active_channels.values() if not one.requests and not one.will_close]


class Web:
    """A threaded server that listens from `start` to `stop`. Raises SettingsError where the address cannot be had."""

    def __init__(self, address: tuple[str, int], pages: Pages, threads: int) -> None:
        self._socket = _listening(address)
        listening = self._socket
        self._server: Any = _Server(
            pages,
            _sock=listening,
            bind_socket=False,
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            sockets=[listening],
            threads=threads,
            max_request_body_size=MOST_BYTES,
            connection_limit=MOST_CONNECTIONS + SPARE_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=1,
            asyncore_use_poll=True,  # the other way knows no more than 1,024 open files
            ident=None,
            clear_untrusted_proxy_headers=False,
        )
        self._loop = threading.Thread(target=self._server.run, name="web", daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.effective_port)

    def start(self) -> None:
        self._loop.start()
        log.info("listening on port %s", self.port)

    def stop(self, seconds: float) -> None:
        """New connections are refused at once; requests under way are answered, for so many seconds at most."""
        self._in_loop(lambda: dispatcher.close(self._server))
        deadline = time.monotonic() + seconds
        while self._is_busy() and time.monotonic() < deadline:
            time.sleep(0.01)
        self._in_loop(lambda: close_all(self._server._map))  # noqa: SLF001 - waitress has no other way to end a loop
        self._loop.join(seconds)
        self._server.task_dispatcher.shutdown()

    def _in_loop(self, thunk: Callable[[], None]) -> None:
        with suppress(OSError):  # the loop may run what is queued, its own end included, before it is woken for it
            self._server.trigger.pull_trigger(thunk)

    def _is_busy(self) -> bool:
        channels = list(self._server.active_channels.values())
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def _listening(address: tuple[str, int]) -> socket.socket:
    """A socket that listens on the address; "" is every interface, of both families where the machine has both."""
    host, port = address
    try:
        if not host and socket.has_dualstack_ipv6():
            with suppress(OSError):  # IPv6 may be known and yet switched off
                return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        message = f"{f'PORT {port}' if not host else f'RAPORTOI_HTTP {host}:{port}'} cannot be listened on: "
        raise SettingsError(f"{message}{_reason(error)}. Choose another, or end the program that has it.") from error


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno and error.errno > 0 else "the name is not known"

"""One socket to Slack, and never more than two while one takes over from the other.

slack_sdk's own clients leave sockets behind when they reconnect early, do not notice a connection that has gone silent,
and take up to 13 s to say goodbye. What is left to them here is asking for the address, and reading the envelopes.
"""

import contextlib
import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any

from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from websocket import ABNF, WebSocket, WebSocketException, WebSocketTimeoutException, create_connection

from bot.slack._tls import tls

PING_SECONDS = 10.0  # of silence, after which we ask whether anybody is there
DEAD_SECONDS = 30.0  # of silence, after which nobody is
HANDOVER_SECONDS = 5.0  # that a socket is still read after Slack asked for another
LONGEST_WAIT = 30.0
ROUTINE = ("warning", "refresh_requested")  # why Slack asks for another socket in the ordinary course of a day

log = logging.getLogger(__name__)
Answerer = Callable[[BaseSocketModeClient, SocketModeRequest], None]


class Socket(BaseSocketModeClient):
    """Receives envelopes and hands each to `answer` on a thread of its own. The connection keeps itself up."""

    def __init__(self, app_token: str, web_client: WebClient, answer: Answerer, threads: Executor) -> None:
        self.app_token, self.web_client = app_token, web_client
        self.logger = logging.getLogger("slack_sdk.socket_mode")  # theirs may quote answers: it is kept short
        self._answer = answer
        self._workers = threads  # shut down with the socket
        self._keeper = threading.Thread(target=self._keep, name="socket", daemon=True)
        self._origin = threading.local()  # the socket that this thread's envelope came from
        self._newest: WebSocket | None = None
        self._hello, self._closing, self._wanted = threading.Event(), threading.Event(), threading.Event()
        self._failures = 0
        self._heard = time.monotonic()

    def connect(self) -> None:
        """Connects and stays so, however often it fails."""
        self._keeper.start()

    def hello(self, seconds: float) -> bool:
        """Whether Slack has said hello within the seconds."""
        return self._hello.wait(seconds)

    def is_connected(self) -> bool:
        return self._hello.is_set()

    def silent_seconds(self) -> float:
        """How long ago Slack was last heard; above a minute, something is wrong."""
        return time.monotonic() - self._heard

    def send_message(self, message: str) -> None:
        """Answers on the socket that asked; on the newest, where that is gone. What is answered already is left."""
        if self._origin.socket is None:
            return
        try:
            self._origin.socket.send(message)
        except (WebSocketException, OSError):
            if self._newest is not None:
                self._newest.send(message)

    def close(self) -> None:
        """Says goodbye with a close frame, after the answers under way."""
        self._closing.set()
        self._wanted.set()
        self._workers.shutdown(wait=True)
        if self._newest is not None:
            _part(self._newest)
        if self._keeper.is_alive():
            self._keeper.join(PING_SECONDS)

    def _keep(self) -> None:
        """Sees to it that there is a socket: at once when Slack asks for another, with growing pauses when it fails."""
        while not self._closing.is_set():
            self._wanted.clear()
            try:
                url = self.issue_new_wss_url()
                self._newest = create_connection(
                    url, timeout=PING_SECONDS, sslopt={"context": tls()}, enable_multithread=True
                )
            except Exception as error:  # noqa: BLE001 - whatever Slack's answer was like, it is asked again
                self._failed(error)
            else:
                threading.Thread(target=self._read, args=(self._newest,), name="reader", daemon=True).start()
            self._wanted.wait()
            if self._failures:
                pause = min(2.0 ** (self._failures - 1), LONGEST_WAIT)
                self._closing.wait(pause * random.uniform(0.5, 1))  # noqa: S311 - not a secret, only not all at once

    def _failed(self, error: Exception) -> None:
        if not self._closing.is_set():
            log.warning("the socket is down: %s", type(error).__name__)
        self._failures += 1
        self._hello.clear()
        self._wanted.set()

    def _read(self, socket: WebSocket) -> None:
        """Reads one socket to its end: until it is lost, or a while after Slack asked for another.

        It asks for a successor once, whatever comes after: each more would stay beside it.
        """
        has_asked = False
        try:
            for message in self._messages(socket):
                if message.get("type") != "disconnect":
                    self._receive(socket, message)
                elif not has_asked:
                    has_asked = True
                    self._failures += message.get("reason") not in ROUTINE
                    self._wanted.set()
        except Exception as error:  # noqa: BLE001 - whatever came, another socket takes over
            if socket is self._newest and not has_asked:
                self._failed(error)
        finally:
            _part(socket)

    def _messages(self, socket: WebSocket) -> Iterator[dict[str, Any]]:
        heard, ends = time.monotonic(), float("inf")
        while time.monotonic() < ends:
            try:
                kind, frame = socket.recv_data_frame(control_frame=True)
            except WebSocketTimeoutException:
                if time.monotonic() - heard > DEAD_SECONDS:
                    raise
                socket.ping()
                continue
            heard = self._heard = time.monotonic()
            if kind == ABNF.OPCODE_CLOSE:
                raise WebSocketException
            if kind == ABNF.OPCODE_TEXT:
                message = json.loads(frame.data)
                yield message
                if message.get("type") == "disconnect":
                    ends = heard + HANDOVER_SECONDS
                    socket.settimeout(HANDOVER_SECONDS)

    def _receive(self, socket: WebSocket, message: dict[str, Any]) -> None:
        if message.get("type") == "hello":
            log.info("connected to Slack")
            self._failures = 0
            self._hello.set()
        elif request := SocketModeRequest.from_dict(message):
            with contextlib.suppress(RuntimeError):  # the program is stopping: Slack asks another of our sockets
                answered = not _wants_an_answer(request)
                self._workers.submit(self._reply, None if answered else socket, request)
                if answered:
                    socket.send(json.dumps({"envelope_id": request.envelope_id}))

    def _reply(self, socket: WebSocket | None, request: SocketModeRequest) -> None:
        self._origin.socket = socket
        self._answer(self, request)


def _wants_an_answer(request: SocketModeRequest) -> bool:
    """Only a submitted form is answered with words; all else is acknowledged before anything is done with it."""
    return request.type == "interactive" and request.payload.get("type") == "view_submission"


def _part(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketException, OSError):
        socket.close(timeout=1)
    if socket.sock:
        socket.sock.close()  # after Slack's close frame the library leaves its end open

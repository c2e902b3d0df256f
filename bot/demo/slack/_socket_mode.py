"""Socket Mode: live sockets over time, envelopes out, acknowledgements in, and ways for a connection to go bad."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from ._state import Json, World

MOST_SOCKETS = 10
CLOSES = bytes((0x88, 2, *(1000).to_bytes(2, "big")))  # a close frame of a server


@dataclass(eq=False)
class Delivery:
    """One payload on its way to the bot, and the bot's acknowledgement: seconds and payload once they are there."""

    envelope_id: str
    kind: str
    payload: Json
    sent_at: float = 0.0
    ack_seconds: float | None = None
    ack_payload: Json | None = None
    on_ack: Callable[[Delivery], None] | None = None
    waiter: asyncio.Future[None] | None = field(default=None, repr=False)
    sent_times: int = 0
    acked_times: int = 0

    @property
    def acked(self) -> bool:
        """Tell whether the bot has acknowledged it."""
        return self.ack_seconds is not None


@dataclass(eq=False)
class Link:
    """One socket: open since, and the close code that the bot sent, if it did."""

    socket: web.WebSocketResponse
    request: web.Request
    opened_at: float
    silent: bool = False
    close_code: int | None = None


class SocketMode:
    """The workspace's end of all sockets; every coroutine runs on the server's loop."""

    def __init__(self, world: World, ping_every: float) -> None:
        self._world, self._ping_every = world, ping_every
        self.links: list[Link] = []
        self.history: list[tuple[float, int]] = []
        self.close_codes: list[int] = []
        self.reused_tickets = 0
        self.pings_seen = 0
        self.silent = False
        self.is_off = False  # as after Socket Mode was switched off in the app's settings
        self.lingers = False  # answers a close frame, and leaves TCP open
        self.deliveries: dict[str, Delivery] = {}
        self._turn = itertools.count()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one socket from its hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._world.tickets:
            self.reused_tickets += 1
            return web.Response(status=403)
        self._world.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, autoclose=False, max_msg_size=0)
        await socket.prepare(request)
        link = Link(socket, request, time.monotonic(), silent=self.silent)
        if self.is_off or len(self.links) >= MOST_SOCKETS:
            await self._send(link, _disconnect("link_disabled" if self.is_off else "too_many_websockets"))
            await socket.close()
            return socket
        self._count(link, opened=True)
        try:
            await self._send(link, self._hello())
            await self._talk(link)
        finally:
            self._count(link, opened=False)
        return socket

    def _hello(self) -> Json:
        debug = {"host": "applink-practice", "build_number": 1, "approximate_connection_time": 18060}
        about = {"app_id": self._world.app_id}
        return {"type": "hello", "num_connections": len(self.links), "debug_info": debug, "connection_info": about}

    async def _talk(self, link: Link) -> None:
        pinger = asyncio.create_task(self._ping(link))
        try:
            while True:
                message = await link.socket.receive()
                if message.type == WSMsgType.TEXT:
                    self._ack(message.data)
                elif message.type == WSMsgType.PING:
                    self.pings_seen += 1
                    if not link.silent:
                        await link.socket.pong(message.data)
                elif message.type == WSMsgType.CLOSE:
                    link.close_code = int(message.data or 0)
                    self.close_codes.append(link.close_code)
                    await (self._linger(link) if self.lingers else link.socket.close())
                    return
                elif message.type != WSMsgType.PONG:
                    return
        finally:
            pinger.cancel()

    async def _linger(self, link: Link) -> None:
        """Answer the close frame, and wait for the other end to go."""
        if (transport := link.request.transport) is None:
            return
        transport.write(CLOSES)
        while not transport.is_closing():  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.02)

    async def _ping(self, link: Link) -> None:
        while True:
            await asyncio.sleep(self._ping_every)
            if not link.silent:
                with contextlib.suppress(ConnectionError, RuntimeError):
                    await link.socket.ping(b"Ping from applink-practice")

    def _count(self, link: Link, *, opened: bool) -> None:
        with self._world.changed:
            (self.links.append if opened else self.links.remove)(link)
            self.history.append((time.monotonic(), len(self.links)))
            self._world.changed.notify_all()

    async def _send(self, link: Link, frame: Json) -> None:
        await link.socket.send_str(json.dumps(frame))

    def _ack(self, raw: str) -> None:
        now = time.monotonic()
        answer: dict[str, Any] = json.loads(raw)
        delivery = self.deliveries.get(str(answer.get("envelope_id")))
        if delivery is None:
            self._world.refuse("ack", "unknown_envelope", str(answer.get("envelope_id")))
            return
        delivery.acked_times += 1
        if delivery.acked_times > delivery.sent_times:
            self._world.refuse("ack", "acked_twice", delivery.kind)
        elif not delivery.acked:
            self.settle(delivery, answer.get("payload"), now)

    def settle(self, delivery: Delivery, payload: Json | None, now: float) -> None:
        """Write an acknowledgement down, let its effects happen, and ring the bell."""
        with self._world.changed:
            delivery.ack_payload = payload
            delivery.ack_seconds = now - delivery.sent_at
            if delivery.ack_seconds > self._world.three_seconds:
                self._world.refuse("ack", "late_ack", f"{delivery.kind} after {delivery.ack_seconds:.2f} s")
            if self._world.record and payload:
                self._world.said.append(payload)
            if delivery.on_ack is not None:
                delivery.on_ack(delivery)
            self._world.changed.notify_all()
        if delivery.waiter is not None and not delivery.waiter.done():
            delivery.waiter.set_result(None)

    async def send(self, delivery: Delivery, extra: Json) -> None:
        """Send an envelope, or the same once more, to one of the live sockets, each in its turn."""
        links = [link for link in self.links if not link.socket.closed]
        link = links[next(self._turn) % len(links)]
        frame = {"envelope_id": delivery.envelope_id, "type": delivery.kind, "payload": delivery.payload, **extra}
        self.deliveries[delivery.envelope_id] = delivery
        delivery.sent_at = time.monotonic()
        delivery.sent_times += 1
        await self._send(link, frame)

    async def say_disconnect(self, reason: str, *, then_close: bool) -> None:
        """Announce the end of every socket for this reason; close them from here too if asked."""
        for link in list(self.links):
            with contextlib.suppress(ConnectionError, RuntimeError):
                await self._send(link, _disconnect(reason))
                if then_close:
                    await link.socket.close()

    async def send_text(self, frame: str) -> None:
        """Send a text frame of any content on every socket."""
        for link in list(self.links):
            await link.socket.send_str(frame)

    async def drop(self) -> int:
        """Cut every socket's TCP without a close frame and return how many there were."""
        for link in (dropped := list(self.links)):
            if link.request.transport is not None:
                link.request.transport.abort()
        return len(dropped)

    async def be_silent(self, *, silent: bool) -> None:
        """Stop (or start) pings and answers to pings, on the sockets that are open and those that come."""
        self.silent = silent
        for link in self.links:
            link.silent = silent


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-practice"}}

"""The Web API over HTTP: reading a request, who may ask, faults on demand, the answer, and the record of it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from . import _chat, _lookups, _validation, _views
from ._faults import Fault, Faults
from ._limits import surrogate_faults
from ._methods import METHODS
from ._state import ORDINARY, Call, Json, RefusedError, World

LOADED = (_chat, _lookups, _validation, _views)  # importing them fills the register
JSON_FIELDS = ("blocks", "view", "message", "metadata", "attachments")


class WebApi:
    """Answers ``/api/METHOD`` for one workspace."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world, self._faults = world, faults

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request: the faults laid out for it first, then the method itself."""
        name = request.match_info["method"]
        args = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.pop("token", ""))
        fault = self._faults.strike(name, args)
        self._judge_haste(name, fault)
        if fault is not None:
            await asyncio.sleep(fault.delay)
            await _is_set(fault.until)
            if fault.drop != "after" and (response := self._faulty(request, name, args, fault)) is not None:
                return response
        answer = self.call(name, args, token)
        if fault is not None and fault.drop == "after":
            return self._faulty(request, name, args, fault) or _hang_up(request)
        if fault is not None:
            await asyncio.sleep(fault.hangs)
            await _is_set(fault.answers)
        return web.json_response(answer, headers=self._headers(name))

    def call(self, name: str, args: Json, token: str) -> Json:
        """Return the method's answer, recorded; what is refused is written down as a refusal too."""
        world = self._world
        with world.changed:
            try:
                answer = {"ok": True, **self._judged(name, args, token)}
            except RefusedError as refused:
                answer = {"ok": False, "error": refused.error, **refused.fields}
                if refused.details:
                    answer["response_metadata"] = {"messages": [f"[ERROR] {one}" for one in refused.details]}
                if refused.error not in ORDINARY:
                    world.refuse(name, refused.error, *refused.details)
            self._write_down(name, args, answer)
            world.changed.notify_all()
        return answer

    def _judged(self, name: str, args: Json, token: str) -> Json:
        world = self._world
        if name == "apps.connections.open":
            return self._open_connection(token)
        _judge_token(token, world.bot_token, world.app_token)
        if name not in METHODS:
            raise RefusedError("unknown_method", name)
        missing = [one for one in METHODS[name].scopes(world, args) if one not in world.scopes]
        if missing:
            raise RefusedError(
                "missing_scope", missing[0], needed=",".join(missing), provided=",".join(sorted(world.scopes))
            )
        if world.validate and surrogate_faults(args):
            raise RefusedError("invalid_arguments", *surrogate_faults(args))
        return METHODS[name].answer(world, args)

    def _open_connection(self, token: str) -> Json:
        _judge_token(token, self._world.app_token, self._world.bot_token)
        ticket = self._world.new_id("ticket")
        self._world.tickets.add(ticket)
        return {"url": f"{self._world.base.replace('http', 'ws', 1)}/link?ticket={ticket}&app_id={self._world.app_id}"}

    def _faulty(self, request: web.Request, name: str, args: Json, fault: Fault) -> web.StreamResponse | None:
        if fault.drop == "before":
            return _hang_up(request)
        if fault.retry_after is not None:
            self._faults.closed_until[name] = self._world.clock() + fault.retry_after
            answer, status = {"ok": False, "error": "ratelimited"}, 429
        elif fault.status is not None:
            answer, status = {"ok": False, "error": "internal_error"}, fault.status
        elif fault.error is not None:
            answer, status = {"ok": False, "error": fault.error, **fault.fields}, 200
        else:
            return None
        with self._world.changed:
            self._write_down(name, args, answer, status)
            self._world.changed.notify_all()
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        return web.json_response(answer, status=status, headers=headers)

    def _judge_haste(self, name: str, fault: Fault | None) -> None:
        early = self._faults.closed_until.get(name, 0.0) - self._world.clock()
        if early > 0 and (fault is None or fault.retry_after is None):
            self._world.refuse(name, "called_during_retry_after", f"{early:.2f} s too early")

    def _write_down(self, name: str, args: Json, answer: Json, status: int = 200) -> None:
        if self._world.record:
            self._world.said.append(args)
            self._world.calls.append(Call(name, args, time.monotonic(), answer, status))

    def _headers(self, name: str) -> dict[str, str]:
        date = {"Date": formatdate(self._world.clock(), usegmt=True)}
        return date | ({"x-oauth-scopes": ",".join(sorted(self._world.scopes))} if name == "auth.test" else {})


def _judge_token(token: str, wanted: str, other: str) -> None:
    if token != wanted:
        raise RefusedError("not_allowed_token_type" if token == other else "invalid_auth" if token else "not_authed")


async def _is_set(event: threading.Event | None) -> None:
    while event and not event.is_set():  # noqa: ASYNC110 - it is set in the story's thread
        await asyncio.sleep(0.01)


def _hang_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(await request.read() or b"{}")
    elif request.content_type == "multipart/form-data":
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    else:
        args |= dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return {key: _decoded(key, value) for key, value in args.items() if value is not None}


def _decoded(key: str, value: Any) -> Any:
    if key not in JSON_FIELDS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value

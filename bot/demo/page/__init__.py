"""The page before the practice Slack: what each person sees and does there, over one socket a browser."""

import asyncio
import json
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from bot.demo.moving import Mover
from bot.demo.page._acts import Doer
from bot.demo.page._door import Door, is_here, new_password
from bot.demo.page._shown import parts
from bot.demo.page.words import about
from bot.demo.slack import Json, PracticeSlack

__all__ = ["Page", "new_password"]

LOOKS = Path(__file__).parent / "looks"
LOOKS_EVERY = 0.05  # seconds; to see whether anything has changed is to compare two numbers
AT_ONCE = 40  # acts of all people that wait for the bot at the same time
SAFE = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
A_DOCUMENT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"  # it may not act, nor ask anybody
KINDS = {"html": "text/html", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}


@dataclass
class Page:
    """The routes of the page; it answers from `opens` on. With a password the room around may come in, too.

    It outlives the practice Slack: `is_over` says that somebody wants another one, and whoever is in stays in.
    """

    password: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)
    _door: Door = field(init=False)
    _beginning: str = ""  # another one at each beginning: browsers forget what they knew of the one before
    _browsers: int = 0
    _stands: tuple[PracticeSlack, Mover] | None = None
    _doers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "people"))

    def __post_init__(self) -> None:
        self._door = Door(self.password, LOOKS / "enter.html")

    def add_to(self, app: web.Application) -> None:
        self._stands = None
        self._door.add_to(app)
        app.router.add_get("/", self._start)
        app.router.add_get("/looks/{name}", self._look)
        app.router.add_get("/files/{file}", self._file)
        app.router.add_get("/person/{user}", self._serve)

    def opens(self, slack: PracticeSlack, mover: Mover) -> None:
        self._beginning = secrets.token_urlsafe(8)
        self.is_over.clear()
        self._stands = slack, mover

    def stands(self) -> tuple[PracticeSlack, Mover]:
        if self._stands is None:
            raise web.HTTPServiceUnavailable
        return self._stands

    async def _start(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(LOOKS / "page.html", headers=SAFE)

    async def _look(self, request: web.Request) -> web.StreamResponse:
        path = LOOKS / Path(request.match_info["name"]).name
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=SAFE)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        slack, _ = self.stands()
        file = slack.world.files.get(request.match_info["file"])
        if file is None or file.get("bytes") is None:
            raise web.HTTPNotFound
        kind = file["name"].rpartition(".")[2].lower()
        headers = {**SAFE, "Content-Security-Policy": A_DOCUMENT}
        answer = web.Response(body=file["bytes"], headers=headers)
        answer.content_type = KINDS.get(kind, "application/octet-stream")
        how = "inline" if kind in KINDS else "attachment"
        answer.headers["Content-Disposition"] = f'{how}; filename="{_named(file["name"])}"'
        return answer

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """Holds one browser's socket as one person, and tells it what changes for them."""
        slack, mover = self.stands()
        user = request.match_info["user"]
        if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
            raise web.HTTPForbidden  # another site's page asks
        if user not in slack.world.people:
            raise web.HTTPNotFound
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        doer = Doer(slack, mover, user, self.is_over if is_here(request.remote) else None)
        telling = asyncio.create_task(self._tell(socket, doer))
        self._browsers += 1
        slack.rings()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    asyncio.get_running_loop().create_task(self._do(socket, doer, json.loads(message.data)))
        finally:
            self._browsers -= 1
            telling.cancel()
            slack.rings()
        return socket

    async def _do(self, socket: web.WebSocketResponse, doer: Doer, asked: Json) -> None:
        answer = await asyncio.get_running_loop().run_in_executor(self._doers, doer.does, asked)
        with suppress(ConnectionError, RuntimeError):  # the browser has gone meanwhile
            await socket.send_json({"answer": asked.get("id"), **answer})

    async def _tell(self, socket: web.WebSocketResponse, doer: Doer) -> None:
        told: dict[str, str] = {}
        rung = -1
        while not socket.closed:
            if (now := doer.slack.world.changed.rung) != rung:
                rung = now
                fresh = _as_text(self._parts(doer))
                changed = {name: text for name, text in fresh.items() if told.get(name) != text}
                if changed:
                    told |= changed
                    whole = ", ".join(f"{json.dumps(name)}: {text}" for name, text in changed.items())
                    with suppress(ConnectionError, RuntimeError):
                        await socket.send_str(f'{{"parts": {{{whole}}}}}')
            await asyncio.sleep(LOOKS_EVERY)

    def _parts(self, doer: Doer) -> Json:
        practice = {"beginning": self._beginning, "over": self.is_over.is_set(), "touches": self._touches(doer)}
        told = {"about": about(doer.t, doer.slack.features), "practice": practice}
        return told | parts(doer.slack, doer.mover.clock, doer.user)

    def _touches(self, doer: Doer) -> str | None:
        """Whom a new beginning touches beside the person, "" where nobody; None for who cannot make one."""
        others = self._browsers - 1
        said = doer.t.many(
            "{n} other browser is here too: what is typed there goes, and it begins anew with you.",
            "{n} other browsers are here too: what is typed there goes, and they begin anew with you.",
            others,
        )
        return None if doer.ends is None else said if others > 0 else ""


def _as_text(shown: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(part, ensure_ascii=False) for name, part in shown.items()}


def _named(name: str) -> str:
    return "".join(
        sign if sign.isalnum() or sign in "-_. " else "_" for sign in name.encode("ascii", "ignore").decode()
    )

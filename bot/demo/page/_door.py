"""Who gets in: at this machine whoever sits at it; from the room around it, who knows the password."""

import asyncio
import hmac
import ipaddress
import secrets
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # that nobody mistakes when they are read aloud
COOKIE = "practice"
TRY_SECONDS = 1.0  # each wrong password waits so long, and the next one behind it
OF_THE_BOT = ("/api/", "/link", "/hooks/", "/upload/")
OPEN_TO_ALL = ("/looks/page.css", "/looks/icon.svg")
SEE_OTHER = 303


def new_password() -> str:
    """Two groups of five signs."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(2))


class Door:
    """Guards all that the practice Slack answers. Without a password only pages of this machine get in."""

    def __init__(self, password: str, form: Path) -> None:
        self._password, self._form = password, form
        self._key = secrets.token_urlsafe(16)
        self._trying = asyncio.Lock()

    def add_to(self, app: web.Application) -> None:
        app.middlewares.append(self.guard)
        if self._password:
            app.router.add_get("/enter", self._ask)
            app.router.add_post("/enter", self._enter)

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(OF_THE_BOT):
            if not is_here(request.remote):
                raise web.HTTPForbidden
        elif not self._password:
            if not _names_here(request.host):  # a page elsewhere whose name leads here
                raise web.HTTPForbidden
        elif request.path not in (*OPEN_TO_ALL, "/enter") and not self._knows(request):
            raise web.HTTPFound("/enter")
        return await handler(request)

    def _knows(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self._key.encode())

    async def _ask(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(self._form)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        told = str((await request.post()).get("password", "")).strip().lower()
        if not hmac.compare_digest(told.encode(), self._password.encode()):
            async with self._trying:
                await asyncio.sleep(TRY_SECONDS)
            raise web.HTTPSeeOther("/enter?wrong#wrong")
        entered = web.Response(status=SEE_OTHER, headers={"Location": "/"})
        entered.set_cookie(COOKIE, self._key, httponly=True, samesite="Strict")
        return entered


def is_here(address: str | None) -> bool:
    """Whether who asks from this address sits at this machine."""
    return address is not None and ipaddress.ip_address(address).is_loopback


def _names_here(host: str) -> bool:
    name = host.rsplit(":", 1)[0].strip("[]")
    return name in ("localhost", "127.0.0.1")

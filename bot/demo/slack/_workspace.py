"""The workspace itself: starting and stopping it, its people and channels, and what is delivered to the bot."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml
from aiohttp import web

from bot.deps import utc_now

from . import _payloads
from ._forms import CannotDoError
from ._hooks import post_to_hook
from ._http_mode import post_signed
from ._people import HOME_CHANNEL, Person
from ._seen import SECONDS, SeenModal
from ._socket_mode import Delivery
from ._state import Channel, Json, World
from ._watched import Watched
from ._web_api import WebApi

MANIFEST = Path(__file__).parents[2] / "manifest.yaml"
SCOPES = (
    *("chat:write", "commands", "im:write", "im:history", "im:read", "channels:read", "channels:history"),
    *("groups:read", "groups:history", "users:read", "team:read", "files:write"),
)


def real_time() -> float:
    """Seconds since 1970, for whoever sets no clock."""
    return utc_now().timestamp()


def no_opinion(_surface: Json) -> list[str]:
    """Nobody else is asked."""
    return []


@cache
def manifest_in(file: Path) -> Json:
    """What the app's manifest declares, read once; nothing where there is none."""
    return yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}


class PracticeSlack(Watched):
    """A workspace on loopback for one bot; as a context manager it ends with the check that nothing was refused."""

    def __init__(
        self,
        *,
        scopes: Iterable[str] | None = None,
        manifest: Path = MANIFEST,
        clock: Callable[[], float] = real_time,
        validate: bool = True,
        record: bool = True,
        ping_every: float = 2.0,
        page_limit: int = 200,
        history_lag: float = 0.0,
        tls: ssl.SSLContext | None = None,
        three_seconds: float = SECONDS,
        opinions: Callable[[Json], list[str]] = no_opinion,
        port: int = 0,
        host: str = "127.0.0.1",
        pages: Callable[[web.Application], None] | None = None,
    ) -> None:
        self._manifest = manifest_in(manifest)
        declared = self._manifest.get("oauth_config", {}).get("scopes", {})
        asked_for = [*declared.get("bot", ()), *declared.get("bot_optional", ())]
        granted = frozenset(scopes if scopes is not None else asked_for or SCOPES)
        world = World(clock, granted, validate, record, page_limit, history_lag, three_seconds, opinions)
        super().__init__(world, ping_every)
        self._tls, self._address, self._pages = tls, (host, port), pages
        self.request_url: str | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="practice-slack", daemon=True)
        self._runner: web.AppRunner | None = None
        self._people()

    def _people(self) -> None:
        self.world.people[self.world.bot_user] = _record(self.world, self.world.bot_user, "raportoi", {"is_bot": True})
        self.channel(HOME_CHANNEL, "keskustelu")

    # Starting and stopping

    def start(self) -> Self:
        """Open the port and return the workspace."""
        self._thread.start()
        self._on_loop(self._open())
        return self

    def stop(self) -> None:
        """Close every socket and the port."""
        self._on_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self.stop()
        if kind is None:
            self.assert_no_refusals()

    async def _open(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/{method}", WebApi(self.world, self.faults).answer)
        app.router.add_get("/link", self.sockets.serve)
        app.router.add_post("/hooks/{team}/{name}", self._hook)
        app.router.add_post("/upload/{file}", self._upload)
        if self._pages is not None:
            self._pages(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._address, ssl_context=self._tls).start()
        self.world.base = f"http{'s' if self._tls else ''}://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _close(self) -> None:
        await self.sockets.drop()  # a close frame would make the bot's library leave its end open
        if self._runner is not None:
            await self._runner.cleanup()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await request.json()
        except ValueError:
            self.world.refuse("response_url", "invalid_payload")
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        fault = self.faults.strike("response_url", body)
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if fault.status or fault.error:
                return web.json_response({"ok": False, "error": fault.error}, status=fault.status or 404)
        answer = post_to_hook(self.world, request.match_info["name"], body)
        return web.json_response(answer, status=200 if answer["ok"] else 404)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files[request.match_info["file"]]
        if request.content_type == "multipart/form-data":
            part = next(iter((await request.post()).values()))
            file["bytes"] = part.file.read() if isinstance(part, web.FileField) else str(part).encode()
        else:
            file["bytes"] = await request.read()
        return web.Response(text="OK")

    def settings_env(self) -> dict[str, str]:
        """Return the environment variables with which the bot finds this workspace."""
        world = self.world
        tokens = {"SLACK_BOT_TOKEN": world.bot_token, "SLACK_APP_TOKEN": world.app_token}
        return {**tokens, "SLACK_SIGNING_SECRET": world.signing_secret, "SLACK_API_URL": f"{world.base}/api/"}

    # People and channels

    def person(
        self,
        user: str,
        name: str,
        *,
        joins: Iterable[str] = (HOME_CHANNEL,),
        missing: Iterable[str] = (),
        **fields: Any,
    ) -> Person:
        """Add a person, by default to the discussion channel, and return them.

        ``fields`` go into the record of ``users.info`` (tz, locale, deleted, is_bot, is_stranger, is_restricted,
        is_ultra_restricted, team_id; display_name and status_… into the profile); ``missing`` are left out of it.
        """
        record = _record(self.world, user, name, fields)
        for key in missing:
            record.pop(key, None)
            record["profile"].pop(key, None)
        with self.world.changed:
            self.world.people[user] = record
            for channel in joins:
                self.world.channels[channel].members.append(user)
        return Person(self, user)

    def channel(
        self, channel: str, name: str, *, members: Iterable[str] = (), bot_is_member: bool = True, **flags: bool
    ) -> Channel:
        """Add a channel and return it; flags are is_private, is_ext_shared, is_archived."""
        inside = [*members, *([self.world.bot_user] if bot_is_member else [])]
        with self.world.changed:
            self.world.channels[channel] = Channel(channel, name, inside, **flags)
        return self.world.channels[channel]

    @property
    def features(self) -> Json:
        """What the manifest gives people: its slash_commands and shortcuts."""
        return dict(self._manifest.get("features", {}))

    def someone(self, user: str) -> Person:
        """Return the person with this id."""
        if user not in self.world.people:
            raise CannotDoError(f"nobody is {user}")
        return Person(self, user)

    def declared(self, section: str, key: str, name: str) -> None:
        """Fail if the manifest, where there is one, does not declare this command or shortcut."""
        listed = [one[key] for one in self._manifest.get("features", {}).get(section, [])]
        if self._manifest and name not in listed:
            raise CannotDoError(f"the manifest declares no {name} in {section}: {listed}")
        if "commands" not in self.world.scopes:
            raise CannotDoError("slash commands and shortcuts need the scope commands")

    # Deliveries

    def wait_until_connected(self, sockets: int = 1, within: float = SECONDS) -> None:
        """Wait until at least so many sockets are live; with signed HTTP there is nothing to wait for."""
        if self.request_url is None:
            self.world.wait_for(lambda: self.live_sockets >= sockets, within, lambda: f"{self.live_sockets} sockets")

    def send_envelope(
        self, payload: Json, kind: str = "interactive", on_ack: Callable[[Delivery], None] | None = None, **extra: Any
    ) -> Delivery:
        """Send any payload, sound or not, without waiting; ``kind`` is slash_commands, interactive or events_api."""
        self.wait_until_connected()
        delivery = Delivery(self.world.new_id("env"), kind, payload, on_ack=on_ack or self._wants_no_payload)
        if self.request_url is not None:
            post_signed(self.world, self.sockets, delivery, self.request_url)
        else:
            self._on_loop(self.sockets.send(delivery, {"accepts_response_payload": kind != "events_api", **extra}))
        return delivery

    def deliver(
        self,
        kind: str,
        payload: Json,
        *,
        within: float = SECONDS,
        on_ack: Callable[[Delivery], None] | None = None,
        **extra: Any,
    ) -> Delivery:
        """Send a payload and return the delivery once it is acknowledged, or fail when that takes too long."""
        return self.wait_for_ack(self.send_envelope(payload, kind, on_ack, **extra), within=within)

    def wait_for_ack(self, delivery: Delivery, *, within: float = SECONDS) -> Delivery:
        """Return the delivery once it is acknowledged, or fail when that takes too long."""
        self.world.wait_for(lambda: delivery.acked, within, lambda: f"an ack of {delivery.kind}; {self._state()}")
        return delivery

    def deliver_http(self, kind: str, payload: Json, request_url: str, *, within: float = SECONDS) -> Delivery:
        """Post a payload signed to this address and return the delivery once it is answered with 200."""
        delivery = Delivery(self.world.new_id("env"), kind, payload)
        post_signed(self.world, self.sockets, delivery, request_url)
        return self.wait_for_ack(delivery, within=within)

    def send_copies(self, payload: Json, kind: str, copies: int, on_ack: Callable[[Delivery], None]) -> list[Delivery]:
        """Send the same payload several times at once, over the live sockets in turn, and wait for every ack."""
        sent = [self.send_envelope(payload, kind, on_ack) for _ in range(copies)]
        return [self.wait_for_ack(delivery) for delivery in sent]

    def send_twice(self, payload: Json, kind: str, on_ack: Callable[[Delivery], None] | None = None) -> Delivery:
        """Send one envelope two times, over the live sockets in turn, and wait until both are acknowledged."""
        delivery = self.send_envelope(payload, kind, on_ack)
        self._on_loop(self.sockets.send(delivery, {"accepts_response_payload": kind != "events_api"}))
        self.world.wait_for(lambda: delivery.acked_times == 2, SECONDS, lambda: f"two acks of {kind}; {self._state()}")
        return delivery

    def send_event(self, inner: Json, *, event_id: str = "", within: float = SECONDS, **extra: Any) -> Delivery:
        """Send an event (``retry_attempt`` and ``retry_reason`` mark a repeat) and wait for its ack."""
        self.wait_until_connected()
        retry = {"retry_attempt": 0, "retry_reason": "", **extra}
        return self.deliver("events_api", _payloads.event(self.world, inner, event_id), within=within, **retry)

    def command_payload(self, user: str, command: str, text: str = "", channel: str = HOME_CHANNEL) -> Json:
        """Return a slash command's payload with a fresh trigger_id, to be changed and sent by hand."""
        return _payloads.command(self.world, user, command, text, channel)

    def burst(
        self, count: int, concurrency: int, *, user: str, command: str = "/raportoi", text: str = "", within: float = 60
    ) -> list[float]:
        """Send so many commands, so many at a time, and return the seconds that each acknowledgement took."""
        self.wait_until_connected()
        return self._on_loop(asyncio.wait_for(self._burst(count, concurrency, user, command, text), within))

    async def _burst(self, count: int, concurrency: int, user: str, command: str, text: str) -> list[float]:
        gate = asyncio.Semaphore(concurrency)

        async def one() -> float:
            async with gate:
                payload = _payloads.command(self.world, user, command, text, HOME_CHANNEL)
                delivery = Delivery(self.world.new_id("env"), "slash_commands", payload)
                delivery.waiter = self._loop.create_future()
                await self.sockets.send(delivery, {"accepts_response_payload": True})
                await delivery.waiter
                del self.sockets.deliveries[delivery.envelope_id]
                return delivery.ack_seconds or 0.0

        return list(await asyncio.gather(*(one() for _ in range(count))))

    def _wants_no_payload(self, delivery: Delivery) -> None:
        if delivery.ack_payload:
            self.world.refuse("ack", "unexpected_payload", delivery.kind, json.dumps(delivery.ack_payload)[:200])

    def top_modal(self, user: str) -> SeenModal | None:
        """Return the modal on top of this person's stack, or None."""
        with self.world.changed:
            stack = self.world.stacks[user]
            return SeenModal(self, stack[-1]) if stack else None


def _record(world: World, user: str, name: str, fields: Json) -> Json:
    profile = {"real_name": name, "display_name": name, "status_text": "", "status_emoji": "", "status_expiration": 0}
    profile |= {key: fields.pop(key) for key in list(fields) if key in profile}
    return {
        "id": user,
        "team_id": world.team_id,
        "name": name.lower().replace(" ", "."),
        "real_name": name,
        "deleted": False,
        "tz": "Europe/Helsinki",
        "tz_label": "Eastern European Time",
        "tz_offset": 7200,
        "locale": "fi-FI",
        "is_bot": False,
        "is_stranger": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "profile": profile,
        **fields,
    }

"""The composition root: the only place where real parts are put together, started and stopped."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.app import _commands
from bot.app._parts import compare_channel, looking_on, put_together
from bot.blocks.labels import meant
from bot.deps import Deps, utc_now
from bot.errors import DatabaseUnavailable, No, SettingsError, SlackError
from bot.health import Health, Knock, metrics
from bot.jobs import HANDLERS, knocks
from bot.jobs.deliveries import Sender
from bot.rules.deliveries import Terms
from bot.rules.privacy import find_personal_data
from bot.schedule import Timetable
from bot.services.deliveries import OnlySender
from bot.settings import Settings
from bot.slack import Socket, dig, for_clients, open_socket_address
from bot.web import Pages, Web, slack_door
from commands import (
    digests,
    errors,
    exports,
    feedback,
    home,
    loop,
    meetings,
    networks,
    news,
    observations,
    others,
    own_data,
    people,
    phenomena,
    practices,
    reminders,
    repeats,
    sentences,
    summaries,
)

STORIES = (  # the busiest first: Bolt asks its listeners in order
    observations,
    home,
    reminders,
    meetings,
    phenomena,
    practices,
    loop,
    sentences,
    others,
    feedback,
    digests,
    exports,
    summaries,
    networks,
    people,
    own_data,
    news,
    repeats,
    errors,
)
LISTENERS = 50  # threads; Bolt's five let slow commands starve the rest of their acknowledgement
TELLERS = 4  # threads; what is told afterwards takes its turn, so that acknowledging and storing come first
STOP_SECONDS = 20
ANSWER_SECONDS = 5  # Slack gives an acknowledgement three
HELLO_SECONDS = 30
ALONE = (
    "DATABASE_URL must be of PostgreSQL for `work` and `serve --no-jobs`: on SQLite one process does everything,"
    " with `serve`."
)
ANOTHER = (
    "DATABASE_URL: another Raportoi is at work on {file}; on SQLite one process does everything. End that one first."
)

__all__ = ["Bot", "Pool", "looking_on", "put_together"]

log = logging.getLogger(__name__)


class Pool(ThreadPoolExecutor):
    """Threads whose unfinished work can be waited for while more may still come in."""

    def __init__(self, threads: int) -> None:
        super().__init__(threads)
        self._open: set[Future[Any]] = set()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def drain(self, seconds: float) -> None:
        wait(set(self._open), timeout=seconds)


class Bot:
    """The bot of one workspace: `start` returns once Slack can reach it, `stop` ends it calmly.

    With an app token it holds a socket to Slack; without one Slack's requests come in over HTTP.
    `listens`: it answers people. `jobs`: the clock's work is done here. Where not both are, it needs PostgreSQL.
    Raises SettingsError.
    """

    def __init__(
        self,
        settings: Settings,
        middleware: Sequence[Callable[..., Any]] = (),
        *,
        listens: bool = True,
        jobs: bool = True,
        now: Callable[[], datetime] = utc_now,
        terms: Terms | None = None,
    ) -> None:
        if not (listens and jobs) and settings.database.startswith("sqlite"):
            raise SettingsError(ALONE)
        self._settings, self._middleware = settings, middleware
        self._listeners, self._workers, self._tellers = Pool(LISTENERS * 4), Pool(LISTENERS), Pool(TELLERS)
        self._envelopes = Pool(LISTENERS * 4)
        token = [partial(_check_app_token, settings)] if listens else []
        parts = put_together(settings, self._workers, self._tellers, now, token)
        self.deps = replace(parts, draw_home=home.show)  # the clock's work draws it too
        self._socket: Socket | None = None
        self._web: Web | None = None
        self._right = OnlySender(self.deps)
        self._sender = Sender(self.deps, terms, HANDLERS, right=self._right)
        self._timetable = Timetable(knocks(self.deps) if jobs else ())
        self._listens, self._jobs = listens, jobs
        self.health = self._judged()

    def start(self) -> None:
        """Connects. Raises SettingsError where another bot serves this SQLite file, or in HTTP mode has the port."""
        if self._right.is_elsewhere():
            raise SettingsError(ANOTHER.format(file=self.deps.database.file))
        if self._listens:
            self._answer_people(self._answers())
        else:
            self._listen_if_possible()
        self._warm()
        if self._jobs:
            self._sender.start()
            self._timetable.start()
        log.info("serving workspace %s", self.deps.workspace)

    def _answer_people(self, app: App) -> None:
        if self._settings.slack_app_token is None:
            self._listen(slack_door(app, self._settings.slack_signing_secret or ""))
        else:
            self._connect(app, self._settings.slack_app_token)

    def _answers(self) -> App:
        settings = self._settings
        client = WebClient(settings.slack_bot_token, settings.slack_api_url, ssl=for_clients(), retry_handlers=[])
        app = App(
            name=__name__,  # else it looks for the name in all frames of the stack, and reads their files
            client=client,
            signing_secret=settings.slack_signing_secret,
            listener_executor=self._listeners,
            raise_error_for_unhandled_request=True,  # commands.errors answers it
        )
        for passes in self._middleware:
            app.use(passes)
        _commands.register(app, self.deps, STORIES)
        for story in STORIES:
            story.register(app, self.deps)
        _notice_removal(app, self.deps)
        return app

    def _connect(self, app: App, token: str) -> None:
        web = WebClient(token, self._settings.slack_api_url, ssl=for_clients())
        self._socket = Socket(token, web, partial(_answer_payload, app), self._envelopes)
        self.health = self._judged(self._socket.silent_seconds)
        self._listen_if_possible()
        self._socket.connect()
        if not self._socket.hello(HELLO_SECONDS):
            log.warning("Slack has not answered yet; trying on")

    def _judged(self, silence: Callable[[], float] | None = None) -> Health:
        return Health(self.deps, silence, self._knocks, lambda: self._sender.trouble)

    def _listen_if_possible(self) -> None:
        try:
            self._listen()
        except SettingsError as error:  # the bot can do without
            log.warning("no health check: %s", error)

    def _listen(self, slack: Any = None) -> None:
        pages = Pages(self.health.report, partial(metrics, self.health), slack)
        self._web = Web(self._settings.address, pages, LISTENERS if slack else 2)
        self._web.start()

    @property
    def port(self) -> int | None:
        """Where it listens; None where it does not."""
        return self._web.port if self._web else None

    def _knocks(self) -> list[Knock]:
        return [Knock(one.name, one.seconds, one.last) for one in self._timetable.knocks()]

    def _warm(self) -> None:
        """What the first to ask would wait for is read beside: the members, the texts, the guard, all word lists."""
        threading.Thread(target=self._warm_people, name="people", daemon=True).start()
        if self._listens:
            threading.Thread(target=self._warm_words, name="words", daemon=True).start()

    def _warm_words(self) -> None:
        meant("")
        find_personal_data("")
        self.deps.analyser.warm()

    def _warm_people(self) -> None:
        try:
            self.deps.people.warm()
            compare_channel(self.deps, self._settings.raportoi_channel)
        except SlackError as error:  # they are looked up one by one then
            log.warning("the members could not be read ahead: %s", error.code)
        except DatabaseUnavailable:  # the door to it has logged why
            return

    def stop(self) -> None:
        """What is under way is finished and answered, then the socket is closed with a close frame."""
        self._timetable.stop()
        self._sender.stop()
        if self._web is not None:
            self._web.stop(ANSWER_SECONDS)
        for pool in (self._envelopes, self._listeners, self._tellers):
            pool.drain(STOP_SECONDS)
        time.sleep(0.05)  # Bolt looks every 10 ms for the answer that it then sends
        if self._socket is not None:
            self._socket.close()
        for pool in (self._listeners, self._workers, self._tellers):
            pool.shutdown(wait=True, cancel_futures=True)
        self.health.close()
        self.deps.forget_words()
        self.deps.database.close()
        self._right.release()
        log.info("stopped")


def _answer_payload(app: App, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    started = time.monotonic()
    send_response(client, request, run_bolt_app(app, request), started)


def _notice_removal(app: App, deps: Deps) -> None:
    """When the app is removed from the workspace, nothing more is asked with its token."""

    def note_removal(why: str, body: dict[str, Any]) -> None:
        told_at = body.get("event_time")
        late = deps.now().timestamp() - told_at if isinstance(told_at, int) else float("inf")
        deps.slack.is_told_of_removal(why, late)

    @app.event("app_uninstalled")
    def app_uninstalled(body: dict[str, Any]) -> None:
        note_removal("app_uninstalled", body)

    @app.event("tokens_revoked")
    def tokens_revoked(body: dict[str, Any]) -> None:
        if dig(body, "event", "tokens", "bot"):  # those of single persons, which we do not have, are told here too
            note_removal("tokens_revoked", body)


def _check_app_token(settings: Settings) -> None:
    if settings.slack_app_token is None:
        return
    try:
        open_socket_address(settings.slack_app_token, settings.slack_api_url)
    except SlackError as error:
        if error.no is No.NOW:
            return  # the socket tries on
        message = f"SLACK_APP_TOKEN was refused by Slack ({error.code}). Copy it again from Basic Information."
        raise SettingsError(message) from error

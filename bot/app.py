"""The composition root: the only place where real parts are put together, started and stopped."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.deps import Deps, open_database, utc_now
from bot.errors import SettingsError, SlackError, SlackUnclear
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import analyser
from bot.settings import Settings
from bot.slack import Directory, Slack, Socket, open_socket_address
from commands import errors, observations
from storage import vocabularies

LISTENERS = 50  # threads; Bolt's five let slow commands starve the rest of their acknowledgement
TELLERS = 8  # threads; what is told afterwards takes its turn, so that acknowledging and storing come first
STOP_SECONDS = 20
HELLO_SECONDS = 30
LONGEST_PAUSE = 30

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
    """The bot of one workspace over Socket Mode: `start` answers once the socket stands, `stop` ends it calmly."""

    def __init__(self, settings: Settings, middleware: Sequence[Callable[..., Any]] = ()) -> None:
        self._settings, self._middleware = settings, middleware
        self._listeners, self._workers, self._tellers = Pool(LISTENERS * 4), Pool(LISTENERS), Pool(TELLERS)
        self.deps = put_together(settings, self._workers, self._tellers)
        self._socket: Socket | None = None

    def start(self) -> None:
        """Connects. Raises SettingsError where Slack refuses a token."""
        client = WebClient(self._settings.slack_bot_token, base_url=self._settings.slack_api_url, retry_handlers=[])
        app = App(client=client, listener_executor=self._listeners, raise_error_for_unhandled_request=False)
        for passes in self._middleware:
            app.use(passes)
        for story in (observations, errors):
            story.register(app, self.deps)
        _check_app_token(self._settings)
        web = WebClient(self._settings.slack_app_token, base_url=self._settings.slack_api_url)
        self._socket = Socket(self._settings.slack_app_token, web, partial(_answer, app), LISTENERS * 4)
        self._socket.connect()
        if not self._socket.hello(HELLO_SECONDS):
            log.warning("Slack has not answered yet; trying on")
        threading.Thread(target=self._warm, name="people", daemon=True).start()
        log.info("connected to workspace %s", self.deps.workspace)

    def _warm(self) -> None:
        try:
            self.deps.people.warm()
        except SlackError as error:  # they are looked up one by one then
            log.warning("the members could not be read ahead: %s", error.code)

    def stop(self) -> None:
        """What is under way is finished and answered, then the socket is closed with a close frame."""
        for pool in (self._listeners, self._tellers):
            pool.drain(STOP_SECONDS)
        time.sleep(0.05)  # Bolt looks every 10 ms for the answer that it then sends
        if self._socket is not None:
            self._socket.close()
        for pool in (self._listeners, self._workers, self._tellers):
            pool.shutdown(wait=True, cancel_futures=True)
        self.deps.database.close()
        log.info("stopped")


def _answer(app: App, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    started = time.monotonic()
    send_response(client, request, run_bolt_app(app, request), started)


def put_together(settings: Settings, workers: ThreadPoolExecutor, tellers: ThreadPoolExecutor) -> Deps:
    """The real parts. The schema is brought up to date and the vocabularies are filled.

    Raises SettingsError where the database or Slack cannot be used as set.
    """
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    workspace = _workspace(slack)
    database = open_database(settings.database)
    with database.write() as session:
        vocabularies.bring_up_to_date(session, workspace)
        terms = Vocabularies.of(vocabularies.of_workspace(session, workspace))
    return Deps(
        database=database,
        slack=slack,
        people=Directory(slack, workspace, _channel(slack, settings.raportoi_channel)),
        workspace=workspace,
        key=settings.key,
        now=utc_now,
        vocabularies=terms,
        analyser=analyser(),
        workers=workers,
        tellers=tellers,
    )


def _check_app_token(settings: Settings) -> None:
    try:
        open_socket_address(settings.slack_app_token, settings.slack_api_url)
    except SlackUnclear:
        return  # the socket tries on
    except SlackError as error:
        message = f"SLACK_APP_TOKEN was refused by Slack ({error.code}). Copy it again from Basic Information."
        raise SettingsError(message) from error


def _workspace(slack: Slack) -> str:
    """The workspace's id; while Slack cannot be reached it is asked again. Raises SettingsError for a bad token."""
    pause = 1
    while True:
        try:
            return str(slack.me()["team_id"])
        except SlackUnclear as error:
            log.warning("Slack cannot be reached (%s); asking again in %s s", error.code, pause)
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        except SlackError as error:
            message = f"SLACK_BOT_TOKEN was refused by Slack ({error.code}). Copy it again from OAuth & Permissions."
            raise SettingsError(message) from error


def _channel(slack: Slack, wanted: str | None) -> str | None:
    """The discussion channel's id. Raises SettingsError where the bot cannot see the channel."""
    if wanted is None:
        log.warning("RAPORTOI_CHANNEL is not set: everyone in the workspace may file observations")
        return None
    try:
        found = slack.find_channel(wanted)
    except SlackError as error:
        message = f"RAPORTOI_CHANNEL could not be looked up in Slack ({error.code})."
        raise SettingsError(message) from error
    if found is None:
        message = f"RAPORTOI_CHANNEL: the bot sees no channel {wanted}. Invite it there with /invite @Raportoi."
        raise SettingsError(message)
    return found

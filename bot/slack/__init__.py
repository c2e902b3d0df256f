"""The only door to Slack: what it sent us as plain data, what we say to it, and its errors under our names."""

import logging
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.errors import No, SlackError, SlackLater, SlackUnclear, TriggerExpired, ViewClosed
from bot.slack._acts import Act, as_typed, dig, read_act, whole
from bot.slack._calls import data, header, response
from bot.slack._clock import SlackClock, uptime
from bot.slack._directory import Directory, Member
from bot.slack._files import hand_in, share
from bot.slack._judging import Judge
from bot.slack._lookups import Lookups
from bot.slack._refusals import OF_ALL, PERSONAL, REMOVED, is_strange, judge, place_in
from bot.slack._socket import Socket
from bot.slack._tls import for_clients, tls

__all__ = [
    "PERSONAL",
    "Act",
    "Block",
    "Directory",
    "Judge",
    "Member",
    "Slack",
    "Socket",
    "as_typed",
    "dig",
    "for_clients",
    "is_strange",
    "judge",
    "open_socket_address",
    "read_act",
    "tls",
    "uptime",
    "whole",
]

Block = dict[str, Any]
TIMEOUT_SECONDS = 10
NOT_NOW_SECONDS = 300
LATE_SECONDS = 60  # after which what Slack tells of a removal is no news
ASK_AGAIN_SECONDS = 30  # how often it is asked whether a token that was withdrawn is taken again
DELIVERY = "raportoi_delivery"

log = logging.getLogger(__name__)


class Slack(Lookups):
    """Slack's Web API as we use it.

    What posts is repeated by itself only after "too many requests", which is a sure no; anything else may post twice.
    """

    def __init__(self, token: str, api_url: str, timeout: int = TIMEOUT_SECONDS) -> None:
        patient = RateLimitErrorRetryHandler(max_retry_count=3)
        again = [ConnectionErrorRetryHandler(), patient]
        self._post = WebClient(token, api_url, TIMEOUT_SECONDS, ssl=for_clients(), retry_handlers=[patient])
        self._read = WebClient(token, api_url, timeout, ssl=for_clients(), retry_handlers=again)
        self._once = WebClient(token, api_url, timeout, ssl=for_clients(), retry_handlers=[])
        self._clock = SlackClock()
        self.removed = ""  # Slack's word for why the token is no more
        self._asked_whether_back, self._asking = 0.0, threading.Lock()
        self._missed: set[str] = set()

    def lacks(self, scope: str) -> bool:
        """Whether Slack has refused something for want of this scope, and not told since that it is granted."""
        return scope in self._missed

    def note_removal(self, why: str) -> None:
        """From here on nothing is asked with this token but, now and then, whether it is taken again."""
        if not self.removed:
            log.error("Slack has withdrawn the bot token (%s); nothing more is asked with it", why)
        self._asked_whether_back, self.removed = uptime(), why

    def is_told_of_removal(self, why: str, seconds_ago: float) -> None:
        """Slack has told that the app was removed: what comes late may be about an earlier installation, so we ask."""
        if seconds_ago > LATE_SECONDS:
            try:
                self.me()
            except SlackError as error:  # a dead token is noted where that is heard
                log.warning("Slack told late that the app was removed (%s), and answered %s", why, error.code)
            else:
                log.warning("Slack told late that the app was removed (%s); the token is taken all the same", why)
        else:
            self.note_removal(why)

    def works(self) -> bool:
        """Whether the token is taken, as far as is known; one that was withdrawn is asked about now and then."""
        return not self.removed or self._is_back()

    def _is_back(self) -> bool:
        with self._asking:
            if uptime() - self._asked_whether_back < ASK_AGAIN_SECONDS:
                return not self.removed
            self._asked_whether_back = uptime()
        try:
            self._heard(response(self._read, "auth.test", {}))
        except SlackError:
            return False
        log.warning("Slack takes the bot token again: the app is installed")
        self.removed = ""
        return True

    def _asked(self, client: WebClient, method: str, values: dict[str, Any]) -> Any:
        if not self.works():
            raise SlackError(self.removed, no=No.APP)
        try:
            return self._heard(response(client, method, values))
        except SlackError as error:
            raise self._noted(error, place_in(values)) from None

    def _heard(self, answer: Any) -> Any:
        self._clock.hear(header(answer, "date"))
        return answer

    def clock(self, *, ask_after: float = float("inf")) -> datetime | None:
        """What Slack's clock shows, None where it has not told; it is asked where that was so many seconds ago."""
        if self._clock.age() > ask_after and self.works():
            self._ask("api.test")
        return self._clock.now()

    def _noted(self, error: SlackError, place: str) -> SlackError:
        """What the operator must know is logged once: the end of the token, each missing scope.

        A word that may speak of the token, or of the account of whoever the call was about, is asked about.
        """
        if error.code in REMOVED and place:
            with suppress(SlackError):  # a dead token is noted where that is heard
                self.me()
                return SlackError(error.code, no=No.PERSON)
        elif error.code in REMOVED:
            self.note_removal(error.code)
        for scope in error.needed - self._missed:
            self._missed.add(scope)
            log.error("the scope %s is missing: paste bot/manifest.yaml and press Reinstall to Workspace", scope)
        return error

    def _say(self, method: str, **values: Any) -> dict[str, Any]:
        return data(self._asked(self._post, method, values))

    def _ask(self, method: str, **values: Any) -> dict[str, Any]:
        return data(self._asked(self._read, method, values))

    def open_view(self, trigger: str, view: Block) -> str:
        """The id of the view that now stands open. Raises TriggerExpired where the 3 s of the trigger have passed."""
        return self._view("views.open", trigger_id=trigger, view=view)

    def push_view(self, trigger: str, view: Block) -> str:
        return self._view("views.push", trigger_id=trigger, view=view)

    def update_view(self, view_id: str, view: Block) -> str:
        """The view is drawn anew, whatever stood in it. No hash: the last word counts. Raises ViewClosed."""
        return self._view("views.update", view_id=view_id, view=view)

    def publish_home(self, user: str, view: Block) -> None:
        """Draws the person's page of the app."""
        self._say("views.publish", user_id=user, view=view)

    def _view(self, method: str, **values: Any) -> str:
        try:
            return str(self._say(method, **values)["view"]["id"])
        except SlackError as error:
            if error.code in ("expired_trigger_id", "invalid_trigger_id", "trigger_expired", "exchanged_trigger_id"):
                raise TriggerExpired from error
            if error.code == "not_found":
                raise ViewClosed(error.code) from None
            raise

    def post(self, to: str, text: str, blocks: list[Block], thread: str = "") -> tuple[str, str]:
        """Posts to a person (U…) or a conversation, or into a thread of it; returns (conversation, ts)."""
        values: dict[str, Any] = {"thread_ts": thread} if thread else {}
        answer = self._say("chat.postMessage", channel=to, text=text, blocks=blocks, unfurl_links=False, **values)
        return str(answer["channel"]), str(answer["ts"])

    def deliver(
        self, to: str, text: str, blocks: list[Block], mark: tuple[str, str], thread: str = ""
    ) -> tuple[str, str]:
        """Posts as `post`, once and never again by itself; `mark` is the delivery's (key, kind), `thread` a ts.

        Raises SlackLater (a sure no to all for now), SlackUnreachable (nothing left this machine), SlackUnclear (nobody
        knows), SlackError (a no to this one; `no` says what it is about).
        """
        if not self.works():
            raise SlackLater(self.removed, NOT_NOW_SECONDS, no=No.APP)
        metadata = {"event_type": DELIVERY, "event_payload": {"id": mark[0], "kind": mark[1]}}
        values = {"channel": to, "text": text, "blocks": blocks, "unfurl_links": False, "metadata": metadata}
        values |= {"thread_ts": thread} if thread else {}
        try:
            answer = data(self._heard(response(self._once, "chat.postMessage", values)))
            return str(answer["channel"]), str(answer["ts"])
        except KeyError as error:
            raise SlackUnclear("half_an_answer") from error
        except (SlackLater, SlackUnclear):
            raise
        except SlackError as error:
            error = self._noted(error, to)
            of_all = error.code in OF_ALL or (error.code in REMOVED and error.no is No.APP)
            raise (SlackLater(error.code, NOT_NOW_SECONDS, no=error.no) if of_all else error) from None

    def edit(self, channel: str, ts: str, text: str, blocks: list[Block]) -> None:
        self._say("chat.update", channel=channel, ts=ts, text=text, blocks=blocks)

    def delete(self, channel: str, ts: str) -> None:
        self._say("chat.delete", channel=channel, ts=ts)

    def delete_file(self, file: str) -> None:
        self._say("files.delete", file=file)

    def upload(
        self, channel: str, thread: str, name: str, file: bytes, alt: str, known: Callable[[str], None] = lambda _: None
    ) -> None:
        """Puts a file with its text alternative into a thread of a conversation (D…, C…). Raises SlackError.

        Without a thread ("") it stands by itself; a person's (U…) conversation is opened first.

        A file has no mark by which it could be found again, so that it is tried once. `known` gets its id before
        anybody sees it.
        """
        place = self.open_conversation(channel) if channel[:1] in "UW" else channel
        handed_in = hand_in(self._say, name, file, alt)
        known(handed_in)
        share(self._say, place, thread, name, handed_in)

    def message(self, channel: str, ts: str, thread: str | None = None) -> dict[str, Any] | None:
        """The message as it stands now, in the thread of that ts if one is given; None where it is gone."""
        method = "conversations.replies" if thread else "conversations.history"
        values = {"channel": channel, "oldest": ts, "latest": ts, "inclusive": True, "limit": 10}
        try:
            page = self._ask(method, **values, **({"ts": thread} if thread else {}))
        except SlackError as error:
            if error.code in ("thread_not_found", "message_not_found"):
                return None
            raise
        return next((dict(one) for one in page.get("messages") or () if one.get("ts") == ts), None)

    def whisper(self, response_url: str, text: str, blocks: list[Block], *, replace: bool = False) -> None:
        """Says something only to the person who acted, where they acted; works where the bot is not a member.

        `replace` puts it in place of the whispered message that was acted on.
        """
        hook = WebhookClient(response_url, TIMEOUT_SECONDS, ssl=for_clients(), retry_handlers=[])
        try:
            answer = hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=replace)
        except (OSError, HTTPException) as error:
            raise SlackUnclear(type(error).__name__) from None
        if answer.status_code >= 500:  # noqa: PLR2004
            raise SlackUnclear(str(answer.status_code))
        if answer.status_code != 200:  # noqa: PLR2004
            found = re.search(r"[a-z]+(_[a-z]+)+", str(answer.body))
            word = found[0] if found else ""
            raise SlackError(word or str(answer.status_code), no=judge("response_url", word))

    def me(self) -> dict[str, Any]:
        """auth.test: team_id, team, user_id of the bot; `scopes` is a set, or None where Slack does not say."""
        answer = self._asked(self._read, "auth.test", {})
        scopes = header(answer, "x-oauth-scopes")
        granted = {scope.strip() for scope in scopes.split(",")} if scopes else None
        self._missed -= granted or set()
        return {**data(answer), "scopes": granted, "date": header(answer, "date")}


def open_socket_address(app_token: str, api_url: str) -> str:
    """The address of a new socket. Raises SlackError where the app-level token is no good."""
    client = WebClient(app_token, api_url, TIMEOUT_SECONDS, ssl=for_clients())
    return str(data(response(client, "apps.connections.open", {}))["url"])

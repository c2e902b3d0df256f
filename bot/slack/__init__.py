"""The only door to Slack: what it sent us as plain data, what we say to it, and its errors under our names."""

import logging
from datetime import datetime
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.errors import SlackError, SlackLater, SlackUnclear, TriggerExpired, ViewClosed
from bot.slack._acts import Act, as_typed, dig, read_act, whole
from bot.slack._calls import NOT_NOW, REMOVED, data, header, response
from bot.slack._clock import SlackClock, uptime
from bot.slack._directory import Directory, Member
from bot.slack._files import send_file
from bot.slack._lookups import Lookups
from bot.slack._modals import ANSWER_SECONDS, answer_in_time, open_and_fill, push_and_fill, tell_late, update_in_time
from bot.slack._socket import Socket

__all__ = [
    "ANSWER_SECONDS",
    "NOT_NOW",
    "Act",
    "Block",
    "Directory",
    "Member",
    "Slack",
    "Socket",
    "answer_in_time",
    "as_typed",
    "dig",
    "open_and_fill",
    "open_socket_address",
    "push_and_fill",
    "read_act",
    "tell_late",
    "update_in_time",
    "uptime",
    "whole",
]

Block = dict[str, Any]
TIMEOUT_SECONDS = 10
NOT_NOW_SECONDS = 300
DELIVERY = "raportoi_delivery"

log = logging.getLogger(__name__)


class Slack(Lookups):
    """Slack's Web API as we use it.

    What posts is repeated by itself only after "too many requests", which is a sure no; anything else may post twice.
    """

    def __init__(self, token: str, api_url: str, timeout: int = TIMEOUT_SECONDS) -> None:
        patient = RateLimitErrorRetryHandler(max_retry_count=3)
        self._post = WebClient(token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[patient])
        again = [ConnectionErrorRetryHandler(), patient]
        self._read = WebClient(token, base_url=api_url, timeout=timeout, retry_handlers=again)
        self._once = WebClient(token, base_url=api_url, timeout=timeout, retry_handlers=[])
        self._clock = SlackClock()
        self.removed = ""  # Slack's word for why the token is no more
        self._missed: set[str] = set()

    def is_removed(self, why: str) -> None:
        """From here on nothing is asked with this token: each call raises SlackError at once."""
        if not self.removed:
            log.error("Slack has withdrawn the bot token (%s); nothing more is asked with it", why)
        self.removed = why

    def _asked(self, client: WebClient, method: str, values: dict[str, Any]) -> Any:
        if self.removed:
            raise SlackError(self.removed)
        try:
            return self._heard(response(client, method, values))
        except SlackError as error:
            self._note(error)
            raise

    def _heard(self, answer: Any) -> Any:
        self._clock.hear(header(answer, "date"))
        return answer

    def clock(self, *, ask_after: float = float("inf")) -> datetime | None:
        """What Slack's clock shows, None where it has not told; it is asked where that was so many seconds ago."""
        if self._clock.age() > ask_after and not self.removed:
            self._ask("api.test")
        return self._clock.now()

    def _note(self, error: SlackError) -> None:
        """What the operator must know is logged once: the end of the token, each missing scope."""
        if error.code in REMOVED:
            self.is_removed(error.code)
        for scope in error.needed - self._missed:
            self._missed.add(scope)
            log.error("the scope %s is missing: paste bot/manifest.yaml and press Reinstall to Workspace", scope)

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

    def post(self, to: str, text: str, blocks: list[Block]) -> tuple[str, str]:
        """Posts to a person (U…) or a conversation; answers (conversation, ts) of the message."""
        answer = self._say("chat.postMessage", channel=to, text=text, blocks=blocks, unfurl_links=False)
        return str(answer["channel"]), str(answer["ts"])

    def deliver(
        self, to: str, text: str, blocks: list[Block], mark: tuple[str, str], thread: str = ""
    ) -> tuple[str, str]:
        """Posts as `post`, once and never again by itself; `mark` is the delivery's (key, kind), `thread` a ts.

        Raises SlackLater (a sure no for now), SlackUnreachable (nothing left this machine), SlackUnclear (nobody
        knows), SlackError (a no for good).
        """
        if self.removed:
            raise SlackLater(self.removed, NOT_NOW_SECONDS)
        metadata = {"event_type": DELIVERY, "event_payload": {"id": mark[0], "kind": mark[1]}}
        values = {"channel": to, "text": text, "blocks": blocks, "unfurl_links": False, "metadata": metadata}
        values |= {"thread_ts": thread} if thread else {}
        try:
            answer = data(self._heard(response(self._once, "chat.postMessage", values)))
            return str(answer["channel"]), str(answer["ts"])
        except KeyError as error:
            raise SlackUnclear("half_an_answer") from error
        except SlackError as error:
            if error.code in NOT_NOW and not isinstance(error, SlackUnclear) and self._concerns_us(error):
                raise SlackLater(error.code, getattr(error, "seconds", NOT_NOW_SECONDS)) from None
            raise

    def _concerns_us(self, error: SlackError) -> bool:
        """Whether the refusal is about the app: a word that may speak of the recipient's account is asked about."""
        if error.code not in REMOVED:
            self._note(error)
            return True
        try:
            self.me()
        except SlackError:
            return True
        return False

    def edit(self, channel: str, ts: str, text: str, blocks: list[Block]) -> None:
        self._say("chat.update", channel=channel, ts=ts, text=text, blocks=blocks)

    def delete(self, channel: str, ts: str) -> None:
        self._say("chat.delete", channel=channel, ts=ts)

    def upload(self, channel: str, thread: str, name: str, file: bytes, alt: str) -> None:
        """Puts a file with its text alternative into a thread of a conversation (D…, C…). Raises SlackError.

        Without a thread ("") it stands by itself; a person's (U…) conversation is opened first.

        A file has no mark by which it could be found again, so that it is tried once.
        """
        place = self.open_conversation(channel) if channel[:1] in "UW" else channel
        send_file(self._say, place, thread, name, file, alt)

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
        hook = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        try:
            answer = hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=replace)
        except (OSError, HTTPException) as error:
            raise SlackUnclear(type(error).__name__) from None
        if answer.status_code != 200:  # noqa: PLR2004
            raise SlackError(str(answer.status_code))

    def me(self) -> dict[str, Any]:
        """auth.test: team_id, team, user_id of the bot; `scopes` is a set, or None where Slack does not say."""
        answer = self._asked(self._read, "auth.test", {})
        scopes = header(answer, "x-oauth-scopes")
        granted = {scope.strip() for scope in scopes.split(",")} if scopes else None
        return {**data(answer), "scopes": granted, "date": header(answer, "date")}


def open_socket_address(app_token: str, api_url: str) -> str:
    """The address of a new socket. Raises SlackError where the app-level token is no good."""
    client = WebClient(app_token, base_url=api_url, timeout=TIMEOUT_SECONDS)
    return str(data(response(client, "apps.connections.open", {}))["url"])

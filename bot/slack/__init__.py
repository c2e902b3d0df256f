"""The only door to Slack: what it sent us as plain data, what we say to it, and its errors under our names."""

import logging
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.errors import SlackError, SlackUnclear, TriggerExpired
from bot.slack._acts import Act, as_typed, dig, read_act
from bot.slack._directory import Directory, Member
from bot.slack._modals import answer_in_time, open_and_fill
from bot.slack._socket import Socket

__all__ = [
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
    "read_act",
]

Block = dict[str, Any]
TIMEOUT_SECONDS = 10
REMOVED = {"token_revoked", "account_inactive"}  # the token is dead for good; other refusals may pass
UNCLEAR = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}

log = logging.getLogger(__name__)


class Slack:
    """Slack's Web API as we use it.

    What posts is repeated by itself only after "too many requests", which is a sure no; anything else may post twice.
    """

    def __init__(self, token: str, api_url: str) -> None:
        patient = RateLimitErrorRetryHandler(max_retry_count=3)
        self._post = WebClient(token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[patient])
        again = [ConnectionErrorRetryHandler(), patient]
        self._read = WebClient(token, base_url=api_url, timeout=TIMEOUT_SECONDS, retry_handlers=again)
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
            return _response(client, method, values)
        except SlackError as error:
            self._note(error)
            raise

    def _note(self, error: SlackError) -> None:
        """What the operator must know is logged once: the end of the token, each missing scope."""
        if error.code in REMOVED:
            self.is_removed(error.code)
        for scope in error.needed - self._missed:
            self._missed.add(scope)
            log.error("the scope %s is missing: paste bot/manifest.yaml and press Reinstall to Workspace", scope)

    def _say(self, method: str, **values: Any) -> dict[str, Any]:
        return _data(self._asked(self._post, method, values))

    def _ask(self, method: str, **values: Any) -> dict[str, Any]:
        return _data(self._asked(self._read, method, values))

    def open_view(self, trigger: str, view: Block) -> str:
        """The id of the view that now stands open. Raises TriggerExpired where the 3 s of the trigger have passed."""
        return self._view("views.open", trigger_id=trigger, view=view)

    def push_view(self, trigger: str, view: Block) -> str:
        return self._view("views.push", trigger_id=trigger, view=view)

    def update_view(self, view_id: str, view: Block) -> str:
        """The view is drawn anew, whatever stood in it. No hash: the last word counts."""
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
            raise

    def post(self, to: str, text: str, blocks: list[Block], metadata: Block | None = None) -> tuple[str, str]:
        """Posts to a person (U…) or a conversation; answers (conversation, ts) of the message."""
        marked = {"metadata": metadata} if metadata else {}
        answer = self._say("chat.postMessage", channel=to, text=text, blocks=blocks, unfurl_links=False, **marked)
        return str(answer["channel"]), str(answer["ts"])

    def edit(self, channel: str, ts: str, text: str, blocks: list[Block]) -> None:
        self._say("chat.update", channel=channel, ts=ts, text=text, blocks=blocks)

    def delete(self, channel: str, ts: str) -> None:
        self._say("chat.delete", channel=channel, ts=ts)

    def history(self, channel: str, oldest: str) -> Iterator[dict[str, Any]]:
        """The messages of a conversation since a ts, that one included, newest first, each with its metadata."""
        values = {"channel": channel, "oldest": oldest, "inclusive": True, "limit": 100}
        yield from self._pages("conversations.history", "messages", include_all_metadata=True, **values)

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

    def user(self, user: str) -> dict[str, Any]:
        """Slack's own record of a person; any field may be missing."""
        found = self._ask("users.info", user=user, include_locale=True)["user"]
        return dict(found)

    def users(self) -> Iterator[dict[str, Any]]:
        """Every account of the workspace, page by page."""
        yield from self._pages("users.list", "members", include_locale=True, limit=200)

    def channel_members(self, channel: str) -> frozenset[str]:
        """The ids of all who are in the channel."""
        return frozenset(self._pages("conversations.members", "members", channel=channel, limit=200))

    def find_channel(self, wanted: str) -> str | None:
        """The id of the channel with this id or name (with # or without), None where the bot sees none."""
        values = {"types": "public_channel,private_channel", "exclude_archived": True, "limit": 200}
        channels = self._pages("conversations.list", "channels", **values)
        return next((str(c["id"]) for c in channels if wanted.lstrip("#") in (c.get("id"), c.get("name"))), None)

    def me(self) -> dict[str, Any]:
        """auth.test: team_id, team, user_id of the bot; `scopes` is a set, or None where Slack does not say."""
        response = self._asked(self._read, "auth.test", {})
        scopes = response.headers.get("x-oauth-scopes")
        granted = {scope.strip() for scope in scopes.split(",")} if scopes else None
        return {**_data(response), "scopes": granted, "date": response.headers.get("date")}

    def _pages(self, method: str, key: str, **values: Any) -> Iterator[Any]:
        cursor = ""
        while True:
            page = self._ask(method, **values, **({"cursor": cursor} if cursor else {}))
            yield from page.get(key) or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return


def open_socket_address(app_token: str, api_url: str) -> str:
    """The address of a new socket. Raises SlackError where the app-level token is no good."""
    client = WebClient(app_token, base_url=api_url, timeout=TIMEOUT_SECONDS)
    return str(_data(_response(client, "apps.connections.open", {}))["url"])


def _response(client: WebClient, method: str, values: dict[str, Any]) -> Any:
    try:
        return client.api_call(method, json=values) if _speaks_json(method) else client.api_call(method, params=values)
    except SlackApiError as error:
        code = str(error.response.get("error") or "unknown")
        unclear = code in UNCLEAR or int(error.response.status_code or 0) >= 500  # noqa: PLR2004
        needed = str(error.response.get("needed") or "") if code == "missing_scope" else ""
        raise (SlackUnclear if unclear else SlackError)(code, needed) from None
    except (OSError, HTTPException, SlackClientError) as error:  # what the answer was, nobody knows
        raise SlackUnclear(type(error).__name__) from None


def _speaks_json(method: str) -> bool:
    return method.startswith(("views.", "chat."))


def _data(response: Any) -> dict[str, Any]:
    return dict(response.data)

"""What is asked of Slack about people, conversations and the messages in them."""

from collections.abc import Iterator
from typing import Any

from bot.errors import SlackError
from bot.slack._acts import dig

PRIVATE = "groups:read"


class Lookups:
    """The questions; how one is put (`_ask`) is the client's."""

    _archives = ""  # what the addresses of all messages begin with, once one is known

    def _ask(self, method: str, **values: Any) -> dict[str, Any]:
        raise NotImplementedError

    def open_conversation(self, user: str) -> str:
        """The id (D…) of the bot's conversation with the person."""
        return str(self._ask("conversations.open", users=user)["channel"]["id"])

    def permalink(self, channel: str, ts: str) -> str:
        """The address of a message, to be followed by who may see it.

        Slack is asked for the first one; those that follow differ in channel and ts alone, where that one ended so.
        """
        tail = f"/{channel}/p{ts.replace('.', '')}"
        if self._archives:
            return self._archives + tail
        link = str(self._ask("chat.getPermalink", channel=channel, message_ts=ts)["permalink"])
        if link.endswith(tail):
            self._archives = link.removesuffix(tail)
        return link

    def find_delivery(self, channel: str, key: str, oldest: float, thread: str = "") -> str | None:
        """The ts of the message with this delivery's mark since the Unix time; None where there is none.

        The history has no replies: those are looked for in the thread that begins with the message of that ts.
        """
        since = f"{oldest:.6f}"
        for message in self.replies(channel, thread, since) if thread else self.history(channel, since):
            if dig(message, "metadata", "event_payload", "id") == key:
                return str(message["ts"])
        return None

    def history(self, channel: str, oldest: str) -> Iterator[dict[str, Any]]:
        """The messages of a conversation since a ts, that one included, newest first, each with its metadata."""
        values = {"channel": channel, "oldest": oldest, "inclusive": True, "limit": 100}
        yield from self._pages("conversations.history", "messages", include_all_metadata=True, **values)

    def replies(self, channel: str, thread: str, oldest: str) -> Iterator[dict[str, Any]]:
        """The messages of a thread since a ts, the first one of the thread among them, each with its metadata."""
        values = {"channel": channel, "ts": thread, "oldest": oldest, "inclusive": True, "limit": 100}
        yield from self._pages("conversations.replies", "messages", include_all_metadata=True, **values)

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
        try:
            channels = list(self._channels("public_channel,private_channel"))
        except SlackError as error:
            if error.needed != {PRIVATE}:
                raise
            channels = list(self._channels("public_channel"))  # whoever installed the app has left the others out
        return next((str(c["id"]) for c in channels if wanted.lstrip("#") in (c.get("id"), c.get("name"))), None)

    def _channels(self, kinds: str) -> Iterator[dict[str, Any]]:
        yield from self._pages("conversations.list", "channels", types=kinds, exclude_archived=True, limit=200)

    def _pages(self, method: str, key: str, **values: Any) -> Iterator[Any]:
        cursor = ""
        while True:
            page = self._ask(method, **values, **({"cursor": cursor} if cursor else {}))
            yield from page.get(key) or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

"""Who is a member of the network: asked from Slack, remembered for a while, refused where Slack does not answer."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.errors import NotAMember, PersonUnknown, SlackError

FRESH_SECONDS = 60  # how old the answer may be that lets a person store something
PALM_TREE = ":palm_tree:"
KNOWN_SECONDS = 3600  # how old it may be to draw a form in the right language


class Source(Protocol):
    """The part of Slack that the directory asks."""

    def user(self, user: str) -> dict[str, Any]: ...
    def users(self) -> Iterable[dict[str, Any]]: ...
    def channel_members(self, channel: str) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A person who may use the bot, and what Slack knows: locale and zone ("" where it says none), the palm tree.

    Of a status nothing else is read: others may tell of health.
    """

    user: str
    locale: str
    zone: str = ""
    palm_tree: bool = False
    palm_tree_ends: float = 0  # seconds since 1970; 0 is "until it is taken away"

    def on_holiday(self, now: datetime) -> bool:
        """Whether the status says holiday at this instant."""
        return self.palm_tree and (not self.palm_tree_ends or now.timestamp() < self.palm_tree_ends)


class Directory:
    """The people of one workspace.

    Members of the discussion channel are in, guests too; bots, strangers and the deactivated are out. Without a
    channel set, everyone with an account in the workspace is in.
    """

    def __init__(self, source: Source, team: str, channel: str | None) -> None:
        self._source, self._team, self._channel = source, team, channel
        self._records: dict[str, tuple[float, dict[str, Any]]] = {}
        self._members: tuple[float, frozenset[str]] = (float("-inf"), frozenset())
        self._spoken: dict[str, str] = {}
        self._asking = threading.Lock()
        self._read_at = float("-inf")

    def warm(self) -> None:
        """Everybody is known before they first ask. Raises SlackError where Slack does not answer."""
        records = {str(record["id"]): record for record in self._source.users() if record.get("id")}
        self._records.update((user, (time.monotonic(), record)) for user, record in records.items())
        self._channel_members(FRESH_SECONDS)
        self._read_at = time.monotonic()

    def everybody(self) -> list[dict[str, Any]]:
        """Slack's records of all members of the network, asked now. Raises SlackError where it does not answer."""
        self.warm()
        members = self._members[1]
        records = [record for _, record in list(self._records.values())]
        return [one for one in records if self._counts(one) and (not self._channel or one["id"] in members)]

    def everyone(self) -> list[Member]:
        """All members of the network as of the last minute, in the order of their ids. Raises SlackError.

        The order in which they were heard of would tell who has done something here, in all that is planned by it.
        """
        if not self.read_within(FRESH_SECONDS):
            self.warm()
        return [person for user in sorted(self._records) if (person := self.known(user))]

    def read_within(self, seconds: float) -> bool:
        """Whether everybody was asked for in the last so many seconds."""
        return time.monotonic() - self._read_at < seconds

    def zones(self) -> set[str]:
        """The names of the zones that people live in, as far as is known."""
        return {str(record["tz"]) for _, record in list(self._records.values()) if record.get("tz")}

    def follow(self, channel: str | None) -> None:
        """From here on the members of this channel are the network."""
        if channel != self._channel:
            self._channel, self._members = channel, (float("-inf"), frozenset())

    def heard(self, record: dict[str, Any]) -> None:
        """What Slack tells of a person unasked takes the place of what was known; the locale, left out there, stays."""
        user = str(record.get("id") or "")
        _, before = self._records.get(user, (0, {}))
        if user:
            self._records[user] = (time.monotonic(), {**before, **record})

    def came_or_went(self, channel: str) -> None:
        """The members of the channel are asked again before the next answer."""
        with self._asking:  # an answer that is under way may be from before
            if channel == self._channel:
                self._members = (float("-inf"), self._members[1])

    @property
    def channel(self) -> str | None:
        """The discussion channel's id."""
        return self._channel

    def speaks(self, user: str, locale: str) -> None:
        """The language a person was heard to use; it counts where Slack knows no locale for them."""
        self._spoken[user] = locale

    def known(self, user: str) -> Member | None:
        """The member as last heard within the hour, without asking; None for the unknown and for those who are out."""
        heard, record = self._records.get(user, (float("-inf"), {}))
        fresh = time.monotonic() - heard < KNOWN_SECONDS
        belongs = not self._channel or user in self._members[1]
        return self._as_member(user, record) if fresh and belongs and self._counts(record) else None

    def member(self, user: str) -> Member:
        """The member by what Slack says now (a minute old at most).

        Raises NotAMember, and PersonUnknown where Slack does not answer: in doubt, nobody gets in.
        """
        try:
            record = self._record(user)
            belongs = not self._channel or user in self._channel_members(FRESH_SECONDS)
            if self._channel and not belongs:  # perhaps they joined a moment ago
                belongs = user in self._channel_members(0)
        except SlackError as error:
            raise (NotAMember if error.code == "user_not_found" else PersonUnknown) from error
        if not belongs or not self._counts(record):
            raise NotAMember
        return self._as_member(user, record)

    def find(self, user: str) -> Member | None:
        """The member, or None where the person is none. Raises PersonUnknown."""
        try:
            return self.member(user)
        except NotAMember:
            return None

    def _as_member(self, user: str, record: dict[str, Any]) -> Member:
        profile = record.get("profile") or {}
        return Member(
            user,
            str(record.get("locale") or self._spoken.get(user, "")),
            str(record.get("tz") or ""),
            profile.get("status_emoji") == PALM_TREE,
            float(profile.get("status_expiration") or 0),
        )

    def _counts(self, record: dict[str, Any]) -> bool:
        stranger = record.get("is_stranger") or (record.get("team_id") or self._team) != self._team
        return not (record.get("deleted") or record.get("is_bot") or stranger)

    def _record(self, user: str) -> dict[str, Any]:
        heard, record = self._records.get(user, (float("-inf"), {}))
        if time.monotonic() - heard >= FRESH_SECONDS:
            record = self._source.user(user)
            self._records[user] = (time.monotonic(), record)
        return record

    def _channel_members(self, seconds: float) -> frozenset[str]:
        with self._asking:
            heard, members = self._members
            if self._channel and time.monotonic() - heard >= min(seconds, KNOWN_SECONDS):
                members = self._source.channel_members(self._channel)
                self._members = (time.monotonic(), members)
        return members

"""The members of the network: we ask Slack, remember the answer for a while, and refuse if Slack does not answer."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.errors import AppRefused, ChannelLost, No, NotAMember, PersonUnknown, SlackError

FRESH_SECONDS = 60  # how old the answer may be that lets a person store something
PALM_TREE = ":palm_tree:"
KNOWN_SECONDS = 3600  # how old it may be to draw a form in the right language
SEEN_SECONDS, LOST_SECONDS = 600, 30  # between looks at the channel, where nobody else asks for it
SLACKBOT = "USLACKBOT"  # an account of every workspace's that does not count as a bot
NOBODY_IS_TOLD = {No.CHANNEL: ChannelLost, No.APP: AppRefused}  # by what Slack's no to a look-up is about


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
    name: str = field(default="", repr=False)  # for menus that Slack cannot fill by itself; stored nowhere

    def on_holiday(self, now: datetime) -> bool:
        """Whether the status says holiday at this instant."""
        return self.palm_tree and (not self.palm_tree_ends or now.timestamp() < self.palm_tree_ends)


class Directory:
    """The people of one workspace.

    Members of the discussion channel are in, guests too; bots, strangers and the deactivated are out. Without a
    channel set, everyone with an account in the workspace is in. In an organisation of several workspaces an account
    may be another's, or the organisation's: whoever has ours among theirs belongs.

    `changes` tells how often the members have changed, as far as any process has heard.
    """

    def __init__(self, source: Source, team: str, channel: str | None, changes: Callable[[], int] = int) -> None:
        self._source, self._team, self._channel, self._changes = source, team, channel, changes
        self._as_of = 0  # how many of the changes are in what is known here
        self.trouble = ""  # Slack's word for why it does not tell who is in the channel, until that is mended
        self._records: dict[str, tuple[float, dict[str, Any]]] = {}
        self._members: tuple[float, frozenset[str]] = (float("-inf"), frozenset())
        self._asking = threading.Lock()
        self._read_at = self._tried_at = float("-inf")

    def warm(self) -> None:
        """Everybody is known before they first ask. Raises SlackError, DatabaseUnavailable."""
        changes = self._changes()  # read before Slack is asked: what is heard meanwhile is asked for once more
        records = {str(record["id"]): record for record in self._source.users() if record.get("id")}
        self._records.update((user, (time.monotonic(), record)) for user, record in records.items())
        self._channel_members(0)
        self._read_at, self._as_of = time.monotonic(), changes

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

    def count_known(self) -> int:
        """How many members are known, without asking; 0 before anybody was asked for."""
        return sum(self.known(user) is not None for user in list(self._records))

    def read_within(self, seconds: float) -> bool:
        """Whether everybody was asked for in the last so many seconds, and after the last change that is known of.

        Raises DatabaseUnavailable.
        """
        return time.monotonic() - self._read_at < seconds and self._changes() == self._as_of

    def zones(self) -> set[str]:
        """The names of the zones that people live in, as far as is known."""
        return {str(record["tz"]) for _, record in list(self._records.values()) if record.get("tz")}

    def follow(self, channel: str | None) -> None:
        """From here on the members of this channel are the network: nobody is known before they are asked for."""
        if channel != self._channel:
            self._channel, self._members = channel, (float("-inf"), frozenset())
            self._read_at, self.trouble = float("-inf"), ""

    def heard(self, record: dict[str, Any]) -> bool:
        """What Slack tells of a person unasked takes the place of what was known; the locale, left out there, stays.

        Whether it changes who of the members is written to.
        """
        user = str(record.get("id") or "")
        before = self.known(user)
        if user:
            _, old = self._records.get(user, (0, {}))
            self._records[user] = (time.monotonic(), {**old, **record})
        now = self.known(user)
        return (before is None) != (now is None) or bool(before and now and before.palm_tree != now.palm_tree)

    def came_or_went(self, channel: str, gone: str = "") -> bool:
        """The members of the channel are asked again before the next answer; `gone` is none any more from now on.

        Whether this is the channel that decides.
        """
        with self._asking:  # an answer that is under way may be from before
            if channel == self._channel:
                self._members = (float("-inf"), self._members[1] - {gone})
        return channel == self._channel

    def look(self) -> None:
        """Asks now and then whether the channel is still to be seen, often where it was not. Raises SlackError."""
        pause = LOST_SECONDS if self.trouble else SEEN_SECONDS
        if self._channel and time.monotonic() - self._tried_at >= pause:
            self._channel_members(0)

    @property
    def channel(self) -> str | None:
        """The discussion channel's id."""
        return self._channel

    def known(self, user: str, team: str = "") -> Member | None:
        """The member as last heard within the hour, without asking; None for the unknown and for those who are out.

        `team` is the workspace that the person is said to act in.
        """
        heard, record = self._records.get(user, (float("-inf"), {}))
        fresh = time.monotonic() - heard < KNOWN_SECONDS
        belongs = not self._channel or user in self._members[1]
        return self._as_member(user, record) if fresh and belongs and self._counts(record, team) else None

    def member(self, user: str, team: str = "") -> Member:
        """The member by what Slack says now (a minute old at most).

        Raises NotAMember, and PersonUnknown where Slack does not answer: in doubt, nobody gets in. ChannelLost and
        AppRefused are the kinds of it that do not pass by themselves.
        """
        try:
            person = self.account(user, team)
            belongs = not self._channel or user in self._channel_members(FRESH_SECONDS)
            if self._channel and not belongs:  # perhaps they joined a moment ago
                belongs = user in self._channel_members(0)
        except SlackError as error:
            raise NOBODY_IS_TOLD.get(error.no, PersonUnknown) from error
        if not belongs:
            raise NotAMember
        return person

    def has_gone(self, user: str) -> bool:
        """Whether the person was last heard to be none of the members, without asking; False of the unheard."""
        record, members = self._records.get(user), self._members[1]
        has_left = bool(self._channel and members and user not in members)
        return has_left or (record is not None and not self._counts(record[1]))

    def account(self, user: str, team: str = "") -> Member:
        """Whoever has this account in the workspace, in the channel or not. Raises NotAMember, PersonUnknown."""
        try:
            record = self._record(user)
        except SlackError as error:
            raise (NotAMember if error.no is No.PERSON else NOBODY_IS_TOLD.get(error.no, PersonUnknown)) from error
        if not self._counts(record, team):
            raise NotAMember
        return self._as_member(user, record)

    def _as_member(self, user: str, record: dict[str, Any]) -> Member:
        profile = record.get("profile") or {}
        return Member(
            user,
            str(record.get("locale") or ""),
            str(record.get("tz") or ""),
            profile.get("status_emoji") == PALM_TREE,
            float(profile.get("status_expiration") or 0),
            str(profile.get("display_name") or profile.get("real_name") or record.get("real_name") or ""),
        )

    def _counts(self, record: dict[str, Any], acts_in: str = "") -> bool:
        """Whether this is a person of our workspace; one who acts in another must have ours among their own too."""
        if any(record.get(flag) for flag in ("deleted", "is_bot", "is_stranger")) or record.get("id") == SLACKBOT:
            return False
        organisation = record.get("enterprise_user") or {}
        shared = set(organisation.get("teams") or ())
        own = {record.get("team_id") or "", *shared} - {""}
        elsewhere = acts_in not in ("", self._team)
        if elsewhere and (self._team not in shared or acts_in not in {*own, organisation.get("enterprise_id")}):
            return False
        return not own or self._team in own

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
                members = self._asked_members(self._channel)
                self._members = (time.monotonic(), members)
        return members

    def _asked_members(self, channel: str) -> frozenset[str]:
        self._tried_at = time.monotonic()
        try:
            members = self._source.channel_members(channel)
        except SlackError as error:
            if error.no in NOBODY_IS_TOLD:
                self.trouble = error.code
            raise
        self.trouble = ""
        return members

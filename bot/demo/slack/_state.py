"""What the workspace remembers: people, channels, messages, views, tickets, and what the bot did wrong."""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""A decoded JSON object."""


@dataclass
class Channel:
    """A conversation: members by user id, and who may see it."""

    id: str
    name: str
    members: list[str]
    is_private: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    is_im: bool = False


@dataclass
class Note:
    """An ephemeral message: one person's alone, never in a channel's history."""

    id: str
    user: str
    channel: str
    message: Json
    deleted: bool = False


@dataclass
class View:
    """A modal or home as last drawn, with what the person has put in it so far."""

    id: str
    user: str
    drawn: Json
    hash: str
    typed: dict[tuple[str, str], Json] = field(default_factory=dict)
    previous: str | None = None
    root: str | None = None
    drawn_times: int = 1


@dataclass
class Trigger:
    """A ticket for one modal: three seconds, once."""

    user: str
    issued: float
    view: str | None
    used: bool = False


@dataclass
class Hook:
    """A response_url: five posts, half an hour, and the message that it came from, if any."""

    user: str
    channel: str
    issued: float
    origin: Json | None = None
    note: Note | None = None
    uses: int = 0


@dataclass(frozen=True)
class Call:
    """One request of the bot: a Web API method, or ``response_url``."""

    method: str
    args: Json
    at: float
    answer: Json
    status: int = 200


@dataclass(frozen=True)
class Refusal:
    """Something that Slack would refuse, or that this project forbids."""

    where: str
    error: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.error} {'; '.join(self.details)}".rstrip()


class RefusedError(Exception):
    """A request that gets ``ok: false``; ``details`` become response_metadata.messages."""

    def __init__(self, error: str, *details: str, **fields: Any) -> None:
        super().__init__(error)
        self.error, self.details, self.fields = error, details, fields


ORDINARY = frozenset(
    {"hash_conflict", "not_found", "message_not_found", "file_not_found"}
    | {"user_not_found", "is_archived", "thread_not_found"}
)
"""Answers that a program without fault can meet, so they are no refusals: races, and things that others removed."""


class Bell(threading.Condition):
    """Wakes who waits for a change, and counts, for who looks now and then."""

    rung = 0

    def notify_all(self) -> None:
        self.rung += 1
        super().notify_all()


@dataclass
class World:
    """All state of the workspace, under one lock, with a bell that rings at every change."""

    clock: Callable[[], float]
    scopes: frozenset[str]
    validate: bool
    record: bool
    page_limit: int
    history_lag: float  # seconds until a message shows in the history, at most
    three_seconds: float  # of a trigger and of an acknowledgement: Slack's own, or more for a busy machine
    opinions: Callable[[Json], list[str]]  # what others find wrong with a view or a message that our own rules pass
    team_id: str = "T0RAPORTOI"
    team_domain: str = "raportoi-testi"
    app_id: str = "A0RAPORTOI"
    bot_user: str = "U0RAPORTOI"
    bot_id: str = "B0RAPORTOI"
    bot_token: str = "xoxb-1-made-up-for-tests"
    app_token: str = "xapp-1-A0RAPORTOI-made-up-for-tests"
    signing_secret: str = "made-up-signing-secret"
    base: str = ""
    people: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    notes: list[Note] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=lambda: defaultdict(list))
    homes: dict[str, View] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    deleted_files: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    said: list[Any] = field(default_factory=list)
    kept_at: dict[str, float] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    changed: Bell = field(default_factory=Bell)
    _serial: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self, prefix: str) -> str:
        """Return an id that nobody has had: prefix, then a number of eight digits."""
        return f"{prefix}{next(self._serial):08d}"

    def new_ts(self) -> str:
        """Return a message timestamp of the workspace's clock, different from all before."""
        return f"{int(self.clock())}.{next(self._serial):06d}"

    def refuse(self, where: str, error: str, *details: str) -> None:
        """Write down what the bot did wrong."""
        with self.changed:
            self.refusals.append(Refusal(where, error, details))
            self.changed.notify_all()

    def wait_for(self, look: Callable[[], Any], within: float, instead: Callable[[], str]) -> Any:
        """Return the first true answer of ``look``, asked again at every change; raise with ``instead`` when late."""
        deadline = time.monotonic() + within
        with self.changed:
            while not (found := look()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not within {within} s: {instead()}")
                self.changed.wait(min(left, 0.5))
            return found

    def new_trigger(self, user: str, view: str | None = None) -> str:
        """Return a trigger_id for this person, good for three seconds (`three_seconds`) and one use."""
        name = f"{self.new_id('')}.{self.team_id}.{self.new_id('t')}"
        self.triggers[name] = Trigger(user, time.monotonic(), view)
        return name

    def new_hook(self, user: str, channel: str, origin: Json | None = None, note: Note | None = None) -> str:
        """Return a response_url for this person and channel."""
        name = self.new_id("hook")
        self.hooks[name] = Hook(user, channel, self.clock(), origin, note)
        return f"{self.base}/hooks/{self.team_id}/{name}"

    def dm_of(self, user: str) -> Channel:
        """Return the bot's own conversation with this person; it exists from the first look."""
        name = "D" + user[1:]
        if name not in self.channels:
            self.channels[name] = Channel(name, "directmessage", [user, self.bot_user], is_im=True)
        return self.channels[name]

    def message(self, channel: str, ts: str) -> Json | None:
        """Return the message with this timestamp in the channel, or None."""
        return next((one for one in self.messages[channel] if one["ts"] == ts), None)

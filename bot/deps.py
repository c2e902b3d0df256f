"""What code may ask for: database, slack, people, now, settings, and the words held in memory."""

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from bot.errors import DatabaseUnavailable, SettingsError
from bot.logs import trace
from bot.rules.observations import Draft
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import Analyser
from bot.slack import Act, Directory, Slack
from storage.database import Database, Unavailable, Unusable, migrate

log = logging.getLogger(__name__)
Held = TypeVar("Held")


def utc_now() -> datetime:
    """The wall clock; everybody else is told the time."""
    return datetime.now(UTC)  # noqa: TID251 - the one place where it is read


def open_database(url: str) -> Database:
    """The database with its schema up to date. Raises SettingsError where it does not answer, or is none."""
    try:
        migrate(url)
    except Unusable as error:
        message = (
            "DATABASE_URL is wrong: what it names is no database that can be used. Name a file that is not there yet,"
            " or write the server's address as postgresql://user:password@host/database."
        )
        raise SettingsError(message) from error
    except Unavailable as error:
        message = "DATABASE_URL: the database does not answer. Check that its server runs and that the name is right."
        raise SettingsError(message) from error
    return Database(url)


class Shelf(Generic[Held]):
    """What did not get through, held in memory only: for an hour, for its writer alone.

    A thousand at most, and fifty of one writer, so that nobody's flood takes another's words away.
    """

    def __init__(self, seconds: float = 3600, most: int = 1000, most_of_one: int = 50) -> None:
        self._seconds, self._most, self._most_of_one = seconds, most, most_of_one
        self._kept: OrderedDict[str, tuple[float, str, Held]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, user: str, held: Held) -> str:
        """The ticket that gives it back."""
        ticket = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[ticket] = (time.monotonic(), user, held)
            for old in self._of(user)[: -self._most_of_one]:
                del self._kept[old]
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return ticket

    def get(self, user: str, ticket: str) -> Held | None:
        """What was put, or None where the hour has passed or the ticket is another person's."""
        with self._lock:
            found = self._kept.get(ticket)
        return found[2] if found and found[1] == user and time.monotonic() - found[0] < self._seconds else None

    def newest(self, user: str) -> str:
        """The ticket of what was put last for the person, "" where nothing is held."""
        with self._lock:
            tickets = self._of(user)
        return next((ticket for ticket in reversed(tickets) if self.get(user, ticket) is not None), "")

    def _of(self, user: str) -> list[str]:
        return [ticket for ticket, (_, owner, _) in self._kept.items() if owner == user]

    def drop(self, ticket: str) -> None:
        with self._lock:
            self._kept.pop(ticket, None)


class Seen:
    """Remembers the last thousands of keys, so that what Slack delivers again is answered once."""

    def __init__(self, most: int = 5000) -> None:
        self._most, self._lock = most, threading.Lock()
        self._keys: OrderedDict[str, int] = OrderedDict()

    def first(self, key: str) -> bool:
        """Whether this is the first time that the key is met."""
        return self.times(key) == 1

    def times(self, key: str, now: int = 1) -> int:
        """How often the key has been met, this time included (`now=0` only asks)."""
        with self._lock:
            self._keys[key] = self._keys.pop(key, 0) + now
            while len(self._keys) > self._most:
                self._keys.popitem(last=False)
            return self._keys[key]


class Languages:
    """The languages that people have chosen and the network's default, held in memory: no answer waits for them."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds, self._read_at = seconds, float("-inf")
        self._chosen: dict[str, str] = {}
        self.default = "fi"

    def chosen(self, user: str) -> str | None:
        return self._chosen.get(user)

    def is_old(self) -> bool:
        """Whether they should be read again, since another process may have changed them; asks once in a while."""
        old = time.monotonic() - self._read_at >= self._seconds
        if old:
            self._read_at = time.monotonic()
        return old

    def fill(self, chosen: dict[str, str], default: str) -> None:
        self._chosen, self.default, self._read_at = chosen, default, time.monotonic()


@dataclass(frozen=True, slots=True)
class Deps:
    """The real parts, put together once in bot.app (tests put others in)."""

    database: Database
    slack: Slack
    people: Directory
    workspace: str
    key: bytes
    now: Callable[[], datetime]
    vocabularies: Vocabularies
    analyser: Analyser
    workers: Executor
    tellers: Executor
    shelf: Shelf[Draft] = field(default_factory=Shelf)
    forms: Shelf[dict[str, Any]] = field(default_factory=Shelf)  # of other kinds, as they were sent
    codes: Shelf[tuple[str, list[dict[str, Any]]]] = field(
        default_factory=Shelf
    )  # notes of receipt codes not shown yet
    seen: Seen = field(default_factory=Seen)
    wrong_codes: Seen = field(default_factory=Seen)
    languages: Languages = field(default_factory=Languages)
    pages: list[Callable[..., None]] = field(default_factory=list)  # who draws App Home: (deps, act)
    first_coordinators: frozenset[str] = frozenset()  # named in the program's settings, and nowhere else

    def tell(self, say: Callable[..., None], *values: Any) -> None:
        """Calls `say(deps, *values)` once one of few threads is free; what fails then is logged, the deed stands."""
        self.tellers.submit(say, self, *values).add_done_callback(_log_failure)

    def redraw_home(self, act: Act) -> None:
        """The person's page, which shows what they have just changed, is drawn anew in a while."""
        for draw in self.pages:
            self.tell(draw, act)

    def tidy(self, *, log_only: bool = False) -> bool:
        """The files of the database tell nothing of order and of what was taken away. Raises DatabaseUnavailable.

        Returns False if that is so only when somebody else stops reading: then to be tried again with `log_only`.
        """
        try:
            return self.database.tidy(log_only=log_only)
        except Unavailable as error:
            raise DatabaseUnavailable from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for questions. Raises DatabaseUnavailable."""
        try:
            with self.database.read() as session:
                yield session
        except Unavailable as error:
            raise DatabaseUnavailable from error

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction, committed at the end or rolled back. Raises DatabaseUnavailable."""
        try:
            with self.database.write() as session:
                yield session
        except Unavailable as error:
            raise DatabaseUnavailable from error


def _log_failure(told: Future[Any]) -> None:
    if not told.cancelled() and (error := told.exception()):
        log.error("something done could not be told: %s", trace(error))

"""What code may ask for: database, slack, people, now, settings, and the words held in memory."""

import logging
import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from cachetools import LRUCache, TTLCache
from sqlalchemy import make_url
from sqlmodel import Session

from bot.errors import DatabaseUnavailable, SettingsError
from bot.logs import trace
from bot.rules.observations import Draft
from bot.rules.vocabularies import Vocabularies
from bot.rules.words import Analyser, Nearness, Subject, pieces
from bot.settings import Store
from bot.slack import Act, Directory, Slack
from storage.database import Database, Unavailable, Unusable, migrate
from storage.faults import meaning

ADDRESSES = (
    "Write the server's address as postgresql://user:password@host/database, or a file's as sqlite:////folder/file."
)
BRING_BACK = (
    "Bring it back from where it was moved to, or from the newest backup (docs/operating.md, Backups). Where there was"
    " none yet, take the key away."
)
RESTORE = "Keep it as it is, and bring the newest backup back (docs/operating.md, Backups)."

log = logging.getLogger(__name__)
Held = TypeVar("Held")


def utc_now() -> datetime:
    """The wall clock; everybody else is told the time."""
    return datetime.now(UTC)  # noqa: TID251 - the one place where it is read


def open_database(settings: Store) -> Database:
    """The database, whole and with its schema up to date. Raises SettingsError where it cannot be used.

    No sentence advises to begin with an empty one: an operator in a hurry would do so, and lose what is there.
    """
    url = settings.database
    if gone := settings.lost_database:
        raise SettingsError(f"DATABASE_URL: {settings.key_file} is there, and its database {gone} is not. {BRING_BACK}")
    try:
        migrate(url)
        database = Database(url)
        database.require_whole()
    except Unusable as error:
        if not error.code:
            raise SettingsError(f"DATABASE_URL is wrong. {ADDRESSES}") from error
        message = f"DATABASE_URL: the database{_file(url)} cannot be used: {meaning(error.code)}. {RESTORE}"
        raise SettingsError(message) from error
    except Unavailable as error:
        raise SettingsError(cannot_be_used(url, error)) from error
    return database


def cannot_be_used(url: str, error: Unavailable) -> str:
    """The sentence for the operator on why the database cannot be used now."""
    look = "its folder, and the disk" if _file(url) else "that its server runs, and the name, user and password"
    return f"DATABASE_URL: the database{_file(url)} cannot be used: {meaning(error.code)}. Check {look}."


def _file(url: str) -> str:
    parts = make_url(url)
    return f" {Path(parts.database or '').absolute()}" if parts.get_backend_name() == "sqlite" else ""


class Shelf(Generic[Held]):
    """What did not get through, held in memory only: for an hour, for its writer alone.

    A thousand at most, and fifty of one writer, so that nobody's flood takes another's words away.
    """

    def __init__(self, seconds: float = 3600, most: int = 1000, most_of_one: int = 50) -> None:
        self._seconds, self._most, self._most_of_one = seconds, most, most_of_one
        self._kept: OrderedDict[str, tuple[float, str, Held]] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting: threading.Timer | None = None

    def put(self, user: str, held: Held) -> str:
        """The ticket that gives it back."""
        ticket = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[ticket] = (time.monotonic(), user, held)
            self._forget_in_time()
            for old in self._of(user)[: -self._most_of_one]:
                del self._kept[old]
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return ticket

    def _forget_in_time(self) -> None:
        """What is held goes when its time is over, also where nobody asks for anything any more."""
        if self._kept and self._waiting is None:
            held_for = time.monotonic() - next(iter(self._kept.values()))[0]
            self._waiting = threading.Timer(max(0.0, self._seconds - held_for), self._forget_old)
            self._waiting.daemon = True
            self._waiting.start()

    def _forget_old(self) -> None:
        with self._lock:
            while self._kept and time.monotonic() - next(iter(self._kept.values()))[0] >= self._seconds:
                self._kept.popitem(last=False)
            self._waiting = None
            self._forget_in_time()

    def close(self) -> None:
        """Everything goes at once."""
        with self._lock:
            self._kept.clear()
            if self._waiting is not None:
                self._waiting.cancel()

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

    def forget(self, user: str) -> None:
        """All that is held for the person goes."""
        with self._lock:
            for ticket in self._of(user):
                del self._kept[ticket]

    def drop(self, ticket: str) -> None:
        with self._lock:
            self._kept.pop(ticket, None)


class Seen:
    """Remembers the last thousands of keys, so that what Slack delivers again is answered once."""

    def __init__(self, most: int = 5000) -> None:
        self._lock = threading.Lock()
        self._keys: LRUCache[str, bool] = LRUCache(most)

    def first(self, key: str) -> bool:
        """Whether this is the first time that the key is met."""
        with self._lock:
            is_new = key not in self._keys
            self._keys[key] = True
            return is_new

    def forget(self, key: str) -> None:
        """What was begun has failed, and may be begun again."""
        with self._lock:
            self._keys.pop(key, None)


class Guesses:
    """How many wrong codes each person has tried in the present hour; of the hours before nothing is remembered.

    Nobody is remembered who asks with the right code: they have filed something without a name.
    """

    def __init__(self) -> None:
        self._lock, self._hour, self._wrong = threading.Lock(), "", Counter[str]()

    def wrong(self, user: str, hour: str) -> int:
        with self._lock:
            return self._wrong[user] if hour == self._hour else 0

    def one_more(self, user: str, hour: str) -> None:
        with self._lock:
            if hour != self._hour:
                self._hour, self._wrong = hour, Counter()
            self._wrong[user] += 1


class Patience:
    """Remembers in memory what keeps failing, so that it is tried again, and ever more seldom: hourly at last.

    The first tries are free; then each pause is as long as all before it together.
    """

    def __init__(self, free: int = 3, first: float = 10, longest: float = 3600, most: int = 5000) -> None:
        self._free, self._first, self._longest, self._most = free, first, longest, most
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Whether it is worth trying now."""
        with self._lock:
            return time.monotonic() >= self._failed.get(key, (0, 0.0))[1]

    def failed(self, key: str) -> int:
        """How often it has failed in a row, this time included."""
        with self._lock:
            times = self._failed.pop(key, (0, 0.0))[0] + 1
            pause = 0.0 if times < self._free else min(self._first * 2.0 ** min(times - self._free, 20), self._longest)
            self._failed[key] = times, time.monotonic() + pause
            while len(self._failed) > self._most:
                self._failed.popitem(last=False)
        return times

    def is_over(self, key: str) -> None:
        with self._lock:
            self._failed.pop(key, None)


class Languages:
    """The languages that people have chosen and the network's own, held in memory: no answer waits for them."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds, self._read_at = seconds, float("-inf")
        self._chosen: dict[str, str] = {}
        self.default, self.second = "fi", ""

    def chosen(self, user: str) -> str | None:
        """The language that is stored as this person's."""
        return self._chosen.get(user)

    def take_turn_to_read(self) -> bool:
        """Lets one caller a minute read them again, since another process may have changed them; notes that it does."""
        is_old = time.monotonic() - self._read_at >= self._seconds
        if is_old:
            self._read_at = time.monotonic()
        return is_old

    def fill(self, chosen: dict[str, str], default: str, second: str = "") -> None:
        self._chosen, self.default, self.second, self._read_at = chosen, default, second, time.monotonic()


class Compared:
    """What texts are compared with, in memory: published phenomena made ready, and how many texts have a base form.

    Only phenomena that have changed are read anew: the coordinators' own texts, which stand in the discussion channel.
    A count is an hour old at most; whose the texts are that have the word, nothing here tells.
    """

    def __init__(self) -> None:
        self._subjects: dict[tuple[str, int], Subject] = {}
        self._texts, self._lock = Nearness([]), threading.Lock()
        self._counts: TTLCache[str, int] = TTLCache(20_000, 3600)

    def counts(self, words: Collection[str], read: Callable[[Collection[str]], Mapping[str, int]]) -> dict[str, int]:
        """How many texts have each of the words; `read` counts those that are not known."""
        with self._lock:
            known = {word: count for word in words if (count := self._counts.get(word)) is not None}
        unknown = [word for word in words if word not in known]
        if unknown:
            new = read(unknown)
            known |= {word: new.get(word, 0) for word in unknown}
            with self._lock:
                self._counts.update({word: known[word] for word in unknown})
        return known

    def texts(
        self, versions: Sequence[tuple[str, int]], read: Callable[[Collection[str]], Mapping[str, Subject]]
    ) -> tuple[Nearness, Mapping[tuple[str, int], Subject]]:
        """Those of these (key, version), in their order; `read` tells by their keys what is not known."""
        with self._lock:
            if list(self._subjects) != versions:
                new = read([one[0] for one in versions if one not in self._subjects])
                self._subjects = {one: self._subjects.get(one, new.get(one[0], ())) for one in versions}
                self._texts = Nearness([pieces(one) for one in self._subjects.values()])
            return self._texts, self._subjects


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
    wrong_codes: Guesses = field(default_factory=Guesses)
    patience: Patience = field(default_factory=Patience)
    languages: Languages = field(default_factory=Languages)
    compared: Compared = field(default_factory=Compared)
    draw_home: Callable[..., None] | None = None  # (deps, act, said) -> App Home; bot.app says who draws it
    beside: Path | None = None  # the folder for what is kept beside the database
    backups_kept: timedelta = timedelta(days=90)  # no backup is older: what was erased before stands in none
    first_coordinators: frozenset[str] = frozenset()  # named in the program's settings, and nowhere else

    def run_soon(self, say: Callable[..., object], *values: Any) -> None:
        """Calls `say(deps, *values)` once one of few threads is free; what fails then is logged, the deed stands."""
        self.tellers.submit(say, self, *values).add_done_callback(_log_failure)

    def run_after(self, seconds: float, say: Callable[..., None], *values: Any) -> None:
        """As `run_soon`, after a while; forgotten if the program stops before."""

        def ring() -> None:
            with suppress(RuntimeError):  # the threads have been sent home
                self.run_soon(say, *values)

        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.start()

    def redraw_home(self, act: Act, said: str = "") -> None:
        """The person's page, which shows what they have just changed, is drawn anew in a while; `said` stands above."""
        if self.draw_home:
            self.run_soon(self.draw_home, act, said)

    def forget_words(self) -> None:
        """Nothing is held in memory any more."""
        for shelf in (self.shelf, self.forms, self.codes):
            shelf.close()

    def forget_words_of(self, user: str) -> None:
        """Nothing is held of the person in this process any more; another one may hold it for an hour at most."""
        for shelf in (self.shelf, self.forms, self.codes):
            shelf.forget(user)

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

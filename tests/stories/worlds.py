"""A network whose story can be played twice with the same clock and random numbers, and all that lasts of it."""

import hashlib
import json
import logging
import random
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Connection, event, inspect, text
from sqlmodel import select

from bot import logs
from bot.app import Bot
from bot.deps import Deps
from bot.health import metrics
from bot.jobs import HANDLERS
from bot.jobs.deliveries import NotWanted
from bot.rules.deliveries import Send
from bot.services import deliveries
from bot.settings import Settings
from storage import backups
from storage.models import Delivery
from storage.rewriting._shapes import ANEW
from tests.bots import bot_by, give_time, running
from tests.clocks import Clock
from tests.fakes import SECONDS, FakeSlack, Person

HIDDEN = "xmin::text::bigint, "  # PostgreSQL's: the transaction that wrote the row
PAGE_HEAD, FRAME_HEAD, LOG_HEAD = 16, 24, 32  # bytes, in SQLite's files
SERVER_LOG = "log of the server"
SEGMENT, LOG_PAGE = 16 * 1024 * 1024, 8192  # bytes, of PostgreSQL's log
A_MINUTE = timedelta(minutes=1)


class StillClock(Clock):
    """One clock for the bot and Slack that stands still until it is set."""

    def now(self) -> datetime:
        return self._shown


class Dice:
    """Stands in for the module `secrets` in one module of the bot: the same numbers at every play."""

    def __init__(self, module: str) -> None:
        self._random = random.Random(module)  # noqa: S311 - they are to be the same
        self._lock = threading.Lock()

    def token_hex(self, count: int) -> str:
        with self._lock:
            return self._random.randbytes(count).hex()

    def token_urlsafe(self, count: int) -> str:
        return self.token_hex(count)

    def choice(self, options: Sequence[str]) -> str:
        with self._lock:
            return self._random.choice(options)


class Lines(logging.Handler):
    """The lines of the log as they would be written, without their times."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.Discreet())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record).removeprefix(logging.Formatter().formatTime(record)).strip())


@dataclass
class World:
    """One network at one play of the story."""

    slack: FakeSlack
    bot: Bot
    clock: StillClock
    people: dict[str, Person]
    log: Lines
    changes: list[tuple[str, str]] = field(default_factory=list)  # what the database was told to write
    told: list[str] = field(default_factory=list)  # what others were told when they asked
    written: int | None = None  # up to where PostgreSQL's log was read; None where it may not be

    @property
    def deps(self) -> Deps:
        return self.bot.deps

    @property
    def beside(self) -> Path:
        """The folder for what is kept beside the database; backups are made there, too."""
        assert self.deps.beside is not None
        return self.deps.beside

    def backs_up(self) -> None:
        url, now = self.deps.database.engine.url.render_as_string(hide_password=False), self.clock.now()
        backups.make(url, self.beside / f"{now:%Y-%m-%d}.backup", now, "1")

    def sends(self) -> None:
        """What waits in the ledger and is wanted now goes out, as the sender would send it."""
        self.deps.people.warm()
        with self.deps.read() as session:
            rows = session.exec(select(Delivery).where(Delivery.state == "pending").order_by(Delivery.key)).all()
        for row in rows:
            with self.deps.read() as session:
                verdict = HANDLERS[row.kind].still_wanted(self.deps, session, row, self.deps.now())
            if isinstance(verdict, Send) and row.not_before <= self.deps.now():
                place, thread = deliveries.place_of(self.deps, row)
                with suppress(NotWanted):  # another one has told it
                    drawn = HANDLERS[row.kind].draw(self.deps, row)
                    channel, ts = self.deps.slack.deliver(place, *drawn, (row.key, row.kind), thread)
                    deliveries.sent(self.deps, row, channel, ts, "reply")


@contextmanager
def world(url: str, moment: datetime, names: dict[str, str], coordinator: str) -> Iterator[World]:
    """The bot with a database of its own; nothing happens by itself there, since the clock's work is not started."""
    clock = StillClock()
    clock.moves_to(moment)
    with (
        FakeSlack(clock=clock.seconds) as slack,
        pytest.MonkeyPatch.context() as patch,
        _log() as log,
        TemporaryDirectory(prefix="raportoi-") as folder,
    ):
        give_time(patch)
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in logs.OURS and hasattr(module, "secrets"):
                patch.setattr(module, "secrets", Dice(name))
        people = {user: slack.person(user, said) for user, said in names.items()}
        env = slack.settings_env()
        settings = Settings(
            slack_bot_token=env["SLACK_BOT_TOKEN"],
            slack_app_token=env["SLACK_APP_TOKEN"],
            slack_api_url=env["SLACK_API_URL"],
            database_url=url,
            raportoi_data=Path(folder),
            raportoi_key="k" * 64,
            raportoi_channel="keskustelu",
            raportoi_coordinators=(coordinator,),
            raportoi_http="127.0.0.1:0",
        )
        bot = bot_by(clock, settings)
        bot._jobs = False
        with running(bot, slack):
            slack.wait_until_connected()
            slack.settles()
            clock.at_rest = slack.settles
            found = World(slack, bot, clock, people, log)
            event.listen(bot.deps.database.engine, "before_cursor_execute", _writes_into(found.changes))
            log.lines.clear()  # it has told the port
            found.written = _begins(found)
            yield found


@contextmanager
def _log() -> Iterator[Lines]:
    """At DEBUG, as `LOG_LEVEL=DEBUG` sets it: our own loggers; others from warnings up."""
    log, before = Lines(), {name: logging.getLogger(name).level for name in logs.OURS}
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger().addHandler(log)
    yield log
    logging.getLogger().removeHandler(log)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def _writes_into(changes: list[tuple[str, str]]) -> Callable[..., None]:
    """What is read is no change, nor is how many rows at a time the night copies: it tells how fast the machine is."""

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN", "PRAGMA", "LOCK", "SET")) and ANEW not in statement:
            changes.append((statement, str(values)))

    return note


def lasting(there: World, writer: Person) -> dict[str, Any]:
    """All that lasts of the world, but for what its writer alone was shown; by the place where it lasts."""
    slack, deps = there.slack, there.deps
    for person in there.people.values():
        opens_home(slack, person)
    found: dict[str, Any] = {
        "changes": list(there.changes),
        **{f"table {name}": rows for name, rows in _tables(deps).items()},
        "log": list(there.log.lines),
        "metrics": _figures(there),
        "messages": {place: [_drawn(there, one) for one in kept] for place, kept in slack.world.messages.items()},
        "homes": {user: _drawn(there, view.drawn) for user, view in slack.world.homes.items()},
        "whispers": [(one.user, _drawn(there, one.message)) for one in slack.world.notes if one.user != writer.id],
        "told": list(there.told),
        **_beside(there),
        "memory": [deps.shelf._kept, deps.forms._kept, deps.codes._kept, deps.seen._keys, deps.wrong_codes._wrong],
    }
    if deps.database.engine.dialect.name == "sqlite":
        found |= _files(Path(deps.database.engine.url.database or ""))
    elif there.written is not None:
        found |= _server_files(there)
    found["memory"] = str(found["memory"])
    return found


def opens_home(slack: FakeSlack, person: Person) -> None:
    """Every page is looked at as it would be seen now."""
    drawn = {user: view.drawn_times for user, view in slack.world.homes.items()}
    person.opens_home()
    is_new = lambda: person.id in slack.world.homes and slack.world.homes[person.id].drawn_times != drawn.get(person.id)  # noqa: E731
    slack.world.wait_for(is_new, SECONDS, lambda: f"the home of {person.id}")


def _drawn(there: World, shown: dict[str, Any]) -> str:
    return json.dumps(shown, ensure_ascii=False).replace(there.slack.world.base, "")


def _tables(deps: Deps) -> dict[str, list[str]]:
    """Every row as it lies; on PostgreSQL with the place of its transaction among those of all rows."""
    server = deps.database.engine.dialect.name == "postgresql"
    hidden, by_place = (HIDDEN, " ORDER BY ctid") if server else ("", "")
    with deps.read() as session:
        rows = {
            name: [tuple(row) for row in session.connection().execute(text(f"SELECT {hidden}* FROM {name}{by_place}"))]  # noqa: S608
            for name in inspect(deps.database.engine).get_table_names()
        }
    if not server:
        return {name: [str(row) for row in kept] for name, kept in rows.items()}
    order = {one: place for place, one in enumerate(sorted({row[0] for kept in rows.values() for row in kept}))}
    return {name: [str((order[row[0]], *row[1:])) for row in kept] for name, kept in rows.items()}


def _figures(there: World) -> list[str]:
    """What Prometheus reads of the ledger; how long the socket was silent depends on the machine."""
    told = metrics(there.bot.health)[1].decode()
    return [line for line in told.splitlines() if re.match(r"raportoi_(deliver|queue)", line)]


def _files(file: Path) -> dict[str, Any]:
    """SQLite's files, byte by byte; of the log the pages in their order, since its heads hold numbers of chance."""
    held = file.with_name(f"{file.name}-wal").read_bytes()
    size = int.from_bytes(file.read_bytes()[PAGE_HEAD : PAGE_HEAD + 2]) or 65536
    frames = range(LOG_HEAD, len(held), FRAME_HEAD + size)
    pages = [held[at : at + 4] + held[at + FRAME_HEAD : at + FRAME_HEAD + size] for at in frames]
    return {"file": _short(file.read_bytes()), "log of the file": [_short(page) for page in pages]}


def _beside(there: World) -> dict[str, str]:
    """The log of erasures and the backups, byte by byte."""
    files = [there.beside / "erasures.log", *there.beside.glob("*.backup")]
    return {file.name: _short(file.read_bytes()) for file in files if file.exists()}


def _short(held: bytes) -> str:
    return hashlib.blake2b(held, digest_size=16).hexdigest()


def _begins(there: World) -> int | None:
    """Where PostgreSQL's log ends now, if the user may read the server's files and no images of pages stand in it."""
    if there.deps.database.engine.dialect.name != "postgresql":
        return None
    with there.deps.database.engine.connect() as connection:
        asked = text("SELECT current_setting('is_superuser') || current_setting('full_page_writes')")
        return _end_of_log(connection) if connection.execute(asked).scalar_one() == "onoff" else None


def _end_of_log(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn")).scalar_one())


def _server_files(there: World) -> dict[str, Any]:
    """How often each member stands in the bytes of tables and indexes, dead rows included, and of the log till now."""
    with there.deps.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))  # what is in memory is written, and all of the log
        begins, there.written = there.written or 0, _end_of_log(connection)
        told = _log_of_server(connection, begins, there.written)
        files = connection.execute(
            text(
                "SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
                " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')"
            )
        ).all()
    counted = {SERVER_LOG: told, **{f"file of {name}": held for name, held in files}}
    return {name: [held.count(user.encode()) for user in there.people] for name, held in counted.items()}


def _log_of_server(connection: Connection, begins: int, ends: int) -> bytes:
    """What stands in PostgreSQL's log between the two places, without the heads of its pages."""
    parts = []
    for segment in range(begins // SEGMENT, (ends - 1) // SEGMENT + 1):
        name = f"pg_wal/00000001{segment // 256:08X}{segment % 256:08X}"
        held = connection.execute(text("SELECT pg_read_binary_file(:name)"), {"name": name}).scalar_one()
        for at in range(0, SEGMENT, LOG_PAGE):
            first, last = segment * SEGMENT + at, segment * SEGMENT + at + LOG_PAGE
            head = 24 if at else 40
            parts.append(
                held[at + max(head, begins - first) : at + min(LOG_PAGE, ends - first)] if last > begins else b""
            )
    return b"".join(parts)

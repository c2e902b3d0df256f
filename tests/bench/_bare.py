"""A bare Bolt app to compare with: `ack` only acknowledges; `insert` stores one row with SQLModel first."""

import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

LISTENERS, WORKERS = 200, 50  # as many threads as the bot has
BUSY_SECONDS = 15


def acknowledge(ack: Ack) -> None:
    ack()


def inserting() -> Callable[[Ack, dict[str, Any]], None]:
    """A handler as one would write it first: a session, a row, a commit, then the acknowledgement."""
    transaction = opened()

    def insert(ack: Ack, body: dict[str, Any]) -> None:
        with transaction() as session:
            session.add(row(body))
            session.commit()
        ack()

    return insert


def opened() -> Callable[[], AbstractContextManager[Any]]:
    """Gives a session of the database, on SQLite to one at a time."""
    from sqlalchemy import event  # noqa: PLC0415 - the app that only acknowledges does not load the ORM
    from sqlmodel import Session, create_engine  # noqa: PLC0415

    url = os.environ["DATABASE_URL"]
    arguments = {"timeout": BUSY_SECONDS} if url.startswith("sqlite") else {}
    engine = create_engine(url, connect_args=arguments, pool_size=10, max_overflow=40)
    turn: Any = threading.Lock() if arguments else threading.Semaphore(WORKERS)  # without it SQLite starves threads
    if arguments:
        event.listen(engine, "connect", durable)

    @contextmanager
    def transaction() -> Iterator[Session]:
        with turn, Session(engine) as session:
            yield session

    return transaction


def durable(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def row(body: dict[str, Any]) -> Any:
    """The row that the bot would store, with nothing examined or guessed."""
    from storage.models import Observation  # noqa: PLC0415

    return Observation(
        key=secrets.token_hex(16),
        workspace=body["team_id"],
        number=secrets.token_hex(4),
        once=f"line:{body['trigger_id']}:0",
        author=body["user_id"],
        filed_at=datetime.now(UTC),  # noqa: TID251 - a program of its own
        filed_on=date(2026, 11, 25),
        week=202648,
        kind="E",
        theme="SHL11-02",
        theme_set="1",
        text=body["text"],
    )


def main() -> None:
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client, listener_executor=ThreadPoolExecutor(LISTENERS))
    app.command("/raportoi")(acknowledge if sys.argv[1:] == ["ack"] else inserting())
    web = WebClient(os.environ["SLACK_APP_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    handler = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=web, concurrency=WORKERS)
    told_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    handler.connect()  # type: ignore[no-untyped-call]  # Bolt does not type it
    told_to_stop.wait()
    os._exit(0)  # its client takes up to 13 s to say goodbye


if __name__ == "__main__":
    main()

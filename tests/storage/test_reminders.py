"""Who has answered a round, on both databases, asked from indexes however many observations there are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage import reminders
from storage.database import Database
from storage.models import Observation
from tests.storage.plans import WORKSPACE, many, plans_of

ROUND, OPENED = "2026-11-05", datetime(2026, 11, 5, 11, tzinfo=UTC)
SINCE = (OPENED.date(), OPENED)
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    with database.write() as session:
        yield session
    database.close()


def filed(session: Session, author: str | None, at: datetime, workspace: str = WORKSPACE) -> None:
    name = f"{author}{at:%d%H}"
    values: dict[str, Any] = {"kind": "E", "theme": "X-90", "theme_set": "s", "text": "Sanat", "week": 202645}
    place = {"key": name, "workspace": workspace, "number": name, "once": name}
    row = Observation(**place, **values, author=author, filed_at=at if author else None, filed_on=at.date())
    session.add(row)
    session.flush()


def test_who_filed_with_a_name_since_the_round_began_has_answered_and_nobody_else(session: Session) -> None:
    filed(session, "U1", OPENED)
    filed(session, "U2", OPENED - AN_HOUR)  # the same day, before it
    filed(session, None, OPENED + AN_HOUR)
    filed(session, "U3", OPENED + AN_HOUR, "T0ANOTHER")
    filed(session, "U4", OPENED + 30 * 24 * AN_HOUR)
    reminders.mark(session, WORKSPACE, ROUND, "U5")
    reminders.mark(session, WORKSPACE, "2026-10-01", "U6")
    assert reminders.answered(session, WORKSPACE, ROUND, SINCE) == {"U1", "U4", "U5"}
    for user in ("U1", "U2", "U3", "U4", "U5", "U6", "U7"):
        has = reminders.has_answered(session, WORKSPACE, ROUND, SINCE, user)
        assert has == (user in ("U1", "U4", "U5")), user


def test_a_mark_stands_once_and_is_taken_back_alone(session: Session) -> None:
    for user in ("U2", "U1", "U2"):
        reminders.mark(session, WORKSPACE, ROUND, user)
    reminders.mark(session, WORKSPACE, ROUND, "U2", marked=False)
    assert reminders.answered(session, WORKSPACE, ROUND, SINCE) == {"U1"}
    reminders.mark(session, WORKSPACE, ROUND, "U1", marked=False)
    assert reminders.answered(session, WORKSPACE, ROUND, SINCE) == set()


@pytest.mark.own_database
def test_both_questions_are_answered_from_indexes_of_observations(session: Session) -> None:
    connection = session.connection()
    many(connection)
    noon = "|| ' 12:00:00.000000Z'" if connection.dialect.name == "sqlite" else "+ time '12:00'"
    connection.execute(text(f"UPDATE observation SET author = 'U' || substr(key, 2), filed_at = filed_on {noon}"))  # noqa: S608
    connection.execute(text("ANALYZE observation"))
    last = date(2026, 11, 1)
    since = (last, datetime(2026, 11, 1, tzinfo=UTC))

    _, authors = plans_of(session, lambda s: reminders.answered(s, WORKSPACE, ROUND, since))
    (one,) = plans_of(session, lambda s: reminders.has_answered(s, WORKSPACE, ROUND, since, "U7"))
    assert "observation_by_day" in authors, authors
    assert connection.dialect.name == "postgresql" or "COVERING" in authors, "SQLite reads no row for that"
    assert "observation_by_author" in one, one
    assert not [plan for plan in (authors, one) if "Seq Scan on observation" in plan or "SCAN observation" in plan]

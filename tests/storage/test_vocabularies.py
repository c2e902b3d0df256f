"""The vocabularies in the database: filled once, renamed where the shipped labels change, never taken away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from storage.database import Database
from storage.models import Term
from storage.vocabularies import bring_up_to_date, of_workspace, shipped

WORKSPACE = "T0RAPORTOI"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def starts(database: Database) -> list[str]:
    """What a start of the program writes."""
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _cu, statement, *_: said.append(statement))
    with database.write() as session:
        bring_up_to_date(session, WORKSPACE)
    return [statement for statement in said if not statement.startswith(("SELECT", "BEGIN"))]


def labels(database: Database) -> list[dict[str, str]]:
    with database.read() as session:
        rows = [one.model_dump(exclude={"workspace"}) for one in of_workspace(session, WORKSPACE)]
    return [{**row, "position": str(row["position"])} for row in rows]


def in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(rows, key=lambda row: (row["vocabulary"], int(row["position"])))


def test_the_first_start_fills_them_and_the_next_one_writes_nothing(database: Database) -> None:
    assert starts(database)
    assert labels(database) == in_order(shipped())
    assert starts(database) == []


def test_a_changed_label_is_brought_up_to_date_and_what_is_no_longer_shipped_stays(database: Database) -> None:
    starts(database)
    with database.write() as session:
        session.exec(select(Term).where(col(Term.code) == "X-90")).one().fi = "Vanha nimi"
        old = {"vocabulary": "theme", "version": "SHL11-2019", "code": "SHL11-77"}
        session.add(Term(workspace=WORKSPACE, position=99, fi="a", sv="b", en="c", **old))

    starts(database)

    rows = labels(database)
    assert [row["fi"] for row in rows if row["version"] == "SHL11-2019"] == ["a"]
    assert [row for row in rows if row["version"] != "SHL11-2019"] == in_order(shipped())


def test_those_who_start_at_once_fill_them_together(database: Database) -> None:
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: starts(database), range(4)))

    assert labels(database) == in_order(shipped())

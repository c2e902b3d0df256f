"""How a database means to answer a question, on tables that are large enough for it to think of its indexes."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event, text
from sqlmodel import Session

WORKSPACE = "T0RAPORTOI"


def plans_of(session: Session, question: Callable[[Session], Any]) -> list[str]:
    """The plan of each statement that the question asks."""
    connection = session.connection()
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    question(session)
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    return [
        "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(explain + sql, values)) for sql, values in asked
    ]


def many(connection: Connection) -> None:
    """As many rows as make PostgreSQL think of its indexes: three years, most of them closed."""
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
    sqlite = connection.dialect.name == "sqlite"
    day = "date('2024-01-01', (i % 1050) || ' days')" if sqlite else "date '2024-01-01' + i % 1050"
    open_one = "i % 50 = 0"
    values = {
        "key": "'k' || i", "workspace": f"'{WORKSPACE}'", "number": "'n' || i", "once": "'o' || i", "filed_on": day,
        "week": "202400 + (i / 52 % 3) * 100 + i % 52", "kind": "'E'", "theme": "'x'", "theme_set": "'s'",
        "text": "''", "proposal": "''", "status": f"CASE WHEN {open_one} THEN 'uusi' ELSE 'osin' END", "area": "'853'",
        "due_on": f"CASE WHEN {open_one} THEN {day} END",
        "noted_on": f"CASE WHEN {open_one} THEN NULL ELSE {day} END", "version": "0", "words_by": "''",
    }  # fmt: skip
    steps = {
        "key": "'m' || i", "workspace": f"'{WORKSPACE}'", "subject": "'k' || i", "step": "1", "what": "'status'",
        "on_day": day, "reason": "''", "receiver": "''", "words": "''",
    }  # fmt: skip
    for table, row in (("observation", values), ("move", steps)):
        columns, made = ", ".join(row), ", ".join(row.values())
        connection.execute(text(f"INSERT INTO {table} ({columns}) {numbers} SELECT {made} FROM n"))  # noqa: S608
    for table in ("observation", "move"):
        connection.execute(text(f"ANALYZE {table}"))

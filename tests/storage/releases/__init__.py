"""One small database per release of the schema, as text: the statements of its migrations, and a few invented rows.

`python -m tests.storage.releases 0003` writes the schema of a release that is about to be made. Its rows are then
copied from the release before and added to by hand: all that its program would have written, in its own columns.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, inspect

from storage.database import MIGRATIONS

FOLDER = Path(__file__).parent
RELEASES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/rows.sql")))
NEWEST = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
WORKSPACE, KEY = "T0RAPORTOI", "k" * 64
CODE = "ABCD-EFGH-JKMN"  # of the observation without a name
Schema = dict[str, dict[str, Any]]


def bring_to_life(release: str, url: str) -> None:
    """The database as that release has left it; the one at the address must be empty."""
    with _engine(url) as engine, engine.begin() as connection:
        for part in (engine.dialect.name, "rows"):
            play(release, part, connection)


def play(release: str, part: str, connection: Connection) -> None:
    """Runs the statements of a part: sqlite, postgresql (its schema on either), or rows."""
    text = (FOLDER / release / f"{part}.sql").read_text(encoding="utf-8")
    for statement in filter(None, map(str.strip, text.split(";\n"))):
        connection.exec_driver_sql(statement)


def statements(release: str, url: str) -> str:
    """What the migrations up to this one say to an empty database."""
    with _engine(url) as engine, engine.begin() as connection:
        said: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *told: said.append(told[2].strip()))
        migrate_to(release, connection)
    deeds = [one for one in said if one.startswith(("CREATE", "ALTER", "DROP", "UPDATE", "INSERT"))]
    return "".join(f"{_plain(deed)};\n\n" for deed in deeds)


def _plain(statement: str) -> str:
    lines = statement.partition(" RETURNING")[0].splitlines()
    return "\n".join(line.rstrip() for line in lines)


def migrate_to(release: str, connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, release)


def schema(url: str) -> Schema:
    """Table -> its columns, keys and indexes, as the database itself tells them."""
    with _engine(url) as engine:
        seen = inspect(engine)
        return {
            table: {
                "columns": {
                    column["name"]: (str(column["type"]), column["nullable"], column["default"] is not None)
                    for column in seen.get_columns(table)
                },
                "key": seen.get_pk_constraint(table)["constrained_columns"],
                "unique": {
                    tuple(one["column_names"])
                    for one in (*seen.get_unique_constraints(table), *seen.get_indexes(table))
                    if one.get("unique", True)
                },
                "indexes": sorted(str(one["name"]) for one in seen.get_indexes(table)),
            }
            for table in seen.get_table_names()
        }


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    """A plain engine that keeps no connection afterwards."""
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()

"""SQLite: the fresh copy gets the table's name by exchanging where their trees stand in the file.

A tree (of a table, of an index) is found by the number of its first page, which stands in `sqlite_master`. Exchanging
these numbers keeps every name and every statement of the schema as it was. SQLite has no command for that: an index
cannot be renamed, and building one under the right name would keep writers waiting.
"""

import re
import time

from sqlalchemy import Connection

from storage.rewriting._shapes import ANEW, PAUSE, Door, Names

AUTOMATIC = "sqlite_autoindex_"
DEEDS = ("INSERT", "UPDATE", "DELETE")
FILLER = "anew_noughts"
MOST_PAGES = 1000  # overwritten in one step


def left_over(connection: Connection, names: Names) -> list[str]:
    """Statements that take the copy away; before it the triggers that write to it."""
    found = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL"
        " AND (tbl_name = ? OR type = 'trigger' AND tbl_name = ? AND substr(name, 1, ?) = ?)"
        " ORDER BY type = 'table', type = 'index'",
        (names.plain_copy, names.plain, len(ANEW), ANEW),
    )
    return [f'DROP {kind} IF EXISTS "{name}"' for kind, name in found]


def drop(connection: Connection, statement: str) -> None:
    """Gives the pages of a tree back as they are, which is soon done; `finish` overwrites them step by step."""
    connection.exec_driver_sql("PRAGMA secure_delete = FAST")
    try:
        connection.exec_driver_sql(statement)
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def begin(connection: Connection, names: Names) -> bool:
    """Makes an empty copy that follows what is changed; False if there is no row (then old pages are overwritten)."""
    if connection.exec_driver_sql(f"SELECT 1 FROM {names.table} LIMIT 1").first() is None:  # noqa: S608 - our own names
        connection.exec_driver_sql(f"DELETE FROM {names.table}")  # noqa: S608
        return False
    made = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL"
        " ORDER BY type = 'index'",
        (names.plain,),
    )
    for name, statement in made.all():
        connection.exec_driver_sql(_renamed(statement, {name, names.plain}))
    gone = f"DELETE FROM {names.copy} WHERE {names.same_key('OLD')};"  # noqa: S608
    come = (
        f"DELETE FROM {names.copy} WHERE {names.same_key('NEW')};"  # noqa: S608
        f" INSERT INTO {names.copy} SELECT * FROM {names.table} WHERE {names.same_key('NEW')};"
    )
    for deed, follows in zip(DEEDS, (come, gone + come, gone), strict=True):
        name = f'"{names.plain_copy}_{deed.lower()}"'
        connection.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {deed} ON {names.table} BEGIN {follows} END")
    return True


def _renamed(statement: str, old: set[str]) -> str:
    """The statement that makes the same table or index for the copy."""
    head, bracket, rest = statement.partition("(")
    return re.sub(rf"\b({'|'.join(map(re.escape, old))})\b", rf"{ANEW}\1", head) + bracket + rest


def hold(connection: Connection, names: Names) -> None:
    """A write transaction keeps all other writers away already."""


def polish(_door: Door, names: Names) -> None:
    """SQLite keeps nothing beside a table that would have to be brought up to date."""


def take_place(connection: Connection, names: Names) -> None:
    """Gives the copy's trees to the table and the table's trees to the copy."""
    followers = [statement for statement in left_over(connection, names) if statement.startswith("DROP trigger")]
    if len(followers) != len(DEEDS) or connection.exec_driver_sql(names.missing).scalar_one():
        raise RuntimeError("the copy is not what the table is")
    for statement in followers:
        connection.exec_driver_sql(statement)
    _exchange(connection, names)


def _exchange(connection: Connection, names: Names) -> None:
    found = connection.exec_driver_sql("SELECT name, rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0").all()
    trees = {name: tree for name, tree, _ in found}
    pairs = [(name, _of_copy(name)) for name, _, table in found if table == names.plain]
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    try:
        for one, other in pairs:
            for name, tree in ((one, trees[other]), (other, trees[one])):
                connection.exec_driver_sql("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (tree, name))
        connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")  # all connections read the schema again
    finally:
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def _of_copy(name: str) -> str:
    """How the copy's tree is called: an index that SQLite made by itself has the table's name in its own."""
    return name.replace(AUTOMATIC, AUTOMATIC + ANEW) if name.startswith(AUTOMATIC) else ANEW + name


def finish(door: Door) -> None:
    """Overwrites every page that is free: a table of noughts takes them all, and gives them back."""
    filler = f"DROP TABLE IF EXISTS {FILLER}"
    door.in_turn(lambda connection: drop(connection, filler))
    door.in_turn(lambda connection: connection.exec_driver_sql(f"CREATE TABLE {FILLER} (noughts BLOB)").close())
    while door.in_turn(_overwrite_some):
        time.sleep(PAUSE)
    door.in_turn(lambda connection: drop(connection, filler))


def _overwrite_some(connection: Connection) -> bool:
    """Takes free pages for noughts, which fill them to their ends; False if no page is free."""
    free = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
    in_page = connection.exec_driver_sql("PRAGMA page_size").scalar_one() - 4  # they begin with the next one's number
    noughts = min(free, MOST_PAGES) * in_page + in_page // 4  # the rest stands in the row itself
    connection.exec_driver_sql(f"INSERT INTO {FILLER} VALUES (zeroblob(?))", (noughts,))  # noqa: S608
    return bool(free)

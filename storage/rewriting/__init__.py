"""Writing tables anew while others go on using them: a fresh copy follows all changes, then takes the table's place.

In the fresh copy the rows lie in the order of their keys, and nothing is left of what was deleted. A writer waits for
one short step at most. A copy that was cut off is cleared away by the next one.
"""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, text

from storage.rewriting import _postgresql, _sqlite
from storage.rewriting._shapes import PAUSE, Door, Names, Way

AIM = 0.25  # seconds that a step may take: all writers wait for it
FIRST, LEAST, MOST = 500, 50, 50_000  # rows in a step


def rewrite(door: Door, tables: Sequence[Table]) -> None:
    """Writes the tables anew, one after the other. Raises what the door raises; then some are as they were."""
    way = _way(door.dialect)
    for table in tables:
        _rewrite(door, way, Names(table))
    way.finish(door)


def clear_away(connection: Connection, tables: Sequence[Table]) -> bool:
    """Takes away what a rewriting that was cut off has left, before somebody changes the schema; False for nothing."""
    way = _way(connection.dialect.name)
    left = [statement for table in tables for statement in way.left_over(connection, Names(table))]
    for statement in left:
        way.drop(connection, statement)
    return bool(left)


def _way(dialect: str) -> Way:
    return _sqlite if dialect == "sqlite" else _postgresql


def _rewrite(door: Door, way: Way, names: Names) -> None:
    _clear(door, way, names)
    try:
        if door.in_turn(partial(way.begin, names=names)):
            _copy(door, way, names)
            way.polish(door, names)
            door.in_turn(partial(way.take_place, names=names))
    finally:
        _clear(door, way, names)


def _clear(door: Door, way: Way, names: Names) -> None:
    for statement in door.in_turn(partial(way.left_over, names=names)):
        door.in_turn(partial(way.drop, statement=statement))
        time.sleep(PAUSE)


def _copy(door: Door, way: Way, names: Names) -> None:
    """Copies all rows in the order of their keys, as many at a time as can be copied in a moment."""
    size = FIRST
    last: Sequence[Any] | None = ()
    while last is not None:
        started = time.monotonic()
        last = door.in_turn(partial(_copy_some, way=way, names=names, after=last, most=size))
        took = time.monotonic() - started
        size = max(LEAST, min(MOST, 2 * size, int(size * AIM / took)))
        time.sleep(PAUSE)


def _copy_some(connection: Connection, way: Way, names: Names, after: Sequence[Any], most: int) -> Sequence[Any] | None:
    """Copies the next rows after this key and returns the key of the last one; None if no row is left."""
    way.hold(connection, names)
    values = {f"after_{place}": value for place, value in enumerate(after)}
    beyond = f"({names.key}) > ({', '.join(f':{name}' for name in values)})" if after else "1 = 1"
    rows = f"FROM {names.table} WHERE {beyond} ORDER BY {names.key} LIMIT"
    last = connection.execute(text(f"SELECT {names.key} {rows} 1 OFFSET {most - 1}"), values).one_or_none()
    connection.execute(text(f"INSERT INTO {names.copy} SELECT * {rows} {most} ON CONFLICT DO NOTHING"), values)
    return last

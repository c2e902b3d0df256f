"""Statements are compiled once for all engines of a test process, not once for each test's own engine."""

from collections.abc import MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

KEPT: dict[str, LRUCache[Any, Any]] = {}


class Shared(MutableMapping[Any, Any]):
    """What SQLAlchemy keeps compiled, without the dialect in the key: each engine of a kind has its own, all alike."""

    def __init__(self, dialect: str) -> None:
        self._kept = KEPT.setdefault(dialect, LRUCache(2000))

    def __getitem__(self, key: Any) -> Any:
        return self._kept[key[1:]]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._kept[key[1:]] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._kept[key[1:]]

    def __iter__(self) -> Any:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def share_compiled() -> None:
    """From now on every engine of this process takes and gives there."""
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    engine = connection.engine
    if not isinstance(engine._compiled_cache, Shared):
        engine._compiled_cache = Shared(engine.dialect.name)

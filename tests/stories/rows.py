"""What the database holds, for the stories to look at."""

from typing import Any

from sqlmodel import select

from bot.deps import Deps
from storage.models import Observation


def stored(deps: Deps) -> list[Observation]:
    """All observations of the database, withdrawn ones too."""
    with deps.read() as session:
        return list(session.exec(select(Observation)))


def rows(deps: Deps, table: type[Any]) -> list[Any]:
    """All of a table."""
    with deps.read() as session:
        return list(session.exec(select(table)))

"""What the database holds, for the stories to look at."""

from sqlmodel import select

from bot.deps import Deps
from storage.models import Observation


def stored(deps: Deps) -> list[Observation]:
    """All observations of the database, withdrawn ones too."""
    with deps.read() as session:
        return list(session.exec(select(Observation)))

"""Which coordinator has taken which observation."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import Session, col, exists, select

from storage.inserts import insert
from storage.models import Handling, Observation

TABLE = Handling.metadata.tables["handling"]


def put(session: Session, workspace: str, observation: str, user: str) -> None:
    """The observation is this person's from here on."""
    row = insert(session, TABLE).values(workspace=workspace, observation=observation, user=user)
    session.execute(row.on_conflict_do_update(index_elements=["workspace", "observation"], set_={"user": user}))


def remove(session: Session, workspace: str, observation: str) -> None:
    these = col(Handling.workspace) == workspace, col(Handling.observation) == observation
    session.execute(delete(Handling).where(*these))


def of_observations(session: Session, workspace: str, keys: Collection[str]) -> dict[str, str]:
    """Key of an observation -> who has taken it."""
    rows = select(Handling).where(Handling.workspace == workspace, col(Handling.observation).in_(keys))
    return {row.observation: row.user for row in session.exec(rows)} if keys else {}


def standing(session: Session, workspace: str, statuses: Collection[str]) -> dict[str, str]:
    """Key -> number of the observations in one of the statuses that somebody has taken, by number."""
    taken = exists().where(col(Handling.workspace) == workspace, col(Handling.observation) == col(Observation.key))
    rows = select(Observation.key, Observation.number).where(
        Observation.workspace == workspace, col(Observation.status).in_(statuses), taken
    )
    return dict(session.exec(rows.order_by(Observation.number)).all())

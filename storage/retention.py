"""The nights' work as it stands in the runs: which night is done, who is at it, and what was not finished."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, exists, func, or_, select

from storage.models import Audit, Delivery, Observation, Run
from storage.reminders import open_run

KIND = "night"
PLANNED, REWRITTEN, DONE = "planned", "rewritten", "closed"


def take_night(
    session: Session, workspace: str, day: date, due_at: datetime, now: datetime, until: datetime
) -> str | None:
    """Gives the night's work to the caller until then and returns its state; None if it is done, or somebody's.

    It is done from the first if the database holds nothing that is older than the night.
    """
    this = Run.workspace == workspace, Run.kind == KIND, Run.occurrence == f"{day}"
    row = session.exec(select(Run).where(*this).with_for_update()).one_or_none()
    if row is None:
        state = PLANNED if _anything_before(session, workspace, day, due_at) else DONE
        opened = open_run(session, workspace, KIND, f"{day}", due_at, until, state)
        return PLANNED if opened and state == PLANNED else None
    if row.state == DONE or row.expires_at > now:
        return None
    row.expires_at = until
    return row.state


def _anything_before(session: Session, workspace: str, day: date, due_at: datetime) -> bool:
    older = (
        (col(Observation.workspace) == workspace) & (col(Observation.filed_on) < day),
        (col(Delivery.workspace) == workspace) & (col(Delivery.not_before) < due_at),
        (col(Run.workspace) == workspace) & (col(Run.due_at) < due_at),
        (col(Audit.workspace) == workspace) & (col(Audit.at) < due_at),
    )
    return session.scalar(select(or_(*(exists().where(one) for one in older)))) is True


def leave_night(session: Session, workspace: str, night: str, state: str, now: datetime) -> None:
    """Writes down that nobody is at it any more. A night that is done has done the work of earlier ones too."""
    row = session.get_one(Run, (workspace, KIND, night))
    row.state, row.expires_at = state, now
    if state == DONE:
        session.execute(
            delete(Run).where(col(Run.workspace) == workspace, col(Run.kind) == KIND, col(Run.occurrence) < night)
        )


def unfinished_since(session: Session, workspace: str) -> datetime | None:
    """When the first night was due whose work was begun and is not done."""
    unfinished = Run.workspace == workspace, Run.kind == KIND, Run.state != DONE
    return session.exec(select(func.min(Run.due_at)).where(*unfinished)).one()

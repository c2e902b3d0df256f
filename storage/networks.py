"""Questions and changes of a network's settings, its appointed coordinators, and the texts that they put in place."""

from collections.abc import Iterable

from sqlmodel import Session, SQLModel, col, select

from storage.inserts import insert
from storage.models import Coordinator, Network, Wording

REPLY = "reply:"  # before a status: the kind of a wording that is said where a coordinator wrote no words
TABLE = SQLModel.metadata.tables[str(Network.__tablename__)]


def get_network(session: Session, workspace: str) -> Network:
    """The network's settings; the shipped ones where nobody has chosen any."""
    return session.get(Network, workspace) or Network(workspace=workspace)


def put(session: Session, network: Network) -> None:
    values = network.model_dump()
    statement = insert(session, TABLE).values(**values)
    session.execute(statement.on_conflict_do_update(index_elements=["workspace"], set_=values))


def coordinators(session: Session, workspace: str) -> frozenset[str]:
    """The users whom coordinators have appointed."""
    return frozenset(session.exec(select(Coordinator.user).where(Coordinator.workspace == workspace)))


def appoint(session: Session, workspace: str, users: Iterable[str]) -> None:
    """Stores the appointed coordinators: these and nobody else."""
    wanted = set(users)
    for row in session.exec(select(Coordinator).where(Coordinator.workspace == workspace)):
        if row.user in wanted:
            wanted.discard(row.user)
        else:
            session.delete(row)
    session.add_all(Coordinator(workspace=workspace, user=user) for user in sorted(wanted))


def wordings(session: Session, workspace: str, kind: str) -> dict[str, str]:
    """Language -> the text that stands in place of the shipped one."""
    found = session.exec(select(Wording).where(Wording.workspace == workspace, Wording.kind == kind))
    return {row.language: row.text for row in found}


def replies(session: Session, workspace: str) -> dict[str, dict[str, str]]:
    """Status -> language -> the text that stands in place of the shipped reply."""
    found: dict[str, dict[str, str]] = {}
    rows = select(Wording).where(Wording.workspace == workspace, col(Wording.kind).startswith(REPLY))
    for row in session.exec(rows):
        found.setdefault(row.kind.removeprefix(REPLY), {})[row.language] = row.text
    return found


def put_wording(session: Session, workspace: str, kind: str, language: str, text: str) -> None:
    """Puts the text in place of the shipped one; an empty one brings the shipped one back."""
    if text:
        session.merge(Wording(workspace=workspace, kind=kind, language=language, text=text))
    elif row := session.get(Wording, (workspace, kind, language)):
        session.delete(row)

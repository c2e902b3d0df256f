"""The vocabularies: shipped as a table beside this file, kept per workspace so that old rows keep their words."""

import csv
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from storage.inserts import insert
from storage.models import Term

LOCK = 722022
TERMS = SQLModel.metadata.tables["term"]
SHIPPED = Path(__file__).with_name("vocabularies.csv")


def shipped() -> list[dict[str, str]]:
    """The rows of vocabularies.csv: vocabulary, version, code, parent, position, fi, sv, en."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bring_up_to_date(session: Session, workspace: str) -> None:
    """Every shipped entry stands in the workspace with its shipped labels; entries of older versions stay.

    Writes nothing where all of them do already. Processes that start at once wait for each other.
    """
    stand = [one.model_dump() for one in of_workspace(session, workspace)]
    rows = [{**row, "workspace": workspace, "position": int(row["position"])} for row in shipped()]
    missing = [row for row in rows if row not in stand]
    if not missing:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    statement = insert(session, TERMS)
    labels = {column.name: statement.excluded[column.name] for column in TERMS.columns if not column.primary_key}
    session.execute(statement.on_conflict_do_update(index_elements=TERMS.primary_key, set_=labels), missing)


def of_workspace(session: Session, workspace: str) -> Sequence[Term]:
    """All entries, in the order in which lists show them."""
    return session.exec(
        select(Term).where(Term.workspace == workspace).order_by(col(Term.vocabulary), col(Term.position))
    ).all()

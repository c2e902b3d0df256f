"""Correcting, editing and withdrawing an own observation, through the same guard."""

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, NoLongerEditable, NotFound
from bot.rules import observations as rules
from bot.rules.observations import Draft
from bot.services import search
from bot.services.observations._filing import empty, examined, fill, refuse_codes
from storage import observations as table
from storage import people
from storage.models import Observation


def correct(deps: Deps, user: str, number: str, field: str, code: str) -> Observation:
    """Changes one guessed field (kind, theme, area) of an own observation. Raises NotFound, NoLongerEditable."""
    if code not in deps.vocabularies.codes(field):
        raise InvalidDraft({field: rules.CHOICE_GONE})
    with deps.write() as session:
        row = _own(session, deps, user, number)
        setattr(row, field, code)
        session.add(row)
        if field == "area":
            people.remember_area(session, deps.workspace, user, code)
    return row


def edit(deps: Deps, draft: Draft, user: str, number: str) -> Observation:
    """Puts the form's content in place of an own observation's.

    Raises as file_observation, and NotFound, NoLongerEditable.
    """
    draft = examined(deps, draft)
    found = search.words_in(deps, draft.text, draft.proposal)
    with deps.write() as session:
        row = _own(session, deps, user, number)
        refuse_codes(deps, session, draft)
        fill(deps, row, draft)
        search.index(session, deps, row, found)
        session.add(row)
        people.remember_area(session, deps.workspace, user, draft.area)
    return row


def withdraw(deps: Deps, user: str, number: str) -> tuple[Observation, tuple[str, str]]:
    """Takes back an own observation: words and author go, number and day stay. A second time changes nothing.

    Answers the observation, and where its receipt stood ("", "" where there was none).
    """
    with deps.write() as session:
        row = table.by_number(session, deps.workspace, number)
        if row is None or (row.author != user and row.status != "peruttu"):
            raise NotFound
        stood = (row.receipt_channel or "", row.receipt_ts or "")
        empty(row)
        search.index(session, deps, row)
        session.add(row)
    return row, stood


def own(deps: Deps, user: str, number: str) -> Observation:
    """An own observation that may still be changed. Raises NotFound, NoLongerEditable."""
    with deps.read() as session:
        return _own(session, deps, user, number)


def place_receipt(deps: Deps, number: str, channel: str, ts: str) -> None:
    """Remembers which message of the bot speaks of the observation, so that it can be edited later."""
    with deps.write() as session:
        row = table.by_number(session, deps.workspace, number)
        if row is not None and row.author is not None:
            row.receipt_channel, row.receipt_ts = channel, ts
            session.add(row)


def _own(session: Session, deps: Deps, user: str, number: str) -> Observation:
    row = table.by_number(session, deps.workspace, number)
    if row is None or row.author != user:
        raise NotFound
    if row.status != "uusi":
        raise NoLongerEditable(number=number)
    return row

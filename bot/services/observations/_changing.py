"""Correcting, editing and withdrawing an own observation, known by its number or without a name by its code."""

from dataclasses import replace

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, NotFound
from bot.rules import observations as rules
from bot.rules import statuses
from bot.rules.observations import Draft
from bot.rules.statuses import Status
from bot.services import search
from bot.services.observations._asking import by_code, lock_observation
from bot.services.observations._erasing import erase
from bot.services.observations._filing import coarsened, examined, fill, refuse_codes
from bot.services.permissions import Actor
from bot.services.reach import draw_posts_again
from storage import digests, hidden
from storage.models import Observation


def correct(deps: Deps, user: Actor, number: str, field: str, code: str) -> Observation:
    """Changes one guessed field (kind, theme, area) of an own observation. Raises NotFound, NoLongerEditable."""
    if code not in deps.vocabularies.codes(field):
        raise InvalidDraft({field: rules.CHOICE_GONE})
    with deps.write() as session:
        row = _editable(session, deps, _lock_own_observation(session, deps, user, number))
        setattr(row, field, code)
        row.asked = " ".join(name for name in row.asked.split() if name != field)
        session.add(row)
    return row


def edit(deps: Deps, draft: Draft, user: Actor, number: str) -> Observation:
    """Puts the form's content in place of an own observation's.

    Raises as file_observation, and NotFound, NoLongerEditable.
    """
    draft = examined(deps, draft)
    found = search.words_in(deps, draft.text, draft.proposal)
    with deps.write() as session:
        row = _editable(session, deps, _lock_own_observation(session, deps, user, number))
        refuse_codes(deps, session, text=draft.text, proposal=draft.proposal)
        fill(deps, row, draft)
        search.index(session, deps, row, found)
        session.add(row)
    return row


def edit_by_code(deps: Deps, draft: Draft, user: Actor, code: str) -> Observation:
    """As `edit`, without a name: nothing of who edits is stored, and few choosers make the area coarse again.

    A sub-region that stands cannot be chosen in the form: left empty there, it stays. Raises as edit and by_code.
    """
    number = by_code(deps, user, code).number
    draft = examined(deps, replace(draft, named=False))
    found = search.words_in(deps, draft.text, draft.proposal)
    with deps.write() as session:
        row = _editable(session, deps, lock_observation(session, deps, number))
        refuse_codes(deps, session, text=draft.text, proposal=draft.proposal)
        coarse = row.area if row.area not in deps.vocabularies.codes("area") else None
        fill(deps, row, coarsened(deps, session, replace(draft, area=draft.area or coarse)))
        search.index(session, deps, row, found)
        session.add(row)
    return row


def withdraw(deps: Deps, user: Actor, number: str) -> Observation:
    """Takes back an own observation: words, history and author go, number and day stay. A second time changes nothing.

    One that a coordinator has hidden can be brought back no more. The bot's own messages are put right by
    `clean_messages`. Raises NotFound.
    """
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        one = hidden.get_of_number(session, deps.workspace, number)
        if user not in (row.author, one and one.author) and row.status != Status.WITHDRAWN:
            raise NotFound
        joined = row.phenomenon
        if one or row.status not in statuses.GONE:
            erase(session, deps, row, Status.WITHDRAWN)
    draw_posts_again(deps, joined, row.phenomenon)
    return row


def withdraw_by_code(deps: Deps, user: Actor, code: str) -> Observation:
    """As `withdraw`, without a name. Raises as by_code."""
    number = by_code(deps, user, code).number
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        joined = row.phenomenon
        if row.status not in statuses.GONE or hidden.get_of_number(session, deps.workspace, number):
            erase(session, deps, row, Status.WITHDRAWN)
    draw_posts_again(deps, joined, row.phenomenon)
    return row


def get_editable(deps: Deps, user: Actor, number: str) -> Observation:
    """An own observation that may still be edited. Raises NotFound, NoLongerEditable."""
    with deps.read() as session:
        return _editable(session, deps, _lock_own_observation(session, deps, user, number))


def get_editable_by_code(deps: Deps, user: Actor, code: str) -> Observation:
    """A no-name observation that may still be edited. Raises NoLongerEditable, and as by_code."""
    row = by_code(deps, user, code)
    with deps.read() as session:
        return _editable(session, deps, row)


def _lock_own_observation(session: Session, deps: Deps, user: str, number: str) -> Observation:
    row = lock_observation(session, deps, number)
    if row.author != user:
        raise NotFound
    return row


def _editable(session: Session, deps: Deps, row: Observation) -> Observation:
    if why := statuses.why_fixed(row, digests.counted_until(session, deps.workspace)):
        raise why(number=row.number)
    return row

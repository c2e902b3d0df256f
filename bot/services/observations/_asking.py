"""What people ask of what is stored: their own observations, a no-name one by its code, the area chosen last."""

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import CodeNotFound, DatabaseUnavailable, NeverACode, NotACode, NotFound, TooManyGuesses
from bot.rules import observations as rules
from bot.rules.observations import Own
from bot.rules.statuses import GONE, why_fixed
from bot.rules.words import area_of, named_places
from bot.services.permissions import Actor
from storage import digests, hidden, moves, people
from storage import observations as table
from storage.models import Observation, Phenomenon

MOST_GUESSES = 10  # in an hour


def latest_of(deps: Deps, user: str, beyond: int = 0) -> tuple[list[Own], bool]:
    """Ten own observations filed with a name, the newest first, `beyond` so many; and whether there are older ones."""
    with deps.read() as session:
        found = table.get_of_author(session, deps.workspace, user, rules.PER_PAGE + 1, beyond)
        steps = moves.get_of_subjects(session, deps.workspace, [row.key for row, _ in found])
        counted = digests.counted_until(session, deps.workspace)
    own = [Own(row, why_fixed(row, counted), steps.get(row.key, ()), joined) for row, joined in found]
    return own[: rules.PER_PAGE], len(own) > rules.PER_PAGE


def one_of(deps: Deps, user: str, number: str) -> Own:
    """An own observation as it stands. Raises NotFound."""
    with deps.read() as session:
        row = table.get_by_number(session, deps.workspace, number)
        if row is None or row.author != user:
            raise NotFound
        return _as_own(session, deps, row)


def standing(deps: Deps, user: Actor, code: str) -> Own:
    """How the no-name observation of a receipt code proceeds. Raises as by_code."""
    row = by_code(deps, user, code)
    with deps.read() as session:
        return _as_own(session, deps, row)


def lock_observation(session: Session, deps: Deps, number: str) -> Observation:
    """The observation, kept from other writers until the transaction ends. Raises NotFound."""
    row = table.lock_by_number(session, deps.workspace, number)
    if row is None:
        raise NotFound
    return row


def _as_own(session: Session, deps: Deps, row: Observation) -> Own:
    return Own(
        row,
        why_fixed(row, digests.counted_until(session, deps.workspace)),
        moves.get_of_subject(session, deps.workspace, row.key),
        session.get(Phenomenon, row.phenomenon) if row.phenomenon else None,
        hidden.until(session, deps.workspace, [row.number]).get(row.number) if row.status in GONE else None,
    )


def by_code(deps: Deps, user: Actor, code: str) -> Observation:
    """The no-name observation of a receipt code. Nothing of who asked is stored.

    Raises NotACode, NeverACode, CodeNotFound, and TooManyGuesses after ten wrong codes by one person in an hour.
    """
    read = rules.read_code(code)
    if read is None:
        raise NeverACode if rules.is_long_as_a_code(code) else NotACode
    hour = f"{deps.now():%Y-%m-%dT%H}"
    if deps.wrong_codes.wrong(user, hour) >= MOST_GUESSES:
        raise TooManyGuesses
    with deps.read() as session:
        row = table.get_by_once(session, deps.workspace, rules.code_hash(deps.key, read))
    if row is None:
        deps.wrong_codes.one_more(user, hour)
        raise CodeNotFound
    return row


def area_from(deps: Deps, row: Observation) -> str:
    """Where the area of a line comes from: "text", "setting" or "form"; "" where its writer has chosen it."""
    if not row.author or not row.area or not row.once.startswith(rules.LINE):
        return ""
    if area_of(named_places(row.text)) == row.area:
        return "text"
    try:
        with deps.read() as session:
            person = people.get_person(session, deps.workspace, row.author)
    except DatabaseUnavailable:  # the receipt itself is worth more
        return ""
    if person is None or person.area != row.area:
        return ""
    return "setting" if person.area_set else "form"


def last_area(deps: Deps, user: str) -> str | None:
    """The area that the person chose last, to pre-fill a form."""
    with deps.read() as session:
        return people.area_of(session, deps.workspace, user)

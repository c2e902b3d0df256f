"""What people ask of what is stored: their own observations, a no-name one by its code, the area chosen last."""

from collections.abc import Sequence

from bot.deps import Deps
from bot.errors import CodeNotFound, NotACode, TooManyGuesses
from bot.rules import observations as rules
from storage import observations as table
from storage import people
from storage.models import Observation

MOST_GUESSES = 10


def latest_of(deps: Deps, user: str) -> Sequence[Observation]:
    """The ten latest observations that the person filed with their name, the newest first."""
    with deps.read() as session:
        return table.of_author(session, deps.workspace, user, limit=10)


def by_code(deps: Deps, user: str, code: str) -> Observation:
    """The no-name observation of a receipt code. Nothing of who asked is stored.

    Raises NotACode, CodeNotFound, and TooManyGuesses after ten wrong codes by one person in an hour.
    """
    read = rules.read_code(code)
    if read is None:
        raise NotACode
    hour = f"{user} {deps.now():%Y-%m-%dT%H}"
    if deps.wrong_codes.times(hour, 0) >= MOST_GUESSES:
        raise TooManyGuesses
    with deps.read() as session:
        row = table.by_once(session, deps.workspace, rules.code_hash(deps.key, read))
    if row is None:
        deps.wrong_codes.times(hour)
        raise CodeNotFound
    return row


def last_area(deps: Deps, user: str) -> str | None:
    """The area that the person chose last, to pre-fill a form."""
    with deps.read() as session:
        return people.area_of(session, deps.workspace, user)

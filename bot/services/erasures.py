"""Erasures survive a restore: each is written down beside the database before it is done, and done again after one."""

import secrets
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.rules.hashes import keyed
from bot.rules.own_data import GONE, TEXTS
from bot.rules.redactions import REMOVED
from bot.rules.reviews import REDACTED
from bot.rules.weeks import local_day
from bot.texts import DEFAULT
from storage import erasure_log, own_data
from storage import people as people_table
from storage.erasure_log import Line

BACK = "back"  # what was deleted has come back


def forget_old(deps: Deps) -> None:
    """What was asked for so long ago that no backup from before may exist any more goes. Raises DatabaseUnavailable."""
    if deps.beside is None:
        return
    try:
        erasure_log.forget_before(deps.beside, local_day(deps.now()) - deps.backups_kept)
    except OSError as error:
        raise DatabaseUnavailable from error


def note_erasure(deps: Deps, what: str, whom: str) -> None:
    """Writes down that a person's id or an observation's number is to be forgotten. Raises DatabaseUnavailable."""
    if deps.beside is None:
        return
    try:
        erasure_log.add(deps.beside, Line(local_day(deps.now()), what, _hash(deps.key, whom)))
    except OSError as error:
        raise DatabaseUnavailable from error


def _hash(key: bytes, whom: str) -> str:
    return keyed(key, "erased", whom).hex()


def replay(session: Session, folder: Path, key: bytes, workspace: str, now: datetime) -> int:
    """Does again what was asked for after a backup was made; answers how much there was to do.

    What the bot has written to these people is to go from Slack again: nobody knows how far that had come.
    """
    asked = erasure_log.latest(erasure_log.read(folder))
    if not asked:
        return 0
    numbers = list(erasure_log.found_in(asked, own_data.numbers_with_words(session), lambda number: _hash(key, number)))
    for number, what in numbers:
        if what == REDACTED:
            own_data.empty_numbers(session, [number], REMOVED)
        elif what != BACK:
            own_data.withdraw_numbers(session, [number], what)
    people = list(erasure_log.found_in(asked, iter(own_data.users(session)), lambda user: _hash(key, user)))
    languages = people_table.languages(session, workspace)
    for user, what in people:
        language = languages.get(user) or DEFAULT
        own_data.mark_messages(session, workspace, user, language, now, lambda: secrets.token_hex(16))
        erase_rows(session, key, user, f"{GONE}before", texts=what == TEXTS, silent_on=local_day(now))
    return sum(what != BACK for _, what in numbers) + len(people)


def erase_rows(session: Session, key: bytes, user: str, pseudonym: str, *, texts: bool, silent_on: date | None) -> None:
    """Takes the person out of all tables, in the caller's transaction; what stands in Slack is marked beforehand.

    Who wants no reminders on that day is not reminded again: that wish alone stays. None for who is no member.
    """
    wishes = people_table.unreminded(session, user, silent_on) if silent_on else []
    if texts:
        own_data.withdraw_all(session, user)
    own_data.erase(session, user, lambda purpose, of: keyed(key, purpose, of, user).hex(), pseudonym, texts=texts)
    session.add_all(wishes)

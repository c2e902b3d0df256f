"""Erasures survive a restore: each is written down beside the database before it is done, and done again after one."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.rules.deletions import GRACE
from bot.rules.hashes import keyed
from bot.rules.own_data import GONE, TEXTS
from bot.rules.redactions import REMOVED
from bot.rules.reviews import REDACTED
from bot.rules.weeks import local_day
from bot.texts import DEFAULT
from storage import erasure_log, hidden, own_data
from storage import people as people_table
from storage.erasure_log import Line

BACK = "back"  # what was deleted has come back
SENTENCE = "sentence"  # one that was written beside a card or an answer
KEPT = (BACK, REDACTED)  # after these the observation stands
DAY_AND_WHO = attrgetter("day", "who")


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


def erased_before(deps: Deps, user: str) -> Line | None:
    """The last erasure of this person that is still remembered."""
    who = _hash(deps.key, user)
    lines = erasure_log.read(deps.beside) if deps.beside else []
    return next((line for line in reversed(lines) if line.who == who), None)


def _hash(key: bytes, whom: str) -> str:
    return keyed(key, "erased", whom).hex()


def count_since(folder: Path, made_at: datetime) -> int:
    """Of how many people and observations something was asked after the backup was made, and stands."""
    lines = erasure_log.read(folder)
    later = {line.who for line in lines if line.day >= local_day(made_at)}
    return sum(what != BACK for who, what in asked_in_the_end(lines).items() if who in later)


def asked_in_the_end(lines: Iterable[Line]) -> dict[str, str]:
    """Hash -> what was asked, whatever the order of one day's lines: logs of several machines may have become one.

    What came back is gone where it was deleted more often than it came back; texts go where that was asked once.
    """
    found: dict[str, str] = {}
    for (_, who), of_day in groupby(sorted(lines, key=DAY_AND_WHO), DAY_AND_WHO):
        said = [line.what for line in of_day]
        before = found.get(who, BACK)
        taken = [what for what in (before, *said) if what not in KEPT]
        if len(taken) > said.count(BACK):
            found[who] = max(taken, key=TEXTS.__eq__)
        else:
            found[who] = REDACTED if REDACTED in (before, *said) else BACK
    return found


def replay(session: Session, folder: Path, key: bytes, workspace: str, now: datetime, made_at: datetime) -> int:
    """Does again what was asked for after the backup was made; answers how much there was to do.

    What the bot has written to these people is to go from Slack again: nobody knows how far that had come. Who was
    erased before the backup was made and has come back since keeps what is new. What is hidden in the backup, and was
    brought back since, can be brought back once more for a day.
    """
    lines, since = erasure_log.read(folder), local_day(made_at)
    if not lines:
        return 0
    asked, later = asked_in_the_end(lines), [line for line in lines if line.day >= since]
    redacted = Counter(line.who for line in later if line.what == REDACTED)
    numbers = _found(key, asked, own_data.numbers_with_words(session))
    done = sum(_is_done_again(session, number, what, redacted[_hash(key, number)], since) for number, what in numbers)
    waiting = _found(key, asked, hidden.all_numbers(session))
    hidden.put_off(session, [number for number, what in waiting if what == BACK], now + GRACE)
    sentences = {line.who for line in later if line.what == SENTENCE}
    own_data.empty_sentences(session, lambda name: _hash(key, name) in sentences)
    people = _found(key, asked_in_the_end(later), own_data.users(session))
    languages = people_table.languages(session, workspace)
    for user, what in people:
        language = languages.get(user) or DEFAULT
        own_data.mark_messages(session, workspace, user, language, now, lambda: secrets.token_hex(16))
        erase_rows(session, key, user, f"{GONE}before", texts=what == TEXTS, silent_on=local_day(now))
    return done + len(people)


def _found(key: bytes, asked: Mapping[str, str], names: Iterable[str]) -> list[tuple[str, str]]:
    """Of these names those that something was asked of, with what."""
    return [(name, what) for name in names if (what := asked.get(_hash(key, name)))]


def _is_done_again(session: Session, number: str, what: str, redacted: int, since: date) -> bool:
    """Whether there was anything to do again with the observation, from which words were taken so many times `since`.

    Of what stands in the backup as it was redacted nothing more goes.
    """
    if what not in KEPT:
        own_data.withdraw_numbers(session, [number], what)
        return True
    if redacted <= own_data.count_steps(session, number, REDACTED, since):
        return False
    own_data.empty_numbers(session, [number], REMOVED)
    return True


def erase_rows(session: Session, key: bytes, user: str, pseudonym: str, *, texts: bool, silent_on: date | None) -> None:
    """Takes the person out of all tables, in the caller's transaction; what stands in Slack is marked beforehand.

    Who wants no reminders on that day is not reminded again: that wish alone stays. None for who is no member.
    """
    wishes = people_table.unreminded(session, user, silent_on) if silent_on else []
    if texts:
        own_data.withdraw_all(session, user)
    own_data.erase(session, user, lambda purpose, of: keyed(key, purpose, of, user).hex(), pseudonym, texts=texts)
    session.add_all(wishes)

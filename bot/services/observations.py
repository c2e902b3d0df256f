"""Filing, correcting, editing and withdrawing an observation; the privacy guard stands at every one of these doors."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import (
    CodeNotFound,
    InvalidDraft,
    LineTooShort,
    NoLongerEditable,
    NotACode,
    NotFound,
    TooManyGuesses,
    TooManyLines,
)
from bot.rules import observations as rules
from bot.rules.observations import Draft
from bot.rules.weeks import iso_week, local_day
from bot.rules.words import guess
from storage import observations as table
from storage import people
from storage.models import Observation

MOST_GUESSES = 10


@dataclass(frozen=True, slots=True)
class Filed:
    """What was stored. `created` is false where the same act had stored it before; `code` is for no-name ones alone."""

    rows: tuple[Observation, ...]
    created: bool
    code: str | None = None


def file_observation(deps: Deps, draft: Draft, user: str, nonce: str) -> Filed:
    """Stores a form's observation once, however often the same form arrives.

    Without a name nothing of the person is stored, and the receipt code is made of the form's nonce.
    Raises PersonalDataFound, InvalidDraft, DatabaseUnavailable; then nothing was stored.
    """
    draft = _examined(deps, draft)
    code = None if draft.named else rules.receipt_code(deps.key, nonce)
    once = f"form:{nonce}" if code is None else rules.code_hash(deps.key, code)
    with deps.write() as session:
        row, created = _store(session, _row(deps, session, draft, user if draft.named else None, once))
        if draft.named:
            people.remember_area(session, deps.workspace, user, draft.area)
    return Filed((row,), created, code)


def file_lines(deps: Deps, text: str, user: str, trigger: str) -> Filed:
    """Stores each line of a command as an observation of its own, with its kind, theme and area guessed.

    All or none. The same trigger stores once. Raises as `examine_lines`, and DatabaseUnavailable.
    """
    lines = examine_lines(text)
    with deps.write() as session:
        earlier = people.area_of(session, deps.workspace, user)
        stored = [
            _store(session, _row(deps, session, guessed(deps, line, earlier), user, f"line:{trigger}:{place}"))
            for place, line in enumerate(lines)
        ]
    return Filed(tuple(row for row, _ in stored), any(created for _, created in stored))


def examine_lines(text: str) -> list[str]:
    """The command's lines, when all can be stored: the guard reads the whole before it is split.

    Raises PersonalDataFound (warnings too: one line has no way to confirm them), InvalidDraft, TooManyLines.
    """
    text = rules.tidy(text)
    rules.guard(Draft(text=text))
    lines = rules.lines_of(text)
    if len(lines) > rules.MOST_LINES:
        raise TooManyLines(most=rules.MOST_LINES)
    for place, line in enumerate(lines or [""], 1):
        if mistake := rules.text_mistake(line):
            raise LineTooShort(line=place) if len(lines) > 1 else InvalidDraft({"text": mistake})
    return lines


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
    draft = _examined(deps, draft)
    with deps.write() as session:
        row = _own(session, deps, user, number)
        for name, value in _content(deps, draft).items():
            setattr(row, name, value)
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
        row.status, row.text, row.proposal, row.author, row.filed_at = "peruttu", "", "", None, None
        row.receipt_channel = row.receipt_ts = None
        session.add(row)
    return row, stood


def own(deps: Deps, user: str, number: str) -> Observation:
    """An own observation that may still be changed. Raises NotFound, NoLongerEditable."""
    with deps.read() as session:
        return _own(session, deps, user, number)


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


def place_receipt(deps: Deps, number: str, channel: str, ts: str) -> None:
    """Remembers which message of the bot speaks of the observation, so that it can be edited later."""
    with deps.write() as session:
        row = table.by_number(session, deps.workspace, number)
        if row is not None and row.author is not None:
            row.receipt_channel, row.receipt_ts = channel, ts
            session.add(row)


def last_area(deps: Deps, user: str) -> str | None:
    """The area that the person chose last, to pre-fill a form."""
    with deps.read() as session:
        return people.area_of(session, deps.workspace, user)


def _examined(deps: Deps, draft: Draft) -> Draft:
    draft = rules.tidied(draft)
    if wrong := rules.mistakes(draft, deps.vocabularies):
        raise InvalidDraft(wrong)
    rules.guard(draft)
    return draft


def guessed(deps: Deps, line: str, earlier_area: str | None = None) -> Draft:
    """The words as a draft whose kind, theme and area are guessed from them."""
    found = guess(line, deps.analyser, earlier_area=earlier_area)
    return Draft(text=line, kind=found.kind, theme=found.theme, area=found.area)


def _content(deps: Deps, draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "theme": draft.theme,
        "theme_set": deps.vocabularies.version("theme"),
        "text": draft.text,
        "proposal": draft.proposal,
        "area": draft.area,
        "sector": draft.sector,
        "client_group": draft.group,
        "scale": draft.scale,
    }


def _row(deps: Deps, session: Session, draft: Draft, author: str | None, once: str) -> Observation:
    now = deps.now()
    day = local_day(now)
    if author is None and draft.area:
        choosers = people.with_area(session, deps.workspace, draft.area)
        draft = replace(draft, area=deps.vocabularies.coarse_area(draft.area, choosers))
    return Observation(
        key=secrets.token_hex(16),
        workspace=deps.workspace,
        number=_number(day.year),
        once=once,
        author=author,
        filed_at=now if author else None,
        filed_on=day,
        week=iso_week(day),
        **_content(deps, draft),
    )


def _number(year: int) -> str:
    return f"{year}-" + "".join(secrets.choice(rules.ALPHABET) for _ in range(4))


def _store(session: Session, row: Observation) -> tuple[Observation, bool]:
    """The row as it stands in the table and whether this call put it there."""
    while not table.add(session, row):
        if stored := table.by_once(session, row.workspace, row.once):
            return stored, False
        row.number = _number(row.filed_on.year)  # taken: numbers are never used again
    return row, True


def _own(session: Session, deps: Deps, user: str, number: str) -> Observation:
    row = table.by_number(session, deps.workspace, number)
    if row is None or row.author != user:
        raise NotFound
    if row.status != "uusi":
        raise NoLongerEditable(number=number)
    return row

"""Filing: the privacy guard stands at this door, and what comes in twice is stored once."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, LineTooShort, PersonalDataFound, TooManyLines
from bot.rules import observations as rules
from bot.rules import statuses
from bot.rules.observations import Draft
from bot.rules.statuses import Status
from bot.rules.weeks import iso_week, local_day
from bot.rules.words import guess
from bot.services import search
from bot.services.observations._erasing import erase
from bot.services.permissions import Actor
from storage import digests, people
from storage import observations as table
from storage.models import Observation


@dataclass(frozen=True, slots=True)
class Filed:
    """What was stored. `created` is false where the same act had stored it before; `code` is for no-name ones alone."""

    rows: tuple[Observation, ...]
    created: bool
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """A command's lines that can be stored: `examine_lines` alone makes them, so that the guard reads them once."""

    text: str
    each: tuple[str, ...]


def file_observation(deps: Deps, draft: Draft, user: Actor, nonce: str, told: tuple[str, int] = ("", 1)) -> Filed:
    """Stores a form's observation once, however often the same form arrives.

    Without a name nothing of the person is stored, and the receipt code is made of the form's nonce. The form that
    arrives last counts: its words, and whether it has a name. `told`: how it came, and how many people stand behind it.
    Raises PersonalDataFound, InvalidDraft, DatabaseUnavailable; then nothing was stored.
    """
    draft = examined(deps, draft)
    found = search.words_in(deps, draft.text, draft.proposal)
    code = rules.receipt_code(deps.key, nonce)
    named, unnamed = f"form:{nonce}", rules.code_hash(deps.key, code)
    once, other = (named, unnamed) if draft.named else (unnamed, named)
    with deps.write() as session:
        table.lock_act(session, unnamed)  # two of the same form, one with a name and one without, wait for each other
        refuse_codes(deps, session, text=draft.text, proposal=draft.proposal)
        if changed_mind := table.lock_by_once(session, deps.workspace, other):
            changed_mind.once = f"gone:{secrets.token_hex(16)}"  # the nonce makes the no-name one's code
            erase(session, deps, changed_mind, Status.WITHDRAWN)
        fresh = new_row(deps, session, draft, user if draft.named else None, once)
        fresh.way, fresh.people = told
        row, created = store(session, deps, fresh, found)
        if not created and not statuses.why_fixed(row, digests.counted_until(session, deps.workspace)):
            fill(deps, row, coarsened(deps, session, draft))  # sent again, as no answer came: what was changed counts
            search.index(session, deps, row, found)
        if draft.named:
            people.remember_area(session, deps.workspace, user, draft.area)
    return Filed((row,), created, None if draft.named else code)


def file_lines(deps: Deps, text: str | Lines, user: Actor, trigger: str, *, asks_of_urgent: bool = True) -> Filed:
    """Stores each line of a command as an observation of its own, with its kind, theme and area guessed.

    All or none. The same trigger stores once. Raises as `examine_lines`, and DatabaseUnavailable.
    """
    lines = text if isinstance(text, Lines) else examine_lines(deps, text, asks_of_urgent=asks_of_urgent)
    drafts = [guessed(deps, line) for line in lines.each]
    found = [search.words_in(deps, draft.text) for draft in drafts]
    with deps.write() as session:
        refuse_codes(deps, session, text=lines.text)
        earlier = people.area_of(session, deps.workspace, user)
        placed = [replace(draft, area=draft.area or earlier) for draft in drafts]
        rows = [
            new_row(deps, session, draft, user, f"{rules.LINE}{trigger}:{place}") for place, draft in enumerate(placed)
        ]
        for row in rows:
            row.warned = not asks_of_urgent
        stored = [store(session, deps, row, words) for row, words in zip(rows, found, strict=True)]
    return Filed(tuple(row for row, _ in stored), any(created for _, created in stored))


def examine_lines(deps: Deps, text: str, *, asks_of_urgent: bool = True) -> Lines:
    """The command's lines, when all can be stored: the guard reads the whole before it is split.

    Raises PersonalDataFound (warnings too: one line has no way to confirm them), InvalidDraft, TooManyLines.
    """
    text = rules.tidy(text)
    rules.guard(Draft(text=text), deps.key, asks_of_urgent=asks_of_urgent)
    lines = rules.lines_of(text)
    if len(lines) > rules.MOST_LINES:
        raise TooManyLines(most=rules.MOST_LINES)
    for place, line in enumerate(lines or [""], 1):
        if mistake := rules.text_mistake(line):
            raise LineTooShort(line=place) if len(lines) > 1 else InvalidDraft({"text": mistake})
    return Lines(text, tuple(lines))


def guessed(deps: Deps, line: str) -> Draft:
    """The words as a draft whose kind, theme and area are guessed from them."""
    found = guess(line, deps.analyser)
    return Draft(text=line, kind=found.kind, theme=found.theme, area=found.area, unsure=found.unsure)


def examined(deps: Deps, draft: Draft) -> Draft:
    """The draft, tidied, if rules and guard let it pass; stores nothing. Raises InvalidDraft, PersonalDataFound."""
    draft = rules.tidied(draft)
    if wrong := rules.mistakes(draft, deps.vocabularies):
        raise InvalidDraft(wrong)
    rules.guard(draft, deps.key)
    return draft


def new_row(
    deps: Deps, session: Session, draft: Draft, author: str | None, once: str, day: date | None = None
) -> Observation:
    """A row for the draft, filed now, or on the day."""
    now = deps.now()
    day = day or local_day(now)
    draft = coarsened(deps, session, draft)
    return Observation(
        key=secrets.token_hex(16),
        workspace=deps.workspace,
        number=_number(day.year),
        once=once,
        author=author,
        filed_at=now if author else None,
        filed_on=day,
        week=iso_week(day),
        due_on=statuses.due_on(Status.RECEIVED, day),
        words_by=deps.analyser.name,
        **_content(deps, draft),
    )


def coarsened(deps: Deps, session: Session, draft: Draft) -> Draft:
    """Without a name, an area that few have chosen is told as its sub-region."""
    if draft.named or not draft.area:
        return draft
    choosers = people.with_area(session, deps.workspace, draft.area)
    return replace(draft, area=deps.vocabularies.coarse_area(draft.area, choosers))


def _number(year: int) -> str:
    return f"{year}-" + "".join(secrets.choice(rules.ALPHABET) for _ in range(4))


def store(session: Session, deps: Deps, row: Observation, found: dict[str, bool]) -> tuple[Observation, bool]:
    """The row as it stands in the table and whether this call put it there, with the words that it is found by."""
    while not table.add(session, row):
        if stored := table.lock_by_once(session, row.workspace, row.once):
            return stored, False
        row.number = _number(row.filed_on.year)  # taken: numbers are never used again
    search.index(session, deps, row, found, new=True)
    return row, True


def fill(deps: Deps, row: Observation, draft: Draft) -> None:
    for name, value in _content(deps, draft).items():
        setattr(row, name, value)


def refuse_codes(deps: Deps, session: Session, **texts: str) -> None:
    """A receipt code in a text with a name would tell who filed without one; also one that is split over the fields.

    Raises PersonalDataFound.
    """
    for names in dict.fromkeys([*((name,) for name in texts), tuple(texts)]):
        codes = rules.codes_in("\n".join(texts[name] for name in names))
        if table.any_once(session, deps.workspace, {rules.code_hash(deps.key, code) for code in codes}):
            raise PersonalDataFound(dict.fromkeys(names, ("receipt_code",)), {})


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
        "warned": bool(draft.confirmed) and rules.is_warned(draft, deps.key),
        "asked": " ".join(draft.unsure),
    }

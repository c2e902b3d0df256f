"""The coordinator's hand on an observation: its classification is corrected, and words are taken out of it."""

import json

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import ChangedMeanwhile, InvalidDraft, NotFound
from bot.rules import redactions
from bot.rules.observations import CHOICE_GONE, visible_length
from bot.rules.reviews import CLASSES, CORRECTED, REDACTED, Classes, chosen_of
from bot.rules.statuses import GONE
from bot.rules.weeks import local_day
from bot.services import feedback, people, search
from bot.services.erasures import note_erasure
from bot.services.observations._asking import lock_observation
from bot.services.observations._erasing import mark_for_erasure
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits, loop, moves, practices
from storage.models import Changed, Move, Observation, PracticeDraft


def _lock(session: Session, deps: Deps, number: str, version: int) -> Observation:
    row = lock_observation(session, deps, number)
    if row.status in GONE:
        raise NotFound
    if row.version != version:
        raise ChangedMeanwhile
    return row


@for_coordinators
def reclassify(deps: Deps, user: Coordinator, number: str, version: int, classes: Classes) -> Observation:
    """Stores the corrected kind, theme, area, sector and group; what the reporter chose is kept beside it.

    The reporter is told. Raises NotACoordinator, NotFound, InvalidDraft, ChangedMeanwhile; then nothing was stored.
    """
    with deps.write() as session:
        row = _lock(session, deps, number, version)
        changes = {name: (getattr(row, CLASSES[name]), code) for name, code in classes.codes().items()}
        changes = {name: pair for name, pair in changes.items() if (pair[0] or None) != (pair[1] or None)}
        if wrong := {name: CHOICE_GONE for name, (_, code) in changes.items() if not _is_offered(deps, name, code)}:
            raise InvalidDraft(wrong)
        if not changes:
            return row
        own = chosen_of(row)
        for name, (was, code) in changes.items():
            setattr(row, CLASSES[name], code)
            own.setdefault(name, was)
        row.chosen = json.dumps({name: was for name, was in own.items() if was != getattr(row, CLASSES[name])})
        row.theme_set = deps.vocabularies.version("theme") if "theme" in changes else row.theme_set
        _store_change(session, deps, user, row, CORRECTED, json.dumps(changes))
    return row


def _is_offered(deps: Deps, name: str, code: str | None) -> bool:
    """Whether a coordinator may choose it; of an area that is told coarsely, the sub-region too."""
    if code is None:
        return name not in ("kind", "theme")
    known = deps.vocabularies.codes
    return code in known(name) or (name == "area" and code in known("subregion"))


def _texts_of(
    session: Session, deps: Deps, row: Observation
) -> list[tuple[Observation | Move | Changed | PracticeDraft, str]]:
    """Where something is written of the observation: in itself, its history, answers, and a card begun from it."""
    history = moves.get_of_subject(session, deps.workspace, row.key)
    draft = practices.lock_draft_by_once(session, deps.workspace, practices.begun_from(row.number))
    return [
        *((row, name) for name in ("text", "proposal")),
        *((one, name) for one in history if one.what != CORRECTED for name in ("words", "reason")),
        *((one, "words") for one in loop.answers(session, deps.workspace, row.key)),
        *((draft, name) for name in (practices.WORDS if draft else ()) if draft),
    ]


@for_coordinators
def redact(deps: Deps, user: Coordinator, number: str, version: int, words: str) -> Observation:
    """Takes the words out of the observation and of what was said about it, for good, and tells the reporter.

    So do they go from the draft of a card that the reporter has begun from it; published cards `practices.holding`
    finds.

    The original goes from tables and search index at once, and from the bot's messages as after a withdrawal. The words
    themselves are stored nowhere. Raises NotACoordinator, NotFound, InvalidDraft, ChangedMeanwhile.
    """
    if not visible_length(words):
        raise InvalidDraft({"words": redactions.NOT_THERE})
    with deps.write() as session:
        row = _lock(session, deps, number, version)
        held = [(one, name, getattr(one, name)) for one, name in _texts_of(session, deps, row)]
        left = [redactions.without(text, words) for *_, text in held]
        if left == [text for *_, text in held]:
            raise InvalidDraft({"words": redactions.NOT_THERE})
        if any(redactions.are_too_many(text, now) for (*_, text), now in zip(held, left, strict=True)):
            raise InvalidDraft({"words": redactions.TOO_OFTEN})
        note_erasure(deps, REDACTED, number)
        for (one, name, was), now in zip(held, left, strict=True):
            setattr(one, name, now)
            session.add(one)
            if isinstance(one, PracticeDraft) and now != was:
                one.step += 1  # who decides on it is to see it as it is now
        search.index(session, deps, row)
        _store_change(session, deps, user, row, REDACTED, "")
        place = row.receipt_channel, row.receipt_ts
        language = people.words_for(deps, row.author or "").language
        mark_for_erasure(session, deps, row, place, language, row.author)
    return row


def _store_change(session: Session, deps: Deps, user: Coordinator, row: Observation, what: str, changes: str) -> None:
    """The step in the history, the trail, and the promise to tell a named reporter."""
    today = local_day(deps.now())
    row.opened_on = row.opened_on or today
    row.version += 1
    session.add(row)
    step = Move(key="", workspace=deps.workspace, subject=row.key, step=0, what=what, on_day=today, actor=user)
    step.reason = changes
    moves.add(session, step)
    audits.add(session, deps.workspace, deps.now(), user, f"observation.{what}", row.number)
    if row.author:
        feedback.promise(session, deps, [row.author])

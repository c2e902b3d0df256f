"""Writing a card: its draft is its writer's alone until it is sent to the coordinators."""

import secrets
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, PracticeGone, PracticeWaits, WordsTakenOut
from bot.rules import practices as rules
from bot.rules.deliveries import Due
from bot.rules.kinds import Kind
from bot.rules.observations import ALPHABET
from bot.rules.practices import Card, Opened, State
from bot.rules.weeks import local_day
from bot.services.deliveries import enqueue
from bot.services.permissions import Actor, coordinators
from bot.services.practices._messages import OF_USE
from bot.services.practices._reading import started
from bot.services.practices._reading import taken_out as taken_out_of
from storage import observations
from storage import practices as table
from storage.models import PracticeDraft


def save(
    deps: Deps,
    user: Actor,
    card: Card,
    nonce: str,
    number: str = "",
    *,
    is_sent: bool,
    opened: Opened | None = None,
) -> PracticeDraft:
    """Stores the draft, new or of this number, once for each form; where it `is_sent`, coordinators are told.

    What stands in the form as it was `opened`, stays as it is stored: another form may have changed it. A draft that
    waits is the writer's again when it is saved unsent; what was published meanwhile becomes the next version.
    Raises InvalidDraft, PersonalDataFound, PracticeGone, WordsTakenOut; then nothing was stored.
    """
    card, opened = rules.tidied(card), opened or Opened()
    if wrong := rules.mistakes(card, deps.vocabularies, is_sent=is_sent):
        raise InvalidDraft(wrong)
    rules.guard(card.texts(), deps.key, card.confirmed)
    with deps.write() as session:
        begun, times = _lock_observation_of(session, deps, user, nonce, number)
        row = (
            _lock_draft_or_begin_next(session, deps, user, number) if number else _new(session, deps, user, card, nonce)
        )
        was = row.model_dump()
        stands = begun if begun and row.step == 0 else rules.card_of(row)
        if times != opened.taken_out and (fields := rules.overwritten(stands, card, opened.marks)):
            raise WordsTakenOut(times, {**opened.marks, **{name: rules.marks(card)[name] for name in fields}})
        card = rules.merged(stands, card, opened.marks)
        for name, value in rules.values_of(card).items():
            setattr(row, name, value)
        row.state = State.WAITING if is_sent else State.DRAFT
        if row.model_dump() != was or row.step == 0:
            row.step, row.changed_on = row.step + 1, local_day(deps.now())
            session.add(row)
            if is_sent:
                _tell_coordinators(session, deps, row)
    return row


def _lock_observation_of(session: Session, deps: Deps, user: str, nonce: str, number: str) -> tuple[Card | None, int]:
    """What the card would begin with now of the own observation behind it, and how often words were taken out of that.

    The observation is locked before the card, so that no words leave it meanwhile.
    """
    draft = table.get_draft(session, deps.workspace, number) if number else None
    observation = table.begun_of(draft.once if draft else nonce)
    row = observations.lock_by_number(session, deps.workspace, observation) if observation else None
    begun = started(deps, row) if row and row.text and row.author == user else None
    return begun, taken_out_of(session, deps, observation)


def _lock_own_draft(session: Session, deps: Deps, user: str, number: str) -> PracticeDraft:
    row = table.lock_draft(session, deps.workspace, number)
    if row is None or row.author != user:
        raise PracticeGone
    return row


def _lock_draft_or_begin_next(session: Session, deps: Deps, user: str, number: str) -> PracticeDraft:
    """The draft of this number; where there is none any more, the next version of the writer's published card."""
    card = table.lock_card(session, deps.workspace, number)
    if card is None or not card.name or card.author != user or table.lock_draft(session, deps.workspace, number):
        return _lock_own_draft(session, deps, user, number)
    draft = rules.drafted(rules.card_of(card), card, f"{card.key}.{card.version + 1}", local_day(deps.now()))
    session.add(draft)
    return draft


def _new(session: Session, deps: Deps, user: str, card: Card, nonce: str) -> PracticeDraft:
    place: dict[str, Any] = {"key": secrets.token_hex(16), "workspace": deps.workspace, "number": new_number()}
    written = {**place, **rules.values_of(card), "author": user}
    row = PracticeDraft(**written, once=nonce, changed_on=local_day(deps.now()))
    while not table.add_draft(session, row):
        if stored := table.lock_draft_by_once(session, deps.workspace, nonce):
            if stored.author != user:
                raise PracticeGone
            return stored
        row.number = new_number()
    return table.lock_draft_by_once(session, deps.workspace, nonce) or row


def new_number() -> str:
    return "T-" + "".join(secrets.choice(ALPHABET) for _ in range(4))


def _tell_coordinators(session: Session, deps: Deps, row: PracticeDraft) -> None:
    now = deps.now()
    occurrence, told_of = f"{row.number}.{row.step}", {"what": "waiting"}
    told = sorted(coordinators(session, deps) - {row.author})
    enqueue(session, deps.workspace, (Due(Kind.PRACTICE, occurrence, one, now, now + OF_USE, told_of) for one in told))


def drop_draft(deps: Deps, user: Actor, number: str) -> None:
    """Deletes the person's own draft; what is published of it stands. Raises PracticeGone."""
    with deps.write() as session:
        session.delete(_lock_own_draft(session, deps, user, number))


def next_version(deps: Deps, user: Actor, number: str) -> PracticeDraft:
    """The writer's draft of the next version, as the published card stands where there was none yet.

    Raises PracticeGone, and PracticeWaits where the next version waits for a coordinator already.
    """
    with deps.write() as session:
        card = table.lock_card(session, deps.workspace, number)
        if card is None or not card.name or card.author != user:
            raise PracticeGone
        draft = _lock_draft_or_begin_next(session, deps, user, number)
        if draft.state == State.WAITING:
            raise PracticeWaits
    return draft

"""Making a phenomenon, and what is done with it later: every change flows to its observations and their reporters."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import ChangedMeanwhile, InvalidDraft
from bot.rules import phenomena as rules
from bot.rules import statuses
from bot.rules.observations import ALPHABET, tidy
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.reviews import is_taken, move_of
from bot.rules.statuses import Status, Step
from bot.rules.weeks import local_day
from bot.services import feedback, loop, networks, observations, search
from bot.services.observations import At
from bot.services.permissions import Coordinator, for_coordinators
from bot.services.phenomena._reading import lock_phenomenon
from storage import audits, moves
from storage import phenomena as table
from storage.models import Observation, Phenomenon


@for_coordinators
def create(
    deps: Deps,
    user: Coordinator,
    draft: PhenomenonDraft,
    nonce: str,
    joins: tuple[Sequence[At], Step] | None = None,
) -> Phenomenon:
    """Stores the form's phenomenon once, and joins observations to it at the same time, by the same step.

    Raises NotACoordinator, InvalidDraft, PersonalDataFound, and for the observation NotFound, ChangedMeanwhile; then
    nothing was stored.
    """
    draft, step = _examined(deps, draft, joins[1] if joins else Step(confirmed=draft.confirmed))
    with deps.write() as session:
        row = _new(deps, draft, nonce)
        while not table.add(session, row):
            if stored := table.lock_by_once(session, deps.workspace, nonce):
                row = stored
                break
            row.number = _number()
        else:
            _tell_of(session, deps, user, row)
        if joins:
            row = table.lock_by_once(session, deps.workspace, nonce) or row
            _join(session, deps, user, joins[0], replace(step, phenomenon=row.number), row)
    return row


@for_coordinators
def join(deps: Deps, user: Coordinator, several: Sequence[At], step: Step) -> Phenomenon:
    """Joins the observations, as they were at these versions, to the step's phenomenon: all of them or none.

    A status that is chosen with it is the phenomenon's: it goes to all its observations, the words to these alone.
    Raises as `move_on` of observations; then nothing was stored.
    """
    step = observations.examined(deps, step)
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, step.phenomenon)
        if row is None:
            raise InvalidDraft({"phenomenon": observations.NOT_OPEN})
        _join(session, deps, user, several, step, row)
    return row


def _join(session: Session, deps: Deps, user: str, several: Sequence[At], step: Step, row: Phenomenon) -> None:
    is_alone = step.status in ("", Status.JOINED)
    alone = step if is_alone else replace(step, status="", receiver="", review_on=None)
    observations.lock_several(session, deps, several)
    joined = observations.take_steps(session, deps, user, several, alone, row)
    for_all = replace(step, reply="", phenomenon="")
    is_there = step.status == row.status and not (step.receiver or step.review_on)
    if (
        is_alone or is_there or joined.version != several[0][1] + 1
    ):  # it was joined and moved on already: the form came twice
        return
    if wrong := statuses.mistakes(row.status, for_all, local_day(deps.now()), phenomenon=True):
        raise InvalidDraft(wrong)
    _store_step(session, deps, user, row, for_all)
    row.version, row.stale = row.version + 1, row.published_on is not None
    session.add(row)


def _tell_of(session: Session, deps: Deps, user: str, row: Phenomenon) -> None:
    search.index(session, deps, row, new=True)
    moves.add(session, move_of(row, Step(), row.status, user, row.started_on))
    audits.add(session, deps.workspace, deps.now(), user, "phenomenon.created", row.number)


def _new(deps: Deps, draft: PhenomenonDraft, nonce: str) -> Phenomenon:
    today = local_day(deps.now())
    return Phenomenon(
        key=secrets.token_hex(16),
        workspace=deps.workspace,
        number=_number(),
        once=nonce,
        **{name: getattr(draft, name) for name in rules.FIELDS},
        started_on=today,
        noted_on=today,
        due_on=statuses.due_on(Status.IN_HAND, today),
    )


def _number() -> str:
    return "I-" + "".join(secrets.choice(ALPHABET) for _ in range(4))


def _examined(deps: Deps, draft: PhenomenonDraft, step: Step) -> tuple[PhenomenonDraft, Step]:
    texts: dict[str, Any] = {name: tidy(text) for name, text in draft.texts().items()}
    one_line = {name: " ".join(texts[name].split()) for name in ("title", *rules.LINES)}
    draft = replace(draft, **{**texts, **one_line})
    if wrong := rules.mistakes(draft, deps.vocabularies):
        raise InvalidDraft(wrong)
    with deps.read() as session:
        floor = networks.floor(session, deps)
    return draft, observations.examined(deps, step, draft.texts(), floor)


@for_coordinators
def move_on(deps: Deps, user: Coordinator, number: str, version: int, draft: PhenomenonDraft, step: Step) -> Phenomenon:
    """Stores what was changed of its words and choices, and takes the step, for all observations that are joined.

    The same form sent twice counts once. Raises NotACoordinator, PhenomenonGone, InvalidDraft, PersonalDataFound,
    ChangedMeanwhile; then nothing was stored.
    """
    draft, step = _examined(deps, draft, step)
    with deps.write() as session:
        row = lock_phenomenon(session, deps, number)
        if row.version != version:
            mine = move_of(row, step, step.status, user, row.noted_on)
            history = moves.get_of_subject(session, deps.workspace, row.key)
            if draft == rules.draft_of(row) and is_taken(row, version, history, mine):
                return row
            raise ChangedMeanwhile
        today = local_day(deps.now())
        if wrong := statuses.mistakes(row.status, step, today, phenomenon=True):
            raise InvalidDraft(wrong)
        edits = draft != rules.draft_of(row)
        if edits:
            _edit(session, deps, user, row, draft)
        if step.status or step.reply:
            _store_step(session, deps, user, row, step)
        if edits or step.status or step.reply:
            row.version, row.stale = row.version + 1, row.published_on is not None
        session.add(row)
    return row


def _edit(session: Session, deps: Deps, user: str, row: Phenomenon, draft: PhenomenonDraft) -> None:
    for name in rules.FIELDS:
        setattr(row, name, getattr(draft, name))
    search.index(session, deps, row)
    move = move_of(row, Step(), "", user, local_day(deps.now()))
    move.what = "edited"
    moves.add(session, move)
    audits.add(session, deps.workspace, deps.now(), user, "phenomenon.edited", row.number)


def _store_step(session: Session, deps: Deps, user: str, row: Phenomenon, step: Step) -> None:
    today = local_day(deps.now())
    between = statuses.path(row.status, step.status)[:-1]
    row.noted_on, row.unchanged_on = today, None
    if step.status:
        row.status, row.review_on = step.status, step.review_on
        row.receiver = step.receiver or row.receiver
        row.outcome = (step.reply or step.reason) if step.status in statuses.CLOSED else ""
    row.review_on = step.review_on or row.review_on
    row.due_on = statuses.due_on(row.status, today, row.review_on)
    _write(session, row, row, between, step, user)
    joined = table.lock_observations_of(session, row.workspace, row.key)
    for one in joined:
        statuses.note_word(one, today)  # who had written hears of it by this
        session.add(one)
        _write(session, one, row, between, step, user)
    audits.add(session, deps.workspace, deps.now(), user, statuses.deed("phenomenon", step.status), row.number)
    told = {one.author for one in joined if one.author}
    feedback.promise(session, deps, told)
    loop.tell_followers(session, deps, row, told)


def _write(
    session: Session, one: Observation | Phenomenon, row: Phenomenon, between: Sequence[str], step: Step, user: str
) -> None:
    """The steps in the history of the phenomenon (`row`), or of an observation that is joined to it."""
    of_it = None if one is row else row
    for status in between:
        moves.add(session, move_of(one, Step(), status, user, row.noted_on, of_it))
    moves.add(session, move_of(one, step, step.status, user, row.noted_on, of_it))

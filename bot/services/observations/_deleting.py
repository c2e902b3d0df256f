"""Deleting an observation: hidden for a day in which it can come back, or gone at once; and what the clock finishes."""

import secrets
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import ChangedMeanwhile, GoneForGood, InvalidDraft, NotFound
from bot.rules import deletions as rules
from bot.rules.deletions import Deletion, Going
from bot.rules.observations import tidy
from bot.rules.privacy import examine
from bot.rules.reviews import is_taken, move_of
from bot.rules.statuses import GONE, Status, Step
from bot.rules.weeks import local_day, week_after
from bot.services import feedback, search
from bot.services.erasures import BACK, note_erasure
from bot.services.observations._asking import lock_observation
from bot.services.observations._erasing import erase, forget_hidden, mark_for_erasure
from bot.services.people import words_for
from bot.services.permissions import Coordinator, for_coordinators
from bot.services.reach import draw_posts_again
from bot.slack import Act
from storage import audits, deliveries, digests, hidden, moves
from storage import observations as table
from storage.models import Delivery, Hidden, Move, Observation


@for_coordinators
def look_before_deleting(deps: Deps, _user: Coordinator, number: str) -> Going:
    """What would go. Raises NotACoordinator, NotAMember, PersonUnknown, and NotFound where it has gone already."""
    with deps.read() as session:
        row = table.get_by_number(session, deps.workspace, number)
        if row is None or row.status in GONE:
            raise NotFound
        messages = len(deliveries.showing(session, deps.workspace, number)) + (row.receipt_ts is not None)
        return Going(row, moves.get_of_subject(session, deps.workspace, row.key), messages)


@for_coordinators
def delete(deps: Deps, user: Coordinator, number: str, version: int, deletion: Deletion) -> Observation:
    """Takes the words away from everybody: at once for good, or hidden for a day; its reporter is told why.

    The same form sent twice counts once. The bot's own messages are put right by `clean_messages`.
    Raises NotACoordinator, NotFound, InvalidDraft, PersonalDataFound, ChangedMeanwhile; then nothing was changed.
    """
    deletion = replace(deletion, reason=tidy(deletion.reason))
    if wrong := rules.mistakes(deletion):
        raise InvalidDraft(wrong)
    examine({"reason": deletion.reason}, deps.key, deletion.confirmed)
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        joined = row.phenomenon
        author, last_word = row.author, move_of(row, Step(reason=deletion.reason), Status.DELETED, user, _today(deps))
        if row.version != version or row.status in GONE:
            if is_taken(row, version, moves.get_of_subject(session, deps.workspace, row.key), last_word):
                return row
            raise NotFound if row.status in GONE else ChangedMeanwhile
        if not deletion.at_once:
            _keep_aside(session, deps, row, user)
        erase(session, deps, row, Status.DELETED, last_word, keeps_hidden=True)
        row.noted_on = last_word.on_day
        deed = "observation.deleted" if deletion.at_once else "observation.hidden"
        audits.add(session, deps.workspace, deps.now(), user, deed, number)
    draw_posts_again(deps, joined, row.phenomenon)
    _redraw_home_of(deps, author)
    return row


def _keep_aside(session: Session, deps: Deps, row: Observation, user: str) -> None:
    counted = row.week <= digests.counted_until(session, deps.workspace)
    until = deps.now() + rules.GRACE
    one = hidden.of_observation(row, secrets.token_hex(16), user, until, counted=counted)
    session.add(one)
    session.flush()
    moves.set_aside(session, deps.workspace, row.key, one.key)


@for_coordinators
def restore(deps: Deps, user: Coordinator, number: str) -> Observation:
    """Brings back what is hidden, as it was; a reporter who was told of the deletion is told of that too.

    A second time changes nothing. Raises NotACoordinator, NotAMember, PersonUnknown, NotFound, GoneForGood.
    """
    with deps.read() as session:
        one = hidden.get_of_number(session, deps.workspace, number)
    found = search.words_in(deps, one.text, one.proposal) if one else {}
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        one = hidden.get_of_number(session, deps.workspace, number)
        if one is None and row.status in GONE:
            raise GoneForGood
        if one is None:
            return row
        _put_back(session, deps, row, one, user)
        search.index(session, deps, row, found)
        audits.add(session, deps.workspace, deps.now(), user, "observation.restored", number)
    note_erasure(deps, BACK, number)  # afterwards: were it written down and not done, a restore would bring it back
    draw_posts_again(deps, row.phenomenon, None)
    _redraw_home_of(deps, row.author)
    return row


def _put_back(session: Session, deps: Deps, row: Observation, one: Hidden, user: str) -> None:
    workspace, counted = deps.workspace, digests.counted_until(session, deps.workspace)
    hidden.put_back(row, one)
    row.version += 1
    if not one.counted and row.week <= counted:
        row.week = week_after(counted)  # the digest of its own week has passed it by: it is in the next one
    session.add(row)
    was_told = _put_steps_back(session, deps, row, one)
    if was_told:
        back = move_of(row, Step(), row.status, user, _today(deps))
        back.what = "restored"
        moves.add(session, back)
    moves.untell(session, workspace, row.key)
    if row.author and moves.get_untold(session, workspace, row.author):
        feedback.promise(session, deps, [row.author])
    hidden.forget(session, one)
    language = words_for(deps, row.author or "").language
    mark_for_erasure(session, deps, row, (row.receipt_channel, row.receipt_ts), language)


def _put_steps_back(session: Session, deps: Deps, row: Observation, one: Hidden) -> bool:
    """The history as it was, with the deletion in it unless its reporter has not been told; whether it stands there."""
    earlier = moves.get_of_subject(session, deps.workspace, one.key)
    since = moves.get_of_subject(session, deps.workspace, row.key)
    if row.author and all(_is_untold(session, step) for step in since):
        moves.forget(session, deps.workspace, row.key)
        since = []
    for step in reversed(since):
        step.step += len(earlier)
        session.add(step)
        session.flush()
    moves.set_aside(session, deps.workspace, one.key, row.key)
    return bool(since)


def _is_untold(session: Session, step: Move) -> bool:
    """Whether no message tells of it yet; the one that is to tell is kept from its sender meanwhile."""
    told_in = session.get(Delivery, step.told_in, with_for_update=True) if step.told_in else None
    return told_in is None or told_in.state == "pending"


def finish_deletions(deps: Deps) -> None:
    """Deletes for good what has been hidden for a day. Raises DatabaseUnavailable; the rest goes the next time."""
    now = deps.now()
    with deps.read() as session:
        numbers = hidden.ended(session, deps.workspace, now)
    for number in numbers:
        with deps.write() as session:
            table.lock_by_number(session, deps.workspace, number)  # what is hidden goes also where its row is gone
            one = hidden.get_of_number(session, deps.workspace, number)
            if one is not None and one.until <= now:
                forget_hidden(session, deps, number)
                audits.add(session, deps.workspace, now, one.by, "observation.erased", number)


def _today(deps: Deps) -> date:
    return local_day(deps.now())


def _redraw_home_of(deps: Deps, user: str | None) -> None:
    """Slack keeps what was drawn there, words included."""
    if user:
        deps.redraw_home(Act(user, deps.workspace))

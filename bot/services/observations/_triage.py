"""What coordinators do with an observation: read it, move it on, answer, join it to a phenomenon."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import N_, ChangedMeanwhile, InvalidDraft, NotFound
from bot.rules import statuses
from bot.rules.observations import tidy
from bot.rules.phenomena import MOST_TO_CHOOSE
from bot.rules.privacy import found_in, refuse
from bot.rules.reviews import Review, is_taken, move_of
from bot.rules.statuses import GONE, Status, Step
from bot.rules.summaries import with_small_numbers
from bot.rules.weeks import local_day
from bot.services import feedback
from bot.services.observations._asking import lock_observation
from bot.services.observations._handling import handlers, to_hand_over_to
from bot.services.permissions import Coordinator, for_coordinators
from bot.services.reach import draw_posts_again
from storage import audits, hidden, loop, moves
from storage import observations as table
from storage import phenomena as phenomena_table
from storage.models import Observation, Phenomenon

At = tuple[str, int]
"""An observation's number, and the version that the coordinator has seen."""
NOT_ALIKE = N_("The status does not fit one of these, or needs a reason there. Untick it, or open it by itself.")
NOT_OPEN = N_("This phenomenon is closed or gone. Choose another.")


@for_coordinators
def open_review(deps: Deps, user: Coordinator, number: str) -> Review:
    """Returns the observation for a coordinator to read, and closes it to its reporter's edits from the first time on.

    A coordinator's own one waits for another reader. The trail of deeds gets a row each time, with the reader.
    Raises NotACoordinator, NotAMember, PersonUnknown, NotFound.
    """
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        if row.author != user:
            row.opened_on = row.opened_on or local_day(deps.now())
            session.add(row)
        audits.add(session, deps.workspace, deps.now(), user, "observation.opened", number)
        return _gathered(session, deps, row, user)


@for_coordinators
def look_again(deps: Deps, user: Coordinator, number: str) -> Review:
    """The same as it stands now, for the modal that is open already. Raises as open_review."""
    with deps.read() as session:
        return _gathered(session, deps, lock_observation(session, deps, number), user)


def _gathered(session: Session, deps: Deps, row: Observation, user: str) -> Review:
    found = phenomena_table.get_by_keys(session, deps.workspace, [row.phenomenon, row.same_as])
    joined, same_as = found.get(row.phenomenon or ""), found.get(row.same_as or "")
    same_as = same_as if same_as and same_as.status in statuses.OPEN else None  # a closed one cannot be joined
    newest = phenomena_table.get_newest(session, deps.workspace, statuses.OPEN, MOST_TO_CHOOSE)
    others = [one for one in (joined, same_as) if one and one.key not in {it.key for it in newest}]
    history = moves.get_of_subject(session, deps.workspace, row.key)
    choice = list({one.key: one for one in (*others, *newest)}.values())
    until = hidden.until(session, deps.workspace, [row.number]).get(row.number)
    handler = handlers(session, deps, [row.key]).get(row.key)
    able = to_hand_over_to(session, deps, user, handler)
    changed = loop.answers(session, deps.workspace, row.key)
    return Review(row, history, choice, joined, same_as, local_day(deps.now()), until, handler, able, changed)


@for_coordinators
def get_several(deps: Deps, _user: Coordinator, numbers: Collection[str]) -> Sequence[Observation]:
    """The observations of these numbers. Raises NotACoordinator."""
    with deps.read() as session:
        return table.get_by_numbers(session, deps.workspace, numbers)


@for_coordinators
def move_on(
    deps: Deps, user: Coordinator, number: str, version: int, step: Step, others: Sequence[At] = ()
) -> Observation:
    """Takes the step in one transaction: status, history, audit, and the promise to tell a named reporter.

    The same is done with the `others`: with all of them or with none. The same step sent twice is taken once. Raises
    NotACoordinator, NotFound, InvalidDraft, PersonalDataFound, and ChangedMeanwhile where an observation is no longer
    the one of its version; then nothing was stored.
    """
    step = examined(deps, step)
    with deps.write() as session:
        target = phenomena_table.lock_by_number(session, deps.workspace, step.phenomenon) if step.phenomenon else None
        if step.phenomenon and target is None:
            raise InvalidDraft({"phenomenon": NOT_OPEN})
        before = {row.phenomenon for row in lock_several(session, deps, [(number, version), *others])}
        row = take_steps(session, deps, user, [(number, version), *others], step, target)
    for left in before:
        draw_posts_again(deps, left, row.phenomenon)
    return row


def examined(deps: Deps, step: Step, beside: Mapping[str, str] | None = None, floor: int = 0) -> Step:
    """The step with its words tidied; the texts `beside` it stand in the same form.

    Of small numbers, below the `floor`, it warns where the words may come to stand in the summary. Raises
    PersonalDataFound.
    """
    step = replace(step, reason=tidy(step.reason), receiver=tidy(step.receiver), reply=tidy(step.reply))
    texts = {**(beside or {}), "reason": step.reason, "receiver": step.receiver, "reply": step.reply}
    refuse(with_small_numbers(found_in(texts), texts, floor), deps.key, step.confirmed)
    return step


def lock_several(session: Session, deps: Deps, several: Sequence[At]) -> Sequence[Observation]:
    """Locks the observations by number, as everybody does who takes more than one."""
    found = (
        table.lock_by_number(session, deps.workspace, number) for number in sorted(number for number, _ in several)
    )
    return [row for row in found if row]


def take_steps(
    session: Session, deps: Deps, user: str, several: Sequence[At], step: Step, target: Phenomenon | None
) -> Observation:
    """Takes the step on each of the observations, inside the caller's transaction, and returns the first one.

    Where a phenomenon is joined, the caller holds its row already: it is always locked before its observations.
    """
    row = _take_step(session, deps, user, several[0], step, target)
    for at in several[1:]:
        try:
            _take_step(session, deps, user, at, step, target)
        except NotFound:
            raise ChangedMeanwhile from None
        except InvalidDraft:  # what is right for the first one
            raise InvalidDraft({"others": NOT_ALIKE}) from None
    return row


def _take_step(session: Session, deps: Deps, user: str, at: At, step: Step, target: Phenomenon | None) -> Observation:
    number, version = at
    row = lock_observation(session, deps, number)
    if row.version != version:
        mine = move_of(row, step, Status.JOINED if target else step.status, user, local_day(deps.now()), target)
        if is_taken(row, version, moves.get_of_subject(session, deps.workspace, row.key), mine):
            return row
        raise NotFound if row.status in GONE else ChangedMeanwhile
    if row.status in GONE:
        raise NotFound
    joins = target if target and target.key != row.phenomenon else None
    if wrong := _mistakes(deps, row, step, joins):
        raise InvalidDraft(wrong)
    if joins or step.status or step.reply:
        _write(session, deps, user, row, step, joins)
    return row


def _mistakes(deps: Deps, row: Observation, step: Step, joins: Phenomenon | None) -> dict[str, str]:
    today = local_day(deps.now())
    if joins is None and step.status == Status.JOINED:
        return {"phenomenon": statuses.NO_PHENOMENON}
    if joins is None:
        return statuses.mistakes(row.status, step, today)
    return {"phenomenon": NOT_OPEN} if joins.status not in statuses.OPEN else (
        statuses.joining_mistakes(row.status, step, today)
    )  # fmt: skip


def _write(session: Session, deps: Deps, user: str, row: Observation, step: Step, joins: Phenomenon | None) -> None:
    today = local_day(deps.now())
    path = statuses.joining(row.status) if joins else (statuses.path(row.status, step.status) or ("",))
    for status in path[:-1]:
        moves.add(session, move_of(row, Step(), status, user, today))
    moves.add(session, move_of(row, step, path[-1], user, today, joins))
    row.status = path[-1] or row.status
    if path[-1] or step.review_on:
        row.review_on = step.review_on
    if path[-1] and path[-1] != Status.JOINED:
        row.phenomenon = None
    elif joins:
        row.phenomenon, joins.stale = joins.key, joins.published_on is not None
        session.add(joins)
    statuses.note_word(row, today)
    session.add(row)
    audits.add(session, deps.workspace, deps.now(), user, statuses.deed("observation", path[-1]), row.number)
    if row.author:
        feedback.promise(session, deps, [row.author])

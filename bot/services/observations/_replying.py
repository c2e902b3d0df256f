"""What a reporter answers, with a name or by code: a step of the observation's history, without an author."""

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, NotFound
from bot.rules import feedback
from bot.rules import observations as rules
from bot.rules.feedback import Reply
from bot.rules.hashes import keyed
from bot.rules.observations import Draft
from bot.rules.statuses import GONE
from bot.rules.weeks import local_day
from bot.services.observations._asking import by_code, lock_observation
from bot.services.observations._filing import refuse_codes
from bot.services.permissions import Actor
from storage import moves
from storage.models import Move, Observation


def reply(deps: Deps, user: Actor, written: Reply) -> Observation:
    """Stores the reply once, however often its form arrives, and puts the observation first in the queue.

    No author and no time finer than the day is stored with it. Raises InvalidDraft, PersonalDataFound, NotFound,
    DatabaseUnavailable, and as by_code; then nothing was stored.
    """
    number = by_code(deps, user, written.code).number if written.code else written.number
    text = rules.tidy(written.text)
    if mistake := feedback.reply_mistake(text):
        raise InvalidDraft({"text": mistake})
    rules.guard(Draft(text=text, confirmed=written.confirmed), deps.key)
    with deps.write() as session:
        row = _answerable(session, deps, number, None if written.code else user)
        refuse_codes(deps, session, text=text)
        key = _key(deps, written.nonce, row)
        if session.get(Move, key) is None:
            _store_answer(session, deps, row, key, text)
    return row


def _answerable(session: Session, deps: Deps, number: str, author: str | None) -> Observation:
    row = lock_observation(session, deps, number)
    if row.author != author or row.status in GONE:
        raise NotFound
    return row


def _store_answer(session: Session, deps: Deps, row: Observation, key: str, text: str) -> None:
    today = local_day(deps.now())
    step = Move(key=key, workspace=deps.workspace, subject=row.key, step=0, what="answer", on_day=today, words=text)
    moves.add(session, step)
    row.due_on = min(row.due_on or today, today)
    row.version += 1
    session.add(row)


def _key(deps: Deps, nonce: str, row: Observation) -> str:
    """The form's own key, so that it is stored once; nobody can tell the form from it."""
    return keyed(deps.key, "reply", nonce, row.key).hex()[:32]

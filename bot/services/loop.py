"""Asking whether something has changed, once, three months after; and telling those who follow a phenomenon."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, NotReadable, PhenomenonGone
from bot.rules import loop as rules
from bot.rules.deliveries import Due, PutOff, Send, Skip, Verdict
from bot.rules.feedback import Reply
from bot.rules.kinds import Kind, next_hours
from bot.rules.loop import Asked, Sentence
from bot.rules.observations import tidy
from bot.rules.practices import guard
from bot.rules.statuses import TOO_LONG
from bot.rules.weeks import DAY, local_day, local_instant, zone_of
from bot.services import observations
from bot.services.deliveries import enqueue, recipient
from bot.services.permissions import Actor
from storage import loop as table
from storage import observations as observation_table
from storage import phenomena, reminders
from storage.models import Changed, Delivery, Phenomenon

Ahead = tuple[datetime, str, int, str]
"""When, what kind, to how many, and the occurrence."""
OF_USE, SOON = timedelta(days=30), timedelta(minutes=10)


def ask_due(deps: Deps) -> int:
    """Enters the question for everybody concerned, once for each matter; returns how many were entered.

    Of what was filed without a name nobody is asked. Raises DatabaseUnavailable.
    """
    now = deps.now()
    days = rules.span(local_day(now))
    with deps.read() as session:
        if not any(table.due(session, deps.workspace, Kind.CHANGED, rules.ASKED_AFTER, days)):
            return 0
    with deps.write() as session:
        found, alone = table.due(session, deps.workspace, Kind.CHANGED, rules.ASKED_AFTER, days)
        wanted: list[tuple[str, set[str], list[str]]] = []
        wanted += [(row.number, _concerned(session, deps, row), []) for row in found]
        wanted += [(row.number, {str(row.author)}, [row.number]) for row in alone]
        entered = 0
        for number, people, numbers in wanted:
            if reminders.open_run(session, deps.workspace, Kind.CHANGED, number, now, now + OF_USE):
                dues = [_due(deps, Kind.CHANGED, number, user, now, numbers) for user in sorted(people)]
                entered += enqueue(session, deps.workspace, dues)
    return entered


def ahead(session: Session, deps: Deps, now: datetime, until: datetime, members: Collection[str]) -> Iterator[Ahead]:
    """The questions that would be asked until then, for the preview; those of today are in the ledger already."""
    seen: set[str] = set()
    day, last = local_day(now), local_day(until)
    while (day := day + DAY) <= last:
        days = (rules.span(day)[1],) * 2
        found, alone = table.due(session, deps.workspace, Kind.CHANGED, rules.ASKED_AFTER, days)
        wanted = {row.number: _concerned(session, deps, row) for row in found}
        wanted |= {row.number: {str(row.author)} for row in alone}
        at = next_hours(Kind.CHANGED, local_instant(day, time(8)))
        for number in sorted(wanted.keys() - seen):
            if told := len(wanted[number] & set(members)):
                yield at, Kind.CHANGED, told, number
        seen |= wanted.keys()


def _concerned(session: Session, deps: Deps, row: Phenomenon) -> set[str]:
    where = session, deps.workspace, row.key
    return table.reporters(*where) | table.followers(*where)


def _due(deps: Deps, kind: Kind, occurrence: str, user: str, now: datetime, numbers: list[str]) -> Due:
    member = deps.people.known(user)
    at = next_hours(kind, now, zone_of(member.zone if member else None))
    return Due(kind, occurrence, user, at, at + OF_USE, {"numbers": numbers} if numbers else {})


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges a message at the moment of sending: it goes to who is concerned still, at working hours."""
    member = recipient(deps, row, now)
    if isinstance(member, PutOff | Skip):
        return member
    wanted = is_asked if row.kind == Kind.CHANGED else is_followed
    if wanted(deps, session, row) is None:
        return Skip()
    at = next_hours(row.kind, now, zone_of(member.zone))
    return PutOff(at) if at > now else Send()


def is_asked(deps: Deps, session: Session, row: Delivery) -> Asked | None:
    """What the recipient is asked about; None where it stands elsewhere by now, or they have answered."""
    found = _asked(session, deps, row.occurrence, row.recipient)
    if found is None or found.row.status not in rules.ASKED_AFTER:
        return None
    who = rules.answerer(deps.key, found.row.key, row.recipient)
    return None if table.answered(session, deps.workspace, found.row.key, who) else found


def _asked(session: Session, deps: Deps, number: str, user: str) -> Asked | None:
    """The phenomenon that concerns the person, or their own observation; None where neither does."""
    row = table.phenomenon(session, deps.workspace, number)
    if row is not None:
        return Asked(phenomenon=row) if user in _concerned(session, deps, row) else None
    own = observation_table.get_by_number(session, deps.workspace, number)
    return Asked(observation=own) if own is not None and own.author == user else None


def answer(deps: Deps, user: Actor, number: str, chosen: str, said_no: str) -> Asked:
    """Stores the answer, once for each person, the newest; "no" brings the matter back to the coordinators.

    Of an own observation "no" is a message to them (`said_no`). Raises NotReadable for what does not concern them.
    """
    with deps.write() as session:
        found = _asked(session, deps, number, user)
        if found is None or chosen not in rules.ANSWERS:
            raise NotReadable
        row, today = found.row, local_day(deps.now())
        who = rules.answerer(deps.key, row.key, user)
        mine = Changed(workspace=deps.workspace, subject=row.key, who=who, answer=chosen, on_day=today)
        is_new = table.put_answer(session, mine)
        if chosen == "no" and (locked := phenomena.lock_by_number(session, deps.workspace, number)):
            locked.unchanged_on = locked.due_on = today
            session.add(locked)
    if chosen == "no" and found.observation and is_new:
        observations.reply(deps, user, Reply(said_no, f"changed {number}", number))
    return found


def say(deps: Deps, user: Actor, number: str, sentence: Sentence) -> None:
    """Stores a sentence beside the person's answer. Raises InvalidDraft, PersonalDataFound, NotReadable."""
    words = tidy(sentence.words)
    if len(words) > rules.LONGEST:
        raise InvalidDraft({"words": TOO_LONG})
    guard({"words": words}, deps.key, sentence.confirmed)
    with deps.write() as session:
        found = _asked(session, deps, number, user)
        if found is None:
            raise NotReadable
        key = found.row.key
        mine = Changed(
            workspace=deps.workspace,
            subject=key,
            who=rules.answerer(deps.key, key, user),
            answer="",
            words=words,
            on_day=local_day(deps.now()),
        )
        table.put_words(session, mine)


def follow(deps: Deps, user: Actor, number: str, *, wants: bool) -> Phenomenon:
    """The person follows the published phenomenon, or does not any more. Raises PhenomenonGone."""
    with deps.write() as session:
        row = phenomena.lock_by_number(session, deps.workspace, number)
        if row is None or row.published_on is None:
            raise PhenomenonGone
        (table.follow if wants else table.unfollow)(session, deps.workspace, row.key, user)
    return row


def tell_followers(session: Session, deps: Deps, row: Phenomenon, told: set[str]) -> None:
    """One message to each who follows the published phenomenon, in the transaction of its change.

    Those who are `told` as reporters hear of it by that. It waits ten minutes, so that a second change is told with it.
    """
    if row.published_on is None:
        return
    others = table.followers(session, deps.workspace, row.key) - told
    occurrence, at = f"{row.number}.{row.version + 1}", deps.now() + SOON
    dues = [_due(deps, Kind.FOLLOWING, occurrence, user, at, []) for user in sorted(others)]
    enqueue(session, deps.workspace, dues)


def is_followed(deps: Deps, session: Session, row: Delivery) -> Phenomenon | None:
    """The phenomenon as it stands; None where a newer change is told, or the person does not follow it any more."""
    number, _, version = row.occurrence.partition(".")
    found = table.phenomenon(session, deps.workspace, number)
    if found is None or found.published_on is None or f"{found.version}" != version:
        return None
    return found if table.follows(session, deps.workspace, found.key, row.recipient) else None

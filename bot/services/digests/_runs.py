"""Opening the digest that is due, with all its messages in one transaction, and asking whether each is still wanted."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import digests as rules
from bot.rules.deliveries import Due, Send, Verdict
from bot.rules.digests import Past, Rule, Span
from bot.rules.kinds import Kind
from bot.rules.weeks import week_label
from bot.services.deliveries import after_main, enqueue, mark_of, to_coordinator
from bot.services.digests._figures import last_moves, late_numbers, planned_pages
from bot.services.permissions import coordinators
from bot.slack import Member
from storage import digests as table
from storage import networks, reminders
from storage.models import Delivery

OF_USE = timedelta(days=60)  # a digest goes however late


def open_due(deps: Deps) -> bool:
    """Opens the digest whose time has come and enters its messages; all or nothing. Returns whether it did.

    While nobody is a coordinator none is opened: what is filed meanwhile waits for the first digest that somebody gets.
    Raises SlackError where Slack does not tell the members, DatabaseUnavailable: the next knock tries again.
    """
    now = deps.now()
    with deps.read() as session:
        rule, past = rule_and_past(session, deps)
        wanting = coordinators(session, deps)
    if past is None:
        with deps.write() as session:
            table.begin(session, deps.workspace, now)
        return False
    span = rules.due(rule, now, past)
    if span is None or not wanting:
        return False
    members = [one for one in deps.people.everyone() if one.user in wanting]
    if not members:
        return False
    with deps.write() as session:
        return _open(session, deps, span, members)


def rule_and_past(session: Session, deps: Deps) -> tuple[Rule, Past | None]:
    """The rule and what a new digest must come after; None where nobody has looked yet."""
    rule = Rule.of(networks.get_network(session, deps.workspace))
    since = table.since(session, deps.workspace)
    return rule, Past(since, table.counted_until(session, deps.workspace)) if since else None


def _open(session: Session, deps: Deps, span: Span, members: Sequence[Member]) -> bool:
    now, occurrence = deps.now(), week_label(span.last)
    if not reminders.open_run(session, deps.workspace, Kind.DIGEST, occurrence, now, now + OF_USE):
        return False
    real, _ = rules.span_of(span, table.first_week(session, deps.workspace))
    pages = planned_pages(session, deps, real, last_moves(session, deps, real))
    pages[0] |= {"first": real.first, "is_first": span.first == 0, "late": late_numbers(session, deps)}
    for member in members:
        main = mark_of(session, deps.workspace, Kind.DIGEST, occurrence, member.user)
        enqueue(session, deps.workspace, _messages(occurrence, span, member.user, pages, now, main))
    return True


def _messages(
    occurrence: str, span: Span, user: str, pages: Sequence[dict[str, object]], now: datetime, main: str
) -> Iterator[Due]:
    """The main message, and its replies in their order; which observation stands in which is settled here."""
    for place, page in enumerate(pages):
        params = {**page, "last": span.last, "part": place + 1, "parts": len(pages)}
        at = now + place * timedelta(milliseconds=1)
        if place == 0:
            yield Due(Kind.DIGEST, occurrence, user, at, now + OF_USE, params, key=main)
        else:
            yield Due(Kind.DIGEST, f"{occurrence}:{place + 1}", user, at, now + OF_USE, params, thread_of=main)


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges the message at the moment of sending: a reply waits for what it replies to, and all go to coordinators."""
    verdict = after_main(session, row, now)
    return to_coordinator(deps, session, row, now) if isinstance(verdict, Send) else verdict


def is_late(deps: Deps) -> bool:
    """Whether a digest that was due two hours ago has not been sent, though there are coordinators."""
    with deps.read() as session:
        rule, past = rule_and_past(session, deps)
        if past is None or not coordinators(session, deps):
            return False
        return rules.is_late(rule, deps.now(), past, table.unsent_since(session, deps.workspace))

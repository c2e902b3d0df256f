"""What coordinators do with cards: publish them, give them back with words, take them down."""

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import N_, ChangedMeanwhile, InvalidDraft, NoChannel, NotACoordinator, PracticeGone
from bot.rules import practices as rules
from bot.rules.deliveries import Due
from bot.rules.kinds import Kind
from bot.rules.observations import tidy, visible_length
from bot.rules.practices import Decision, State
from bot.rules.statuses import TOO_LONG
from bot.rules.weeks import local_day
from bot.services import search
from bot.services.deliveries import enqueue
from bot.services.permissions import Actor, Coordinator, for_coordinators, is_coordinator
from bot.services.practices._messages import OF_USE, tell_writer
from storage import audits
from storage import practices as table
from storage.models import Practice, PracticeDraft

SAY_WHY = N_("Write what should still be changed: the writer reads it.")


@for_coordinators
def look_before(deps: Deps, _user: Coordinator, number: str) -> PracticeDraft:
    """The card that waits, for a coordinator to read. Raises NotACoordinator, PracticeGone."""
    with deps.read() as session:
        row = table.get_draft(session, deps.workspace, number)
    if row is None or row.state != State.WAITING:
        raise PracticeGone
    return row


@for_coordinators
def decide(deps: Deps, user: Coordinator, number: str, step: int, decision: Decision) -> None:
    """Publishes the card that waits, or gives it back with words; its writer is told either way.

    Raises NotACoordinator, InvalidDraft, PersonalDataFound, NoChannel, and ChangedMeanwhile where another coordinator
    has decided or the writer has taken it back meanwhile; then nothing was done.
    """
    said = tidy(decision.said)
    if not decision.publishes and not visible_length(said):
        raise InvalidDraft({"said": SAY_WHY})
    if len(said) > rules.LONGEST_SAID:
        raise InvalidDraft({"said": TOO_LONG})
    rules.guard({"said": said}, deps.key, decision.confirmed)
    if decision.posts and decision.publishes and deps.people.channel is None:
        raise NoChannel
    with deps.write() as session:
        card = table.lock_card(session, deps.workspace, number)
        draft = table.lock_draft(session, deps.workspace, number)
        if draft is None or (draft.state, draft.step) != (State.WAITING, step):
            raise ChangedMeanwhile
        if decision.publishes:
            _publish(session, deps, card, draft, said, posts=decision.posts)
        else:
            draft.state, draft.said, draft.step = State.RETURNED, said, draft.step + 1
            session.add(draft)
            tell_writer(session, deps, draft.author, f"{number}.{draft.step}", "returned")
        what = "practice.published" if decision.publishes else "practice.returned"
        audits.add(session, deps.workspace, deps.now(), user, what, number)


def _publish(
    session: Session, deps: Deps, card: Practice | None, draft: PracticeDraft, said: str, *, posts: bool
) -> None:
    today, now = local_day(deps.now()), deps.now()
    is_new = card is None
    if card is None:
        card = Practice(
            key=draft.key,
            workspace=draft.workspace,
            number=draft.number,
            name=draft.name,
            what=draft.what,
            version=0,
            started_on=today,
            published_on=today,
        )
    elif card.name:
        table.keep_version(session, card)
    for name, value in rules.values_of(rules.card_of(draft)).items():
        setattr(card, name, value)
    card.author, card.said = draft.author, said
    card.version, card.published_on, card.stale = card.version + 1, today, not is_new
    session.add(card)
    session.delete(draft)
    session.flush()
    search.index(session, deps, card, new=is_new)
    tell_writer(session, deps, card.author, f"{card.number}.{draft.step + 1}", "published")
    if posts and deps.people.channel:
        occurrence = f"{card.number}.{card.version}"
        post = Due(Kind.PRACTICE_POST, occurrence, deps.people.channel, now, now + OF_USE)
        enqueue(session, deps.workspace, [post])


def take_down(deps: Deps, user: Actor, number: str) -> None:
    """The published card goes, with what was said of it; its writer gets the words back as a draft, and is told.

    By its writer or a coordinator. Raises PracticeGone, NotACoordinator.
    """
    coordinates = is_coordinator(deps, user)
    with deps.write() as session:
        card = table.lock_card(session, deps.workspace, number)
        draft = table.lock_draft(session, deps.workspace, number)
        if card is None or not card.name:
            raise PracticeGone
        if card.author != user and not coordinates:
            raise NotACoordinator
        if draft is None and card.author:
            once = f"{card.key}.down.{card.version}"
            session.add(rules.drafted(rules.card_of(card), card, once, local_day(deps.now())))
        if card.author != user:
            tell_writer(session, deps, card.author, f"{number}.down.{card.version}", "down")
            audits.add(session, deps.workspace, deps.now(), user, "practice.taken_down", number)
        table.take_down(session, card)


def drop_versions(deps: Deps, user: Actor, number: str) -> None:
    """The card's earlier versions go for good, and the one that stands stays: by its writer or a coordinator.

    Raises PracticeGone, NotACoordinator.
    """
    coordinates = is_coordinator(deps, user)
    with deps.write() as session:
        card = table.lock_card(session, deps.workspace, number)
        if card is None or not card.name:
            raise PracticeGone
        if card.author != user and not coordinates:
            raise NotACoordinator
        if card.author != user:
            audits.add(session, deps.workspace, deps.now(), user, "practice.versions_dropped", number)
        table.drop_versions(session, card)


def take_down_all(session: Session, deps: Deps, user: str) -> None:
    """All cards that the person has written go, where the person is erased with their texts."""
    for card in table.cards_of(session, deps.workspace, user):
        table.take_down(session, card)

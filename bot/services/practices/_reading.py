"""Reading cards: the list, one card as a person sees it, and those that a document tells of."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import NotAMember, NotFound, PersonUnknown, PracticeGone
from bot.rules.cuts import beginning
from bot.rules.observations import draft_of as observation_draft
from bot.rules.practices import LONGEST_NAME, PER_PAGE, Card, Earlier, Listed, Opened, Sight, Wanted, card_of, marks
from bot.rules.redactions import stands_in
from bot.rules.reviews import REDACTED
from bot.rules.searches import LONGEST
from bot.rules.words import asked
from bot.services import networks
from bot.services.permissions import Actor, Coordinator, for_coordinators, is_coordinator
from storage import moves, observations
from storage import practices as table
from storage import words as word_table
from storage.models import Observation, Practice, PracticeDraft


def listed(deps: Deps, user: Actor, wanted: Wanted) -> Listed:
    """A page of the published cards that are looked for, own drafts, and to coordinators what waits for them."""
    groups = asked(wanted.words[:LONGEST], deps.analyser) if wanted.words.strip() else None
    coordinates = is_coordinator(deps, user)
    with deps.read() as session:
        found = table.published(session, deps.workspace, wanted.theme or None, wanted.area or None)
        if groups is not None:
            keys = {key for _, key in word_table.find_cards(session, deps.workspace, groups)} if groups else set()
            found = [row for row in found if row.key in keys]
        drafts = table.drafts_of(session, deps.workspace, user)
        waiting = table.waiting(session, deps.workspace) if coordinates else ()
    first = min(wanted.page, max(0, (len(found) - 1) // PER_PAGE)) * PER_PAGE
    return Listed(found[first : first + PER_PAGE], len(found), drafts, waiting)


def sight(deps: Deps, user: Actor, number: str) -> Sight:
    """The published card as the person sees it. Raises PracticeGone.

    Only a writer who is a member still may be asked more.
    """
    coordinates = is_coordinator(deps, user)
    with deps.read() as session:
        row = table.get_card(session, deps.workspace, number)
        if row is None:
            raise PracticeGone
        draft = table.get_draft(session, deps.workspace, number) if row.author == user else None
        tried, floor = table.tried(session, row), networks.floor(session, deps)
        before = table.version_of(session, row, row.version - 1)
    contact = row.author if row.contact and row.author and _is_here(deps, row.author) else None
    is_own, version = row.author == user, before.version if before else 0
    return Sight(row, tried, floor, contact, is_own, is_own or coordinates, coordinates, draft, version)


def earlier(deps: Deps, user: Actor, number: str, version: int) -> Earlier:
    """The published card as it was in this version. Raises PracticeGone, also where that was not kept."""
    with deps.read() as session:
        card = table.get_card(session, deps.workspace, number)
        row = table.version_of(session, card, version) if card else None
        before = table.version_of(session, card, version - 1) if card else None
    if card is None or row is None or row.version != version:
        raise PracticeGone
    may_drop = card.author == user or is_coordinator(deps, user)
    return Earlier(row, card.version, before.version if before else 0, may_drop)


def _is_here(deps: Deps, user: str) -> bool:
    try:
        deps.people.member(user)
    except (NotAMember, PersonUnknown):
        return False
    return True


def draft_of(deps: Deps, user: Actor, number: str) -> tuple[PracticeDraft, Opened]:
    """One's own draft, to go on with, and what its form is opened with. Raises PracticeGone."""
    with deps.read() as session:
        found = table.get_draft(session, deps.workspace, number)
        times = taken_out(session, deps, table.begun_of(found.once)) if found else 0  # before what the form will hold
        row = table.get_draft(session, deps.workspace, number)
    if row is None or row.author != user:
        raise PracticeGone
    return row, Opened(marks(card_of(row)), times)


def taken_out(session: Session, deps: Deps, observation: str) -> int:
    """How often words were taken out of the observation of this number, which a card was begun from."""
    row = observations.get_by_number(session, deps.workspace, observation) if observation else None
    history = moves.get_of_subject(session, deps.workspace, row.key) if row else ()
    return sum(move.what == REDACTED for move in history)


def begun(deps: Deps, user: Actor, nonce: str) -> str:
    """The number of one's own draft that a form with this nonce has made; "" where there is none."""
    with deps.read() as session:
        row = table.get_draft_by_once(session, deps.workspace, nonce)
    return row.number if row is not None and row.author == user else ""


def started_from(deps: Deps, user: Actor, number: str) -> tuple[Card, Opened]:
    """A card that is half filled from an own observation, and what its form is opened with; nothing is stored.

    Raises NotFound.
    """
    with deps.read() as session:
        times = taken_out(session, deps, number)
        row = observations.get_by_number(session, deps.workspace, number)
    if row is None or row.author != user or not row.text:
        raise NotFound
    card = started(deps, row)
    return card, Opened(marks(card), times)


def started(deps: Deps, row: Observation) -> Card:
    """The card that begins with what the observation says."""
    draft = observation_draft(row)
    first = beginning(" ".join(draft.text.split()).split(". ")[0].rstrip("."), LONGEST_NAME)
    area = draft.area if draft.area in deps.vocabularies.codes("area") else None
    return Card(name=first, what=draft.text, improve=draft.proposal, theme=draft.theme, area=area)


def cards(deps: Deps, _user: Actor, number: str = "") -> Sequence[Practice]:
    """The published cards by name, or the one of this number, for a document. Raises PracticeGone."""
    with deps.read() as session:
        found = table.published(session, deps.workspace)
    found = [row for row in found if number in ("", row.number)]
    if not found:
        raise PracticeGone
    return sorted(found, key=lambda row: row.name.casefold())


@for_coordinators
def holding(deps: Deps, _user: Coordinator, words: str) -> Sequence[str]:
    """Numbers of the published cards in which the words stand, now or in an earlier version. Raises NotACoordinator."""
    with deps.read() as session:
        found = [*table.published(session, deps.workspace), *table.versions(session, deps.workspace)]
    texts = [(row.number, getattr(row, name)) for row in found for name in table.WORDS]
    return sorted({number for number, text in texts if stands_in(text, words)})


def waiting(deps: Deps) -> int:
    """How many cards wait for a coordinator."""
    with deps.read() as session:
        return len(table.waiting(session, deps.workspace))

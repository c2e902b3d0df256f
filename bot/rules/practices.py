"""What a practice card must be, what is shown of it, and how many are told to have tried it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.errors import N_
from bot.rules import hashes
from bot.rules.hashes import keyed
from bot.rules.meetings import LINK, NO_LINK
from bot.rules.observations import CHOICE_GONE, LONGEST, SHORTEST, is_wordless, tidy, visible_length
from bot.rules.privacy import found_in, refuse
from bot.rules.redactions import is_written_on
from bot.rules.statuses import TOO_LONG
from bot.rules.vocabularies import Vocabularies
from storage.models import Observation, Practice, PracticeDraft, PracticeTried, PracticeVersion

QUESTIONS = {  # the seven questions of the network's publication
    "what": N_("What is the model?"),
    "benefits": N_("What are its benefits?"),
    "challenges": N_("What are its challenges?"),
    "regional": N_("How would it work regionally?"),
    "improve": N_("What should be improved in adult social work?"),
    "example": N_("An example, in which no client can be known"),
    "support": N_("How does it support client work?"),
}
LINES = {  # optional, one line each
    "target": N_("Target group"),
    "resources": N_("Money or resources"),
    "evidence": N_("How we know that it works"),
    "link": N_("Link to more about it"),
}
ONE_LINE = ("name", "unit", *LINES)
TYPED = ("name", *QUESTIONS, "unit", *LINES)
FIELDS = (*TYPED, "area", "theme", "contact")
LONGEST_NAME, LONGEST_LINE, LONGEST_TRIED, LONGEST_SAID = 150, 300, 500, 1000
PER_PAGE = 8
REQUEST = "request"
OF_LINKS = ("identity_code", "doubtful_code")  # what a link may not hold; it is a link itself


class State(StrEnum):
    """Where a draft stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"


STATES: Mapping[str, str] = {
    State.DRAFT: N_("Draft"),
    State.WAITING: N_("Waits for a coordinator"),
    State.RETURNED: N_("Came back with a coordinator's words"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody has written on a card; marks of the guard's warnings that were seen. `contact`: may be asked."""

    name: str = ""
    what: str = ""
    benefits: str = ""
    challenges: str = ""
    regional: str = ""
    improve: str = ""
    example: str = ""
    support: str = ""
    unit: str = ""
    target: str = ""
    resources: str = ""
    evidence: str = ""
    link: str = ""
    area: str | None = None
    theme: str | None = None
    contact: bool = True
    confirmed: frozenset[str] = field(default=frozenset(), compare=False)

    def texts(self) -> dict[str, str]:
        """Field -> what was typed there."""
        return {name: getattr(self, name) for name in TYPED}


@dataclass(frozen=True, slots=True)
class Opened:
    """What a card's form was opened with: marks of what stood in it, and how often words had been taken out by then.

    Namely out of the observation that the card is begun from.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    taken_out: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """What one member says of trying it; as "one unit" where they are not `named`."""

    words: str = ""
    named: bool = False
    confirmed: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coordinator does with a card that waits: it is published, or goes back with words."""

    publishes: bool = False
    said: str = ""
    posts: bool = False  # in the discussion channel, too
    confirmed: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Sight:
    """A published card as one person sees it: `contact` is whoever may be asked, None where nobody may."""

    row: Practice
    tried: Sequence[PracticeTried] = ()
    floor: int = 0
    contact: str | None = None
    is_own: bool = False
    may_take_down: bool = False
    coordinates: bool = False
    draft: PracticeDraft | None = None  # the next version, of one's own
    earlier: int = 0  # the version before, where it was kept


@dataclass(frozen=True, slots=True)
class Earlier:
    """A card as it was: `newest` is the version that stands now, `before` the next earlier one (0: there is none)."""

    row: PracticeVersion
    newest: int
    before: int = 0
    may_drop: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What one message about a card tells: REQUEST, waiting, returned, published, down; and of what."""

    what: str
    number: str
    draft: PracticeDraft | None = None
    card: Practice | None = None
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards are looked for: by words in any form, theme and area; a page of them."""

    words: str = ""
    theme: str = ""
    area: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of published cards, own drafts, and to coordinators what waits for them."""

    cards: Sequence[Practice]
    total: int
    drafts: Sequence[PracticeDraft] = ()
    waiting: Sequence[PracticeDraft] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def card_of(row: Practice | PracticeDraft) -> Card:
    """What its writer would have written as it stands."""
    return Card(**{name: getattr(row, name) for name in FIELDS})


def values_of(card: Card) -> dict[str, Any]:
    """Column -> value of all that was written."""
    return {one.name: getattr(card, one.name) for one in fields(card) if one.name != "confirmed"}


def marks(card: Card) -> dict[str, str]:
    """As `hashes.marks`, of all that a card's form holds."""
    return hashes.marks(values_of(card))


def overwritten(stored: Card, typed: Card, opened: Mapping[str, str]) -> set[str]:
    """The fields out of which words were taken since the form was opened, and that were written on in it."""
    now, mine = marks(stored), marks(typed)
    texts = {name for name in TYPED if name in opened and opened[name] not in (now[name], mine[name])}
    return {name for name in texts if is_written_on(getattr(typed, name), getattr(stored, name))}


def merged(stored: Card, typed: Card, opened: Mapping[str, str]) -> Card:
    """What was typed, but as stored where the form was left as it was opened: another may have changed that since."""
    return replace(typed, **{name: getattr(stored, name) for name in hashes.left_alone(marks(typed), opened)})


def drafted(card: Card, row: Practice, once: str, today: date) -> PracticeDraft:
    """The draft of a card that has been published: it keeps key, number and writer."""
    place: dict[str, Any] = {"key": row.key, "workspace": row.workspace, "number": row.number, "author": row.author}
    return PracticeDraft(**place, **values_of(card), once=once, changed_on=today)


def tidied(card: Card) -> Card:
    """Names and lines on one line; nothing but signs that can be seen counts as nothing."""
    texts = {name: tidy(text) for name, text in card.texts().items()}
    texts |= {name: " ".join(texts[name].split()) for name in ONE_LINE}
    return replace(card, **{name: text if visible_length(text) else "" for name, text in texts.items()})  # type: ignore[arg-type]


def mistakes(card: Card, vocabularies: Vocabularies, *, is_sent: bool) -> dict[str, str]:
    """Field -> message id for what cannot be stored; a draft may be unfinished, what `is_sent` may not."""
    most = dict.fromkeys(QUESTIONS, LONGEST) | dict.fromkeys(LINES, LONGEST_LINE)
    most |= {"name": LONGEST_NAME, "unit": LONGEST_NAME}
    wrong = {name: TOO_LONG for name in TYPED if len(getattr(card, name)) > most[name]}
    if not card.name:
        wrong["name"] = N_("Please give the model a name.")
    if is_sent and visible_length(card.what) < SHORTEST:
        wrong["what"] = N_("Please write at least 10 characters.")
    elif is_sent and is_wordless(card.what):
        wrong["what"] = N_("Please write it in words.")
    if card.link and not LINK.fullmatch(card.link):
        wrong["link"] = NO_LINK
    choices = {"theme": card.theme, "area": card.area}
    return wrong | {
        name: CHOICE_GONE for name, code in choices.items() if code and code not in vocabularies.codes(name)
    }


def guard(texts: Mapping[str, str], key: bytes, confirmed: frozenset[str] = frozenset()) -> None:
    """Raises PersonalDataFound for what the privacy guard finds in a field and nobody has confirmed."""
    found = found_in(texts)
    if "link" in found:
        found["link"] = {kind: words for kind, words in found["link"].items() if kind in OF_LINKS}
    refuse(found, key, confirmed)


def trier(key: bytes, practice: str, user: str) -> str:
    """What is stored of who has tried it: the same person gives the same, and nothing leads back without the key."""
    return keyed(key, "tried", practice, user).hex()


def place_of(row: Practice | PracticeDraft | PracticeVersion, vocabularies: Vocabularies, language: str) -> str:
    """Unit, area and theme in one line, each once."""
    parts = row.unit, area_of(row, vocabularies, language), vocabularies.label("theme", row.theme, language)
    return " · ".join(part for part in parts if part)


def area_of(row: Practice | PracticeDraft | PracticeVersion, vocabularies: Vocabularies, language: str) -> str:
    """The area, where it does not stand in the unit's name already: many units have their municipality's in theirs."""
    names = [name.casefold() for one in ("fi", "sv") if (name := vocabularies.label("area", row.area, one))]
    is_said = any(name in row.unit.casefold() for name in names)
    return "" if is_said else vocabularies.label("area", row.area, language) or ""


def searched(row: Practice) -> str:
    """All that a card is found by."""
    return "\n".join(getattr(row, name) for name in TYPED if name != "link" and getattr(row, name))

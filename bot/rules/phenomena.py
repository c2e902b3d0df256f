"""What a phenomenon must be, what is shown of it, and how a member's press is counted without knowing whose it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.errors import N_
from bot.rules.hashes import keyed
from bot.rules.observations import CHOICE_GONE, LONGEST, SHORTEST, is_wordless, visible_length
from bot.rules.reviews import Hearers
from bot.rules.statuses import LONGEST_LINE, TOO_LONG
from bot.rules.summaries import STATISTIC, STATISTIC_CELLS, all_have
from bot.rules.vocabularies import Vocabularies
from storage.models import Changed, Move, Observation, Phenomenon

LONGEST_TITLE, PER_PAGE, MOST_TO_CHOOSE, MOST_JOINED = 150, 6, 90, 8
LINES = ("actor", "deadline", "cost", "goal")  # optional, for the half-year summary
TYPED = ("title", "text", "proposal", *LINES, "statistics")
FIELDS = (*TYPED, "theme", "kind", "addressee")
PLACES = {"E": N_("What needs to change"), "M": N_("What works"), "H": N_("What we see coming")}  # in the summary
ADDRESSEES = {  # whom a proposal may be for
    "county": N_("The wellbeing services county"),
    "municipalities": N_("The municipalities"),
    "kela": N_("Kela"),
    "state": N_("The state and legislation"),
    "organisations": N_("Organisations"),
    "joint": N_("Several together"),
}


@dataclass(frozen=True, slots=True)
class PhenomenonDraft:
    """A phenomenon as a coordinator has written it; marks of the guard's warnings that were seen."""

    title: str = ""
    text: str = ""
    theme: str = ""
    kind: str = ""
    proposal: str = ""
    addressee: str = ""
    actor: str = ""
    deadline: str = ""
    cost: str = ""
    goal: str = ""
    statistics: str = ""
    confirmed: frozenset[str] = field(default=frozenset(), compare=False)

    def texts(self) -> dict[str, str]:
        """Field -> what was typed there."""
        return {name: getattr(self, name) for name in TYPED}


def draft_of(row: Phenomenon) -> PhenomenonDraft:
    """What a coordinator would have written for it as it stands."""
    return PhenomenonDraft(**{name: getattr(row, name) for name in FIELDS})


@dataclass(frozen=True, slots=True)
class Met:
    """How many people have met a phenomenon, and in how many areas; where they are few, no number may be told."""

    people: int = 0
    areas: int = 0
    are_few: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A phenomenon with its numbers: the observations joined to it and their areas, and who has met it in any way."""

    row: Phenomenon
    observations: int = 0
    areas: int = 0
    met: Met = Met()
    changed: Sequence[Changed] = ()  # what people answered when they were asked whether something has changed


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the phenomena."""

    page: int
    total: int
    shown: Sequence[Shown]
    today: date

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A phenomenon with its history, as a coordinator reads it."""

    shown: Shown
    moves: Sequence[Move]
    today: date
    joined: Sequence[Observation] = ()  # the newest ones
    hearers: Hearers = field(default_factory=Hearers)

    @property
    def last_step(self) -> int:
        return self.moves[-1].step if self.moves else 0


def mistakes(draft: PhenomenonDraft, vocabularies: Vocabularies) -> dict[str, str]:
    """Field -> message id for what cannot be stored; empty when all is well."""
    wrong = {}
    if is_wordless(draft.title):
        wrong["title"] = N_("Please give it a title.")
    elif len(draft.title) > LONGEST_TITLE:
        wrong["title"] = N_("At most 150 characters fit here.")
    if visible_length(draft.text) < SHORTEST:
        wrong["text"] = N_("Please write at least 10 characters.")
    elif is_wordless(draft.text):
        wrong["text"] = N_("Please write it in words.")
    elif len(draft.text) > LONGEST:
        wrong["text"] = N_("At most 3,000 characters fit here.")
    if draft.theme not in vocabularies.codes("theme"):
        wrong["theme"] = CHOICE_GONE if draft.theme else N_("Please choose one.")
    return wrong | _mistakes_for_summary(draft, vocabularies)


def _mistakes_for_summary(draft: PhenomenonDraft, vocabularies: Vocabularies) -> dict[str, str]:
    allowed = {"kind": {"", *vocabularies.codes("kind")}, "addressee": {"", *ADDRESSEES}}
    wrong = {name: CHOICE_GONE for name, codes in allowed.items() if getattr(draft, name) not in codes}
    wrong |= {name: TOO_LONG for name in LINES if len(getattr(draft, name)) > LONGEST_LINE}
    wrong |= {name: TOO_LONG for name in ("proposal", "statistics") if len(getattr(draft, name)) > LONGEST}
    return wrong if all_have(draft.statistics, STATISTIC_CELLS) else {**wrong, "statistics": STATISTIC}


def place_of(row: Phenomenon) -> str:
    """Under which of PLACES it stands: where its coordinators have put it, else where its status belongs."""
    return row.kind or {"jaettu": "M", "seurannassa": "H"}.get(row.status, "E")


def met_by_people(
    key: bytes,
    phenomenon: str,
    joined: Sequence[tuple[str | None, str | None, int, str]],
    pressed: Iterable[tuple[str | None, str]],
    floor: int,
    most: int,
) -> Met:
    """Everybody counts once: who filed what is joined to it, or pressed (area, mark) that they met it.

    All who gave no name count as one. Of what is joined (area, author, people, observation) the others who stand behind
    it count too, all together at most as many as the network has members (`most`; 0: not known).
    """
    filed = [(area, presser(key, phenomenon, author) if author else "") for area, author, *_ in joined]
    behind = {f"{observation}/{one}" for *_, people, observation in joined for one in range(2, people + 1)}
    found = [*filed, *pressed]
    known, areas = {who for _, who in found}, {area for area, _ in found if area}
    people = len(known) + min(len(behind), max(0, most - len(known)) if most else len(behind))
    return Met(people, len(areas), are_few=people < floor)


def presser(key: bytes, phenomenon: str, user: str) -> str:
    """What is stored of who pressed: the same person gives the same, and nothing leads back without the key."""
    return keyed(key, "same", phenomenon, user).hex()

"""The queue of what waits for a coordinator's word: what of it is asked for, what a page holds, what is overdue."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.rules.reviews import Handler
from bot.rules.statuses import CLOSED, OPEN, is_late
from bot.rules.vocabularies import Vocabularies
from storage.models import Observation

PER_PAGE, MOST_WORDS, LONGEST_CODE = 8, 60, 20
ANSWERED = "answered"  # in place of a status: those whose reporter has written since the coordinators' last word
HIDDEN = "hidden"  # those that a coordinator has deleted and that can still come back
GROUPS: Mapping[str, tuple[str, ...]] = {"open": OPEN, "closed": CLOSED, "all": (*OPEN, *CLOSED)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of which queue: "" asks for any; `status` is one, or ANSWERED, or HIDDEN, or one of GROUPS.

    `phenomena` is the page of the phenomena; `phenomenon` the number of the one whose observations are asked for.
    `newest`: the newest first, else the most overdue.
    """

    kind: str = ""
    theme: str = ""
    area: str = ""
    status: str = "open"
    words: str = ""
    page: int = 0
    phenomena: int = 0
    phenomenon: str = ""
    newest: bool = False

    @property
    def statuses(self) -> tuple[str, ...]:
        return GROUPS.get(self.status, (self.status,))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are open, how many of these are overdue (for a first word, for the next), where else a reporter waits.

    `answered` may be closed ones: their reporter has written since the coordinators' last word. `hidden` are deleted
    ones that can still come back.
    """

    waiting: int
    unanswered: int
    unnoted: int
    answered: int
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the queue; `wanted.page` is the page that there is. `answered`: numbers whose reporter spoke last.

    `hidden`: number -> when it goes for good, of deleted ones on the page.
    """

    wanted: Wanted
    rows: Sequence[Observation]
    answered: frozenset[str]
    total: int
    counts: Counts
    today: date
    hidden: Mapping[str, datetime] = field(default_factory=dict)
    handlers: Mapping[str, Handler] = field(default_factory=dict)  # by the observation's key
    said: str = ""  # what was just done from here

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def written(wanted: Wanted) -> str:
    """What a button or a block's id carries, so that any process can go on from it; 200 characters at most."""
    places = wanted.page, wanted.phenomena, wanted.phenomenon, int(wanted.newest)
    values = wanted.kind, wanted.theme, wanted.area, wanted.status, *places
    return json.dumps([*values, wanted.words[:MOST_WORDS]], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Wanted:
    """What was written; whatever is odd in it asks for the whole queue."""
    try:
        kind, theme, area, status, page, phenomena, *more, words = json.loads(text)
        phenomenon, newest = more or ("", 0)  # drawn by an earlier release
    except (ValueError, TypeError):
        return Wanted()
    texts, numbers = (kind, theme, area, status, words, phenomenon), (page, phenomena, newest)
    if not all(isinstance(one, str) for one in texts) or not all(
        type(one) is int and 0 <= one < 10**6 for one in numbers
    ):
        return Wanted()
    known = status in (*GROUPS, ANSWERED, HIDDEN, *OPEN, *CLOSED)
    kind, theme, area = (code[:LONGEST_CODE] for code in (kind, theme, area))
    status, words, phenomenon = status if known else "open", words[:MOST_WORDS], phenomenon[:LONGEST_CODE]
    return Wanted(kind, theme, area, status, words, page, phenomena, phenomenon, bool(newest))


def areas_of(vocabularies: Vocabularies, area: str) -> set[str]:
    """The area itself, and where it is a sub-region, its municipalities."""
    return {area} | {term.code for term in vocabularies.terms if term.vocabulary == "area" and term.parent == area}


def days_overdue(status: str, since: date, review_on: date | None, today: date) -> int:
    """For how many days it has waited for a word, counted from the last one (`since`); 0 where none is due yet."""
    return max(1, (today - since).days) if is_late(status, since, review_on, today) else 0

"""All that the summary is made from, gathered; and what is still missing in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import N_
from bot.rules.statuses import CLOSED, is_late
from bot.rules.summaries._hints import TREND, hints, tells_of_a_trend
from bot.rules.summaries._periods import Period
from bot.rules.summaries._published import PublishedTables
from bot.rules.summaries._words import Words, lines
from bot.rules.words import language_told
from storage.models import Phenomenon, Practice

AFTERWARDS = timedelta(days=60)  # after its end a half-year's observations are still read, and joined to new phenomena
TYPED = ("title", "text", "proposal", "actor", "deadline", "cost", "goal", "outcome")  # of a phenomenon
UNEVEN = {
    "highlights": N_("There are fewer highlights in one language than in the other."),
    "proposals": N_("There are fewer proposals without a phenomenon in one language than in the other."),
    "handled": N_("There are fewer lines on where it was handled in one language than in the other."),
}
FEWEST_HIGHLIGHTS, FEWEST_REGIONS = 3, 3


@dataclass(frozen=True, slots=True)
class Told:
    """A phenomenon, in how many sub-regions it was met (0: in no known one), and whether few people have met it."""

    row: Phenomenon
    regions: int = 0
    by_few: bool = True
    changed: int | None = None  # of those who were asked, how many in a hundred see a change; None: too few answered


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands in the summary of a period. Where it is made of several half-years, `earlier` has more than one.

    `tables` are those of the last half-year, `earlier` those before it, the first one first. A working paper has tables
    of version 0, and nothing that was written for a half-year.
    """

    tables: PublishedTables
    earlier: Sequence[PublishedTables]
    words: Words
    before: Words  # what was written for the half-year before
    phenomena: Sequence[Told]
    followed: Sequence[Phenomenon]  # those that stood in the one before
    today: date
    period: Period
    practices: Sequence[Practice] = ()  # of which a version was published in the period
    language: str = "fi"  # that it was gathered in
    uneven: Sequence[str] = ()  # the names of the lists that have fewer lines in one language than in another

    @property
    def is_working_paper(self) -> bool:
        return self.tables.version == 0

    @property
    def is_longer(self) -> bool:
        """Whether it is several half-years beside each other."""
        return not self.is_working_paper and self.period != self.tables.period


def belongs(row: Phenomenon, period: Period) -> bool:
    """Whether a phenomenon stands in the period's summary.

    That goes by days of its own alone: what comes and goes of its observations changes nothing that is told.
    """
    return row.started_on <= period.last + AFTERWARDS and row.noted_on >= period.first


def in_finnish(found: Summary, language: str) -> tuple[str, ...]:
    """The lines and cells that somebody has written in Finnish, in a summary of another language."""
    if language == "fi":
        return ()
    rows = [*(told.row for told in found.phenomena), *found.followed]
    typed = [*found.words.texts().values(), found.before.handled]
    typed += [getattr(row, name) for row in rows for name in TYPED]
    parts = {part.strip(): None for text in typed for line in lines(text) for part in (line, *line.split(";"))}
    return tuple(part for part in parts if language_told(part) == "fi")


def missing(found: Summary) -> list[tuple[str, str]]:
    """(message id, number of the phenomenon or "") of what the summary still lacks; nothing of it must be there."""
    words = found.words
    of_all = [
        (N_("No subtitle yet: one sentence that tells the main thing."), not words.subtitle),
        (N_("It is not told who makes the summary and whom to ask."), not words.sender),
        (N_("Fewer than three highlights."), len(lines(words.highlights)) < FEWEST_HIGHLIGHTS),
        (N_("It is not told yet where the last summary was handled."), not (found.before.handled or words.handled)),
        (N_("The texts in Swedish are missing."), bool(in_finnish(found, found.language))),
        (TREND, tells_of_a_trend(f"{words.subtitle}\n{words.highlights}")),
        (N_("No phenomena yet."), not found.phenomena),
    ]
    return [
        *((said, "") for said, lacks in of_all if lacks),
        *((UNEVEN[name], "") for name in found.uneven),
        *((said, told.row.number) for told in found.phenomena for said in _missing_of(told.row, found.today)),
    ]


def _missing_of(row: Phenomenon, today: date) -> list[str]:
    lacks = [
        (N_("it is not said whom the proposal is for"), not row.addressee),
        (N_("no proposal"), not row.proposal and row.status not in CLOSED),
        (N_("closed, and it is not said what followed"), row.status in CLOSED and not row.outcome),
        (N_("its status waits for a word"), is_late(row.status, row.noted_on, row.review_on, today)),
    ]
    return [said for said, is_so in lacks if is_so] + list(
        hints(row.title, {"text": row.text, "proposal": row.proposal})
    )

"""What every part of the summary says with: the texts, the vocabularies, and what was gathered."""

from dataclasses import dataclass

from bot.rules.phenomena import ADDRESSEES
from bot.rules.statuses import NAMES
from bot.rules.summaries import FEWEST_REGIONS, Period, Summary, Told
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Phenomenon


@dataclass(frozen=True, slots=True)
class Words:
    """Calling it says a message in the document's language."""

    t: Texts
    vocabularies: Vocabularies
    found: Summary

    def theme(self, row: Phenomenon) -> str:
        return self.vocabularies.label("theme", row.theme, self.t.language) or row.theme

    def addressee(self, row: Phenomenon) -> str:
        return self.t(ADDRESSEES[row.addressee]) if row.addressee in ADDRESSEES else ""

    def status(self, row: Phenomenon) -> str:
        """The status, and to whom it was taken."""
        name = self.t(NAMES.get(row.status, row.status))
        return f"{name}: {row.receiver}" if row.receiver else name

    def reach(self, told: Told) -> str:
        """How widely it was met, in a number only where many people have met it in several places."""
        if not told.regions:
            return ""
        if told.by_few:
            return self.t("In a few areas")
        if told.regions < FEWEST_REGIONS:
            return self.t("In several areas")
        return self.t.many("In {n} sub-region", "In {n} sub-regions", told.regions)

    def changed(self, told: Told) -> str:
        """How many of those who were asked see a change, in tens; nothing where few have answered."""
        if told.changed is None:
            return ""
        return self.t("About {share} % of those who could say tell that something has changed", share=told.changed)


def period_in_words(t: Texts, period: Period) -> str:
    """From the first day to the last; the year once, where both lie in it."""
    first, last = period.first, period.last
    if t.language == "en":
        return f"{t.date(first)}–{t.date(last)}"
    if first.year != last.year:
        return f"{t.date(first)}–{t.date(last)}"
    start = f"{first.day}.{first.month}" + ("" if t.language == "sv" else ".")
    return f"{start}–{t.date(last)}"


def days(period: Period) -> str:
    return f"{period.first:%Y-%m-%d}_{period.last:%Y-%m-%d}"

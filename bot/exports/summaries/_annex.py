"""The annex to the wellbeing report: a row for each phenomenon, fit for any template."""

from collections.abc import Sequence

from bot.errors import N_
from bot.exports.content import Note, Paragraph, Part, Section, Table
from bot.exports.summaries._numbers import NOTE
from bot.exports.summaries._words import Words
from bot.rules.phenomena import place_of
from bot.rules.summaries import STATISTIC_CELLS, Told, rows

SORTS = {"E": N_("Needs development"), "M": N_("Strength"), "H": N_("Weak signal")}
SHORT = 2  # sentences of the text


def section(words: Words) -> Section:
    t = words.t
    header = (
        *(t("Phenomenon"), t("Population group"), t("Strength, need for development or weak signal")),
        *(t("Observation"), t("Statistics"), t("Proposal"), t("Whom it is for"), t("Follow-up")),
    )
    found = tuple(_row(words, told) for told in sorted(words.found.phenomena, key=lambda told: not told.row.proposal))
    said = t("Each row is one phenomenon. Fill in the population group.")
    nothing = Paragraph(t("No phenomena have been written for this period yet."))
    part: Part = (
        Table(t("Phenomena for the wellbeing report"), said, header, found, t("Phenomena")) if found else nothing
    )
    return Section(t("Phenomena"), (part, Note(t(NOTE))))


def _row(words: Words, told: Told) -> tuple[str, ...]:
    t, row = words.t, told.row
    empty = t("[to be filled in]")
    statistics = "\n".join(_statistic(words, cells) for cells in rows(row.statistics, STATISTIC_CELLS[1]))
    follow = row.outcome or words.status(row)
    return (
        *(row.title, empty, t(SORTS[place_of(row)]), _short(row.text)),
        *(statistics, row.proposal, words.addressee(row), follow),
    )


def _statistic(words: Words, cells: Sequence[str]) -> str:
    """What it tells, of where and when, its value, and the whole country's beside it."""
    name, area, year, value, country, _ = cells
    whole = words.t("whole country {value}", value=country) if country else ""
    return f"{name}, {area} {year}: " + ", ".join(filter(None, (value, whole)))


def _short(text: str) -> str:
    """Its first sentences, cut after a full stop."""
    sentences = " ".join(text.split()).replace("? ", "?\n").replace(". ", ".\n").split("\n")
    return " ".join(sentences[:SHORT])

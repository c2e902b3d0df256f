"""What followed from the last summary, on which way the knowledge has gone since, and what residents themselves say."""

from bot.exports.content import Paragraph, Part, Section, Table
from bot.exports.summaries._words import Words, period_in_words
from bot.rules.summaries import HANDLED_CELLS, rows


def sections(words: Words) -> list[Section]:
    t = words.t
    followed = _followed(words)
    path = _path(words)
    nothing = Paragraph(t("There was no earlier summary, or nothing has been recorded of what followed from it."))
    inside = (Section(t("Where the knowledge has gone"), (path,)),) if path else ()
    return [Section(t("What followed from the last summary"), (followed or nothing,), inside)]


def _followed(words: Words) -> Part | None:
    t, nothing = words.t, words.t("nothing recorded yet")
    rows_ = tuple((row.title, words.status(row), row.outcome or nothing) for row in words.found.followed)
    header = (t("Phenomenon"), t("Status"), t("What has followed"))
    said = t("The phenomena of the last summary as they stand now.")
    return Table(t("Phenomena of the last summary"), said, header, rows_) if rows_ else None


def _path(words: Words) -> Part | None:
    """Where this summary and the one before it were handled, the earlier one first."""
    t, nothing = words.t, words.t("not told")
    found = [
        (period_in_words(t, period), *(cell or nothing for cell in cells))
        for period, text in (
            (words.found.period.before, words.found.before.handled),
            (words.found.period, words.found.words.handled),
        )
        for cells in rows(text, HANDLED_CELLS[1])
    ]
    header = (t("Summary"), t("Who or where"), t("When"), t("What was decided"))
    said = t("Where the summary was handled, and what was decided there.")
    return Table(t("Where the summaries were handled"), said, header, tuple(found)) if found else None


def residents(words: Words) -> Section:
    t, found = words.t, words.found.words
    source = Paragraph(t("Source: {source}", source=found.residents_source))
    return Section(t("What clients and residents say"), (Paragraph(found.residents), source))

"""What followed from the last summary, on which way the knowledge has gone since, and what residents themselves say."""

from bot.exports.content import Paragraph, Part, Section, Table
from bot.exports.summaries._words import Words
from bot.rules.summaries import HANDLED_CELLS, rows


def sections(words: Words) -> list[Section]:
    """What came of the last summary, and where it was handled; then the same of this one, as far as it is known."""
    t, found = words.t, words.found
    is_first = not found.earlier and found.before.is_empty
    nothing = (
        t("This is the first summary.")
        if is_first
        else t("Nothing has been recorded of what followed from the last summary.")
    )
    inside = _handled(words, t("Where the knowledge has gone"), found.before.handled, "")
    own = _handled(words, t("The handling of this summary"), found.words.handled, t("Handling"))
    followed = _followed(words) or (None if inside else Paragraph(nothing))
    return [Section(t("What followed from the last summary"), (followed,) if followed else (), inside), *own]


def _followed(words: Words) -> Part | None:
    t, nothing = words.t, words.t("nothing recorded yet")
    rows_ = tuple((row.title, words.status(row), row.outcome or nothing) for row in words.found.followed)
    header = (t("Phenomenon"), t("Status"), t("What has followed"))
    said = t("The phenomena of the last summary as they stand now.")
    return Table(t("Phenomena of the last summary"), said, header, rows_, t("What has followed")) if rows_ else None


def _handled(words: Words, heading: str, text: str, short: str) -> tuple[Section, ...]:
    t, nothing = words.t, words.t("not told")
    found = tuple(tuple(cell or nothing for cell in cells) for cells in rows(text, HANDLED_CELLS[1]))
    header = (t("Who or where"), t("When"), t("What was decided"))
    said = t("Where the summary was handled, and what was decided there.")
    return (Section(heading, (Table(heading, said, header, found, short),)),) if found else ()


def residents(words: Words) -> Section:
    t, found = words.t, words.found.words
    source = Paragraph(t("Source: {source}", source=found.residents_source))
    return Section(t("What clients and residents say"), (Paragraph(found.residents), source))

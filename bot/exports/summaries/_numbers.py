"""The numbers: one table and picture for each attribute, with the frozen numbers of the half-year before beside it."""

from collections.abc import Iterator, Sequence

from bot.errors import N_
from bot.exports.content import Bars, Cell, Note, Paragraph, Part, Section, Table
from bot.exports.summaries._words import Words, period_in_words
from bot.rules.summaries import MERGED, NONE, PublishedTables, Row, beside, row_name

TITLES = {
    "kind": N_("Kind of observation"),
    "theme": N_("Theme"),
    "area": N_("Area"),
    "sector": N_("Sector"),
    "group": N_("Client group"),
    "scale": N_("How many are concerned"),
    "outcome": N_("How far the observations have come"),
}
NOTE = N_(
    "The numbers tell what the network has recorded, not how common something is. A small number does not mean that"
    " there is no problem. A change from the period before may come from the reporting."
)


def section(words: Words) -> Section:
    t, tables = words.t, words.found.tables
    everything = [*words.found.earlier, tables]
    if not tables.cells or (words.found.is_longer and not all(one.cells for one in everything)):
        few = t("There are no observations, or so few people have filed them that no numbers are shown.")
        return Section(t("Numbers"), (Paragraph(few), Note(t(NOTE))))
    drawn = [part for attribute in TITLES for part in _parts(words, attribute)]
    return Section(t("Numbers"), (Paragraph(_total(words)), drawn[0], Note(t(NOTE)), *drawn[1:]), new_page=True)


def _total(words: Words) -> str:
    t, merged = words.t, words.t("Merged groups together")
    return t(
        "Small groups are counted together in the row “{merged}”, so that nobody can be known by a number. What has no"
        " row of its own is not commented on.",
        merged=merged,
    )


def _parts(words: Words, attribute: str) -> Iterator[Part]:
    """A picture of the period's own groups, with the period before in it, or below on the groups that both share."""
    tables, earlier = words.found.tables, words.found.earlier
    own, shared = beside([tables], attribute), beside([*earlier, tables], attribute)
    if words.found.is_longer:
        yield _table(words, attribute, shared, [*earlier, tables])
        return
    if not earlier or not shared:
        yield _bars(words, attribute, own, [tables])
    elif [row.name for row in shared] == [row.name for row in own]:
        yield _bars(words, attribute, shared, [*earlier, tables])
    else:
        yield _bars(words, attribute, own, [tables])
        yield _table(words, attribute, shared, [*earlier, tables])


def _bars(words: Words, attribute: str, rows: Sequence[Row], tables: Sequence[PublishedTables]) -> Bars:
    """The newest period first; of the ones before, one stands beside it."""
    t, title = words.t, words.t(TITLES[attribute])
    left = tuple(row_name(t, words.vocabularies, attribute, name, ()) for name in (NONE, MERGED))
    newest_first = [Row(row.name, tuple(reversed(row.counts))) for row in rows]
    drawn = _drawn(words, attribute, newest_first, list(reversed(tables)), title)
    return Bars(drawn, t(NOTE), beside=len(tables) > 1, last=left)


def _table(words: Words, attribute: str, rows: Sequence[Row], tables: Sequence[PublishedTables]) -> Table:
    title = words.t("{title}: beside each other", title=words.t(TITLES[attribute]))
    return _drawn(words, attribute, rows, tables, title)


def _drawn(words: Words, attribute: str, rows: Sequence[Row], tables: Sequence[PublishedTables], title: str) -> Table:
    t, names = words.t, [row.name for row in rows]
    header = (t(TITLES[attribute]), *(period_in_words(t, one.period) for one in tables))
    said = t("Number of observations. Each observation is in one row.")
    counts: list[tuple[Cell, ...]] = [
        (row_name(t, words.vocabularies, attribute, row.name, names), *row.counts) for row in rows
    ]
    return Table(title, said, header, tuple(counts))

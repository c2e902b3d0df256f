"""The numbers: one table and picture for each attribute, with the frozen numbers of the half-year before beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from bot.errors import N_
from bot.exports.content import Bars, Cell, Note, Paragraph, Part, Section, Table
from bot.exports.summaries._words import Words, period_in_words
from bot.rules.summaries import MERGED, NONE, Period, PublishedTables, Row, beside, row_name

TITLES = {
    "kind": N_("Kind of observation"),
    "theme": N_("Theme"),
    "area": N_("Area"),
    "sector": N_("Sector"),
    "group": N_("Client group"),
    "scale": N_("How many are concerned"),
    "outcome": N_("How far the observations have come"),
}
SHORT = {"scale": N_("How many"), "outcome": N_("Progress")}  # of those titles that are long
CAPTIONS = {
    "kind": N_("Observations by kind"),
    "theme": N_("Observations by theme"),
    "area": N_("Observations by area"),
    "sector": N_("Observations by sector"),
    "group": N_("Observations by client group"),
    "scale": N_("Observations by how many clients are concerned"),
    "outcome": N_("Observations by how far they have come"),
}
NOTE = N_(
    "The numbers tell what the network has recorded, not how common something is. A small number does not mean that"
    " there is no problem. A change from the period before may come from the reporting."
)
FEWEST_BARS = FEWEST_BESIDE = 2  # rows of a picture; groups with a name, to stand beside the period before
OF_ONE_DAY = "outcome"  # how far they were when they were counted: not beside another period's, counted on another day
LEFT_OVER = (NONE, MERGED)  # come last, however many they are
WIDER = N_("{name} (larger group)")
NO_GROUP = N_("{title}: no numbers can be told by group, so that no small group is given away.")


def section(words: Words) -> Section:
    t, tables = words.t, words.found.tables
    everything = [*words.found.earlier, tables]
    if not tables.cells or (words.found.is_longer and not all(one.cells for one in everything)):
        few = t("There are no observations, or so few people have filed them that no numbers are shown.")
        return Section(t("Numbers"), (Paragraph(few), Note(t(NOTE))))
    drawn = list(_drawn(words))
    return Section(t("Numbers"), (*map(Paragraph, _about(words)), drawn[0], Note(t(NOTE)), *drawn[1:]))


def _about(words: Words) -> Iterator[str]:
    t, merged = words.t, words.t("Merged groups together")
    if not words.found.is_longer:
        yield t("Observations in all: {total}.", total=words.found.tables.total)
    yield t(
        "Small groups are counted together in the row “{merged}”, so that nobody can be known by a number. No numbers"
        " are told of small groups alone. Phenomena are chosen as the coordinators see fit, not by their number.",
        merged=merged,
    )
    halves = [*words.found.earlier, words.found.tables]
    if any(row.is_wider for name in TITLES if name != OF_ONE_DAY for row in beside(halves, name)):
        yield t(
            "The half-years stand beside each other in the groups that both have. A larger group holds more than the"
            " group of the same name elsewhere."
        )


def _drawn(words: Words) -> Iterator[Part]:
    """The period's own groups, with the period before beside them, or below on the groups that both share.

    They are a picture where that says more: not of one bar, nor where most observations do not tell.
    """
    tables, earlier = words.found.tables, words.found.earlier
    both, figures, others = [*earlier, tables], count(1), count(1)
    for attribute, name in TITLES.items():
        if attribute == OF_ONE_DAY:
            if words.found.is_longer:
                continue
            earlier, both = (), [tables]
        own, shared = beside([tables], attribute), beside(both, attribute)
        alike = bool(earlier) and [row.name for row in shared] == [row.name for row in own]
        if {row.name for row in own} <= {NONE, MERGED}:
            yield Paragraph(words.t(NO_GROUP, title=words.t(name)))
            continue
        if not words.found.is_longer:
            first = (attribute, shared, both) if alike else (attribute, own, [tables])
            untold = 2 * (tables.count(attribute, NONE) or 0) > tables.total
            is_plain = untold or len(first[1]) < FEWEST_BARS
            yield _table(words, *first, next(others)) if is_plain else _bars(words, *first, next(figures))
        are_few = len({row.name for row in shared} - {NONE, MERGED}) < FEWEST_BESIDE
        if words.found.is_longer or not (alike or are_few or not earlier):
            compared = _table(words, attribute, shared, both, next(others))
            yield replace(compared, short=words.t("{name}, periods", name=compared.short))


def _bars(words: Words, attribute: str, rows: Sequence[Row], tables: Sequence[PublishedTables], number: int) -> Bars:
    t = words.t
    left = tuple(row_name(t, words.vocabularies, attribute, name, ()) for name in LEFT_OVER)
    title = t("Figure {number}. {what} (number)", number=number, what=_what(words, attribute, tables))
    source = t("Source: social reporting, counted on {day}", day=t.date(tables[-1].made_on))
    numbers = _rows(words, attribute, rows, tables, title)
    return Bars(numbers, source, beside=len(tables) > 1, last=left, caution=t(NOTE))


def _table(words: Words, attribute: str, rows: Sequence[Row], tables: Sequence[PublishedTables], number: int) -> Table:
    what = _what(words, attribute, tables)
    return _rows(words, attribute, rows, tables, words.t("Table {number}. {what} (number)", number=number, what=what))


def _what(words: Words, attribute: str, tables: Sequence[PublishedTables]) -> str:
    """What is counted, and of when: of several half-years from the first day to the last."""
    span = period_in_words(words.t, Period(tables[0].period.first, tables[-1].period.last))
    of = N_("{what}, {period}"), N_("{what}, half-years of {period}")
    return words.t(of[len(tables) > 1], what=words.t(CAPTIONS[attribute]), period=span)


def _rows(words: Words, attribute: str, rows: Sequence[Row], tables: Sequence[PublishedTables], title: str) -> Table:
    t, names = words.t, [row.name for row in rows]
    header = (t(TITLES[attribute]), *(period_in_words(t, one.period) for one in tables))
    said = t("Number of observations. Each observation is counted in one class only.")
    counts: list[tuple[Cell, ...]] = [
        (_name(words, attribute, row, names), *row.counts)
        for row in sorted(rows, key=lambda row: LEFT_OVER.index(row.name) + 1 if row.name in LEFT_OVER else 0)
    ]
    return Table(title, said, header, tuple(counts), t(SHORT.get(attribute, TITLES[attribute])))


def _name(words: Words, attribute: str, row: Row, beside: Sequence[str]) -> str:
    """The row's name, and whether it holds more than the row of that name in a table of one half-year."""
    name = row_name(words.t, words.vocabularies, attribute, row.name, beside)
    return words.t(WIDER, name=name) if row.is_wider else name

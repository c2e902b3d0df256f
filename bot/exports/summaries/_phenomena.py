"""The phenomena, by what they ask for and of whom: the coordinators' own words, with statistics beside them."""

from collections.abc import Callable, Iterator, Sequence

from bot.exports.content import Cell, Facts, Note, Paragraph, Part, Section, Table
from bot.exports.summaries._words import Words
from bot.rules.phenomena import ADDRESSEES, PLACES, place_of
from bot.rules.summaries import STATISTIC_CELLS, Told, rows
from storage.models import Phenomenon


def section(words: Words, by: str) -> Section:
    t, found = words.t, words.found.phenomena
    groups = [
        Section(t(heading), (), tuple(_grouped(words, by, [told for told in found if place_of(told.row) == place])))
        for place, heading in PLACES.items()
        if any(place_of(told.row) == place for told in found)
    ]
    nothing = () if groups else (Paragraph(t("No phenomena have been written for this period yet.")),)
    return Section(t("Phenomena"), nothing, tuple(groups))


def _grouped(words: Words, by: str, found: Sequence[Told]) -> Iterator[Section]:
    """Under a heading for each of whom the proposals are for, or for each theme; those without one come last."""
    name: Callable[[Phenomenon], str] = words.theme if by == "theme" else words.addressee
    order = [words.t(label) for label in ADDRESSEES.values()]
    names = {name(told.row) for told in found}
    place = {one: number for number, one in enumerate(order)}
    for one in sorted(names, key=lambda said: (not said, place.get(said, len(order)), said)):
        inside = tuple(_one(words, told, by) for told in found if name(told.row) == one)
        yield Section(one or words.t("Addressee not named yet"), (), inside)


def _one(words: Words, told: Told, by: str) -> Section:
    row, above = told.row, words.t("Theme") if by == "theme" else words.t("Whom it is for")  # the heading says that
    facts = tuple((name, value) for name, value in _facts(words, told) if name != above)
    return Section(row.title, (Paragraph(row.text), Facts(facts), *_statistics(words, row)))


def _facts(words: Words, told: Told) -> Iterator[tuple[str, str]]:
    """Names with values; what is empty is not said."""
    t, row = words.t, told.row
    found = (
        (t("Theme"), words.theme(row)),
        (t("Status"), words.status(row)),
        (t("Proposal"), row.proposal),
        (t("Whom it is for"), words.addressee(row)),
        (t("Who answers for it"), row.actor),
        (t("By when"), row.deadline),
        (t("Cost"), row.cost),
        (t("Goal of the wellbeing plan"), row.goal),
        (t("What has followed"), row.outcome),
        (t("How widely it was met"), words.reach(told)),
        (t("Three months after"), words.changed(told)),
    )
    yield from ((name, value) for name, value in found if value)


def _statistics(words: Words, row: Phenomenon) -> Iterator[Part]:
    """A table of its own, never beside our counts; figures stay as they were typed."""
    found: list[tuple[Cell, ...]] = [*rows(row.statistics, STATISTIC_CELLS[1])]
    if not found:
        return
    t, nothing = words.t, words.t("not told")
    header = (t("Indicator"), t("Area"), t("Year"), t("Value"), t("Whole country"), t("Source"))
    title = t("Statistics beside it: {title}", title=row.title)
    filled = tuple(tuple(cell or nothing for cell in cells) for cells in found)
    yield Table(title, t("Public statistics on the same theme."), header, filled, t("Statistics"))
    yield Note(t("The statistics are not made from the network's observations, and are not comparable with them."))

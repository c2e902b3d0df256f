"""What a picture shows, in words: its text alternative, made from the numbers that are drawn."""

from collections.abc import Sequence

from bot.exports.content import Bars, Cell, Table, Times, table_of
from bot.exports.phrases import said
from bot.texts import Texts


def told(t: Texts, picture: Bars | Times) -> str:
    """The title and every number of the picture, and the notes that belong to it."""
    if isinstance(picture, Times):
        said = [*_of_times(t, picture.table), picture.note]
    else:
        said = [*_of_bars(t, picture), picture.note, picture.caution]
    return ". ".join(filter(None, said))


def _of_bars(t: Texts, bars: Bars) -> list[str]:
    table = table_of(bars) or bars.table
    rows = [_row(t, table, row, sorted(bars.columns)) for row in table.rows]
    return [t("Bar chart: {title}", title=table.title), "; ".join(rows)]


def _row(t: Texts, table: Table, row: Sequence[Cell], columns: Sequence[int]) -> str:
    if len(columns) == 1:
        return f"{row[0]}: {said(t, row[1])}"
    numbers = ", ".join(f"{table.header[column]}: {said(t, row[column])}" for column in columns)
    return f"{row[0]} ({numbers})"


def _of_times(t: Texts, table: Table) -> list[str]:
    """The first and the last moment, and the numbers of each series in order, without naming the moment of each."""
    moments = [str(row[0]) for row in table.rows]
    series = [
        f"{name}: {', '.join(said(t, row[column]) for row in table.rows)}"
        for column, name in enumerate(table.header[1:], start=1)
    ]
    span = [f"{table.header[0]} {t('{first} – {last}', first=moments[0], last=moments[-1])}"] if moments else []
    return [table.title, *span, "; ".join(series)]

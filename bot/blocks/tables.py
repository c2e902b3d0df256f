"""Slack's own tables and charts, which are of 2026 and within Slack's limits; a workspace may refuse them."""

from collections.abc import Iterable, Sequence

from bot.blocks.parts import Block
from bot.rules.cuts import beginning

MOST_ROWS, MOST_SERIES, MOST_POINTS = 100, 6, 20
TITLE, LABEL = 50, 20  # characters


def data_table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Block:
    """A table whose first column names the row, for screen readers too; the first hundred rows."""
    cells = [[_cell(one) for one in row] for row in [header, *list(rows)[:MOST_ROWS]]]
    return {
        "type": "data_table",
        "caption": caption,
        "rows": cells,
        "page_size": max(1, len(cells) - 1),
        "row_header_column_index": 0,
    }


def _cell(value: str | int) -> Block:
    if isinstance(value, int):
        return {"type": "raw_number", "value": value, "text": str(value)}
    return {"type": "raw_text", "text": value or "–"}


def line_chart(title: str, categories: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Block:
    """A line for each of the series, of the last twenty categories at most."""
    last, names = categories[-MOST_POINTS:], _short([name for name, _ in series[:MOST_SERIES]])
    lines = [
        {"name": name, "data": [{"label": at, "value": n} for at, n in zip(last, counts[-MOST_POINTS:], strict=True)]}
        for name, (_, counts) in zip(names, series, strict=False)
    ]
    chart = {"type": "line", "series": lines, "axis_config": {"categories": list(last)}}
    return {"type": "data_visualization", "title": beginning(title, TITLE), "chart": chart}


def _short(names: Sequence[str]) -> list[str]:
    """As short as labels must be, and no two alike."""
    cut = [beginning(name, LABEL) for name in names]
    return [name if cut.index(name) == at else f"{at + 1} {beginning(name, LABEL - 3)}" for at, name in enumerate(cut)]

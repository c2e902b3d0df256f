"""Pictures as SVG for a page: as wide as there is room, letters always of the page's size and colour."""

from html import escape

from bot.exports.charts._look import FULL, HEADROOM, MOST_NUMBERED, lines_of
from bot.exports.charts._words import told
from bot.exports.content import Bars, Table, Times, size, table_of
from bot.exports.phrases import said
from bot.texts import Texts

LETTERS = 34  # of a label fit on a line of a page 320 pixels wide
ROW, BAR, THIN, GAP = 20, 16, 8, 12  # pixels: a line of letters, a bar, the bar beside it, the space between rows
STRIP, FOOT = 92, 24  # height of a strip of columns, and of the names of moments under the last


def svg(t: Texts, picture: Bars | Times) -> str:
    """The picture, with its text alternative. Colours come from the page's classes `bar`, `rest`, `pale`, `line`."""
    table = table_of(picture) or picture.table
    parts, height = _bars(t, table, picture) if isinstance(picture, Bars) else _strips(t, table)
    return (
        f'<svg role="img" aria-label="{escape(told(t, picture))}" width="100%" height="{height}">{"".join(parts)}</svg>'
    )


def _bars(t: Texts, table: Table, picture: Bars) -> tuple[list[str], int]:
    longest = max((size(row[column]) for row in table.rows for column in picture.columns), default=0) or 1
    parts, y = _key(table, picture) if picture.beside else ([], 0)
    for row in table.rows:
        for line in lines_of(str(row[0]), LETTERS):
            parts.append(_text(line, "0", y + ROW - 5))
            y += ROW
        main = "rest" if row[0] in picture.last else "bar"
        for column, thickness, name in zip(picture.columns, (BAR, THIN), (main, "pale"), strict=False):
            width = 100 * FULL * size(row[column]) / longest
            parts.append(f'<rect class="{name}" y="{y}" width="{width:.2f}%" height="{thickness}"/>')
            parts.append(_text(said(t, row[column]), f"{width:.2f}%", y + thickness / 2 + 5, ' dx="6"'))
            y += max(thickness, 14) + 2
        y += GAP
    return parts, y


def _key(table: Table, picture: Bars) -> tuple[list[str], int]:
    """Which bar is which, above them all."""
    names = {"bar": table.header[2], "pale": table.header[1], "rest": picture.left_over()}
    parts, y = [], 0
    for look, name in names.items():
        for line, words in enumerate(lines_of(name, LETTERS) if name else ()):
            if line == 0:
                parts.append(f'<rect class="{look}" y="{y + 4}" width="12" height="12"/>')
            parts.append(_text(words, "18", y + ROW - 5))
            y += ROW
    return parts, y + GAP


def _strips(t: Texts, table: Table) -> tuple[list[str], int]:
    parts, moments = [], len(table.rows)
    highest = max((size(cell) for row in table.rows for cell in row[1:]), default=0) or 1
    slot = 100 / max(moments, 1)
    for strip, name in enumerate(table.header[1:]):
        foot = (strip + 1) * STRIP
        parts.append(_text(name, "0", foot - STRIP + 16, ' class="name"'))
        parts.append(f'<line class="line" x1="0" x2="100%" y1="{foot}" y2="{foot}"/>')
        for place, row in enumerate(table.rows):
            tall = (STRIP - 20) / HEADROOM * 1.2 * size(row[strip + 1]) / highest
            left, middle = place * slot + slot * 0.2, place * slot + slot / 2
            shape = f'x="{left:.2f}%" y="{foot - tall:.1f}" width="{slot * 0.6:.2f}%" height="{tall:.1f}"'
            parts.append(f'<rect class="bar" {shape}/>')
            if moments <= MOST_NUMBERED and size(row[strip + 1]):
                parts.append(_text(said(t, row[strip + 1]), f"{middle:.2f}%", foot - tall - 4, ' text-anchor="middle"'))
    bottom = len(table.header[1:]) * STRIP
    return [*parts, *_moments(table, slot, bottom)], bottom + FOOT


def _moments(table: Table, slot: float, y: int) -> list[str]:
    """The first, the middle and the last are named: more have no room on a narrow page."""
    last = len(table.rows) - 1
    named = {0: "start", last // 2: "middle", last: "end"} if last > 1 else dict.fromkeys(range(last + 1), "middle")
    return [
        _text(str(table.rows[place][0]), f"{_at(place, slot, anchor):.2f}%", y + 18, f' text-anchor="{anchor}"')
        for place, anchor in named.items()
    ]


def _at(place: int, slot: float, anchor: str) -> float:
    return {"start": 0.0, "middle": place * slot + slot / 2, "end": 100.0}[anchor]


def _text(words: str, x: str, y: float, rest: str = "") -> str:
    return f'<text x="{x}" y="{y:g}"{rest}>{escape(words)}</text>'

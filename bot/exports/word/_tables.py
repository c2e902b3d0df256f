"""Tables in a Word file: a header row that comes again on every page, and columns as wide as their words need."""

from collections.abc import Iterable, Sequence
from math import ceil

from docx.document import Document as WordDocument
from docx.shared import Emu, Pt
from docx.table import _Cell, _Row

from bot.exports.content import Table
from bot.exports.phrases import said
from bot.exports.word import _elements as elements
from bot.exports.word._template import text_width
from bot.texts import Texts

WIDTHS = {  # points of these letters at 12 points, in the template's font
    "ijl'.,:;|I ": 3.0,
    "tfr-()": 4.3,
    "szJ/": 4.8,
    "ckvxyL": 5.5,
    "aäåeégEFSTYZ": 5.9,
    "mw%": 9.6,
    "MW": 10.7,
    "0123456789": 6.1,
}
KNOWN = {letter: width for letters, width in WIDTHS.items() for letter in letters}
SMALL, LARGE = 6.3, 7.7  # points of the other letters, and of capitals
BOLD = 1.05  # times as wide is a letter in a header
MARGINS = Pt(10)  # of a cell, both together
RAGGED = 1.1  # lines are not full
SHORTER = tuple(Pt(points) for points in range(60, 160, 10))  # widths of words, beside those that are there
BROKEN = 4  # lines is a word worth that has to be broken
LINE, ROOM = Pt(14.7), Pt(3.5)  # the height of a line, and above and below the lines of a row
STEPS = 80  # in which the room that is left is given out


def add_table(word: WordDocument, t: Texts, table: Table, *, room: int, noted: bool = False) -> None:
    """The table at the end of the document, on one page where it is no higher than `room`, with the note after it."""
    drawn = word.add_table(rows=0, cols=len(table.header), style="Rows")
    drawn.autofit = False
    widths = widths_of(t, table, text_width(word))
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    to_the_right = [_is_of_numbers(table, column) for column in range(len(table.header))]
    for number, row in enumerate((table.header, *table.rows)):
        added = drawn.add_row()
        elements.keep_on_one_page(added)
        if number == 0:
            elements.repeat_on_every_page(added)
        for cell, value, width, right in zip(added.cells, row, widths, to_the_right, strict=True):
            cell.width = width
            _fill(cell, said(t, value), "Number cell" if right or not isinstance(value, str) else "Cell")
    rows = list(drawn.rows)
    kept = rows if _height(t, table, widths) <= room else [rows[0], *rows[-2:]]
    _keep_with_next(kept if noted else [row for row in kept if row is not rows[-1]])
    elements.describe_table(drawn, table.title, table.description)


def _keep_with_next(rows: Iterable[_Row]) -> None:
    """Each of the rows stays with what comes after it."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _height(t: Texts, table: Table, widths: Sequence[float]) -> float:
    """How high it is, as far as the widths of letters tell."""
    rows = [[said(t, cell) for cell in row] for row in (table.header, *table.rows)]
    return ROOM * len(rows) + LINE * _lines_of(rows, widths)


def _lines(text: str, width: float) -> int:
    """How many lines the words take."""
    return sum(
        max(1, ceil(_wide(line) * (RAGGED if _wide(line) > width else 1) / max(width, 1)))
        for line in text.splitlines() or [""]
    )


def _is_of_numbers(table: Table, column: int) -> bool:
    return bool(table.rows) and all(not isinstance(row[column], str) for row in table.rows)


def _fill(cell: _Cell, text: str, style: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()] or ["–"]
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line, style)


def widths_of(t: Texts, table: Table, room: Emu) -> list[Emu]:
    """Those that make the table lowest, where a word that has to be broken counts as some lines more."""
    rows = [[said(t, cell) for cell in row] for row in (table.header, *table.rows)]
    columns = list(zip(*rows, strict=True))
    words = [max(map(_longest_word, column)) for column in columns]
    words = [max(word, BOLD * _longest_word(name)) for word, name in zip(words, table.header, strict=True)]
    texts = [max(*map(_longest_line, column), word) for column, word in zip(columns, words, strict=True)]
    tried = [_spread([min(word, longest) for word in words], texts, room) for longest in {*words, *SHORTER}]
    found = min(tried, key=lambda widths: (_lines_of(rows, widths) + BROKEN * _broken(columns, widths), widths))
    part = min(room / sum(found), 1)
    return [Emu(int(width * part)) for width in found]


def _spread(words: Sequence[float], texts: Sequence[float], room: int) -> list[float]:
    """Columns that have room for these words; what is left is given out bit by bit, to where a cell has most lines."""
    widths = [word + MARGINS for word in words]
    if (over := sum(widths) / room) > 1:
        return [width / over for width in widths]
    while sum(widths) + room // STEPS <= room:
        lines = [text / (width - MARGINS) for text, width in zip(texts, widths, strict=True)]
        if max(lines) <= 1:
            break  # a small table stays small
        widths[lines.index(max(lines))] += room // STEPS
    return widths


def _lines_of(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    return sum(max(_lines(cell, width - MARGINS) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _broken(columns: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    """How many words are wider than their column."""
    inner = [width - MARGINS + 1 for width in widths]
    return sum(
        _wide(word) > width
        for column, width in zip(columns, inner, strict=True)
        for cell in column
        for word in cell.split()
    )


def _longest_word(text: str) -> float:
    return max(map(_wide, text.split()), default=0)


def _longest_line(text: str) -> float:
    return max(map(_wide, text.splitlines()), default=0)


def _wide(text: str) -> float:
    """About how wide the letters are beside each other."""
    return Pt(1) * sum(KNOWN.get(letter, LARGE if letter.isupper() else SMALL) for letter in text)

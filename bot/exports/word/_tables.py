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

WIDTHS = {"ijl'.,:;|I ": 2.9, "tfrs-–()/": 4.6, "mwMW%": 9.6}  # points of these letters at 12 points
KNOWN = {letter: width for letters, width in WIDTHS.items() for letter in letters}
SMALL, LARGE = 6.3, 7.2  # points of the other letters, and of capitals
BOLD = 1.05  # times as wide is a letter in a header
MARGINS = Pt(12)  # of a cell, both together
RAGGED = 1.1  # lines are not full
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


def _height(t: Texts, table: Table, widths: Sequence[int]) -> float:
    """How high it is, as far as the widths of letters tell."""
    return sum(
        ROOM + LINE * max(_lines(said(t, cell), width - MARGINS) for cell, width in zip(row, widths, strict=True))
        for row in (table.header, *table.rows)
    )


def _lines(text: str, width: float) -> int:
    """How many lines the words take."""
    return sum(max(1, ceil(_wide(line) * RAGGED / width)) for line in text.splitlines() or [""])


def _is_of_numbers(table: Table, column: int) -> bool:
    return bool(table.rows) and all(not isinstance(row[column], str) for row in table.rows)


def _fill(cell: _Cell, text: str, style: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()] or ["–"]
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line, style)


def widths_of(t: Texts, table: Table, room: Emu) -> list[Emu]:
    """Words stay whole as far as there is room for the longest of every column; where not, the longest ones are broken.

    What is left is given out bit by bit, to where a cell has the most lines.
    """
    columns = list(zip(*((said(t, cell) for cell in row) for row in (table.header, *table.rows)), strict=True))
    words = [max(map(_longest_word, column)) for column in columns]
    words = [max(word, BOLD * _longest_word(name)) for word, name in zip(words, table.header, strict=True)]
    texts = [max(map(_longest_line, column)) for column in columns]
    texts = [max(text, word) for text, word in zip(texts, words, strict=True)]
    step, longest = room // STEPS, max(words)
    while sum(min(word, longest) + MARGINS for word in words) > room and longest > step:
        longest -= step
    widths = [min(word, longest) + MARGINS for word in words]
    while sum(widths) + step <= room:
        lines = [text / (width - MARGINS) for text, width in zip(texts, widths, strict=True)]
        if max(lines) <= 1:
            break  # a small table stays small
        widths[lines.index(max(lines))] += step
    part = min(room / sum(widths), 1)
    return [Emu(int(width * part)) for width in widths]


def _longest_word(text: str) -> float:
    return max(map(_wide, text.split()), default=0)


def _longest_line(text: str) -> float:
    return max(map(_wide, text.splitlines()), default=0)


def _wide(text: str) -> float:
    """About how wide the letters are beside each other."""
    return Pt(1) * sum(KNOWN.get(letter, LARGE if letter.isupper() else SMALL) for letter in text)

"""Tables in a Word file: a header row that comes again on every page, and columns as wide as their words need."""

from docx.document import Document as WordDocument
from docx.shared import Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from bot.exports.content import Table
from bot.exports.phrases import said
from bot.exports.word import _elements as elements
from bot.exports.word._template import text_width
from bot.texts import Texts

MOST_KEPT = 16  # rows, which are kept on one page
LETTER = Pt(5.9)  # the width of a letter at 12 points
BOLD = Pt(7)  # the width of one in a header
MARGINS = Pt(12)  # of a cell, both together
SHORTEST = 9  # letters that every column has room for, if it has such a word
BROKEN = 2  # lines is a word worth that has to be broken
STEPS = 80  # in which the room that is left is given out


def add_table(word: WordDocument, t: Texts, table: Table) -> None:
    """The table at the end of the document."""
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
    if len(table.rows) <= MOST_KEPT:
        _keep_together(drawn)
    elements.describe_table(drawn, table.title, table.description)


def _keep_together(table: WordTable) -> None:
    """Every row stays with the next one."""
    for row in list(table.rows)[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _is_of_numbers(table: Table, column: int) -> bool:
    return bool(table.rows) and all(not isinstance(row[column], str) for row in table.rows)


def _fill(cell: _Cell, text: str, style: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()] or ["–"]
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line, style)


def widths_of(t: Texts, table: Table, room: Emu) -> list[Emu]:
    """Words stay whole where there is room for the longest of every column; where not, a broken one counts as lines.

    What is left is given out bit by bit, to where a cell has the most lines.
    """
    columns = list(zip(*((said(t, cell) for cell in row) for row in (table.header, *table.rows)), strict=True))
    words = [max(map(_longest_word, column)) * LETTER for column in columns]
    words = [max(word, _longest_word(name) * BOLD) for word, name in zip(words, table.header, strict=True)]
    texts = [max(map(_longest_line, column)) * LETTER for column in columns]
    texts = [max(text, word) for text, word in zip(texts, words, strict=True)]
    whole, step = [word + MARGINS for word in words], room // STEPS
    widths = whole if sum(whole) <= room else [min(word, SHORTEST * LETTER) + MARGINS for word in words]
    while sum(widths) + step <= room:
        inner = [width - MARGINS for width in widths]
        lines = [text / width + BROKEN * (word > width) for text, word, width in zip(texts, words, inner, strict=True)]
        if max(lines) <= 1:
            break  # a small table stays small
        widths[lines.index(max(lines))] += step
    part = min(room / sum(widths), 1)
    return [Emu(int(width * part)) for width in widths]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)


def _longest_line(text: str) -> int:
    return max(map(len, text.splitlines()), default=1)

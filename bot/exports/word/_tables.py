"""Tables in a Word file: a header row that comes again on every page, and columns as wide as their words need."""

import re
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
LOST = Pt(22)  # at the end of a line, where the next word has no room
OF_WORDS = 0.97  # of the room may go to whole words: the rest is for where much is written
LINE, ROOM = Pt(14.7), Pt(3.5)  # the height of a line, and above and below the lines of a row
SOFT = "\u00ad"
# Between syllables: before a consonant with its vowel, but not where a part of a compound may end in another place: at
# "s" between consonants ("välfärds-området"), "st", "sk", "sp", "ng", "tj" and the like, and vowels of two syllables.
SYLLABLE = re.compile(
    r"(?<=\w{3})(?<!s(?=[tkpj]))(?<![tdkg](?=j))(?<!n(?=g))(?<![bcdfghjklmnpqrtvx](?=s))"
    r"(?=[bcdfghjklmnpqrstvxzšž][aeiouyåäö]\w{2})(?!.(?:[iueyoö][aä]|[iueaä][oö]|[uoaä]e))",
    re.IGNORECASE,
)
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
            style = "Number cell" if right or not isinstance(value, str) else "Cell"
            _fill(cell, said(t, value), style, width - MARGINS)
    rows = list(drawn.rows)
    kept = rows if _height(t, table, widths) <= room else [rows[0], *rows[2:][-2:], rows[-1]]
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


def _lines(text: str, room: float) -> int:
    """How many lines the words take."""
    return sum(ceil(_parts(_wide(line), room)) for line in text.splitlines() or [""])


def _parts(wide: float, room: float) -> float:
    """About how many lines so wide a text is cut into."""
    return wide / max(room - LOST, LOST / 2) if wide > room else 1


def _is_of_numbers(table: Table, column: int) -> bool:
    return bool(table.rows) and all(not isinstance(row[column], str) for row in table.rows)


def _fill(cell: _Cell, text: str, style: str, room: float) -> None:
    """The words in lines; those that are wider than the room may end a line between syllables."""
    for number, line in enumerate([line for line in text.splitlines() if line.strip()] or ["–"]):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.style = style
        elements.add_with_soft_hyphens(paragraph, _in_pieces(line, room))


def _in_pieces(line: str, room: float) -> list[str]:
    """The line cut where a line may end within a word."""
    return re.sub(r"\S+", lambda word: _cut(word[0]) if BOLD * _wide(word[0]) > room + Pt(1) else word[0], line).split(
        SOFT
    )


def _cut(word: str) -> str:
    return SYLLABLE.sub(SOFT, word)


def widths_of(t: Texts, table: Table, room: Emu) -> list[Emu]:
    """As wide as the longest words, the longest of all cut first; what is left goes to where a cell has most lines."""
    rows = [[said(t, cell) for cell in row] for row in (table.header, *table.rows)]
    columns = list(zip(*rows, strict=True))
    words = [BOLD * max(map(_longest_word, column)) + MARGINS for column in columns]
    texts = [max(map(_longest_line, column)) for column in columns]
    most = next(most for most in range(room, 0, -Pt(2)) if sum(min(most, word) for word in words) <= OF_WORDS * room)
    widths = [min(most, word) for word in words]
    while sum(widths) + room // STEPS <= room:
        lines = [_parts(text, width - MARGINS) for text, width in zip(texts, widths, strict=True)]
        if max(lines) <= 1:
            break  # a small table stays small
        widths[lines.index(max(lines))] += room // STEPS
    return [Emu(int(width)) for width in widths]


def _lines_of(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> int:
    return sum(max(_lines(cell, width - MARGINS) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _longest_word(text: str) -> float:
    return max(map(_wide, text.split()), default=0)


def _longest_line(text: str) -> float:
    return max(map(_wide, text.splitlines()), default=0)


def _wide(text: str) -> float:
    """About how wide the letters are beside each other."""
    return Pt(1) * sum(KNOWN.get(letter, LARGE if letter.isupper() else SMALL) for letter in text)

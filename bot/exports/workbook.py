"""Documents as workbooks: a cover, contents, the words, and each table on a sheet of its own, as a table of Excel's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from itertools import chain, count
from pathlib import Path
from textwrap import shorten, wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.worksheet import Worksheet

from bot.exports import charts
from bot.exports.content import (
    Bars,
    Cell,
    Document,
    Facts,
    Link,
    Note,
    Paragraph,
    Part,
    Points,
    Table,
    Times,
    all_sections,
    all_tables,
    table_of,
)
from bot.exports.phrases import author, under_title
from bot.texts import Texts

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT = {"font_name": "Calibri", "font_size": 12, "valign": "vcenter"}
FORMATS: dict[str, dict[str, object]] = {
    "line": {},
    "plain": {"text_wrap": True},
    "number": {"num_format": "#,##0.##;-#,##0.##"},
    "whole": {"num_format": "#,##0"},
    "head": {"bold": True, "text_wrap": True, "bg_color": "#E6EDF4", "bottom": 1},
    "head of numbers": {"bold": True, "text_wrap": True, "bg_color": "#E6EDF4", "bottom": 1, "align": "right"},
    "title": {"bold": True, "font_size": 14, "font_color": "#1D4F7C"},
    "warning": {"bold": True, "font_color": "#8A1C1C"},
    "link": {"underline": 1, "font_color": "#0B4F8A", "text_wrap": True},
}
LONGEST_CELL, LONGEST_NAME, LONGEST_PROPERTY, LONGEST_SHEET = 32_767, 255, 255, 31  # what Excel takes
NARROW, ACROSS, OTHERS = 12, 140, 9  # characters: of a column, of a page of paper, of columns that nobody has set
LINE, ROOM, HIGHEST = 16, 8, 409  # points: of a line, above and below the lines of a row, of what Excel takes
MARGINS = 0.5  # inches
HIGH = {"warning": 22, "title": 28, "line": 24}  # points of the lines above a table
A4 = 9


@dataclass(frozen=True, slots=True)
class Pen:
    """The workbook so far, and what its cells look like."""

    book: Workbook
    t: Texts
    warning: str
    looks: dict[str, Any]

    def sheet(self, name: str, title: str, about: str) -> tuple[Worksheet, int]:
        """A new sheet with its title and one sentence, and the row under them. A working paper says so on each."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(MARGINS, MARGINS)
        above = [(self.warning, "warning"), (title, "title"), (about, "line")]
        lines = [(words, look) for words, look in above if words.strip()]
        if self.warning:
            sheet.set_header(f"&L{self.warning.replace('&', '&&')[:200]}")
        for row, (words, look) in enumerate(lines):
            sheet.set_row(row, HIGH[look])
            sheet.write_string(row, 0, words[:LONGEST_CELL], self.looks[look])
        return sheet, len(lines)


def drawn(document: Document) -> bytes:
    """The whole workbook; it names nobody and holds no time of day."""
    file = BytesIO()
    with Workbook(file, {**OPTIONS, "in_memory": True}) as book:
        looks = {name: book.add_format({**FONT, **look}) for name, look in FORMATS.items()}
        pen = Pen(book, Texts(document.language), document.warning, looks)
        title, created = document.title[:LONGEST_PROPERTY], datetime.combine(document.day, time())
        book.set_properties({"title": title, "author": author(document), "created": created})
        _write_cover(pen, document)
        _write_contents(pen, document)
        _write_words(pen, document)
        for number, (name, part) in enumerate(zip(_names(pen.t, document), _with_tables(document), strict=True), 1):
            _write_sheet(pen, number, name, part)
    return file.getvalue()


@contextmanager
def opened(path: Path) -> Iterator[tuple[Workbook, dict[str, Any]]]:
    """A workbook that is written a row at a time, flat in memory, and its looks. Raises OSError; no part of it stays.

    What it keeps on disk meanwhile lies beside it.
    """
    options = {**OPTIONS, "constant_memory": True, "tmpdir": str(path.parent)}
    try:
        with Workbook(str(path), options) as book:
            yield book, {name: book.add_format({**FONT, **look}) for name, look in FORMATS.items()}
    except XlsxFileError as error:
        raise OSError(str(error)) from error


def _with_tables(document: Document) -> list[Part]:
    return [part for _, section in all_sections(document) for part in section.parts if table_of(part)]


def _write_cover(pen: Pen, document: Document) -> None:
    sheet, row = pen.sheet(pen.t("Cover"), document.title, document.subtitle)
    lines = under_title(pen.t, document)
    for at, line in enumerate(lines, start=row):
        sheet.set_row(at, HIGH["line"])
        sheet.write_string(at, 0, line, pen.looks["line"])
    sheet.set_column(0, 0, ACROSS)


def _write_contents(pen: Pen, document: Document) -> None:
    """Every sheet by its name, which leads there."""
    t, tables = pen.t, list(all_tables(document))
    names = [t("Text and notes"), *_names(t, document)]
    about = [t("All that the document says beside its tables."), *(table.title for table in tables)]
    header, rows = (t("Sheet"), t("What is on it")), tuple(zip(names, about, strict=True))
    table = Table(t("Contents"), t("Each name leads to its sheet."), header, rows)
    sheet, top = pen.sheet(table.title, table.title, table.description)
    _write_table(pen, sheet, top, "Sisallys", table)
    for row, name in enumerate(names, start=top + 1):
        place = name.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{place}'!A1", pen.looks["link"], name)


def _write_words(pen: Pen, document: Document) -> None:
    t = pen.t
    words = [
        (section.heading, line)
        for _, section in all_sections(document)
        for part in section.parts
        for line in _lines(part)
    ]
    about = t("All that the document says beside its tables.")
    table = Table(t("Text and notes"), about, (t("Section"), t("Text")), tuple(dict.fromkeys(words)))
    sheet, top = pen.sheet(table.title, table.title, table.description)
    _write_table(pen, sheet, top, "Teksti", table)


def _lines(part: Part) -> Iterator[str]:
    """The words of a part, a line for each cell; of a picture its note."""
    if isinstance(part, Paragraph):
        yield from filter(str.strip, part.text.splitlines())
    elif isinstance(part, Points):
        yield from part.items
    elif isinstance(part, Facts):
        yield from (f"{name}: {value}" for name, value in part.items)
    elif isinstance(part, Note):
        yield part.text
    elif isinstance(part, Bars | Times):
        yield from filter(None, [part.note])
    elif isinstance(part, Link):
        yield f"{part.text}: {part.address}"


def _write_sheet(pen: Pen, number: int, name: str, part: Part) -> None:
    table = table_of(part)
    if table is None:
        return
    sheet, row = pen.sheet(name, table.title, table.description)
    pictured = isinstance(part, Bars | Times)
    _write_table(pen, sheet, row, f"Taulukko{number}", table, pictured=pictured)
    if isinstance(part, Bars | Times):
        picture = {"image_data": BytesIO(charts.png(pen.t, part)), "description": charts.told(pen.t, part)}
        sheet.insert_image(row, len(table.header) + 1, "kuva.png", {**picture, "object_position": 3})


def _names(t: Texts, document: Document) -> list[str]:
    """A name for the sheet of each table; Excel takes no brackets, slashes and the like in them."""
    ours = [t("Cover"), t("Contents"), t("Text and notes")]
    titles = [re.sub(r"[\[\]:*?/\\]+", " ", table.short or table.title) for table in all_tables(document)]
    return _apart([*ours, *titles], LONGEST_SHEET)[len(ours) :]


def _write_table(pen: Pen, sheet: Worksheet, top: int, name: str, table: Table, *, pictured: bool = False) -> None:
    """A table from column A on, with title and description for those who do not see it."""
    rows: Sequence[Sequence[Cell]] = table.rows or [("–",) * len(table.header)]
    heads = ["head" if isinstance(cell, str) else "head of numbers" for cell in rows[0]]
    columns = [
        {"header": one, "header_format": pen.looks[look]}
        for one, look in zip(_apart(table.header, LONGEST_NAME), heads, strict=True)
    ]
    told = {"title": table.title[:LONGEST_NAME], "description": (table.description or table.title)[:LONGEST_NAME]}
    options = {"name": name, "columns": columns, "style": "Table Style Light 1", "banded_rows": False, **told}
    sheet.add_table(top, 0, top + len(rows), len(table.header) - 1, options)
    widths = _widths([table.header, *rows])
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if not pictured:  # a picture fills the page; else titles are printed to its edge, and all sheets as large
        beside = max(0, ACROSS - sum(widths)) // OTHERS
        sheet.print_area(0, 0, top + len(rows), len(widths) + beside - 1)
    for at, row in enumerate([table.header, *rows], start=top):
        sheet.set_row(at, _height(row, widths))
        if at > top:
            for column, cell in enumerate(row):
                write_cell(pen.looks, sheet, at, column, cell)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)


def _widths(rows: Iterable[Sequence[Cell]]) -> list[int]:
    """Columns as wide as their longest line, as far as a page has room for them, and never less than a word."""
    columns = [[str(cell) for cell in column] for column in zip(*rows, strict=True)]
    words, lines = ([max(NARROW, *map(longest, column)) for column in columns] for longest in (_word, _line))
    most = next((most for most in range(ACROSS, 0, -1) if sum(min(most, line) for line in lines) <= ACROSS), 0)
    return [max(word, min(most, line)) for word, line in zip(words, lines, strict=True)]


def _word(text: str) -> int:
    """The width of the longest word, as far as one has an end."""
    return min(max(map(len, text.split()), default=0) + 3, ACROSS // 3)


def _line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0) + 4


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Points for the lines that the longest cell takes: not every program works that out by itself."""
    lines = [
        sum(len(wrap(line, width - 2)) or 1 for line in str(cell).splitlines() or [""])
        for cell, width in zip(row, widths, strict=True)
    ]
    return min(LINE * max(lines) + ROOM, HIGHEST)


def write_cell(looks: dict[str, Any], sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    """Words stay words, whatever they begin with; an empty cell gets a dash."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST_CELL] if cell.strip() else "–", looks["plain"])
    else:
        sheet.write_number(row, column, cell, looks["whole" if cell == int(cell) else "number"])


def _apart(names: Iterable[str], longest: int) -> list[str]:
    """The names as Excel takes them: in one line, cut after a word, and no two alike."""
    found: dict[str, str] = {}
    for name in names:
        line, room = " ".join(name.split()), longest - 4
        short = (shorten(line, room, placeholder="") or line[:room]).strip(" ,.:'") or "–"
        told = next(one for one in chain([short], (f"{short} {n}" for n in count(2))) if one.lower() not in found)
        found[told.lower()] = told
    return list(found.values())

"""What a document says, in reading order, without a word on how any format draws it: every drawer reads only this.

All words are whole and in the document's language. Nothing here knows what the document is about.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import TypeVar, cast

Cell = str | int | float  # a number stays a number in every format; its unit stands in the header


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Each line of it (divided by line breaks) is drawn as a paragraph of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts, with bullets or numbered."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, a line each: (("Kenelle", "Kunnat"), ("Tila", "Viety eteenpäin"))."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence on how the table or picture above it is to be read. It stands among a workbook's notes too."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a line of its own; the text says where it leads."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one row of headers. The first column names the row; numbers are cells of numbers.

    `title` stands above it, unless the heading right above is the same, and names it among other tables; `description`
    is one sentence on what is in it.
    """

    title: str
    description: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    short: str = ""  # its name where there is room for few letters: on a sheet's tab

    def __post_init__(self) -> None:
        if not self.header or not all(name.strip() for name in self.header):
            raise ValueError("a table needs a name for every column")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("every row of a table needs as many cells as the header")


@dataclass(frozen=True, slots=True)
class Bars:
    """A table with a picture of one horizontal bar a row, drawn longest first; rows of `last` stay at the end.

    These are what is left over, and drawn in grey: they catch no eye.

    The last column holds the lengths. Column 1, if `beside`, is the period before: a thinner outlined bar under each.
    The picture's text alternative is made from the same numbers, with `note` after them. Its table is in that order.
    """

    table: Table
    note: str = ""
    beside: bool = False
    last: tuple[str, ...] = ()
    caution: str = ""  # how it is not to be read: in its text alternative, which goes with it wherever it is copied to

    @property
    def columns(self) -> tuple[int, ...]:
        """Those that are drawn, the main one first."""
        return (2, 1) if self.beside else (1,)

    def left_over(self) -> str:
        """The names of the grey rows, as far as there are any."""
        return ", ".join(str(row[0]) for row in self.table.rows if row[0] in self.last)


@dataclass(frozen=True, slots=True)
class Times:
    """A table whose rows are moments in order, drawn from left to right as slim columns.

    Every column after the first is a series with a strip of its own, all at the same scale. The text alternative is
    made from the same numbers, with `note` after them.
    """

    table: Table
    note: str = ""


Part = Paragraph | Points | Facts | Note | Link | Table | Bars | Times


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and the sections inside it, each one level deeper (four at most)."""

    heading: str
    parts: tuple[Part, ...] = ()
    sections: tuple["Section", ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """All of one file. `warning` makes it a working paper: it is the first line, and stands on every page."""

    title: str
    subtitle: str
    language: str  # fi, sv, en
    period: str  # in words: 1.4.-30.9.2026; nothing where it is of none
    day: date  # on which it was made
    version: int  # 0 where there are none
    sections: tuple[Section, ...]
    warning: str = ""
    contents: bool = True  # whether a list of contents follows the title
    first_page: bool = False  # whether the first section has a page of its own; the list of contents begins the next
    sender: str = ""  # who makes it, and whom to ask
    foreign: tuple[str, ...] = ()  # lines in Finnish, in a document of another language
    about: tuple[str, ...] = ()  # what else is to be known of it, a line each


def all_sections(document: Document) -> Iterator[tuple[int, Section]]:
    """Every section in reading order with its level, 1 for those right under the title."""
    waiting = [(1, section) for section in reversed(document.sections)]
    while waiting:
        level, section = waiting.pop()
        yield level, section
        waiting.extend((level + 1, inner) for inner in reversed(section.sections))


def all_tables(document: Document) -> Iterator[Table]:
    """Every table in reading order, those beside pictures included."""
    for _, section in all_sections(document):
        yield from (found for part in section.parts if (found := table_of(part)))


def table_of(part: Part) -> Table | None:
    """The table that the part is or has, its rows as they are drawn: those of bars by size."""
    if isinstance(part, Bars):
        return replace(part.table, rows=tuple(sorted(part.table.rows, key=lambda row: _place(part, row))))
    if isinstance(part, Times):
        return part.table
    return part if isinstance(part, Table) else None


def _place(bars: Bars, row: tuple[Cell, ...]) -> tuple[int, float]:
    return bars.last.index(row[0]) + 1 if row[0] in bars.last else 0, -size(row[bars.columns[0]])


def size(cell: Cell) -> float:
    """How long the bar of a cell is; words have none."""
    return 0.0 if isinstance(cell, str) else float(cell)


Content = TypeVar("Content")


def with_words(content: Content, change: Callable[[str], str]) -> Content:
    """The same document, or part of one, with every text in it changed."""
    if isinstance(content, str):
        return cast("Content", change(content))
    if isinstance(content, tuple):
        return cast("Content", tuple(with_words(one, change) for one in content))
    if is_dataclass(content) and not isinstance(content, type):
        changed = {one.name: with_words(getattr(content, one.name), change) for one in fields(content)}
        return cast("Content", type(content)(**changed))
    return content

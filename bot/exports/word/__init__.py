"""Documents as Word files that everybody can read: structure, language, text alternatives, and nothing of anybody."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import count, zip_longest
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from bot.exports import charts
from bot.exports.content import (
    Bars,
    Document,
    Facts,
    Link,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
    Times,
    table_of,
)
from bot.exports.phrases import author, leads_out, listed, under_title
from bot.exports.word import _elements as elements
from bot.exports.word._tables import add_table
from bot.exports.word._template import LANGUAGES, opened, text_height, text_width, timeless
from bot.texts import Texts

PICTURE_WIDE = Cm(16)
LONGEST_PROPERTY = 255
ROOM_AFTER_TABLE = ("Normal", "Fact", "List Bullet", "List Number")


@dataclass(frozen=True, slots=True)
class Pen:
    """What draws: the file so far, the words of its language, and numbers that are given once."""

    word: WordDocument
    t: Texts
    headings: Iterator[int] = field(default_factory=lambda: count(1))
    pictures: Iterator[int] = field(default_factory=lambda: count(1))

    def write(self, text: str, style: str = "Normal") -> WordParagraph:
        """One paragraph at the end, with room above it after a table."""
        after_table = any(element.tag == qn("w:tbl") for element in self.word.element.body[-2:-1])
        paragraph = self.word.add_paragraph(text, style)
        if after_table and style in ROOM_AFTER_TABLE:
            paragraph.paragraph_format.space_before = Pt(12)
        return paragraph


def drawn(document: Document) -> bytes:
    """The whole file. Raises FileNotFoundError where the template is gone."""
    pen = Pen(opened(document), Texts(document.language))
    _set_properties(pen, document)
    _write_title(pen, document)
    before = document.sections[: document.first_page]
    for section in before:
        _write_section(pen, section, 2)
    _write_contents(pen, document)
    for section in document.sections[len(before) :]:
        _write_section(pen, section, 2)
    file = BytesIO()
    pen.word.save(file)
    return timeless(file)


def _set_properties(pen: Pen, document: Document) -> None:
    """The title, the language, the day, and who sends it; no time of day, nothing else."""
    properties = pen.word.core_properties
    properties.title = document.title[:LONGEST_PROPERTY]
    if name := author(document):
        properties.author = name
    properties.language = LANGUAGES[document.language]
    properties.created = properties.modified = datetime.combine(document.day, time(), UTC)


def _write_title(pen: Pen, document: Document) -> None:
    if document.warning:
        pen.write(document.warning, "Warning")
        pen.word.sections[0].header.paragraphs[0].text = document.warning
    pen.write(document.title, "Heading 1")
    if document.subtitle.strip():
        pen.write(document.subtitle, "Subtitle")
    for line in under_title(pen.t, document):
        pen.write(" ".join(line.split()), "Under title")


def _write_section(pen: Pen, section: Section, level: int) -> None:
    heading = pen.write(section.heading, f"Heading {level}")
    heading.paragraph_format.page_break_before = section.new_page or None
    number = next(pen.headings)
    elements.add_bookmark(heading, number, _bookmark(number))
    for part, following in zip_longest(section.parts, section.parts[1:]):
        if isinstance(part, Table):
            named, noted = part.title == section.heading, isinstance(following, Note)
            _write_table(pen, part, named=named, noted=noted)
        else:
            WRITERS[type(part)](pen, part)
    for inner in section.sections:
        _write_section(pen, inner, level + 1)


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _write_contents(pen: Pen, document: Document) -> None:
    """Headings as links, without page numbers, so that nothing waits for Word to count pages."""
    lines = listed(document)
    if not lines:
        return
    heading = pen.write(pen.t("Contents"), "TOC Heading")
    heading.paragraph_format.page_break_before = document.first_page or None
    deepest = max(level for _, level, _ in lines)
    for number, level, section in lines:
        line = pen.write("", f"toc {level + 1}")
        if number == lines[0][0]:
            elements.begin_field(line, f'TOC \\n \\h \\o "2-{deepest + 1}"')
        elements.add_link(line, section.heading, bookmark=_bookmark(number))
        if number == lines[-1][0]:
            elements.end_field(line)


def _write_paragraph(pen: Pen, part: Paragraph) -> None:
    for line in filter(str.strip, part.text.splitlines()):
        pen.write(line)


def _write_points(pen: Pen, part: Points) -> None:
    number = 0
    for item in filter(str.strip, part.items):
        paragraph = pen.write(" ".join(item.split()), "List Number" if part.numbered else "List Bullet")
        if part.numbered:
            number = number or elements.restart_numbering(pen.word)
            elements.join_list(paragraph, number)


def _write_facts(pen: Pen, part: Facts) -> None:
    for place, (name, value) in enumerate(part.items, start=1):
        paragraph = pen.write("", "Fact")
        paragraph.paragraph_format.keep_with_next = place in (1, len(part.items) - 1) or None  # none stands alone
        paragraph.add_run(f"{name}: ", style="Strong")
        paragraph.add_run(" ".join(value.split()))


def _write_note(pen: Pen, part: Note) -> None:
    pen.write(" ".join(part.text.split()), "Note")


def _write_link(pen: Pen, part: Link) -> None:
    if leads_out(part):
        elements.add_link(pen.write(""), part.text, address=part.address)
    else:
        pen.write(f"{part.text}: {part.address}")


def _write_table(pen: Pen, part: Table, *, named: bool, noted: bool) -> None:
    """The table under its title, unless the heading has `named` it; where it is `noted`, the note stays with it."""
    if not named:
        pen.write(part.title, "Caption")
    add_table(pen.word, pen.t, part, room=text_height(pen.word) // 3, noted=noted)


def _write_picture(pen: Pen, part: Bars | Times) -> None:
    """The picture under the table's title, the table under the picture, and what is to be known of both."""
    pen.write(part.table.title, "Caption")
    png = BytesIO(charts.png(pen.t, part))
    shape = pen.write("", "Picture").add_run().add_picture(png, width=min(PICTURE_WIDE, text_width(pen.word)))
    if shape.height > (room := text_height(pen.word)):
        shape.width, shape.height = Emu(int(shape.width * room / shape.height)), room
    described = shape._inline.docPr  # noqa: SLF001
    described.set("name", pen.t("Picture {number}", number=next(pen.pictures)))
    described.set("descr", charts.told(pen.t, part))
    room = Emu(text_height(pen.word) - shape.height)
    add_table(pen.word, pen.t, table_of(part) or part.table, room=room, noted=bool(part.note))
    if part.note:
        pen.write(part.note, "Note")


WRITERS: Mapping[type, Callable[[Pen, Any], None]] = {
    Paragraph: _write_paragraph,
    Points: _write_points,
    Facts: _write_facts,
    Note: _write_note,
    Link: _write_link,
    Bars: _write_picture,
    Times: _write_picture,
}

"""Workbooks, read back by another library: real tables, whole words, real numbers, and nobody's name."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from bot.exports import formats
from bot.exports.content import Document, Section, Table, all_sections, all_tables
from tests.exports.samples import WARNING, sample

BEFORE = 3  # cover, contents, words


@pytest.fixture(params=["fi", "sv"])
def document(request: pytest.FixtureRequest) -> Document:
    return sample(request.param)


def read(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(formats.drawn(document, "xlsx")))


def of(*tables: Table) -> Document:
    return replace(sample("fi"), sections=(Section("Luvut", tables),))


def test_every_table_has_a_sheet_of_its_own_where_it_is_a_real_table(document: Document) -> None:
    book = read(document)
    tables = list(all_tables(document))
    assert len(book.sheetnames) == BEFORE + len(tables)
    for sheet, table in zip(book.worksheets[BEFORE:], tables, strict=True):
        (found,) = sheet.tables.values()
        rows = [[cell.value for cell in row] for row in sheet[found.ref]]
        assert found.ref.startswith("A3:")
        assert rows == [list(row) for row in (table.header, *table.rows)]
        assert [sheet["A1"].value, sheet["A2"].value] == [table.title, table.description]
        assert sheet.max_row == 3 + len(table.rows)


def test_a_table_says_its_title_and_what_is_in_it_to_those_who_do_not_see_it(document: Document) -> None:
    archive = ZipFile(BytesIO(formats.drawn(document, "xlsx")))
    told = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/tables/")]
    assert len(told) == 2 + len(list(all_tables(document)))
    for table in all_tables(document):
        assert any(f'altText="{table.title}" altTextSummary="{table.description}"' in one for one in told)


def test_no_cell_is_merged_or_blank_and_no_sheet_hidden_nor_behind_a_picture(document: Document) -> None:
    names = ZipFile(BytesIO(formats.drawn(document, "xlsx"))).namelist()
    assert not [name for name in names if "chart" in name or "embeddings" in name]
    for sheet in read(document).worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        for found in sheet.tables.values():
            assert all(cell.value not in (None, "") for row in sheet[found.ref] for cell in row)


def test_the_contents_lead_to_every_sheet(document: Document) -> None:
    book = read(document)
    contents = book.worksheets[1]
    rows = [row[0] for row in contents.iter_rows(min_row=4) if row[0].value]
    assert [cell.value for cell in rows] == book.sheetnames[2:]
    assert [cell.hyperlink.location for cell in rows] == [f"'{name}'!A1" for name in book.sheetnames[2:]]


def test_the_words_between_the_tables_are_all_there(document: Document) -> None:
    found = {row[1].value for row in read(document).worksheets[2].iter_rows(min_row=4)}
    assert {section.heading for _, section in all_sections(document) if section.parts}
    for _, section in all_sections(document):
        for part in section.parts:
            text = getattr(part, "text", None)
            if text and not hasattr(part, "address"):
                assert set(text.split("\n")) <= found


def test_pictures_say_their_numbers(document: Document) -> None:
    archive = ZipFile(BytesIO(formats.drawn(document, "xlsx")))
    drawings = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/drawings/drawing")]
    assert drawings
    assert all(len(re.findall(r"\d+", re.search(r'descr="([^"]+)"', one)[1])) > 5 for one in drawings)


def test_it_names_nobody_and_tells_no_time_of_day(document: Document) -> None:
    file = formats.drawn(document, "xlsx")
    book = openpyxl.load_workbook(BytesIO(file))
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
    assert book.properties.title == document.title
    assert book.properties.created == datetime(2026, 10, 5)
    assert {part.date_time for part in ZipFile(BytesIO(file)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert formats.drawn(document, "xlsx") == file


def test_a_working_paper_says_so_first_on_every_sheet_and_on_paper() -> None:
    for sheet in read(sample("fi", working_paper=True)).worksheets:
        assert sheet["A1"].value == WARNING["fi"]
        assert sheet.oddHeader.left.text == WARNING["fi"]


def test_b54_words_that_look_like_formulas_are_words_and_numbers_stay_numbers() -> None:
    words = [
        "=1+1",
        "@SUM(A1)",
        "+358400000000",
        "-2 astetta",
        "'=1+1",
        "https://example.org",
        "007",
        "a;b",
        "a\nb",
        "äö",
    ]
    rows = tuple((word, number) for word, number in zip(words, (-2, 12.5, *range(8)), strict=True))
    sheet = read(of(Table("=1+1", "=2+2", ("=3", "Määrä"), rows))).worksheets[BEFORE]
    cells = [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows(min_row=1, max_col=1)]
    assert cells == [(word, "s") for word in ["=1+1", "=2+2", "=3", *words]]
    numbers = [row[0] for row in sheet.iter_rows(min_row=4, min_col=2)]
    assert [(cell.value, cell.data_type) for cell in numbers] == [(row[1], "n") for row in rows]


def test_tables_without_rows_with_like_columns_and_with_like_long_titles_are_whole_too() -> None:
    long = "Sama pitkä otsikko, jossa on [kielletty]: merkki ja paljon / sanoja"
    table = Table(long, "", ("Määrä", "määrä", "määrä 2", "x" * 300), ())
    book = read(of(table, table))
    assert len({name.lower() for name in book.sheetnames}) == BEFORE + 2
    assert all(len(name) <= 31 for name in book.sheetnames)
    (found,) = book.worksheets[BEFORE].tables.values()
    assert len({name.lower() for name in found.column_names}) == 4


@pytest.mark.parametrize("working_paper", [False, True])
def test_another_reader_finds_no_fault(document: Document, tmp_path: Path, *, working_paper: bool) -> None:
    file = tmp_path / "yhteenveto.xlsx"
    file.write_bytes(formats.drawn(sample(document.language, working_paper=working_paper), "xlsx"))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


WORD = "mielenterveyspalveluihin"
NAMES = ("Ilmiö", "Väestöryhmä", "Laji", "Havainto", "Tilasto", "Ehdotus", "Kenelle", "Seuranta")
LONG_TITLE = "Taulukko 2. Havainnot sen mukaan, kuinka montaa asiakasta asia koskee, 1.4.–30.9.2026 (lkm)"


def test_on_paper_every_sheet_is_one_page_wide_with_its_title_whole_and_its_header_on_each_page() -> None:
    narrow = Table(LONG_TITLE, "Määrät.", ("Määrä", "1.4.–30.9.2026"), tuple((f"Rivi {n}", n) for n in range(90)))
    sheet = read(of(narrow)).worksheets[BEFORE]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it needs, one page wide
    assert sheet.print_title_rows == "$3:$3"
    last = range_boundaries(sheet.print_area.partition("!")[2])[2]
    across = sum(width(sheet, column) for column in range(1, last + 1))
    assert 125 <= across <= 145  # as wide as a page of A4 that lies, so that nothing is printed small
    assert len(LONG_TITLE) * 14 / 11 < across


def width(sheet: Worksheet, column: int) -> float:
    """As Excel takes it: one width may be told for several columns beside each other."""
    found = [one.width for one in sheet.column_dimensions.values() if one.min <= column <= one.max]
    return found[0] if found else 8.43


def test_no_word_is_cut_and_no_row_has_more_than_a_line_of_empty_room() -> None:
    long = " ".join([WORD, "pääsee vasta kuukausien päästä"] * 2)
    rows = ((long,) * len(NAMES), ("Lyhyt",) * len(NAMES))
    sheet = read(of(Table("Liite", "", NAMES, rows))).worksheets[BEFORE]
    assert all(width(sheet, column) > len(WORD) for column in range(1, len(NAMES) + 1))
    assert 16 < sheet.row_dimensions[sheet.max_row].height <= 2 * 16
    assert {cell.alignment.vertical for row in sheet.iter_rows(min_row=3) for cell in row} == {"center"}  # off the line

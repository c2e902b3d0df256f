"""What no file should break on, in every format: markup, control signs, formulas, halves of letters, long titles."""

import csv
import re
from dataclasses import replace
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from bot.exports import formats
from bot.exports.content import Document, Paragraph, Section, with_words
from tests.exports.samples import sample

MARKUP = "&<>" * 1000
BAD = {
    "markup": MARKUP,
    "controls": "pysty\x0bnolla\x00viimeinen\ufffe\uffff\x1b[31m",
    "halves": "puolikas \ud83d loppu \udc00",
    "to_the_left": "\u200fעברית\u202e käännetty \u2067",
    "emoji": "👩‍👩‍👧 ja 🇫🇮 ja 👍🏽",
    "formulas": "=1+1",
    "long": "pitkä " * 50,
    "one_word": "p" * 300,
    "xml_end": "]]></w:t></style></svg>-->",
    "braces": "{period} %s {{}} ${x}",
}
KEPT = {
    "controls": "pysty nolla viimeinen   [31m",
    "halves": "puolikas   loppu",
    "to_the_left": "\u200fעברית käännetty",
    "long": ("pitkä " * 50).strip(),
}


def spoiled(name: str) -> Document:
    """The sample with the same bad words everywhere but where a format needs its own."""
    return replace(with_words(sample("fi", working_paper=True), lambda _: BAD[name]), language="fi")


def cells(file: bytes, ending: str) -> list[str]:
    """All words of a file, as another reader sees them."""
    if ending == "docx":
        word = docx.Document(BytesIO(file))
        return [one.text for one in word.paragraphs] + [
            cell.text for table in word.tables for row in table.rows for cell in row.cells
        ]
    if ending == "xlsx":
        sheets = openpyxl.load_workbook(BytesIO(file)).worksheets
        return [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
    if ending == "csv":
        return [cell for row in csv.reader(StringIO(file[3:].decode(), newline=""), delimiter=";") for cell in row]
    return [unescape(text) for text in re.findall(r">([^<]+)<", file.decode())]


@pytest.mark.parametrize("ending", formats.FORMATS)
@pytest.mark.parametrize("name", BAD)
def test_bad_words_make_a_whole_file_that_holds_them(name: str, ending: str, tmp_path: Path) -> None:
    file = formats.drawn(spoiled(name), ending)
    found = cells(file, ending)
    kept = KEPT.get(name, BAD[name])
    assert any(kept.split()[0] in cell for cell in found)
    assert any(kept in cell for cell in found)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u202a-\u202e\u2066-\u2069]", "".join(found))
    if ending in ("docx", "xlsx"):
        (tmp_path / f"a.{ending}").write_bytes(file)
        assert ZipFile(BytesIO(file)).testzip() is None
        assert [str(error) for error in OpenXmlValidator().validate(tmp_path / f"a.{ending}").errors] == []


def test_a_format_that_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError):
        formats.drawn(sample("fi"), "pdf")


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_every_format_says_under_its_title_who_sends_it_and_whom_to_ask(ending: str) -> None:
    sender = "Turun seudun verkosto, Varha. Lisätietoja: koordinaattori, verkosto@varha.fi"
    file = formats.drawn(replace(sample("fi"), sender=sender), ending)
    assert any(sender in cell for cell in cells(file, ending))
    authors = {
        "docx": lambda: docx.Document(BytesIO(file)).core_properties.author,
        "xlsx": lambda: openpyxl.load_workbook(BytesIO(file)).properties.creator,
        "html": lambda: re.findall('<meta name="author" content="(.*)">', file.decode())[0],
    }
    assert ending not in authors or authors[ending]() == "Turun seudun verkosto, Varha"


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_no_line_ends_within_a_number(ending: str) -> None:
    said = Section("Luvut", (Paragraph("Yhteensä 1 000 asiakasta, 18,4 %, vuodesta 2025 3 taloa."),))
    content = formats.drawn(replace(sample("fi"), sections=(said,)), ending)
    text = (
        "\n".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)
        if ending == "docx"
        else content.decode()
    )
    assert "Yhteensä 1\u00a0000 asiakasta, 18,4\u00a0%, vuodesta 2025 3 taloa." in text

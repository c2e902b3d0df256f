"""Word files: what the act on accessible documents asks is read from the file itself, and another reader judges it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from bot.errors import TemplateGone
from bot.exports import formats
from bot.exports.content import Bars, Document, Paragraph, Points, Section, Table, all_sections, all_tables
from bot.exports.phrases import said
from bot.exports.word import _tables, _template
from bot.texts import Texts
from tests.exports.samples import WARNING, sample

LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI"}
WIDE = Table("Leveä", "Kahdeksan saraketta.", tuple(f"Sarake {n}" for n in range(8)), (tuple("abcdefgh"),))


class Word:
    """The parts of a file, read without python-docx's own model."""

    def __init__(self, file: bytes) -> None:
        archive = ZipFile(BytesIO(file))
        assert archive.testzip() is None
        self.names = archive.namelist()
        self.raw = {name: archive.read(name) for name in self.names}
        self.body = parse_xml(self.raw["word/document.xml"])
        self.styles = parse_xml(self.raw["word/styles.xml"])

    def all(self, path: str) -> list:
        return self.body.findall(f".//{path}", {"w": qn("w:x")[1:-2]})

    def paragraphs(self) -> list[tuple[str, str]]:
        """(style, words) of every paragraph, those in cells too."""
        return [(self.style_of(one), words(one)) for one in self.all("w:p")]

    def style_of(self, paragraph) -> str:
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "Normal" if found is None else found.get(qn("w:val"))

    def headings(self) -> list[int]:
        return [int(style[7:]) for style, _ in self.paragraphs() if style.startswith("Heading")]


def words(element) -> str:
    return "".join(found.text or "" for found in element.iter(qn("w:t")))


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def document(language: str) -> Document:
    return sample(language)


@pytest.fixture(scope="module")
def word(document: Document) -> Word:
    return Word(formats.drawn(document, "docx"))


def test_the_language_of_all_words_is_told(word: Word, language: str) -> None:
    spoken = word.styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == LANGUAGES[language]
    other = [found.get(qn("w:val")) for found in word.all("w:lang")]
    assert other == []


def test_the_properties_are_a_title_a_language_and_a_day(word: Word, document: Document, language: str) -> None:
    properties = {one.tag.partition("}")[2]: one.text for one in parse_xml(word.raw["docProps/core.xml"])}
    day = "2026-10-05T00:00:00Z"
    asked = {"title": document.title, "language": LANGUAGES[language], "created": day, "modified": day}
    assert properties == asked


def test_nothing_of_the_librarys_own_template_is_in_it(word: Word) -> None:
    assert not [name for name in word.names if "thumbnail" in name or "customXml" in name or "stylesWith" in name]
    assert not [name for name in word.names if "chart" in name or "embeddings" in name]  # numbers behind a picture
    everything = b"".join(word.raw.values()).lower()
    assert b"python-docx" not in everything
    assert b"2013" not in everything.replace(b"wordprocessing", b"")
    assert b"en-us" not in everything


def test_there_is_one_top_heading_and_no_level_is_skipped(word: Word, document: Document) -> None:
    levels = word.headings()
    assert levels == [1, *(level + 1 for level, _ in all_sections(document))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_picture_stands_in_the_line_and_says_its_numbers_which_stand_in_a_table(
    word: Word, language: str
) -> None:
    assert word.body.findall(f".//{qn('wp:anchor')}") == []
    described = word.body.findall(f".//{qn('wp:inline')}/{qn('wp:docPr')}")
    pictures = [name for name in word.names if name.startswith("word/media/")]
    assert len(described) == len(pictures) == (3 if language == "fi" else 1)
    cells = {words(cell) for cell in word.all("w:tc")}
    for one in described:
        told = one.get("descr")
        assert len(told) > 60
        assert not re.search(r"\.(png|jpe?g)", told + one.get("name"))
        numbers = re.findall(r"[:,] (\d+)\b(?![./])", told)
        assert len(numbers) > 5
        assert set(numbers) <= cells


def test_every_table_repeats_its_header_and_has_no_merged_and_no_empty_cell(word: Word, document: Document) -> None:
    tables = word.all("w:tbl")
    assert len(tables) == len(list(all_tables(document)))
    for drawn, table in zip(tables, all_tables(document), strict=True):
        rows = drawn.findall(qn("w:tr"))
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        found = [[words(cell) for cell in row.findall(qn("w:tc"))] for row in rows]
        t = Texts(document.language)
        assert found == [[said(t, cell) for cell in row] for row in (table.header, *table.rows)]
        assert all(all(row) for row in found)
        assert drawn.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}").get(qn("w:val")) == table.description
    assert not word.all("w:gridSpan")
    assert not word.all("w:vMerge")


def test_no_letter_is_smaller_than_12_points(word: Word) -> None:
    sizes = [int(size.get(qn("w:val"))) for part in (word.body, word.styles) for size in part.iter(qn("w:sz"))]
    assert sizes.count(24) >= 1
    assert min(sizes) >= 24  # half points
    assert word.styles.find(f"{qn('w:docDefaults')}//{qn('w:sz')}").get(qn("w:val")) == "24"


def test_text_runs_from_the_left_and_only_numbers_stand_at_the_right(word: Word) -> None:
    assert not word.all("w:jc")
    aligned = {style.get(qn("w:styleId")) for style in word.styles if style.find(f".//{qn('w:jc')}") is not None}
    assert aligned == {"NumberCell", "Footer"}


def test_every_colour_of_letters_stands_out_from_every_ground(word: Word) -> None:
    inks = {found.get(qn("w:val")) for part in (word.body, word.styles) for found in part.iter(qn("w:color"))}
    grounds = {"FFFFFF"} | {found.get(qn("w:fill")) for found in word.styles.iter(qn("w:shd"))}
    assert len(inks) > 3
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_no_empty_paragraph_makes_room(word: Word) -> None:
    drawn = [words(one) or one.findall(f".//{qn('w:drawing')}") for one in word.all("w:p")]
    assert all(drawn)
    assert len(drawn) > 30


def test_lists_are_lists(word: Word, document: Document) -> None:
    points = [part for _, section in all_sections(document) for part in section.parts if isinstance(part, Points)]
    for style, numbered in (("ListBullet", False), ("ListNumber", True)):
        asked = [item for one in points if one.numbered == numbered for item in one.items]
        assert asked
        assert [text for found, text in word.paragraphs() if found == style] == asked
        assert word.styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']//{qn('w:numId')}") is not None
    assert not [text for _, text in word.paragraphs() if re.match(r"[•*-] |\d+\. ", text)]


def test_a_second_numbered_list_begins_at_one() -> None:
    lists = Section("Kaksi", (Points(("a", "b"), numbered=True), Points(("c",), numbered=True)))
    word = Word(formats.drawn(replace(sample("fi"), sections=(lists,)), "docx"))
    numbers = [one.get(qn("w:val")) for one in word.all("w:numId")]
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_foot_of_a_page_is_its_number_and_nothing_else(word: Word) -> None:
    feet = [name for name in word.names if "footer" in name]
    assert len(feet) == 1
    foot = parse_xml(word.raw[feet[0]])
    assert "".join(one.text for one in foot.iter(qn("w:instrText"))).strip() == "PAGE"
    assert words(foot) == "1"
    assert not [name for name in word.names if "header" in name]


def test_a_link_says_where_it_leads(word: Word) -> None:
    outward = [link for link in word.all("w:hyperlink") if link.get(qn("r:id"))]
    assert len(outward) == 1
    assert "://" not in words(outward[0])
    assert len(words(outward[0]).split()) > 3


def test_the_contents_are_links_to_headings_without_page_numbers(word: Word, document: Document) -> None:
    code = [one.text for one in word.all("w:instrText")]
    assert code == [' TOC \\n \\h \\o "2-3" ']
    places = {one.get(qn("w:name")) for one in word.all("w:bookmarkStart")}
    links = [link for link in word.all("w:hyperlink") if link.get(qn("w:anchor"))]
    assert [words(link) for link in links] == [one.heading for level, one in all_sections(document) if level <= 2]
    assert {link.get(qn("w:anchor")) for link in links} <= places
    kinds = [one.get(qn("w:fldCharType")) for one in word.all("w:fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_every_word_of_the_document_is_in_it_once_it_is_due(word: Word, document: Document) -> None:
    text = "\n".join(found for _, found in word.paragraphs())
    for _, section in all_sections(document):
        assert section.heading in text
        assert all(
            line in text for part in section.parts if isinstance(part, Paragraph) for line in part.text.split("\n")
        )
    day = {"fi": "Kausi 1.4.–30.9.2026. Tehty 5.10.2026, versio 1.", "sv": "Sammanställd 5.10.2026, version 1."}
    assert day[document.language] in text


def test_a_working_paper_says_so_first_and_on_every_page() -> None:
    word = Word(formats.drawn(sample("fi", working_paper=True), "docx"))
    assert word.paragraphs()[0] == ("Warning", WARNING["fi"])
    (head,) = (name for name in word.names if name.startswith("word/header"))
    assert words(parse_xml(word.raw[head])) == WARNING["fi"]


def test_pages_lie_where_a_table_is_wide() -> None:
    def size(document: Document) -> tuple[int, int]:
        (page,) = Word(formats.drawn(document, "docx")).all("w:pgSz")
        return int(page.get(qn("w:w"))), int(page.get(qn("w:h")))

    wide = replace(sample("fi"), sections=(Section("Liite", (WIDE,)),))
    assert size(wide) == (16838, 11906)
    assert size(replace(wide, sections=(Section("Liite", (Paragraph("a"),)),))) == (11906, 16838)


def many() -> Iterator[Document]:
    for language in LANGUAGES:
        yield sample(language)
    yield sample("fi", working_paper=True)
    yield replace(sample("sv"), sections=(Section("Liite", (WIDE,)),))
    yield Document("Otsikko", "", "en", "1.4.–30.9.2026", date(2026, 10, 5), 1, ())


@pytest.mark.parametrize("document", list(many()))
def test_another_reader_finds_no_fault(document: Document, tmp_path: Path) -> None:
    file = tmp_path / "yhteenveto.docx"
    file.write_bytes(formats.drawn(document, "docx"))
    result = OpenXmlValidator().validate(file)
    assert [str(error) for error in result.errors] == []


def test_the_same_document_makes_the_same_file_which_tells_no_time_of_day(document: Document) -> None:
    file = formats.drawn(document, "docx")
    assert {part.date_time for part in ZipFile(BytesIO(file)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert formats.drawn(document, "docx") == file


def test_a_missing_template_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_template, "PARTS", tmp_path)
    with pytest.raises(TemplateGone):
        formats.drawn(sample("fi"), "docx")


@pytest.mark.parametrize("beside_a_wide_table", [False, True])
def test_a_picture_of_many_rows_fits_on_its_page_with_its_title(*, beside_a_wide_table: bool) -> None:
    rows = tuple((f"Kunta {number}", number, 2 * number) for number in range(60))
    bars = Bars(Table("Alueet", "", ("Alue", "Nyt", "Ennen"), rows), beside=True)
    sections = (Section("Alueet", (bars, *([WIDE] if beside_a_wide_table else []))),)
    word = Word(formats.drawn(replace(sample("fi"), sections=sections), "docx"))
    (extent,) = word.body.findall(f".//{qn('wp:inline')}/{qn('wp:extent')}")
    (page,) = word.all("w:pgSz")
    twips = int(page.get(qn("w:h"))) - 2 * 1134 - 2000  # margins, heading and title
    assert int(extent.get("cy")) <= twips * 635


WORDS = {
    "fi": "Nuoret eivät pääse mielenterveyspalveluihin eivätkä yhdenvertaisuussuunnitteluun ajoissa.",
    "sv": "Unga väntar på mentalvårdstjänsterna och på bostadslöshetsstatistiken i välfärdsområdet.",
}


@pytest.mark.parametrize("columns", [5, 8])
def test_no_word_in_a_table_is_cut_without_a_hyphen(language: str, columns: int) -> None:
    row = (WORDS[language],) * (columns - 1)
    table = Table("Liite", "", tuple(f"Kehittämiskohde {n}" for n in range(columns)), ((*row, "Hyvinvointialue"),) * 2)
    word = Word(formats.drawn(replace(sample(language), sections=(Section("Liite", (table,)),)), "docx"))
    cells = word.all("w:tc")
    assert [words(cell) for cell in cells][columns : 2 * columns] == [*row, "Hyvinvointialue"]
    for cell in cells:
        room = int(cell.find(f".//{qn('w:tcW')}").get(qn("w:w"))) * 635 - _tables.MARGINS
        pieces = [piece for text in cell.iter(qn("w:t")) for piece in text.text.split()]
        assert max(map(_tables._wide, pieces)) <= room
    assert word.all("w:softHyphen")


def test_words_that_fit_are_not_cut() -> None:
    table = Table("Liite", "", ("Havainto", "Kenelle"), ((WORDS["fi"], "Hyvinvointialue"),))
    word = Word(formats.drawn(replace(sample("fi"), sections=(Section("Liite", (table,)),)), "docx"))
    assert not word.all("w:softHyphen")

"""Pages: well-formed, whole, without anything from outside; what a browser sees is tested with the other browsers."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.errors import TemplateGone
from bot.exports import formats, page
from bot.exports.content import Document, Link, Paragraph, Section, all_sections, all_tables
from bot.exports.phrases import said
from bot.texts import Texts
from tests.exports.samples import WARNING, sample

VOID = {"meta", "br", "line", "rect"}


class Page(HTMLParser):
    """What stands in which element; every element that is opened must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.values: list[tuple[str, str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)
            self.words.append((tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.words and data.strip():
            self.words[-1] = (self.words[-1][0], self.words[-1][1] + data)

    def all(self, *tags: str) -> list[str]:
        return [text.strip() for tag, text in self.words if tag in tags]


@pytest.fixture(params=["fi", "sv"])
def document(request: pytest.FixtureRequest) -> Document:
    return sample(request.param)


def read(document: Document) -> Page:
    return Page(formats.drawn(document, "html").decode())


def test_language_and_title_are_told(document: Document) -> None:
    found = read(document)
    assert ("html", "lang", document.language) in found.values
    assert found.all("title") == found.all("h1") == [document.title]


def test_headings_come_in_order_and_skip_no_level(document: Document) -> None:
    found = [(tag, text) for tag, text in read(document).words if re.fullmatch(r"h[2-6]", tag)]
    contents = Texts(document.language)("Contents")
    asked = [(f"h{level + 1}", one.heading) for level, one in all_sections(document)]
    assert [one for one in found if one[1] != contents] == asked
    assert len(found) == len(asked) + 1


def test_every_cell_of_every_table_is_there(document: Document) -> None:
    t = Texts(document.language)
    cells = [said(t, cell) for table in all_tables(document) for row in (table.header, *table.rows) for cell in row]
    assert read(document).all("th", "td") == cells


def test_every_picture_says_its_numbers_in_words(document: Document) -> None:
    told = [value for tag, name, value in read(document).values if (tag, name) == ("svg", "aria-label")]
    assert told
    assert all(re.search(r"\d.*\d", one) for one in told)


def test_nothing_comes_from_outside(document: Document) -> None:
    found = read(document)
    tags = {tag for tag, _ in found.words} | {tag for tag, _, _ in found.values}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "base", "form"}
    assert not [one for one in found.values if one[1] == "src" or one[1].startswith("on")]
    assert not re.search(r"url\(|@import", "".join(found.all("style")))


def test_an_address_that_is_none_is_written_out_and_leads_nowhere() -> None:
    links = (
        Link("Hyvä", "https://example.org/a?b=1&c=2"),
        Link("Paha", "javascript:alert(1)"),
        Link("Rikki", 'https://a" x="'),
    )
    found = read(replace(sample("fi"), sections=(Section("Linkit", links),)))
    assert [value for tag, name, value in found.values if (tag, name) == ("a", "href")] == [
        "https://example.org/a?b=1&c=2"
    ]
    assert "Paha: javascript:alert(1)" in found.all("p")


def test_a_working_paper_says_so_first_and_on_every_printed_page() -> None:
    found = read(sample("fi", working_paper=True))
    assert next(text for tag, text in found.words if tag in ("p", "h1")) == WARNING["fi"]
    assert f'@top-left {{ content: "{WARNING["fi"]}"' in found.all("style")[0]


def test_words_cannot_end_the_style_that_prints_a_warning() -> None:
    found = read(replace(sample("fi"), warning='"; } </style><script>alert(1)</script>\n'))
    assert "script" not in {tag for tag, _ in found.words}
    assert "alert" not in found.all("style")[0].replace("alert\\28", "").replace("alert", "", 1)


def test_lines_are_paragraphs() -> None:
    found = read(replace(sample("fi"), sections=(Section("Yksi", (Paragraph("eka\n\ntoka"),)),)))
    assert found.all("p")[-2:] == ["eka", "toka"]


def test_a_missing_look_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(page, "LOOK", tmp_path / "none.css")
    with pytest.raises(TemplateGone):
        formats.drawn(sample("fi"), "html")

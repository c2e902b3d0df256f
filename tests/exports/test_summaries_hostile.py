"""The summary's files, whatever words were typed for it: they open, hold all words, run nothing and tell of nobody."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial

import docx
import openpyxl
import pytest
from lxml import html

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import PersonalDataFound
from bot.exports import formats, summaries
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.summaries import Period, Words
from bot.services import phenomena
from bot.services import summaries as services
from bot.settings import Settings
from bot.texts import Texts
from tests.clocks import at
from tests.digests import filed, observation
from tests.fakes import FakeSlack

KOORD, HALF = "U0KOORD001", Period(date(2026, 4, 1), date(2026, 9, 30))
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FORMULAS = ("=1+1", "@SUM(A1)", "+358 on numero", "-2 astetta", "\t=1+1")
ODD = (
    "Väli\u000bmerkki\u0000 ja\ufffe puoli\ud83d kirjain \u202eväärinpäin & <b>lihava</b> 👍 Äänekoski, Åbo, Öljy, Š €"
)
LONG = "&<>" * 1000


@pytest.fixture
def deps(settings: Settings, slack: FakeSlack) -> Iterator[Deps]:
    slack.person(KOORD, "Bertta Kokoaja")
    with looking_on(settings) as parts:
        deps = at(replace(parts, first_coordinators=frozenset([KOORD])), "2026-10-20T09:10:11")
        rows = [
            observation(deps, f"26-A{n:04}", f"2026-06-1{n % 9}T09:0{n % 9}", author=f"U0KIRJ{n:04}") for n in range(12)
        ]
        filed(deps, *rows)
        yield deps


def written(deps: Deps, **words: str) -> None:
    sent_anyway(lambda seen: services.write(deps, KOORD, HALF, "fi", Words(**words, confirmed=seen)))


def sent_anyway(deed: Callable[[frozenset[str]], object]) -> None:
    """As a coordinator does who is warned, and knows that nobody can be known by it."""
    try:
        deed(frozenset())
    except PersonalDataFound as problem:
        deed(problem.seen)  # what is blocked is refused again


def drawn(deps: Deps, ending: str, language: str = "fi") -> bytes:
    found = services.gather(deps, HALF, language)
    return formats.drawn(summaries.document(Texts(language), deps.vocabularies, found), ending)


def words_in(deps: Deps, ending: str) -> str:
    content = drawn(deps, ending)
    if ending == "docx":
        file = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
    if ending == "html":
        return html.fromstring(content).text_content()
    if ending == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(
            str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell
        )
    return content.decode("utf-8-sig")


def test_b54_no_typed_cell_runs_as_a_formula_and_finnish_excel_reads_it(deps: Deps) -> None:
    typed = "\n".join(f"{formula}; Kunnat; ; 2027" for formula in FORMULAS)
    written(deps, proposals=typed, handled='"a|b" äö; -2; 12,5')
    sheets = openpyxl.load_workbook(io.BytesIO(drawn(deps, "xlsx")))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {str(cell.value) for cell in cells} >= {"=1+1", "@SUM(A1)", "+358 on numero", "-2 astetta"}
    content = drawn(deps, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert {cell for row in rows for cell in row} >= {"'=1+1", "'-2 astetta"}
    assert '"a|b" äö' in {cell for row in rows for cell in row}
    assert "12" in {cell for row in rows for cell in row if "teemoittain" in row[0]}


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_b55_odd_signs_stop_no_file_and_all_words_are_there(deps: Deps, ending: str) -> None:
    for number in range(10):
        draft = PhenomenonDraft(
            f"Ilmiö {number} kasvaa {ODD}"[:150], f"{ODD} {number}", "SHL11-02", proposal=f"Ehdotus {number}"
        )
        make = partial(phenomena.create, at(deps, "2026-08-01T09:00"), KOORD, nonce=f"nonce{number}")
        sent_anyway(lambda seen, make=make, draft=draft: make(draft=replace(draft, confirmed=seen)))
    written(deps, subtitle=ODD[:150], residents=ODD, residents_source="Kysely")
    words = words_in(deps, ending)
    assert all(f"Ehdotus {number}" in words for number in range(10))
    assert "\u000b" not in words
    assert "\u202e" not in words


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_three_thousand_characters_of_markup_are_words_and_nothing_else(deps: Deps, ending: str) -> None:
    written(deps, residents=LONG, residents_source="<script>alert(1)</script>")
    content = drawn(deps, ending)
    assert ending == "csv" or LONG[:200] in words_in(deps, ending).replace("\n", "")
    assert b"<script>alert" not in content


@pytest.mark.parametrize("ending", formats.FORMATS)
def test_b57_nothing_in_the_files_tells_who_or_when(deps: Deps, ending: str) -> None:
    content = drawn(deps, ending)
    parts = [content]
    if ending in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
            dates = {info.date_time for info in archive.infolist()}
        assert len(dates) == 1
    text = b"\n".join(parts).decode("utf-8", errors="replace")
    people = [KOORD, *(f"U0KIRJ{n:04}" for n in range(12))]
    for person in people:
        assert person not in text
        for way in (hashlib.md5, hashlib.sha1, hashlib.sha256):
            assert way(person.encode()).hexdigest() not in text
    assert not re.search(r"\b26-A\d{4}\b|python-docx|Bertta", text)
    assert "09:10:11" not in text


def test_b57_the_properties_of_a_word_file_name_nobody_and_no_time_of_day(deps: Deps) -> None:
    core = docx.Document(io.BytesIO(drawn(deps, "docx"))).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.title.startswith("Sosiaalisen raportoinnin yhteenveto")
    assert isinstance(core.created, datetime)
    assert (core.created.hour, core.created.minute, core.created.second) == (0, 0, 0)


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx"])
def test_b58_pictures_have_the_letters_of_all_areas(deps: Deps, ending: str, caplog: pytest.LogCaptureFixture) -> None:
    """A glyph that the font does not have is a warning, and a warning fails the test."""
    rows = [
        observation(deps, f"26-B{n:04}", "2026-06-10T09:00", author=f"U{n}", area="445") for n in range(9)
    ]  # Parainen
    filed(deps, *rows)
    drawn(deps, ending, "sv")
    assert not [record for record in caplog.records if "glyph" in record.getMessage().lower()]

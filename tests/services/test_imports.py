"""Earlier collections come in through the guard: told row by row, all together, once, for their own period."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import Refused
from bot.rules.queues import Wanted
from bot.services import digests, imports, previews, queues
from bot.settings import Settings
from storage import summaries
from storage.models import Observation
from tests.clocks import at
from tests.fakes import FakeSlack

KOORD = "U0KOORD001"
MAPPING = """
columns:
  day: Vastausaika
  text: "1. Mitä olet havainnut?"
  proposal: "2. Ehdotus"
  kind: Laji
  area: Kunta
values:
  kind:
    Epäkohta: E
    "Hyvä käytäntö": M
defaults:
  theme: X-99
  kind: H
"""
HEAD = ["Vastausaika", "Laji", "1. Mitä olet havainnut?", "Tyhjä", "2. Ehdotus", "Kunta"]


@pytest.fixture
def deps(settings: Settings, slack: FakeSlack) -> Iterator[Deps]:
    slack.person(KOORD, "Bertta Kokoaja")
    with looking_on(settings) as parts:
        yield at(replace(parts, first_coordinators=frozenset([KOORD])), "2026-12-02T10:00")


def row(
    number: int, text: str, *, kind: str = "Epäkohta", day: str = "15.10.2026 9.30", area: str = "Turku"
) -> list[str]:
    return [day, kind, f"{text} {number}", "", "Lisää tukiasuntoja; nopeasti" if number % 3 else "", area]


def webropol(file: Path, rows: list[list[str]], ends: str = "\r\n", coding: str = "utf-8-sig") -> None:
    with file.open("w", encoding=coding, newline="") as into:
        csv.writer(into, delimiter=";", lineterminator=ends).writerows([HEAD, *rows])


def plan(folder: Path, text: str = MAPPING):  # type: ignore[no-untyped-def]
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return imports.read_mapping(folder / "mapping.yaml")


def stored(deps: Deps) -> list[Observation]:
    with deps.read() as session:
        return list(session.exec(select(Observation)))


def brought(deps: Deps, folder: Path, file: Path) -> tuple[Counter[str], int]:
    known = plan(folder)
    outcomes = imports.examine_rows(deps, known, imports.read_file(file, known))
    return Counter(one.what for one in outcomes), imports.bring_in(deps, outcomes)


@pytest.mark.parametrize("count", [500, pytest.param(5000, marks=pytest.mark.long)])  # the guard reads 500 a second
def test_rows_of_another_form_come_in_once_and_identity_codes_do_not(count: int, deps: Deps, tmp_path: Path) -> None:
    """Rows end in all three ways, within words too; quotation marks, empty columns and rows, Windows' own coding."""
    said = 'Asunnottomille ”nuorille” ei löydy; "tukiasuntoja"{}eikä neuvontaa – kuukausiin'
    ends = cycle(["\r\n", "\n", "\r"])
    rows = [row(number, said.format(next(ends))) for number in range(count)]
    for number in range(0, count, count // 20):
        rows[number] = row(number, "Asiakkaan 010190-999W asiaa hoidettiin")
    file = tmp_path / "webropol.csv"
    with file.open("w", encoding="cp1252", newline="") as into:
        for one in ([*HEAD, "", ""], *rows, [], [""] * 8, rows[1]):
            csv.writer(into, delimiter=";", lineterminator=next(ends)).writerow(one)
    known = plan(tmp_path)
    outcomes = imports.examine_rows(deps, known, imports.read_file(file, known))
    assert Counter(one.what for one in outcomes) == {"stored": count - 20, "refused": 20, "twice": 1}
    assert stored(deps) == []

    assert imports.bring_in(deps, outcomes) == count - 20
    again = imports.examine_rows(deps, known, imports.read_file(file, known))
    assert Counter(one.what for one in again) == {"known": count - 19, "refused": 20}
    assert imports.bring_in(deps, again) == 0
    found = stored(deps)
    assert len(found) == count - 20
    assert "010190" not in str([one.text for one in found])
    assert {(one.author, one.filed_at, one.imported, one.due_on) for one in found} == {(None, None, True, None)}
    told = imports.write_report(file, outcomes).read_text(encoding="utf-8-sig").splitlines()
    assert (told[0], len(told)) == ("row;what;why", count + 2)
    assert [line for line in told[1:] if ";stored;" not in line] == [
        *(f"{number};refused;identity_code" for number in range(2, count + 2, count // 20)),
        f"{count + 2};twice;the same as row 3",
    ]
    assert not [line for line in told if "Asunnottomille" in line]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_coding_and_line_end_is_read(ends: str, coding: str, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    webropol(file, [row(1, "Päihdeongelmiin ei saa apua Åbossa")], ends, coding)
    (found,) = imports.read_file(file, plan(tmp_path))
    assert found["1. Mitä olet havainnut?"] == "Päihdeongelmiin ei saa apua Åbossa 1"
    assert found["Tyhjä"] == ""


def test_a_spreadsheet_is_read_too(deps: Deps, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(
        [date(2026, 10, 15), "Hyvä käytäntö", "Asumisneuvonta auttaa pitämään kodin", None, None, "Salo"]
    )
    book.save(tmp_path / "v.xlsx")
    assert brought(deps, tmp_path, tmp_path / "v.xlsx") == ({"stored": 1}, 1)
    (found,) = stored(deps)
    assert (found.kind, found.theme, found.filed_on, found.week) == ("M", "X-99", date(2026, 10, 15), 202642)
    assert found.area != "734"  # few have chosen it, so that it is told as its sub-region


def test_a_row_that_is_wrong_keeps_all_from_coming_in(deps: Deps, tmp_path: Path) -> None:
    rows = [
        row(1, "Velkaneuvontaan jonotetaan liian pitkään"),
        row(2, "Toinen pitkä havainto tästä", kind="Muu asia"),
        row(3, "Kolmas pitkä havainto tästä", day="31.2.2026"),
        row(4, "Neljäs pitkä havainto", day="1.1.2030"),
    ]
    webropol(tmp_path / "v.csv", [*rows, ["15.10.2026", "Epäkohta", "lyhyt", "", "", ""]])
    assert brought(deps, tmp_path, tmp_path / "v.csv") == ({"stored": 1, "wrong": 4}, 0)
    assert stored(deps) == []


def test_what_the_guard_warns_of_is_told_and_comes_in(deps: Deps, tmp_path: Path) -> None:
    webropol(tmp_path / "v.csv", [row(1, "Katso lisää osoitteesta https://esimerkki.fi/sivu"),
                                  row(2, "Liian vähän asuntoja", kind="")])  # fmt: skip
    assert brought(deps, tmp_path, tmp_path / "v.csv") == ({"warned": 1, "stored": 1}, 2)
    assert {one.kind for one in stored(deps)} == {"E", "H"}


def test_nothing_is_promised_and_no_digest_or_queue_counts_what_came_in(deps: Deps, tmp_path: Path) -> None:
    webropol(tmp_path / "v.csv", [row(n, "Asuntoja ei löydy", day="30.11.2026") for n in range(3)])
    brought(deps, tmp_path, tmp_path / "v.csv")
    content, more = digests.so_far(deps, KOORD)
    assert content.figures
    assert (content.figures.new, content.shown, more) == (0, [], 0)
    assert content.figures.waiting == 0
    assert queues.page(deps, KOORD, Wanted()).rows == []
    assert not [one for one in previews.planned(deps, deps.now(), 1) if one.kind == "feedback"]
    with deps.read() as session:
        days = (date(2026, 10, 1), date(2027, 3, 31))
        assert len(list(summaries.filed(session, deps.workspace, days))) == 3


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("- x", "needs `columns:`"),
        ("columns: {day: A, text: B}", "for kind, theme"),
        ("columns: {day: A, text: B, väri: C}", "`väri`, which is no field"),
        ("columns: {day: A, text: [1]}", "must be a list of"),
        ("a: [", "is no YAML file"),
    ],
)
def test_a_mapping_that_is_wrong_gets_a_sentence(mapping: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=told):
        plan(tmp_path, mapping)


def test_a_file_without_the_columns_or_that_is_no_table_gets_a_sentence(tmp_path: Path) -> None:
    known = plan(tmp_path)
    (tmp_path / "v.csv").write_text("Päivä;Teksti\n1;2\n")
    with pytest.raises(Refused, match=r"has no column “1\. Mitä olet havainnut"):
        imports.read_file(tmp_path / "v.csv", known)
    (tmp_path / "v.xlsx").write_bytes(b"moi")
    with pytest.raises(Refused, match="is damaged, or no table"):
        imports.read_file(tmp_path / "v.xlsx", known)
    with pytest.raises(Refused, match="cannot be read"):
        imports.read_file(tmp_path / "none.csv", known)

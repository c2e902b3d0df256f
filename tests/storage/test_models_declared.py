"""Every column says what it holds of people, why it is kept and how long; the documents say the same."""

import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from storage.models import Kept, kept
from storage.models._kept import keep

DOCS = Path(__file__).parents[2] / "docs"
UNTIL = {  # how long -> how the two documents say it
    "as long as the network uses Raportoi": ("niin kauan kuin Raportoi on käytössä", "så länge Raportoi används"),
    "until the round closes": ("seuraavaan muistutusviestiin asti", "till nästa påminnelse"),
    "6 months after it was sent": ("6 kuukautta lähettämisestä", "6 månader efter att det skickades"),
    "a month after the meeting": ("kuukausi tapaamisesta", "en månad efter träffen"),
    "24 months after it was closed": (
        "24 kuukautta käsittelyn päättymisestä",
        "24 månader efter att behandlingen har avslutats",
    ),
    "as long as the text that it is of": (
        "niin kauan kuin teksti, josta sanat ovat",
        "så länge som texten som orden kommer från",
    ),
    "24 months": ("24 kuukautta", "24 månader"),
    "12 months after the person has left": (
        "12 kuukautta lähdöstä",
        "12 månader efter att personen har lämnat nätverket",
    ),
    "a day": ("vuorokausi", "ett dygn"),
    "7 days": ("7 päivää", "7 dagar"),
    "until it is done": ("kunnes asia on hoidettu", "tills det är gjort"),
    "until the next message": ("seuraavaan yöhön", "till följande natt"),
}
COLUMNS = {f"{column}": column for table in SQLModel.metadata.sorted_tables for column in table.columns}


def undeclared() -> list[str]:
    return [name for name, column in COLUMNS.items() if kept(column) is None]


def test_every_column_of_every_table_is_declared() -> None:
    assert undeclared() == []


@pytest.mark.parametrize("name", COLUMNS)
def test_a_mark_that_is_taken_away_is_missed_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COLUMNS[name], "info", {})
    assert undeclared() == [name]


def test_what_is_kept_of_people_says_why() -> None:
    declared = {name: kept(column) for name, column in COLUMNS.items()}
    assert [name for name, one in declared.items() if one and one.kind != "none" and not one.why] == []


def test_a_column_is_declared_once() -> None:
    model = next(one for one in SQLModel.__subclasses__() if one.__name__ == "Person")
    with pytest.raises(ValueError, match=r"Person\.user is declared twice"):
        keep(model, row="user")
    with pytest.raises(KeyError):
        keep(model, none="nothing_of_that_name")


@pytest.mark.parametrize(("document", "language"), [("tietosuoja.md", 0), ("dataskydd.md", 1)])
def test_the_documents_name_every_column_that_holds_people_or_words_and_how_long(document: str, language: int) -> None:
    told = rows_of((DOCS / document).read_text(encoding="utf-8"))
    declared: dict[tuple[str, str], set[str]] = {}
    for name, column in COLUMNS.items():
        one = kept(column)
        if one and one.kind != "none":
            table, _, plain = name.partition(".")
            declared.setdefault((table, UNTIL[one.until][language]), set()).add(plain)
    assert told == declared


def rows_of(text: str) -> dict[tuple[str, str], set[str]]:
    """(Table, how long) -> its columns, as the rows of the document's table of columns have them."""
    found = re.findall(r"^\| `(\w+)`: ((?:`\w+`(?:, )?)+) \|[^|\n]+\| ([^|\n]+) \|$", text, re.MULTILINE)
    return {(table, until): set(re.findall(r"`(\w+)`", columns)) for table, columns, until in found}


def test_all_kinds_are_known() -> None:
    kinds = {one.kind for column in COLUMNS.values() if isinstance(one := column.info.get("kept"), Kept)}
    assert kinds == {"person", "words", "none"}

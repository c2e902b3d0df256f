"""Files that Finnish Excel opens by itself: their bytes, their columns, and words that never run."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from bot.exports import formats
from bot.exports.content import Document, Section, Table, all_tables
from tests.exports.samples import NOTE, WARNING, sample


def text_of(document: Document) -> str:
    file = formats.drawn(document, "csv")
    assert file.startswith(b"\xef\xbb\xbf")
    return file[3:].decode()


def read(document: Document) -> list[list[str]]:
    return list(csv.reader(StringIO(text_of(document), newline=""), delimiter=";"))


def of(*rows: tuple) -> Document:
    return replace(sample("fi"), sections=(Section("Luvut", (Table("T", "", ("Nimi", "Arvo"), rows),)),))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_value_of_every_table_stands_on_a_line_of_its_own(language: str) -> None:
    document = sample(language)
    header, *lines = read(document)
    assert (
        header == {"fi": ["Taulukko", "Rivi", "Sarake", "Arvo"], "sv": ["Tabell", "Rad", "Kolumn", "Värde"]}[language]
    )
    asked = [
        [table.title, row[0], name, str(cell).replace(".", ",") if not isinstance(cell, str) else cell]
        for table in all_tables(document)
        for row in table.rows
        for name, cell in zip(table.header[1:], row[1:], strict=True)
    ]
    about = {"fi": "Tietoa tiedostosta", "sv": "Om filen"}[language]
    assert lines[: len(asked)] == asked
    told = [line[3] for line in lines[len(asked) :] if line[0] == about]
    assert len(told) == len(lines) - len(asked)
    assert document.period in told[0]
    assert told[1:] == [NOTE[language]]


def test_b54_words_never_run_and_numbers_stay_numbers() -> None:
    words = ["=1+1", "@SUM(A1)", "+358400000000", "-2 astetta", "\t=1+1", "a;b", 'a"b', "eka\ntoka", "äö", "'lainaus"]
    rows = [(f"n{place}", word) for place, word in enumerate(words)]
    text = text_of(of(*rows, ("luku", -2), ("luku", 12.5), ("luku", 1e-7), ("luku", 1234567)))
    assert "sep=" not in text
    assert text.count("\r\n") == 1 + len(words) + 4 + 1
    values = [row[3] for row in read(of(*rows))[1:-1]]
    assert values == ["'=1+1", "'@SUM(A1)", "'+358400000000", "'-2 astetta", "'=1+1", *words[5:]]
    assert [line.rpartition(";")[2] for line in text.split("\r\n")[-6:-2]] == ["-2", "12,5", "0,0000001", "1234567"]


def test_a_line_break_survives_a_round_trip() -> None:
    assert read(of(("a", "eka\ntoka\n\nneljäs")))[1][3] == "eka\ntoka\n\nneljäs"


def test_a_working_paper_says_so_first() -> None:
    assert read(sample("fi", working_paper=True))[0] == [WARNING["fi"]]

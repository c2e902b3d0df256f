"""What a document says: sections and tables in reading order, and tables that fit their header."""

from datetime import date

import pytest

from bot.exports.content import Bars, Document, Section, Table, all_sections, all_tables
from bot.exports.phrases import listed


def table(title: str) -> Table:
    return Table(title, "Mitä taulukossa on.", ("Teema", "Havaintoja"), (("Asuminen", 12),))


def test_sections_and_tables_come_in_reading_order() -> None:
    inner = Section("Ilmiöt", (table("toinen"),), (Section("Asuminen", (Bars(table("kolmas")),)),))
    document = Document(
        "Otsikko", "", "fi", "1.4.-30.9.2026", date(2026, 10, 5), 1, (Section("Ensin", (table("eka"),)), inner)
    )
    assert [(level, section.heading) for level, section in all_sections(document)] == [
        (1, "Ensin"),
        (1, "Ilmiöt"),
        (2, "Asuminen"),
    ]
    assert [found.title for found in all_tables(document)] == ["eka", "toinen", "kolmas"]


@pytest.mark.parametrize(
    ("header", "rows"),
    [((), ()), (("Teema", " "), ()), (("Teema", "Havaintoja"), (("Asuminen",),))],
)
def test_a_table_that_no_reader_could_follow_is_refused(header: tuple[str, ...], rows: tuple) -> None:
    with pytest.raises(ValueError, match="table"):
        Table("Otsikko", "", header, rows)


def test_the_contents_have_one_level_where_two_would_not_fit_on_the_first_page() -> None:
    inner = tuple(Section(f"Ilmiö {number}") for number in range(7))
    few, many = (Section("Ilmiöt", (), inner[:2]),), (Section("Ilmiöt", (), inner), Section("Luvut", (), inner))
    rest = tuple(Section(f"Osa {number}") for number in range(3))
    known = ("Otsikko", "", "fi", "1.4.–30.9.2026", date(2026, 10, 5), 1)
    assert [level for _, level, _ in listed(Document(*known, (*few, *rest)))] == [1, 2, 2, 1, 1, 1]
    assert [number for number, _, _ in listed(Document(*known, (*many, *rest)))] == [1, 9, 17, 18, 19]
    assert listed(Document(*known, rest)) == []
    assert listed(Document(*known, (*few, *rest), contents=False)) == []

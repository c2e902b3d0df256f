"""Pictures: every letter is there, the numbers are those of the table, and nothing of anybody is in the file."""

import logging
import re
import struct
import subprocess
import sys
import zlib

import pytest

from bot.exports import charts
from bot.exports.charts._look import INK, LINE, MAIN
from bot.exports.content import Bars, Table, Times, table_of
from bot.texts import Texts

T = Texts("fi")
LABELS = "Äänekoski, Åbo, Öljy, Š, €, –"
THEMES = Table(
    "Havainnot teemoittain",
    "Montako havaintoa teemasta on kirjattu.",
    ("Teema", "1.10.2025–31.3.2026", "1.4.–30.9.2026"),
    (("Asuminen", 30, 41), ("Pienet ryhmät yhdistettyinä", 7, 99), ("Toimeentulo", 70, 1063.5), ("Muu", 12, 0)),
)
WEEKS = Table(
    "Viikoittain", "", ("Viikko", "Ongelma", "Myönteinen"), (("52/2026", 1, 0), ("53/2026", 12, 2), ("1/2027", 0, 3))
)
BARS = Bars(THEMES, "Luvut kertovat kirjaamisesta.", beside=True, last=("Pienet ryhmät yhdistettyinä",))


def chunks(png: bytes) -> dict[str, bytes]:
    """The parts of a PNG by name, each with its check number in order."""
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.pack(">I", zlib.crc32(name + body)) == png[at + 8 + length : at + 12 + length]
        found[name.decode()] = body
        at += 12 + length
    return found


def renamed(table: Table, label: str) -> Table:
    return Table(label, label, (label, *table.header[1:]), ((label, *table.rows[0][1:]), *table.rows[1:]))


@pytest.mark.parametrize("label", [LABELS, "$x_1$ \\frac{1}{2}", "👍 emoji", "y" * 300, "\u202ertl"])
@pytest.mark.parametrize("picture", [Bars(THEMES), BARS, Times(WEEKS)])
def test_b58_every_letter_is_drawn_or_replaced(
    label: str, picture: Bars | Times, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):  # a missing glyph is a warning too, and warnings are errors here
        png = charts.png(T, type(picture)(renamed(picture.table, label)), label[:80])
    assert caplog.text == ""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png != charts.png(T, picture, "Åbo")


@pytest.mark.parametrize("picture", [BARS, Times(WEEKS)])
def test_the_file_names_nobody_and_nothing(picture: Bars | Times) -> None:
    assert set(chunks(charts.png(T, picture, "Otsikko"))) <= {"IHDR", "pHYs", "IDAT", "IEND"}


@pytest.mark.parametrize(
    "table", [Table("Tyhjä", "", ("Teema", "Määrä"), ()), Table("Nollia", "", ("Teema", "Määrä"), (("Asuminen", 0),))]
)
@pytest.mark.parametrize("kind", [Bars, Times])
def test_a_picture_of_nothing_is_a_picture_all_the_same(table: Table, kind: type[Bars | Times]) -> None:
    assert charts.png(T, kind(table)).startswith(b"\x89PNG")
    assert charts.svg(T, kind(table)).endswith("</svg>")


def test_bars_come_by_size_and_what_was_merged_comes_last() -> None:
    table = table_of(BARS)
    assert table
    assert [row[0] for row in table.rows] == ["Toimeentulo", "Asuminen", "Muu", "Pienet ryhmät yhdistettyinä"]
    drawn = re.findall(r"<text[^>]*>([^<]*)</text>", charts.svg(T, BARS))
    assert drawn[3:] == ["Toimeentulo", "1\u00a0063,5", "70", "Asuminen", "41", "30", "Muu", "0", "12",
                         "Pienet ryhmät yhdistettyinä", "99", "7"]  # fmt: skip
    left_over = Bars(THEMES, last=("Asuminen", "Pienet ryhmät yhdistettyinä"))
    names = [str(row[0]) for row in getattr(table_of(left_over), "rows", ())]
    assert names[-2:] == list(left_over.last)
    assert re.findall(r'class="(bar|rest)" y', charts.svg(T, left_over)) == ["bar", "bar", "rest", "rest"]


def test_the_words_of_a_picture_hold_its_numbers_and_its_note() -> None:
    assert charts.told(T, BARS) == (
        "Pylväskuvio: Havainnot teemoittain. Toimeentulo (1.10.2025–31.3.2026: 70, 1.4.–30.9.2026: 1\u00a0063,5);"
        " Asuminen (1.10.2025–31.3.2026: 30, 1.4.–30.9.2026: 41);"
        " Muu (1.10.2025–31.3.2026: 12, 1.4.–30.9.2026: 0);"
        " Pienet ryhmät yhdistettyinä (1.10.2025–31.3.2026: 7, 1.4.–30.9.2026: 99). Luvut kertovat kirjaamisesta."
    )
    assert charts.told(T, Bars(THEMES)).startswith("Pylväskuvio: Havainnot teemoittain. Toimeentulo: 70; Asu")
    assert charts.told(T, Times(WEEKS)) == (
        "Viikoittain. Viikko 52/2026–1/2027. Ongelma: 1, 12, 0; Myönteinen: 0, 2, 3"
    )


def test_bars_are_as_long_as_their_numbers_say() -> None:
    widths = [
        float(width) for width in re.findall(r'class="(?:bar|rest)" y="[\d.]+" width="([\d.]+)%"', charts.svg(T, BARS))
    ]
    assert [round(width / widths[0], 3) for width in widths] == [
        round(size / 1063.5, 3) for size in (1063.5, 41, 0, 99)
    ]
    assert widths[0] < 90  # the number has room after it


def test_colours_stand_out_from_the_paper_and_from_each_other_without_any_colour() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert 1.05 / (light(INK) + 0.05) >= 4.5
    assert 1.05 / (light(MAIN) + 0.05) >= 3
    assert 1.05 / (light(LINE) + 0.05) >= 3
    assert (light(LINE) + 0.05) / (light(MAIN) + 0.05) >= 2


def test_the_bot_starts_without_what_draws() -> None:
    asked = "import bot.app, sys; print({'matplotlib', 'docx', 'xlsxwriter'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"

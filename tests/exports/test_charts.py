"""The digest's chart: every letter is there, and nothing of anybody in the file."""

import logging
import struct
import subprocess
import sys
import zlib

import pytest

from bot.exports.charts import stacked

LABELS = "Äänekoski, Åbo, Öljy, Š, €, –"
WEEKS = ["2026-W52", "2026-W53", "2027-W01"]


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


@pytest.mark.parametrize("label", [LABELS, "$x_1$ \\frac{1}{2}", "👍 emoji"])
def test_b58_every_letter_is_drawn_or_replaced(label: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):  # a missing glyph is a warning too, and warnings are errors here
        png = stacked(WEEKS, [(label, (1, 2, 0)), ("Myönteinen", (0, 0, 3))], LABELS)
    assert caplog.text == ""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png != stacked(WEEKS, [("Åbo", (1, 2, 0)), ("Myönteinen", (0, 0, 3))], LABELS)


def test_the_file_names_nobody_and_nothing() -> None:
    assert set(chunks(stacked(WEEKS, [("Laji", (1, 2, 3))], "Otsikko"))) <= {"IHDR", "pHYs", "IDAT", "IEND"}


def test_the_bot_starts_without_it() -> None:
    asked = "import bot.app, sys; print('matplotlib' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"

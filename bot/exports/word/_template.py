"""The empty file that every Word document begins as: our own parts, which lie beside this module, in one archive."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from bot.exports.content import Document
from bot.exports.phrases import lies

PARTS = Path(__file__).with_name("template")
FIRST = "[Content_Types].xml"  # readers that guess a file's kind look at its first part
LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
ROOM_ABOVE, SIDES = Cm(4), Cm(1.5)  # under title and heading; beside the text of a page that lies


def opened(document: Document) -> WordDocument:
    """A document of this language without a word in it. Raises FileNotFoundError where the template is gone."""
    word = docx.Document(_archive())
    language = LANGUAGES[document.language]
    spoken = word.styles.element.find(f".//{qn('w:lang')}")
    spoken.set(qn("w:val"), language)
    if lies(document):
        _lay(word)
    return word


def _archive() -> BytesIO:
    """The parts in one archive."""
    parts = {part.relative_to(PARTS).as_posix(): part for part in sorted(PARTS.rglob("*")) if part.is_file()}
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in (FIRST, *parts):  # the first of a missing template raises
            if name not in archive.namelist():
                archive.writestr(name, (PARTS / name).read_bytes())
    file.seek(0)
    return file


def timeless(file: BytesIO) -> bytes:
    """The archive without the moments at which its parts were written: the same document is the same bytes."""
    again = BytesIO()
    with ZipFile(file) as written, ZipFile(again, "w", ZIP_DEFLATED) as archive:
        for name in written.namelist():
            archive.writestr(ZipInfo(name), written.read(name), ZIP_DEFLATED)
    return again.getvalue()


def _lay(word: WordDocument) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415

    page = word.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = SIDES


def text_width(word: WordDocument) -> Emu:
    """How wide a line of text is."""
    page = word.sections[0]
    return Emu((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))


def text_height(word: WordDocument) -> Emu:
    """How high a picture may be, so that heading and title stand on the same page."""
    page = word.sections[0]
    return Emu((page.page_height or 0) - (page.top_margin or 0) - (page.bottom_margin or 0) - ROOM_ABOVE)

"""What Word knows and python-docx has no name for, in a few elements each."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def add_bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """A name around the paragraph's words, where links lead to."""
    start, end = _element("bookmarkStart", id=number, name=name), _element("bookmarkEnd", id=number)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)  # noqa: SLF001
    paragraph._p.append(end)  # noqa: SLF001


def add_link(paragraph: Paragraph, text: str, *, address: str = "", bookmark: str = "") -> None:
    """A link out of the file, or to a bookmark in it."""
    link = _element("hyperlink", **({"anchor": bookmark} if bookmark else {}))
    if address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text, style=None if bookmark else "Hyperlink")
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def add_with_soft_hyphens(paragraph: Paragraph, pieces: Sequence[str]) -> None:
    """The pieces without anything between them but where a line ends: a hyphen."""
    run = paragraph.add_run(pieces[0])
    for piece in pieces[1:]:
        run._r.append(_element("softHyphen"))  # noqa: SLF001
        run.add_text(piece)


def begin_field(paragraph: Paragraph, code: str) -> None:
    """What follows is the last result of this field, until end_field."""
    _mark(paragraph.add_run(), "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)  # noqa: SLF001
    _mark(paragraph.add_run(), "separate")


def end_field(paragraph: Paragraph) -> None:
    _mark(paragraph.add_run(), "end")


def _mark(run: Run, kind: str) -> None:
    run._r.append(_element("fldChar", fldCharType=kind))  # noqa: SLF001


def describe_table(table: Table, title: str, description: str) -> None:
    """Title and description for those who do not see the table. They come in the order that the schema asks for."""
    properties = table._tbl.tblPr  # noqa: SLF001
    properties.append(_element("tblCaption", val=title))
    properties.append(_element("tblDescription", val=description or title))


def repeat_on_every_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def keep_on_one_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def restart_numbering(word: Document) -> int:
    """The number of a list that begins at 1; what belongs to it joins by join_list."""
    found = word.part.numbering_part.element.add_num(1)
    found.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(found.numId)


def join_list(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _element(tag: str, /, **values: Any) -> Any:
    element = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), str(value))
    return element

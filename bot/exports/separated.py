"""Values separated by semicolons, as Finnish Excel opens them by itself: UTF-8 with its mark, and decimal commas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO

from bot.exports.content import Cell, Document, Note, all_sections, all_tables
from bot.exports.phrases import under_title
from bot.texts import Texts

MARK = "\ufeff"
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # spreadsheets take these for formulas too


def drawn(document: Document) -> bytes:
    """The numbers and words of all tables, one value a line: so that all lines have the same columns."""
    t = Texts(document.language)
    header = [t("Table"), t("Row"), t("Column"), t("Value")]
    lines: list[Sequence[Cell]] = [*([[document.warning]] if document.warning else []), header, *_values(document)]
    return (MARK + "".join(written(lines))).encode()


def _values(document: Document) -> Iterator[Sequence[Cell]]:
    """Those of the tables; and, once, what the document says of itself."""
    for table in all_tables(document):
        for row in table.rows:
            for name, cell in zip(table.header[1:], row[1:], strict=True):
                yield table.title, row[0], name, cell
    t = Texts(document.language)
    notes = [part.text for _, section in all_sections(document) for part in section.parts if isinstance(part, Note)]
    for number, line in enumerate([*under_title(t, document), *dict.fromkeys(notes)], start=1):
        yield t("About this file"), number, t("Text"), line


def written(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Each row as it stands in the file. Words never run as a formula; numbers stay numbers."""
    kept = StringIO()
    writer = csv.writer(kept, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield kept.getvalue()
        kept.seek(0)
        kept.truncate()


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RUNS) else value
    return f"{Decimal(str(value)):f}".replace(".", ",")

"""Observations for the coordinators' own work as a file, written a row at a time: as CSV or as a workbook."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from bot.errors import FileNotWritten
from bot.exports.content import Cell
from bot.exports.formats import writable
from bot.exports.separated import MARK, written
from bot.rules.exports import Half, Taken
from bot.rules.statuses import NAMES
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

ENDINGS = ("xlsx", "csv")
WIDTHS = (12, 24, 22, 26, 20, 22, 22, 14, 70, 50, 18, 44, 36)  # of columns, in characters


def warning(t: Texts) -> str:
    """The first line of every such file."""
    return t("For the coordinators' own work only")


def header(t: Texts) -> tuple[str, ...]:
    return (
        t("Number"),
        t("Filed"),
        t("Kind of observation"),
        t("Theme"),
        t("Area"),
        t("Sector"),
        t("Client group"),
        t("How many clients?"),
        t("Observation"),
        t("Proposal"),
        t("Status"),
        t("Steps"),
        t("Phenomenon"),
    )


def cells(t: Texts, vocabularies: Vocabularies, found: Iterable[Taken]) -> Iterator[tuple[str, ...]]:
    """Each observation in the words of the language."""

    @cache
    def label(vocabulary: str, code: str | None) -> str:
        return (vocabularies.label(vocabulary, code, t.language) or code or "").strip()

    @cache
    def status(code: str) -> str:
        return t(NAMES[code]) if code in NAMES else code

    for one in found:
        steps = "; ".join(f"{status(code)} {_when(t, when)}" for code, when in one.steps)
        named = [label(name, getattr(one, name)) for name in ("kind", "theme", "area", "sector")]
        rest = [label("group", one.client_group), label("scale", one.scale), writable(one.text), writable(one.proposal)]
        last = [status(one.status), steps, writable(one.phenomenon)]
        yield (one.number, _when(t, one.when), *named, *rest, *last)


@cache
def _when(t: Texts, when: date | Half) -> str:
    """The day; of those without a name the half-year."""
    return (
        t.date(when) if isinstance(when, date) else t("{first} – {last}", first=t.date(when[0]), last=t.date(when[1]))
    )


def write_rows(path: Path, ending: str, t: Texts, vocabularies: Vocabularies, found: Iterable[Taken]) -> int:
    """Writes the file, flat in memory, and answers how many rows it has. Raises FileNotWritten."""
    try:
        return WRITERS[ending](path, t, cells(t, vocabularies, found))
    except OSError as error:
        raise FileNotWritten from error


def _write_csv(path: Path, t: Texts, rows: Iterable[tuple[str, ...]]) -> int:
    count = 0

    def counted() -> Iterator[tuple[Cell, ...]]:
        nonlocal count
        yield (warning(t),)
        yield header(t)
        for count, row in enumerate(rows, start=1):  # noqa: B007 - counted for the answer
            yield row

    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MARK)
        file.writelines(written(counted()))
    return count


def _write_xlsx(path: Path, t: Texts, rows: Iterable[tuple[str, ...]]) -> int:
    from bot.exports.workbook import LONGEST_CELL, opened  # noqa: PLC0415 - loaded by those who draw

    count, top = 0, 2
    with opened(path) as (book, looks):
        plain = looks["plain"]
        sheet = book.add_worksheet(t("Observations"))
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(top, 1)
        sheet.write_string(0, 0, warning(t), looks["warning"])
        for column, name in enumerate(header(t)):
            sheet.write_string(1, column, name, looks["head"])
        for count, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(count + 1, column, cell[:LONGEST_CELL], plain)
        sheet.autofilter(1, 0, max(count + 1, 2), len(WIDTHS) - 1)
    return count


WRITERS: Mapping[str, Callable[[Path, Texts, Iterable[tuple[str, ...]]], int]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
}

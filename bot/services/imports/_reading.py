"""Reading what other forms give out: CSV in whatever coding and with whatever line ends, XLSX, and the mapping."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

import openpyxl  # type: ignore[import-untyped]  # it has no types
import yaml

from bot.errors import Refused
from bot.rules.imports import Plan, WrongMapping, mapping_of

Rows = list[dict[str, str]]
CODINGS = ("utf-8-sig", "cp1252")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ";\t,|"


def read_mapping(file: Path) -> Plan:
    """The mapping. Raises Refused."""
    try:
        return mapping_of(yaml.safe_load(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(f"{file} is no YAML file.") from error
    except WrongMapping as error:
        raise Refused(f"{file}: {error}") from error


def read_file(file: Path, mapping: Plan) -> Rows:
    """Every row as column -> value; rows with nothing in them are left out. Raises Refused."""
    try:
        table = _sheet(file) if file.suffix.casefold() in (".xlsx", ".xlsm") else _table(file.read_bytes())
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}).") from error
    except (BadZipFile, KeyError, csv.Error) as error:
        raise Refused(f"{file} is damaged, or no table.") from error
    filled = [row for row in table if any(cell.strip() for cell in row)]
    names = [cell.strip() for cell in filled[0]] if filled else []
    missing = sorted(set(mapping.columns.values()) - set(names))
    if missing:
        raise Refused(f"{file} has no column {', '.join(f'“{name}”' for name in missing)}. It has: {', '.join(names)}.")
    return [dict(zip(names, [*row, *[""] * (len(names) - len(row))], strict=False)) for row in filled[1:]]


def _table(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))


def _decoded(content: bytes) -> str:
    """UTF-8, or what Windows writes in Finland; UTF-16 where it says so at its beginning."""
    if content.startswith(UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode(CODINGS[0])
    except UnicodeDecodeError:
        return content.decode(CODINGS[1], errors="replace")


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first row, outside quotation marks."""
    head = "".join(text.split('"')[::2])
    line = next((one for one in head.splitlines() if one.strip()), "")
    return max(DELIMITERS, key=line.count)


def _sheet(file: Path) -> list[list[str]]:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        return [_texts(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()


def _texts(row: Iterable[object]) -> list[str]:
    return [
        "" if cell is None else f"{cell:%Y-%m-%d}" if isinstance(cell, datetime | date) else str(cell) for cell in row
    ]

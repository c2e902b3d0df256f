"""Observations that were collected earlier: which column is which field, and what their values mean here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.rules.observations import Draft, tidied
from bot.rules.vocabularies import Vocabularies

TEXTS = ("text", "proposal")
LISTS = ("kind", "theme", "area", "sector", "group", "scale")
FIELDS = ("day", *TEXTS, *LISTS)
NEEDED = ("day", "text")
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")
FIRST_DAY = date(2000, 1, 1)


class WrongMapping(ValueError):
    """What is wrong with the mapping, in one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Field -> its column; their values -> our codes, by field; codes where a column is empty; the form of days."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    day_format: str = ""


def mapping_of(loaded: object) -> Plan:
    """The mapping as a YAML file holds it. Raises WrongMapping."""
    if not isinstance(loaded, dict) or not isinstance(loaded.get("columns"), dict):
        raise WrongMapping("The mapping needs `columns:` with a line for each field, as in `text: Havainto`.")
    parts = {name: _flat(loaded, name) for name in ("columns", "defaults")}
    values = {str(one): _flat(loaded.get("values") or {}, one) for one in loaded.get("values") or {}}
    for name in (*parts["columns"], *parts["defaults"], *values):
        if name not in FIELDS:
            raise WrongMapping(f"The mapping names `{name}`, which is no field. Fields are {', '.join(FIELDS)}.")
    missing = [name for name in NEEDED if name not in parts["columns"]]
    missing += [name for name in ("kind", "theme") if name not in parts["columns"] and name not in parts["defaults"]]
    if missing:
        raise WrongMapping(f"The mapping has no column (or default) for {', '.join(missing)}.")
    plain = {name: {_plain(key): value for key, value in table.items()} for name, table in values.items()}
    return Plan(parts["columns"], plain, parts["defaults"], str(loaded.get("day_format") or ""))


def _flat(loaded: Mapping[str, object], name: str) -> dict[str, str]:
    found = loaded.get(name) or {}
    if not isinstance(found, dict) or any(isinstance(value, dict | list) for value in found.values()):
        raise WrongMapping(f"`{name}:` in the mapping must be a list of `name: value`.")
    return {str(key): str(value) for key, value in found.items()}


def _plain(value: str) -> str:
    return " ".join(value.casefold().split())


@dataclass(frozen=True, slots=True)
class Read:
    """A row as it would be stored, or field -> what is wrong with it."""

    draft: Draft
    day: date | None
    wrong: Mapping[str, str]


def read_row(mapping: Plan, row: Mapping[str, str], vocabularies: Vocabularies, today: date) -> Read:
    """The row's fields; an empty column is nothing chosen, unless there is a default."""
    cells = {name: row.get(column, "").strip() for name, column in mapping.columns.items()}
    codes: dict[str, str | None] = {}
    wrong: dict[str, str] = {}
    for name in LISTS:
        said = cells.get(name) or mapping.defaults.get(name) or ""
        codes[name] = _code(mapping, vocabularies, name, said) if said else None
        if said and codes[name] is None:
            wrong[name] = "a value that the mapping does not know"
    day = day_of(cells["day"], mapping.day_format)
    if day is None or not FIRST_DAY <= day <= today:
        wrong["day"] = "no day, or one that is not possible"
    draft = replace(Draft(text=cells["text"], proposal=cells.get("proposal", ""), named=False), **codes)  # type: ignore[arg-type]  # the names are those of the fields
    return Read(tidied(draft), day, wrong)


def _code(mapping: Plan, vocabularies: Vocabularies, name: str, said: str) -> str | None:
    """Our code: as the mapping's table has it, or the code itself, or one of our labels in any language."""
    plain = _plain(said)
    if code := mapping.values.get(name, {}).get(plain):
        return code if code in vocabularies.codes(name) else None
    for language in ("fi", "sv", "en"):
        for code, label in vocabularies.options(name, language):
            if plain in (_plain(code), _plain(label)):
                return code
    return None


def day_of(text: str, day_format: str = "") -> date | None:
    """The day, with a time after it or not; None where it is none."""
    first = text.split("T", maxsplit=1)[0].split(maxsplit=1)[0] if text.split() else ""
    for one in (day_format,) if day_format else DAY_FORMATS:
        for candidate in (text, first):
            try:
                return datetime.strptime(candidate, one).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
    return None

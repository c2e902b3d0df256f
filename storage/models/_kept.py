"""What each column holds of people, why it is kept and how long: said beside its table, read by all that must know.

The page "what is stored of me", erasing, retention and the documents are driven by it, so that no table is forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

Kind: TypeAlias = Literal["person", "words", "none"]
ALWAYS = "as long as the network uses Raportoi"
ROUND = "until the round closes"
SENT = "6 months after it was sent"
MEETING = "a month after the meeting"
CLOSED = "24 months after it was closed"
WITH_TEXT = "as long as the text that it is of"
TRAIL = "24 months"
LEFT = "12 months after the person has left"
DAY, WEEK, MONTH = "a day", "7 days", "a month"
DONE = "until it is done"
THE_NEXT = "until the next message"


@dataclass(frozen=True, slots=True)
class Kept:
    """One column. Where it names a person, `goes` says what happens to it when that person is erased.

    row: the whole row goes; empty: it becomes null; veiled: a pseudonym takes its place. `hashed` is the purpose of
    the keyed hash that stands there in place of the person, made with what stands in the column `of`.
    """

    kind: Kind
    why: str
    until: str
    goes: Literal["", "row", "empty", "veiled"] = ""
    hashed: str = ""
    of: str = ""


def keep(  # noqa: PLR0913 - each names a kind of column
    model: type[SQLModel],
    why: str = "",
    until: str = ALWAYS,
    *,
    row: str = "",
    empty: str = "",
    veiled: str = "",
    person: str = "",
    words: str = "",
    none: str = "",
    hashed: tuple[str, str, str] | None = None,
) -> None:
    """Declares columns of the model, each once: what holds a person, what somebody typed, what neither.

    `row`, `empty` and `veiled` name a person by id, `hashed` (column, purpose, of) by a keyed hash.
    """
    columns = table_of(model).columns
    named: dict[str, Kept] = {}
    for goes, names in (("row", row), ("empty", empty), ("veiled", veiled)):
        named |= {name: Kept("person", why, until, goes) for name in names.split()}  # type: ignore[arg-type]
    named |= {name: Kept("person", why, until) for name in person.split()}
    named |= {name: Kept("words", why, until) for name in words.split()}
    named |= {name: Kept("none", why, until) for name in none.split()}
    if hashed:
        named[hashed[0]] = Kept("person", why, until, "row", hashed[1], hashed[2])
    for name, one in named.items():
        if "kept" in columns[name].info:
            message = f"{model.__name__}.{name} is declared twice"
            raise ValueError(message)
        columns[name].info["kept"] = one


def table_of(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def kept(column: "Column[object]") -> Kept | None:
    """What was declared of the column; None where nothing was."""
    found = column.info.get("kept")
    return found if isinstance(found, Kept) else None


def naming() -> Iterator[tuple[Table, "Column[object]", Kept]]:
    """Every column that names a person, by id or by a keyed hash."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if (one := kept(column)) and one.goes:
                yield table, column, one

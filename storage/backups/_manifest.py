"""What a backup tells of itself, and looking whether the file is what it says."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from storage.backups._sealing import BrokenSeal, content
from storage.faults import code_of, meaning

TABLE = "raportoi_backup"
NO_BACKUP = "{file} is no backup that `backup` has made, or it is cut off ({size} bytes). Nothing was changed."
DAMAGED = "{file} is damaged or cut off ({why}): use an older backup. Nothing was changed."
ALTERED = "its checksum does not fit"


class Unfit(Exception):
    """What cannot be done, in one sentence for the operator; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Program and schema that made it, of which database and workspace, when; rows by table; the key, if asked for.

    `key_check` is of the key that it needs ("" for none), `codes` how many receipt codes die with that. `indexes` are
    the statements by which a restore makes those that were not copied.
    """

    version: str
    schema: str
    source: str
    workspace: str
    made_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    key_check: str = ""
    codes: int = 0
    key: str | None = field(default=None, repr=False)
    indexes: Sequence[str] = field(default_factory=list, repr=False)

    def as_text(self) -> str:
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()})

    @classmethod
    def of_text(cls, text: str) -> "Manifest":
        told = json.loads(text)
        return cls(**{**told, "made_at": datetime.fromisoformat(told["made_at"])})


def write(connection: sqlite3.Connection, manifest: Manifest) -> None:
    connection.execute(f"CREATE TABLE {TABLE} (told TEXT NOT NULL)")
    connection.execute(f"INSERT INTO {TABLE} VALUES (?)", (manifest.as_text(),))


def read(file: Path) -> Manifest:
    """The manifest of a whole backup: every byte was read, and every row counted. Raises Unfit.

    One of an older release has no checksum (is_sealed): a changed word is not seen there.
    """
    if not file.is_file():
        raise Unfit(f"There is no file {file}.")
    with _named(file), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        if not _has(opened, TABLE):
            raise Unfit(NO_BACKUP.format(file=file, size=file.stat().st_size))
        manifest = Manifest.of_text(opened.execute(f"SELECT told FROM {TABLE}").fetchone()[0])
        if wrong := why_not_whole(opened, manifest.counts):
            raise Unfit(DAMAGED.format(file=file, why=wrong))
        for _ in content(file):
            pass
    return manifest


def why_not_whole(connection: sqlite3.Connection, counts: Mapping[str, int], check: str = "integrity_check") -> str:
    """What is wrong with pages, keys or the number of rows; "" where nothing is.

    `quick_check` does not compare indexes with their tables, which takes ten times as long; of what was built this
    moment they are right.
    """
    said = str(connection.execute(f"PRAGMA {check}(1)").fetchone()[0])
    if said != "ok":
        return "pages do not fit each other"
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        return "rows name others that are not there"
    missing = [name for name, rows in counts.items() if not _has(connection, name) or count(connection, name) != rows]
    return f"rows are missing in {missing[0]}" if missing else ""


def count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(name for (name,) in found if name != TABLE)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return found.fetchone() is not None


@contextmanager
def _named(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise Unfit(DAMAGED.format(file=file, why=meaning(code_of(error)))) from error
    except BrokenSeal as error:
        raise Unfit(DAMAGED.format(file=file, why=ALTERED)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise Unfit(NO_BACKUP.format(file=file, size=file.stat().st_size)) from error

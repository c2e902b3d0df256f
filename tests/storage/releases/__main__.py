"""Writes the schema of one release, on both databases: `python -m tests.storage.releases 0003`."""

import sys
import tempfile

from tests.databases import as_text, new_database, postgresql_server
from tests.storage.releases import FOLDER, statements


def main(release: str) -> None:
    folder = FOLDER / release
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        (folder / "sqlite.sql").write_text(statements(release, f"sqlite:///{name}/empty.db"), encoding="utf-8")
    with postgresql_server() as server, new_database(server) as url:
        (folder / "postgresql.sql").write_text(statements(release, as_text(url)), encoding="utf-8")
    print(f"{folder} has the schema; rows.sql is written by hand, after the release before.")


if __name__ == "__main__":
    main(sys.argv[1])

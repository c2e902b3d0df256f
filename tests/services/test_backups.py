"""What a restore refuses, each with one sentence and nothing changed; and what it tells."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.errors import Refused
from bot.rules.hashes import keyed
from bot.rules.reviews import REDACTED
from bot.services import backups
from bot.services.erasures import BACK, asked_in_the_end
from bot.services.installations import check_of
from bot.settings import Store
from storage import erasure_log, hidden, locks
from storage.backups import Manifest
from storage.database import Database
from storage.installations import tie
from storage.models import Clearing, Delivery, Observation
from tests.storage.test_backups import NOON, WORKSPACE, observation, rows

KEY = "k" * 64


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Store:
    """A database with an observation with a name, one without, and a message that waits."""
    database = Database(database_url)
    with database.write() as session:
        tie(session, WORKSPACE, check_of(KEY.encode()))
        unnamed = observation("2026-NNNN").model_dump() | {"author": None, "filed_at": None, "once": "code:abc"}
        session.add_all([observation("2026-AAAA"), Observation(**unnamed)])
        session.add(waiting("1" * 32))
    database.close()
    return Store(database_url=database_url, raportoi_data=tmp_path, raportoi_key=KEY)


def waiting(key: str) -> Delivery:
    times = {"not_before": NOON, "expires_at": NOON + timedelta(days=1)}
    return Delivery(key=key, workspace=WORKSPACE, kind="report_reminder", occurrence="d", recipient=key[:3], **times)


def copy(store: Store, **more: Any) -> tuple[Path, Manifest]:
    file = store.beside / "kopio"
    backups.back_up(store, file, NOON - timedelta(hours=1), **more)
    return file, backups.look_into(file)


def refusal(store: Store, file: Path, manifest: Manifest, **more: Any) -> str:
    """The one sentence; nothing was changed."""
    before, there = rows(store.database), sorted(store.beside.iterdir())
    with pytest.raises(Refused) as refused:
        backups.restore(store, file, manifest, NOON, **{"replace": True, **more})
    assert rows(store.database) == before
    assert sorted(path for path in store.beside.iterdir() if path.suffix != ".lock") == [
        path for path in there if path.suffix != ".lock"
    ]
    return str(refused.value)


ON_A_FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.errors import Refused
from bot.services import backups
from bot.settings import Store
url, folder, key, most = sys.argv[1:]
store, file = Store(database_url=url, raportoi_data=Path(folder), raportoi_key=key), Path(folder) / "kopio"
manifest = backups.look_into(file)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
try:
    backups.restore(store, file, manifest, datetime(2026, 12, 3, tzinfo=UTC), replace=True)
except Refused as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("database_url", "room"),  # a backup from PostgreSQL gets its indexes here
    [("sqlite", 0.3), ("sqlite", 0.97), ("postgresql", 0.3), ("postgresql", 0.97), ("postgresql", 1.1)],
    indirect=["database_url"],
)
def test_a_disk_that_gets_full_in_the_middle_of_a_restore_leaves_all_as_it_was(store: Store, room: float) -> None:
    database = Database(store.database)
    with database.write() as session:
        session.add_all(observation(f"2026-{number:04}") for number in range(1000))
    database.close()
    file, _ = copy(store)
    most = str(int(file.stat().st_size * room))
    before, there = rows(store.database), {path.name for path in store.beside.iterdir()}
    command = [sys.executable, "-c", ON_A_FULL_DISK, store.database, str(store.beside), KEY, most]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    assert told.stdout.count("Nothing was changed.") == told.stdout.count("\n") == 1
    assert rows(store.database) == before
    assert {path.name for path in store.beside.iterdir() if path.suffix != ".lock"} == {
        name for name in there if not name.endswith(".lock")
    }


def test_the_old_database_is_kept_and_what_may_have_gone_is_told(store: Store) -> None:
    file, manifest = copy(store)
    database = Database(store.database)
    with database.write() as session:
        session.add(observation("2026-LATE"))
    database.close()
    later = rows(store.database)
    done = backups.restore(store, file, manifest, NOON, replace=True)
    told = "\n".join(done.lines())
    assert done.kept
    assert f"in the place of the database: {store.database_file or 'postgresql'}" in told
    assert f"is kept as {done.kept}" in told
    assert "Messages that may have gone out after the backup was made: 1." in told
    numbers = [row[2] for row in rows(store.database)["observation"]]
    assert sorted(str(one) for one in numbers) == ["2026-AAAA", "2026-NNNN"]
    if store.database_file:
        assert rows(f"sqlite:///{done.kept}") == later
    else:
        assert backups.look_into(done.kept).counts["observation"] == 3


def test_without_the_log_of_erasures_a_restore_says_aloud_what_is_there_again(store: Store) -> None:
    file, manifest = copy(store)
    warned = f"WARNING: No erasures.log is at {store.beside}/erasures.log: what was erased since 2026-12-02 is"
    assert warned in "\n".join(backups.restore(store, file, manifest, NOON, replace=True).lines())
    (store.beside / "erasures.log").touch()
    assert backups.restore(store, file, manifest, NOON, replace=True).warnings == []


def test_where_data_stands_it_is_replaced_only_when_asked(store: Store) -> None:
    told = refusal(store, *copy(store), replace=False)
    assert "`--replace` keeps it aside" in told


def test_a_second_restore_keeps_what_the_first_one_kept(store: Store) -> None:
    file, manifest = copy(store)
    kept = [backups.restore(store, file, manifest, NOON, replace=True).kept for _ in range(2)]
    assert len({str(one) for one in kept}) == 2
    assert all(one and one.exists() for one in kept)


def test_a_bot_that_runs_is_not_restored_under(store: Store) -> None:
    file, manifest = copy(store)
    running = Database(store.database)
    lock = locks.take(locks.lock_of(store.database_file)) if store.database_file else None
    with running.read() as session:
        session.connection().exec_driver_sql("SELECT 1")
        with pytest.raises(Refused, match=r"A bot runs on|other connections hold"):
            backups.restore(store, file, manifest, NOON, replace=True)
    running.close()
    if lock:
        os.close(lock)
    assert backups.restore(store, file, manifest, NOON, replace=True)


def test_a_newer_schema_is_left_to_the_newer_release(store: Store) -> None:
    file, manifest = copy(store)
    assert "was made by a newer release (schema 9999" in refusal(store, file, replace(manifest, schema="9999"))


def test_another_key_says_at_once_what_is_dead(store: Store) -> None:
    file, manifest = copy(store)
    other = store.model_copy(update={"raportoi_key": "o" * 64})
    other.__dict__.pop("key", None)
    told = refusal(other, file, manifest)
    assert "The key here is not the one of this backup" in told
    assert "1 receipt codes are worth nothing then" in told
    assert backups.restore(other, file, manifest, NOON, replace=True, new_key=True)
    assert [row[2] for row in rows(store.database)["installation"]] == [check_of(b"o" * 64)]


def test_a_new_key_is_made_at_once_and_what_died_with_the_old_one_is_told(store: Store, tmp_path: Path) -> None:
    file, manifest = copy(store)
    new = tmp_path / "new"
    there = store.model_copy(update={"raportoi_data": new, "raportoi_key": None})
    there.__dict__.pop("key", None)
    if store.database_file:
        there = Store(database_url=f"sqlite:///{new}/raportoi.db", raportoi_data=new)
    for whom, what in (("U0ERASED01", "texts"), ("2026-AAAA", "peruttu"), ("2026-AAAA", BACK)):
        erasure_log.add(new, erasure_log.Line(NOON.date(), what, whom))
    told = list(backups.restore(there, file, manifest, NOON, replace=True, new_key=True).lines())
    key = (new / "raportoi.key").read_bytes()
    assert [row[2] for row in rows(there.database)["installation"]] == [check_of(key)]
    assert told[1] == (
        "WARNING: With another key 1 receipt codes are worth nothing now. Erasures asked for after the backup was made"
        " that could not be done again: 1."
    )
    assert told[2] == f"A new key stands in {new}/raportoi.key: copy it now."
    needs = f"Set RAPORTOI_KEY to what stands in {new}/raportoi.key before the start."
    assert (needs in told) == (store.database_file is None)


def test_the_key_is_in_a_backup_only_when_asked_for_and_comes_back_where_none_is(store: Store, tmp_path: Path) -> None:
    file, manifest = copy(store)
    assert manifest.key is None
    assert KEY.encode() not in file.read_bytes()
    file.unlink()
    file, manifest = copy(store, with_key=True)
    new = tmp_path / "new"
    new.mkdir()
    there = Store(database_url=f"sqlite:///{new}/raportoi.db", raportoi_data=new)
    done = backups.restore(there, file, manifest, NOON)
    assert done.kept is None
    assert done.key_file
    assert done.key_file.read_text() == KEY
    assert sorted(path.name for path in new.iterdir()) == [
        *("backups.log", "raportoi.db", "raportoi.db.lock", "raportoi.key"),
    ]
    assert backups.known_backups(new) == {file: manifest.made_at}


def test_without_the_key_a_backup_waits_for_it(store: Store, tmp_path: Path) -> None:
    file, manifest = copy(store)
    new = tmp_path / "new"
    new.mkdir()
    there = Store(database_url=f"sqlite:///{new}/raportoi.db", raportoi_data=new)
    with pytest.raises(Refused, match="The key of this backup is not here"):
        backups.restore(there, file, manifest, NOON)
    assert [path.name for path in new.iterdir()] == []


def test_a_damaged_database_is_replaced_and_kept(tmp_path: Path, store: Store) -> None:
    file, manifest = copy(store)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "raportoi.db").write_bytes(b"rikki" * 1000)
    (broken / "raportoi.db-wal").write_bytes(b"loki")
    there = Store(database_url=f"sqlite:///{broken}/raportoi.db", raportoi_data=broken, raportoi_key=KEY)
    with pytest.raises(Refused, match="holds data"):
        backups.restore(there, file, manifest, NOON)
    done = backups.restore(there, file, manifest, NOON, replace=True)
    assert done.kept
    assert done.kept.read_bytes() == b"rikki" * 1000
    assert (broken / f"{done.kept.name}-wal").read_bytes() == b"loki"
    with closing(sqlite3.connect(broken / "raportoi.db")) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_time_of_a_copy_of_a_copy_in_doubt_goes_on(store: Store) -> None:
    file, manifest = copy(store)
    backups.restore(store, file, manifest, NOON, replace=True)
    file.unlink()
    again = store.beside / "kopio2"
    backups.back_up(store, again, NOON + timedelta(days=2))
    backups.restore(store, again, backups.look_into(again), NOON + timedelta(days=3), replace=True)
    ((_, _, _, _, _, copied_at, restored_at, _),) = rows(store.database)["installation"]
    assert (copied_at, restored_at) == (NOON - timedelta(hours=1), datetime(2026, 12, 5, 12, tzinfo=UTC))


@given(st.data())
def test_no_order_of_the_lines_of_one_day_brings_anything_back_or_loses_what_came_back(data: st.DataObject) -> None:
    """An observation is deleted and comes back in turns, on machines whose logs are put into one."""
    days = sorted(data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=7)))
    deeds = [(day, "poistettu" if turn % 2 == 0 else BACK) for turn, day in enumerate(days)]
    deeds += data.draw(st.lists(st.tuples(st.integers(0, 3), st.just(REDACTED)), max_size=2))
    lines = [erasure_log.Line(NOON.date() + timedelta(days=day), what, "abc") for day, what in deeds]
    (found,) = asked_in_the_end(data.draw(st.permutations(lines))).values()
    assert (found == "poistettu") == (len(days) % 2 == 1)
    person = data.draw(st.permutations([*["author", "texts", "author"]]))
    of_person = [erasure_log.Line(NOON.date(), what, "abc") for what in person]
    assert asked_in_the_end(of_person) == {"abc": "texts"}


def test_what_was_erased_after_the_copy_goes_again_from_tables_and_from_slack(store: Store) -> None:
    database = Database(store.database)
    with database.write() as session:
        mine = observation("2026-MINE", "Merkkisanaxyz").model_dump() | {"author": "U0ERASED01"}
        session.add(Observation(**mine))
        session.add(Observation(**observation("2026-CAME").model_dump() | {"author": "U0CAME0001"}))
        for number in ("2026-BACK", "2026-GONE"):  # a coordinator has deleted both, and then brought the one back
            one = observation(number)
            session.add(hidden.of_observation(one, number, "U0KOORD001", NOON, counted=False))
            session.add(Observation(**one.model_dump() | {"status": "poistettu", "text": "", "author": None}))
        told = waiting("2" * 32).model_dump() | {
            "recipient": "U0ERASED01",
            "state": "sent",
            "channel": "D1",
            "ts": "1.2",
        }
        session.add(Delivery(**told))
    database.close()
    file, manifest = copy(store)
    before, after = NOON.date() - timedelta(days=1), NOON.date()
    for day, whom, what in (
        (before, "U0CAME0001", "texts"),  # who has come back since, and filed before the copy
        (after, "U0ERASED01", "texts"),
        (after, "2026-AAAA", "peruttu"),
        (after, "2026-NNNN", BACK),
        (before, "2026-GONE", "poistettu"),
        (before, "2026-BACK", "poistettu"),
        (after, "2026-BACK", BACK),
    ):
        erasure_log.add(store.beside, erasure_log.Line(day, what, keyed(KEY.encode(), "erased", whom).hex()))
    done = backups.restore(store, file, manifest, NOON, replace=True)
    assert "Erasures asked for after the backup was made, and done again now: 2." in list(done.lines())
    brought = rows(store.database)
    for gone in ("Merkkisanaxyz", "U0ERASED01"):
        assert gone not in str(brought)
    database = Database(store.database)
    with database.read() as session:
        assert {row.number: (row.status, row.author) for row in session.exec(select(Observation))} == {
            "2026-AAAA": ("peruttu", None), "2026-NNNN": ("uusi", None),
            "2026-MINE": ("peruttu", None), "2026-CAME": ("uusi", "U0CAME0001"),
            "2026-BACK": ("poistettu", None), "2026-GONE": ("poistettu", None),
        }  # fmt: skip
        assert hidden.ended(session, WORKSPACE, NOON) == ["2026-GONE"]
        assert [(row.channel, row.ts, row.due_at) for row in session.exec(select(Clearing))] == [("D1", "1.2", NOON)]
    database.close()

"""Backup and restore, and what is stored of one person, as an operator types them."""

import errno
import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.deps import utc_now
from bot.errors import DatabaseUnavailable
from bot.health._backups import backups as looks_at_backups
from bot.health._backups import disk
from bot.operator import explained
from bot.rules.weeks import local_day
from bot.services.installations import check_of
from bot.settings import Store
from storage import erasure_log
from storage.database import Database, Unavailable
from storage.erasure_log import Line
from storage.models import Installation, Observation
from tests.fakes import FakeSlack
from tests.storage.test_backups import observation, rows
from tests.test_command_line import BOT, ROOT, environment, raportoi

AINO = "U0AINO0001"
KEY = "k" * 64

pytestmark = pytest.mark.long  # a process takes seconds to start


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database with one observation, and settings that lead to it and to a Slack."""
    database = Database(database_url)
    with FakeSlack() as slack:
        slack.person(AINO, "Aino Testinen", locale="fi-FI")
        with database.write() as session:
            session.add(Installation(workspace=slack.world.team_id, key_check=check_of(KEY.encode())))
            row = observation("2026-AAAA").model_dump() | {"workspace": slack.world.team_id}
            session.add(Observation(**row))
        database.close()
        yield environment(slack, tmp_path, DATABASE_URL=database_url, RAPORTOI_KEY=KEY, RAPORTOI_CHANNEL="keskustelu")


def test_a_backup_is_made_and_brought_back_by_command(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "kopio"
    made = raportoi("backup", str(file), env=env)
    assert made.returncode == 0, made.stderr
    assert "1 observations" in made.stdout
    assert "The key is not in it" in made.stdout
    again = raportoi("backup", str(file), env=env)
    assert (again.returncode, again.stdout) == (1, "")
    assert "is there already" in again.stderr

    refused = raportoi("restore", str(file), env=env)
    assert refused.returncode == 1
    assert "`--replace` keeps it aside" in refused.stderr
    assert "is whole: made at" in refused.stdout
    before = rows(env["DATABASE_URL"])["observation"]
    done = raportoi("restore", str(file), "--replace", env=env)
    assert done.returncode == 0, done.stderr
    assert "What was there before is kept as" in done.stdout
    assert rows(env["DATABASE_URL"])["observation"] == before


def test_what_is_stored_is_shown_and_erased_by_command_and_a_second_time_changes_nothing(env: dict[str, str]) -> None:
    shown = raportoi("stored", AINO, env=env)
    assert shown.returncode == 0, shown.stderr
    assert "2026-AAAA" in shown.stdout
    told = json.loads(raportoi("stored", AINO, "--json", env=env).stdout)
    assert [row["number"] for row in told["tables"]["observation"]] == ["2026-AAAA"]

    mistyped = raportoi("erase", "U0A1NO0001", env=env)
    told = "Nothing is stored of U0A1NO0001. If you expected something, check the id.\n"
    assert (mistyped.returncode, mistyped.stdout, mistyped.stderr) == (1, "", told)
    erased = raportoi("erase", AINO, env=env)
    assert erased.returncode == 0, erased.stderr
    assert f"The data of {AINO} is deleted." in erased.stdout
    assert "--texts must be said the first time." in erased.stdout
    assert AINO not in str(rows(env["DATABASE_URL"]))
    again = raportoi("erase", AINO, "--texts", env=env)
    assert (again.returncode, again.stdout) == (1, "")
    assert re.match(r"Already erased on 20\d\d-\d\d-\d\d: their texts stay, without their writer", again.stderr)
    assert "ei ole tallennettu mitään" in raportoi("stored", AINO, env=env).stdout


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_a_full_disk_there_are_sentences_and_nothing_is_erased(env: dict[str, str]) -> None:
    full = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh"]  # a file that may not grow is what a full disk is to a program
    running = Database(env["DATABASE_URL"])
    with running.read() as session:
        session.connection().exec_driver_sql("SELECT 1 FROM observation").fetchall()
        doctor, erased = (
            subprocess.run([*full, *BOT, *call], env=env, capture_output=True, text=True, cwd=ROOT, check=False)
            for call in (["doctor"], ["erase", AINO])
        )
    running.close()
    assert (doctor.returncode, doctor.stderr) == (1, "")
    assert "BAD  database: DATABASE_URL: the database " in doctor.stdout
    assert (erased.returncode, erased.stdout) == (2, "")  # a disk with no room at all is seen before anything is begun
    assert re.search(r"cannot be used: the disk (is full|does not do as asked)", erased.stderr)
    assert AINO in str(rows(env["DATABASE_URL"]))


@pytest.mark.parametrize("why", [OSError(errno.ENOSPC, ""), Unavailable("SQLITE_FULL"), Unavailable("53100")])
def test_a_disk_that_gets_full_under_a_command_is_told_in_the_operators_words(
    why: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"), explained("erased"):
        raise DatabaseUnavailable from why
    assert capsys.readouterr().err == "The disk is full: nothing was erased. Free room and say it again.\n"


def test_a_file_of_another_account_is_told_in_a_sentence_and_not_as_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"), explained():
        raise PermissionError(errno.EACCES, "Permission denied", "/backup/kopio")
    told = "/backup/kopio cannot be used (Permission denied)."
    told += " Give the command as the bot's account, which must own the file."
    assert capsys.readouterr().err == f"{told}\n"


def test_who_is_nobody_and_the_last_coordinator_get_a_sentence(env: dict[str, str]) -> None:
    wrong = raportoi("erase", "@aino", env=env)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("@aino is no user id")
    last = raportoi("erase", AINO, env=env | {"RAPORTOI_COORDINATORS": AINO})
    assert last.returncode == 1
    assert last.stderr.startswith("The network would be left without a coordinator.")
    assert AINO in str(rows(env["DATABASE_URL"]))


def test_doctor_asks_for_the_keys_copy_until_it_is_told_and_looks_at_backups(
    env: dict[str, str], tmp_path: Path
) -> None:
    raportoi("backup", str(tmp_path / "kopio"), env=env)
    first = {one["step"]: one["words"] for one in json.loads(raportoi("doctor", "--json", env=env).stdout)}
    assert "nobody has said yet" in first["key copy"]
    assert str(tmp_path / "kopio") in first["backups"]
    future = raportoi("doctor", "--key-kept", "2999-01-01", env=env)
    assert (future.returncode, future.stderr[:36]) == (2, "--key-kept 2999-01-01 is in the futu")
    second = raportoi("doctor", "--json", "--key-kept", "2026-11-30", env=env)
    told = {one["step"]: one["words"] for one in json.loads(second.stdout)}
    assert told["key copy"] == "kept apart on 2026-11-30, as you have said"


def test_old_backups_are_named_with_what_they_still_hold(tmp_path: Path) -> None:
    store = Store(database_url=f"sqlite:///{tmp_path}/raportoi.db", raportoi_data=tmp_path, raportoi_key=KEY)
    now = utc_now()
    assert looks_at_backups(store, now).as_line().startswith("WARN backups: none that can be seen")
    for name, days in (("uusi", 1), ("sama", 3), ("vanha", 100)):
        (tmp_path / name).write_text("x")
        line = {"file": str(tmp_path / name), "made_at": (now - timedelta(days=days)).isoformat()}
        with (tmp_path / "backups.log").open("a") as known:
            known.write(json.dumps(line) + "\n")
    erasure_log.add(tmp_path, Line(local_day(now - timedelta(days=3)), "texts", "abc"))
    found = looks_at_backups(store, now)
    assert not found.well
    assert f"take away what is older than 90 days: {tmp_path / 'vanha'}" in found.words
    assert f"these still hold what was erased after they were made: {tmp_path / 'vanha'};" in found.words
    assert found.words.endswith(f"these may hold it, made on the day of an erasure: {tmp_path / 'sama'}")
    (tmp_path / "vanha").unlink()
    assert looks_at_backups(store, now).well
    assert "9 days old: make a new one" in looks_at_backups(store, now + timedelta(days=8)).words
    assert [one.step for one in disk(store)] == ["disk"]


def test_the_log_of_erasures_forgets_and_stands_a_line_that_was_cut_off(tmp_path: Path) -> None:
    days = [datetime(2026, 9, 1, tzinfo=UTC).date(), datetime(2026, 12, 1, tzinfo=UTC).date()]
    for day in days:
        erasure_log.add(tmp_path, Line(day, "texts", f"{day}"))
    with (tmp_path / "erasures.log").open("a") as log:
        log.write('{"day": "2026-1')
    assert [line.day for line in erasure_log.read(tmp_path)] == days
    with (tmp_path / "erasures.log").open("a") as log:  # the log of another machine, put below that
        log.write(Line(days[1], "texts", "abc").as_text() + '{"day": "2026-1')
    assert [line.day for line in erasure_log.read(tmp_path)] == [*days, days[1]]
    days = [*days, days[1]]
    erasure_log.add(tmp_path, Line(days[0], "back", "of another machine, put below"))
    assert [line.day for line in erasure_log.read(tmp_path)] == [days[0], *days]
    erasure_log.forget_before(tmp_path, days[1])
    assert [line.day for line in erasure_log.read(tmp_path)] == days[1:]
    assert (tmp_path / "erasures.log").stat().st_mode & 0o077 == 0


MAPPING = """
columns:
  day: Vastausaika
  text: Havainto
  kind: Laji
values:
  kind: {Epäkohta: E}
defaults:
  theme: X-99
"""
ROWS = [
    "Vastausaika;Laji;Havainto",
    "15.10.2026 9.30;Epäkohta;Asunnottomille nuorille ei löydy tukiasuntoja",
    "16.10.2026;Epäkohta;Asiakkaan tunnus on 130279-901E ja jono on pitkä",
    "17.10.2026;Toive;Kuljetuksia ei saa haja-asutusalueelle",
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_earlier_collection_is_tried_refused_whole_and_brought_in_once_by_command(
    env: dict[str, str], tmp_path: Path
) -> None:
    file, mapping, report = tmp_path / "kysely.csv", tmp_path / "mapping.yaml", tmp_path / "kysely.csv.report.csv"
    file.write_text("\r\n".join(ROWS), encoding="utf-8-sig")
    mapping.write_text(MAPPING, encoding="utf-8")
    call = ("import", str(file), "--mapping", str(mapping))
    refused = raportoi(*call, env=env)
    assert (refused.returncode, refused.stderr.splitlines()[-1][:19]) == (1, "Nothing was stored:")
    assert "3 rows: would be stored 1, warned 0, refused 1, wrong 1, twice 0, known 0." in refused.stdout
    told = report.read_text(encoding="utf-8-sig")
    assert [one in told for one in ("wrong", "refused", "tukiasuntoja", "901E")] == [True, True, False, False]
    assert len(rows(env["DATABASE_URL"])["observation"]) == 1

    mapping.write_text(MAPPING.replace("{Epäkohta: E}", "{Epäkohta: E, Toive: H}"), encoding="utf-8")
    tried = raportoi(*call, "--dry-run", env=env)
    assert (tried.returncode, tried.stdout.splitlines()[-1]) == (0, "Nothing was stored (dry run).")
    assert len(rows(env["DATABASE_URL"])["observation"]) == 1
    assert "3 rows: would be stored 2," in tried.stdout
    for new in (2, 0):
        done = raportoi(*call, env=env)
        assert f"3 rows: stored {new}, warned 0, refused 1, wrong 0, twice 0, known {2 - new}." in done.stdout
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, f"{new} observations are new."), done.stderr
    texts = [str(row) for row in rows(env["DATABASE_URL"])["observation"]]
    assert len(texts) == 3
    assert not any("901E" in text for text in texts)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_import_that_cannot_be_read_gets_a_sentence(env: dict[str, str], tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    for text, said in (("columns: [", "mapping.yaml"), (MAPPING, "kysely.csv")):
        mapping.write_text(text, encoding="utf-8")
        failed = raportoi("import", str(tmp_path / "kysely.csv"), "--mapping", str(mapping), env=env)
        assert failed.returncode in (1, 2)
        assert said in failed.stderr
        assert "Traceback" not in failed.stderr

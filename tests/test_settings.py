"""A wrong setting stops the start with one sentence that names it and says where to get it."""

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, Store, load

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "RAPORTOI_KEY": "k" * 32}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("RAPORTOI_DATA", str(tmp_path / "data"))
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", None), ("SLACK_BOT_TOKEN", "xapp-1"), ("SLACK_APP_TOKEN", None), ("SLACK_APP_TOKEN", ""),
        ("SLACK_APP_TOKEN", "xoxb-1"), ("DATABASE_URL", "mysql://x/y"), ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "sqlite:///:memory:"), ("DATABASE_URL", "sqlite://raportoi.db"),
        ("DATABASE_URL", "sqlite:///file:raportoi?mode=memory&uri=true"), ("DATABASE_URL", "sqlite+aiosqlite:///a.db"),
        ("DATABASE_URL", "postgresql+asyncpg://u@h/d"), ("DATABASE_URL", "postgresql+nosuch://u@h/d"),
        ("DATABASE_URL", "postgresql://u@h:port/d"), ("SLACK_API_URL", "127.0.0.1:3000/api/"),
        ("SLACK_API_URL", "local.example/api"), ("SLACK_API_URL", "https:///api/"), ("SLACK_API_URL", "ftp://slack.com/"),
        ("RAPORTOI_KEY", "short"), ("LOG_LEVEL", "LOUD"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_in_one_sentence_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    monkeypatch.delenv(name, raising=False)
    if value is not None:
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load(Settings)
    said = str(caught.value)
    assert re.match(rf"{name} is (missing|wrong)\. ", said)
    assert "\n" not in said
    assert not value or value not in said


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgresql://u:p%40s@h:5432/d?sslmode=require", "postgresql+psycopg://u:p%40s@h:5432/d?sslmode=require"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),  # as some hosting services write it
        ("sqlite:////srv/raportoi.db", "sqlite:////srv/raportoi.db"),
        ("sqlite:///raportoi.db", "sqlite:///raportoi.db"),
    ],
)
def test_a_database_is_named_as_operators_write_it(monkeypatch: pytest.MonkeyPatch, written: str, read: str) -> None:
    monkeypatch.setenv("DATABASE_URL", written)
    assert load(Settings).database == read


def test_the_schema_can_be_brought_up_to_date_without_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert load(Store).database.startswith("sqlite:///")


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"DATABASE_URL": "postgresql://u@h:port/d", "SLACK_BOT_TOKEN": "xapp-1", "SLACK_API_URL": "slack"}
    wrong |= {"RAPORTOI_COORDINATORS": "@bertta", "LOG_LEVEL": "LOUD"}
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SLACK_APP_TOKEN")
    with pytest.raises(SettingsError) as caught:
        load(Settings)
    named = {line.split()[0]: line.split()[2] for line in str(caught.value).splitlines()}
    assert named == {**dict.fromkeys(wrong, "wrong."), "SLACK_APP_TOKEN": "missing."}


def test_a_wrong_port_is_told_alone_since_it_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s" * 32)
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(SettingsError, match=r"^PORT is wrong\. [^\n]*$"):
        load(Settings)


@pytest.mark.parametrize("mark", ['"', "'"])
def test_quotes_that_an_env_file_has_kept_are_taken_off(monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    written = {"SLACK_BOT_TOKEN": "xoxb-1", "RAPORTOI_CHANNEL": "keskustelu", "RAPORTOI_COORDINATORS": "U0ONE,U0TWO"}
    written |= {"DATABASE_URL": "sqlite:////srv/raportoi.db", "LOG_LEVEL": "ERROR", "RAPORTOI_DATA": "/srv/data"}
    for name, value in written.items():
        monkeypatch.setenv(name, f"{mark}{value}{mark}")
    read = load(Settings)
    assert (read.slack_bot_token, read.raportoi_channel) == ("xoxb-1", "keskustelu")
    assert (read.raportoi_coordinators, read.log_level) == (("U0ONE", "U0TWO"), "ERROR")
    assert (read.database, read.raportoi_data) == ("sqlite:////srv/raportoi.db", Path("/srv/data"))


def test_a_key_is_taken_with_its_quotes_since_codes_were_made_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPORTOI_KEY", f'"{"k" * 32}"')
    assert load(Settings).key == b'"' + b"k" * 32 + b'"'


def test_a_key_is_made_once_and_only_its_owner_may_read_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RAPORTOI_KEY")
    load(Settings).make_key()
    first = load(Settings).key
    load(Settings).make_key()
    path = tmp_path / "data/raportoi.key"
    assert first == load(Settings).key == path.read_bytes()
    assert len(first) >= 32
    assert path.stat().st_mode & 0o777 == 0o600


def test_on_postgresql_the_key_must_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAPORTOI_KEY")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@h/d")
    with pytest.raises(SettingsError, match=r"^RAPORTOI_KEY is missing\. [^\n]*$"):
        load(Settings)


@pytest.mark.parametrize(
    "written", ["U0ONE, U0TWO,", '"U0ONE","U0TWO"', '"U0ONE, U0TWO"', "<@U0ONE> <@U0TWO>", "'U0ONE' 'U0TWO'"]
)
def test_coordinators_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("RAPORTOI_COORDINATORS", written)
    assert load(Settings).raportoi_coordinators == ("U0ONE", "U0TWO")


@pytest.mark.parametrize("written", ["@bertta", "bertta", "U0ONE,Bertta Kokoaja", "u0one", "B0BOT", "C0KESKUSTELU"])
def test_what_can_be_no_coordinators_id_is_wrong(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("RAPORTOI_COORDINATORS", written)
    with pytest.raises(SettingsError, match=r"^RAPORTOI_COORDINATORS is wrong\. .*Copy member ID\.$"):
        load(Settings)


def test_the_settings_never_show_their_secrets() -> None:
    shown = repr(load(Settings))
    assert not [value for value in GOOD.values() if value in shown]

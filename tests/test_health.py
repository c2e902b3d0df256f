"""Doctor and health ask instead of believing: Slack, the channel, the coordinators, the key, the workspace, locks."""

import ast
import errno
import fcntl
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Bot
from bot.deps import utc_now
from bot.health import check_up
from bot.rules.deliveries import NEVER_SEEN
from bot.services import installations
from bot.settings import Settings
from storage.database import Database
from storage.models import Clearing, Delivery
from tests.bots import running
from tests.fakes import HOME_CHANNEL, SECONDS, FakeSlack, Person
from tests.processes import closed_port
from tests.storage.test_database import row

ROOT = Path(__file__).parent.parent
KOORD, OTHER = "U0KOORD001", "U0KOORD002"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack, database_url: str, tmp_path: Path) -> None:
    """The variables of a good installation, for the doctor, who reads them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    env = slack.settings_env() | {"DATABASE_URL": database_url, "RAPORTOI_KEY": "k" * 64}
    env |= {"RAPORTOI_CHANNEL": "keskustelu", "RAPORTOI_DATA": str(tmp_path)}
    for name, value in env.items():
        monkeypatch.setenv(name, value)


def bad() -> dict[str, str]:
    """What the doctor finds wrong: step -> words."""
    return {found.step: found.words for found in check_up(utc_now) if not found.well}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"raportoi_http": "127.0.0.1:0", "raportoi_coordinators": (KOORD, OTHER)})


@pytest.fixture
def bertta(slack: FakeSlack) -> Person:
    return slack.person(KOORD, "Bertta Kokoaja")


@pytest.fixture
def bot(slack: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bot]:
    """Its look at Slack is made anew at each question."""
    monkeypatch.setattr("bot.health._watch.WELL_SECONDS", 0)
    monkeypatch.setattr("bot.health._watch.BAD_SECONDS", 0)
    with running(Bot(settings), slack) as bot:
        slack.wait_until_connected()
        yield bot


def reasons(bot: Bot, slack: FakeSlack, wanted: Callable[[list[str]], bool]) -> list[str]:
    """The reasons once they are as wanted; each look is made beside the question that finds the last one too old.

    Slack's world is not held meanwhile: the look itself asks Slack.
    """
    deadline = time.monotonic() + SECONDS
    while not wanted(found := list(bot.health.reasons())):
        assert time.monotonic() < deadline, found
        with slack.world.changed:
            slack.world.changed.wait(0.05)
    return found


NOT_ONE = "1 of 2 in RAPORTOI_COORDINATORS cannot use the bot: `doctor` says who, and why."
NOBODY = "None of the coordinators can use the bot, so that nobody reads the queue: `doctor` says why."


def test_health_tells_of_coordinators_who_are_nobody_and_names_none(
    bot: Bot, slack: FakeSlack, bertta: Person, aino: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack._directory.FRESH_SECONDS", 0)
    assert reasons(bot, slack, bool) == [NOT_ONE]
    second = slack.person(OTHER, "Kaarlo Kokoaja")
    assert reasons(bot, slack, lambda found: not found) == []
    bertta.record["deleted"] = second.record["deleted"] = True
    assert reasons(bot, slack, bool) == [NOBODY]


def test_health_tells_that_the_bot_is_not_in_its_channel_until_it_is_invited_again(
    bot: Bot, slack: FakeSlack, bertta: Person
) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    home = slack.world.channels[HOME_CHANNEL]
    assert reasons(bot, slack, lambda found: not found) == []
    home.members.remove(slack.world.bot_user)
    (told,) = reasons(bot, slack, bool)
    assert told.startswith("The bot is not in the discussion channel. Invite it there again (/invite @Raportoi)")
    home.is_private = True
    slack.expects_refusal("channel_not_found")
    told = reasons(bot, slack, lambda found: "channel_not_found" in "".join(found))
    assert set(told) == {next(one for one in told if one.startswith("Slack does not show the bot who is in the dis"))}
    home.members.append(slack.world.bot_user)
    assert reasons(bot, slack, lambda found: not found) == []


def test_health_tells_of_what_does_not_arrive_while_it_is_still_tried(
    bot: Bot, slack: FakeSlack, bertta: Person
) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    assert reasons(bot, slack, lambda found: not found) == []
    later = utc_now() + timedelta(minutes=15)
    due = {"kind": "feedback", "occurrence": "1", "recipient": OTHER, "not_before": later, "expires_at": later}
    with bot.deps.write() as session:
        session.add(Delivery(key="k" * 32, workspace=bot.deps.workspace, state="pending", error=NEVER_SEEN, **due))
    assert reasons(bot, slack, bool) == [
        "feedback: 1 did not arrive in spite of several tries; Slack is asked again and again."
    ]


def test_health_tells_of_refusals_that_last_and_not_of_those_of_the_moment(
    bot: Bot, slack: FakeSlack, bertta: Person
) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    assert reasons(bot, slack, lambda found: not found) == []
    slack.fault("auth.test", status=503, times=None)
    asked = len(slack.calls_to("auth.test"))
    reasons(bot, slack, lambda found: not found and len(slack.calls_to("auth.test")) > asked + 2)
    slack.faults.clear()
    slack.fault("auth.test", error="invalid_auth", times=None)
    assert reasons(bot, slack, bool) == ["Slack refuses the bot token (invalid_auth)."]
    slack.faults.clear()
    slack.world.scopes = slack.world.scopes - {"im:write", "files:write"}
    (told,) = reasons(bot, slack, lambda found: "im:write" in "".join(found))
    assert told.startswith("The app lacks scopes (im:write): paste bot/manifest.yaml")
    assert bot.health.report()["without"] == [
        "files:write is not granted: no chart, calendar file or document can be sent"
    ]


def test_a_slack_that_leaves_questions_unanswered_for_long_is_told(
    bot: Bot, slack: FakeSlack, bertta: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    assert reasons(bot, slack, lambda found: not found) == []
    monkeypatch.setattr("bot.health._watch.UNHEARD_SECONDS", 0)
    slack.fault("auth.test", error="internal_error", times=None)
    (told,) = reasons(bot, slack, bool)
    assert re.fullmatch(r"Slack has not answered a question for \d+ s \(internal_error\)\.", told)


def test_a_database_that_takes_another_key_under_the_bot_is_told(bot: Bot, slack: FakeSlack, bertta: Person) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    assert reasons(bot, slack, lambda found: not found) == []
    with bot.deps.write() as session:
        installations.tie(session, bot.deps.workspace, b"another key")
    assert reasons(bot, slack, bool) == [
        "The database is another workspace's now, or needs another key: start the bot again."
    ]


@pytest.mark.usefixtures("environment")
def test_doctor_says_which_coordinators_are_nobody_and_why(
    slack: FakeSlack, bertta: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.person("U0GONE0001", "Poissa Testinen", deleted=True)
    slack.person("U0OUTSIDE1", "Ulla Ulkopuolinen", joins=())
    named = [KOORD, "U0M1STYPED", "U0GONE0001", "U0OUTSIDE1", slack.world.bot_user]
    monkeypatch.setenv("RAPORTOI_COORDINATORS", f'"{",".join(named)}"')
    assert bad()["coordinators"].startswith(
        "RAPORTOI_COORDINATORS has U0M1STYPED: nobody has this id; U0GONE0001: the account is deactivated;"
        " U0OUTSIDE1: not in the discussion channel, or of another workspace; U0RAPORTOI: it is a bot. User ids"
    )


@pytest.mark.usefixtures("environment")
def test_doctor_says_that_the_bot_was_never_invited(slack: FakeSlack) -> None:
    slack.world.channels[HOME_CHANNEL].members.remove(slack.world.bot_user)
    assert bad() == {"channel": f"the bot is not in {HOME_CHANNEL}. Invite the bot there: /invite @Raportoi"}


@pytest.mark.usefixtures("environment")
def test_doctor_does_not_call_a_network_fault_a_bad_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_port() as port:
        monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{port}/api/")
        found = bad()
    assert list(found) == ["bot token", "app token"]
    for words in found.values():
        assert words.startswith("nothing is known of it, since Slack did not answer at 127.0.0.1 (ConnectionRefused")
        assert "refused it" not in words


@pytest.mark.usefixtures("environment")
def test_doctor_names_all_that_is_wrong_at_once(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-wrong", "LOG_LEVEL": "LOUD"}
    wrong |= {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "RAPORTOI_COORDINATORS": "@bertta"}
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    slack.expects_refusal("invalid_auth")
    found = [(one.step, one.words) for one in check_up(utc_now) if not one.well]
    assert [step for step, _ in found] == ["settings", "settings", "bot token", "app token", "database"]
    assert [words.split()[0] for step, words in found if step == "settings"] == ["LOG_LEVEL", "RAPORTOI_COORDINATORS"]


@pytest.mark.usefixtures("environment")
def test_another_key_and_another_workspace_are_told(
    slack: FakeSlack, settings: Settings, bertta: Person, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    bot = Bot(settings)
    bot.stop()
    database = Database(database_url)
    with database.write() as session:
        session.add(row(1, workspace=slack.world.team_id))
    database.close()
    assert bad() == {}
    monkeypatch.setenv("RAPORTOI_KEY", "another key " * 4)
    slack.world.team_id = "T0OTHER001"
    found = bad()
    assert found["key"].startswith("RAPORTOI_KEY is not the key that this database was made with")
    assert found["workspace"].startswith(
        "SLACK_BOT_TOKEN is of the workspace T0OTHER001, and the observations in this database are of T0RAPORTOI"
    )
    assert list(found) == ["key", "workspace"]


@pytest.mark.both_databases
@pytest.mark.usefixtures("environment")
def test_a_database_that_has_a_key_asks_for_that_one_and_never_for_a_new_one(
    slack: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RAPORTOI_KEY", "short")
    assert "make one with" in bad()["settings"]
    Bot(settings).stop()
    (tmp_path / "raportoi.key").write_text("k" * 64)
    monkeypatch.setenv("RAPORTOI_COORDINATORS", "")
    if settings.database_file is None:
        monkeypatch.delenv("RAPORTOI_KEY")
    said = bad()["settings"]
    assert "make one" not in said
    assert f"with: {tmp_path}/raportoi.key is there, set RAPORTOI_KEY to what stands in it. Receipt codes" in said


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("word", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
@pytest.mark.usefixtures("environment")
def test_a_volume_that_knows_no_flock_is_locked_as_sqlite_locks_it(
    slack: FakeSlack, settings: Settings, bertta: Person, monkeypatch: pytest.MonkeyPatch, word: int
) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    refused(monkeypatch, word, "flock")
    with running(Bot(settings), slack) as bot:
        assert bot._right.granted()
        assert reasons(bot, slack, lambda found: not found) == []
    assert bad() == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("environment")
def test_where_no_lock_can_be_had_nothing_is_sent_and_that_is_told_and_no_descriptor_leaks(
    slack: FakeSlack, settings: Settings, bertta: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.person(OTHER, "Kaarlo Kokoaja")
    refused(monkeypatch, errno.ENOLCK, "flock", "lockf")
    with running(Bot(settings), slack) as bot:
        told = reasons(bot, slack, bool)
        assert told == ["Nothing is sent: no lock can be had on the volume of the database (No locks available)."]
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(50):
            assert not bot._right.granted()
        assert len(list(Path("/proc/self/fd").iterdir())) < before + 10
    assert bad()["locks"].startswith("no lock can be had on the volume of the database (No locks available). Nothing")


def refused(monkeypatch: pytest.MonkeyPatch, word: int, *names: str) -> None:
    def refuse(*_: object) -> None:
        raise OSError(word, os.strerror(word))

    for name in names:
        monkeypatch.setattr(fcntl, name, refuse)


def reasons_in(file: Path) -> Iterator[str]:
    """The fixed parts of all sentences that the module gives as reasons."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Yield | ast.YieldFrom | ast.Return) and node.value:
            parts = (part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant))
            yield from (part.split("`")[0].strip(" .:;()") for part in parts if isinstance(part, str) and " " in part)


@pytest.mark.parametrize("name", ["_state", "_watch"])
def test_the_guide_tells_of_every_reason(name: str) -> None:
    guide = (ROOT / "docs/operating.md").read_text()
    said = [part for part in reasons_in(ROOT / f"bot/health/{name}.py") if len(part) > 10]
    assert len(said) > 5
    assert [part for part in said if part not in guide] == []


@pytest.mark.usefixtures("environment")
def test_the_doctor_tells_of_erasures_that_are_late(database_url: str) -> None:
    row = {"key": "1" * 32, "workspace": "T0RAPORTOI", "channel": "D1", "ts": "1.1", "language": "fi"}
    with closing(Database(database_url)) as database, database.write() as session:
        session.add(Clearing(**row, due_at=utc_now() - timedelta(minutes=61)))
    assert bad()["erasures"].startswith("Erasures that should have been done an hour ago and are not: 1.")

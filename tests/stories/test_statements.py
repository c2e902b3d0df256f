"""What the database is asked when somebody files or looks: every event counted, however many rows there are."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.app import Bot
from bot.services import search
from storage import meetings, phenomena
from storage.models import Meeting, Phenomenon
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored

pytestmark = pytest.mark.both_databases

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
NEVER = float("inf")
FILED = [
    *("begin", "select person", "insert observation", "insert word", "commit"),
    *("begin", "select phenomenon", "rollback"),
    *("begin", "update observation", "commit"),
]
"""The line is stored, its likes are looked up, and the place of its receipt is stored."""
OWN = ["select observation", "select move", "select run"]


@pytest.fixture
def quiet(bot: Bot) -> Bot:
    """Nobody asks for anything but the person: the clock's work is done, and languages are not read anew."""
    bot._timetable.stop()
    bot._sender.stop()
    bot.deps.languages._seconds = NEVER
    return bot


def events(bot: Bot, slack: FakeSlack, deed: Callable[[], object]) -> list[str]:
    """What the database is told meanwhile: how transactions begin and end, and each statement with its table."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        words = statement.lower().replace('"', "").split()
        if words[0] != "begin":
            of = {"select": "from", "insert": "into", "update": "update"}[words[0]]
            told.append(f"{words[0]} {words[words.index(of) + 1].strip('(')}")

    engine = bot.deps.database.engine
    event.listen(engine, "before_cursor_execute", note)
    for name in ("begin", "commit", "rollback"):
        event.listen(engine, name, lambda _connection, name=name: told.append(name))
    deed()
    slack.settles()
    return told


def file_some(bot: Bot, slack: FakeSlack, person: Person, count: int = 3) -> None:
    for number in range(count):
        person.types("/raportoi", f"{WORDS} {number} kertaa")
    slack.waits_for_call("chat.postMessage", times=count)
    slack.settles()


def joined(bot: Bot) -> None:
    """Each observation is joined to one phenomenon that is published, and a meeting is planned."""
    deps = bot.deps
    day = date(2026, 11, 2)
    one = Phenomenon(
        key="p", workspace=deps.workspace, number="I-K7QF", once="p", title="Tukiasuntoja puuttuu nuorilta", text="",
        theme="X-90", started_on=day, noted_on=day, published_on=day,
    )  # fmt: skip
    at = deps.now() + timedelta(days=7)
    meeting = Meeting(
        key="m", workspace=deps.workspace, once="m", title="Verkostotapaaminen", starts_at=at,
        ends_at=at + timedelta(hours=1), changed_at=deps.now(),
    )  # fmt: skip
    with deps.write() as session:
        phenomena.add(session, one)
        search.index(session, deps, one, new=True)
        meetings.add(session, meeting)
        for row in stored(deps):
            row.phenomenon = one.key
            session.add(row)


def test_one_line_is_filed_in_eleven_events(slack: FakeSlack, quiet: Bot, aino: Person) -> None:
    file_some(quiet, slack, aino, 1)
    told = events(quiet, slack, lambda: file_some(quiet, slack, aino, 1))
    assert told == FILED


def test_own_observations_take_three_statements_and_the_page_twelve(slack: FakeSlack, quiet: Bot, aino: Person) -> None:
    file_some(quiet, slack, aino)
    joined(quiet)
    told = events(quiet, slack, lambda: aino.types("/raportoi", "omat"))
    assert told == ["begin", *OWN, "rollback"]
    told.clear()
    aino.opens_home()
    slack.settles()
    asked = [one for one in told if " " in one]
    assert "select meeting" in asked
    assert len(asked) <= 12, asked

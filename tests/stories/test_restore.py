"""Coming back from a backup in the middle of a round or a digest: nobody gets anything twice, and nobody nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import looking_on
from bot.deps import Deps
from bot.jobs import HANDLERS, digests, reminders
from bot.jobs.deliveries import Sender
from bot.services import backups
from bot.settings import Settings
from tests.clocks import TERMS, Clock
from tests.digests import filed, observation
from tests.fakes import FakeSlack, Person
from tests.stories.moves import KOORD

pytestmark = pytest.mark.both_databases

AT_ONCE = replace(
    TERMS, pace=1000, burst=1000, between=timedelta(0), settle=0.0, again=timedelta(0), put_off=timedelta(0)
)
ROUND, MONDAY = "2026-12-03T13:00", "2026-12-07T08:00"
Knock = Callable[[Deps], object]


@pytest.fixture
def people(slack: FakeSlack) -> list[Person]:
    return [slack.person(f"U0MEMBER{number:02}", "Testi Testinen") for number in range(8)]


@pytest.fixture
def koord(slack: FakeSlack) -> Person:
    return slack.person(KOORD, "Bertta Kokoaja")


@contextmanager
def at_work(settings: Settings, clock: Clock) -> Iterator[Deps]:
    """The bot's parts, whose clock is moved by hand; as if the process died at the end."""
    with looking_on(settings) as parts:
        deps = replace(parts, now=clock.now)
        for knock in (reminders.knock, digests.knock):
            knock(deps)
        yield deps
        deps.tellers.submit(lambda: None).result()  # files have followed


def sends(deps: Deps, most: int = 100) -> None:
    """So many messages go out; before them what is in doubt is looked for."""
    deps.people.came_or_went(deps.people.channel or "")
    deps.people.warm()
    sender = Sender(deps, AT_ONCE, HANDLERS)
    for _ in range(3):
        sender.check_doubtful()
    for _ in range(most):
        sender.send_one()


def comes_back(settings: Settings, clock: Clock, file: Path) -> list[str]:
    clock.moves_to(clock.now() + timedelta(minutes=5))
    done = backups.restore(settings, file, backups.look_into(file), clock.now(), replace=True)
    assert done.kept
    assert done.kept.exists()
    return list(done.lines())


def got(people: list[Person]) -> list[int]:
    return [len(person.dms) for person in people]


def test_in_the_middle_of_a_round_each_gets_it_once_also_what_was_in_doubt_already(
    settings: Settings, clock: Clock, people: list[Person], slack: FakeSlack, tmp_path: Path
) -> None:
    file = tmp_path / "kopio"
    with at_work(settings, clock) as deps:
        clock.moves_to(ROUND)
        reminders.knock(deps)
        for answer_is_lost in ("after", "before"):  # the one stands in Slack, the other does not, and nobody knows
            slack.fault("chat.postMessage", drop=answer_is_lost)
        sends(deps, 3)
        backups.back_up(settings, file, clock.now())
        sends(deps, 2)
    assert sum(got(people)) == 4

    lines = comes_back(settings, clock, file)
    with at_work(settings, clock) as deps:
        sends(deps)
        assert got(people) == [1] * 8
    (line,) = [one for one in lines if "report_reminder" in one]
    assert line.endswith("2026-12-03  to 7")
    assert "may have gone out after the backup was made: 7." in "\n".join(lines)


def test_a_round_that_began_after_the_copy_is_looked_for_before_it_begins_again(
    settings: Settings, clock: Clock, people: list[Person], tmp_path: Path
) -> None:
    file = tmp_path / "kopio"
    with at_work(settings, clock) as deps:
        backups.back_up(settings, file, clock.now())
        clock.moves_to(ROUND)
        reminders.knock(deps)
        sends(deps, 5)
    assert sum(got(people)) == 5

    comes_back(settings, clock, file)
    with at_work(settings, clock) as deps:
        sends(deps)
        assert got(people) == [1] * 8


@pytest.mark.parametrize("copied", ["before", "within"])
def test_a_digest_and_the_replies_in_its_thread_come_once(
    copied: str, settings: Settings, clock: Clock, koord: Person, slack: FakeSlack, tmp_path: Path
) -> None:
    file, settings = tmp_path / "kopio", settings.model_copy(update={"raportoi_coordinators": (KOORD,)})
    with at_work(settings, clock) as deps:
        rows = [observation(deps, f"2026-{n:04}", "2026-12-02T12:00", f"{n} " + "a" * 198) for n in range(90)]
        filed(deps, *rows)
        if copied == "before":
            backups.back_up(settings, file, clock.now())
        clock.moves_to(MONDAY)
        digests.knock(deps)
        if copied == "within":
            backups.back_up(settings, file, clock.now())
        sends(deps, 1)
        clock.moves_to(clock.now() + timedelta(seconds=20))
        sends(deps, 1)
    assert len(koord.dms) == 2

    comes_back(settings, clock, file)
    slack.fault("conversations.history", status=503)  # nobody can be asked at first
    with at_work(settings, clock) as deps:
        for _ in range(5):
            sends(deps)
            clock.moves_to(clock.now() + timedelta(minutes=5))
    numbers = re.findall(r"words\.(2026-\d{4})", str([message.blocks for message in koord.dms]))
    assert sorted(numbers) == [row.number for row in rows]
    assert len([one for one in slack.world.files.values() if one["name"].endswith(".png")]) == 1

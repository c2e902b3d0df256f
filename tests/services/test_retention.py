"""One process does a night's work, a night that was not finished is told after a day, and orphans go."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlmodel import SQLModel, select

from bot.health import Health
from bot.services import retention
from bot.services.retention import DONE, PLANNED, REWRITTEN
from storage import orphans
from storage.models import (
    AgendaItem,
    Changed,
    Delivery,
    Follower,
    Handling,
    Meeting,
    Move,
    Observation,
    Phenomenon,
    Practice,
    PracticeTried,
    PracticeVersion,
    Rsvp,
    Run,
    Same,
    Useful,
    Word,
)
from tests.clocks import hki
from tests.ledger import WORKSPACE, Desk

pytestmark = [pytest.mark.own_database, pytest.mark.both_databases]


def of_the_night(health: Health) -> list[str]:
    """What the health check says of it; of Slack and the directory, which are not there, it says other things."""
    return [reason for reason in health.reasons() if "night" in reason]


THREE, NOON, NEXT_THREE = hki("2026-12-03T03:00"), hki("2026-12-03T12:00"), hki("2026-12-04T03:00")
DAY = timedelta(days=1)


@pytest.fixture
def old_desk(desk: Desk) -> Iterator[Desk]:
    """A desk that was there the day before."""
    desk.now = THREE - DAY
    desk.due("U0AINO0001")
    desk.now = THREE
    return desk


def nights(desk: Desk) -> dict[str, str]:
    with desk.deps.read() as session:
        return {row.occurrence: row.state for row in session.exec(select(Run).where(Run.kind == "night"))}


def test_a_night_is_taken_once_and_is_done_for_good(old_desk: Desk) -> None:
    night = retention.begin_night(old_desk.deps)
    assert night == retention.Night("2026-12-03", PLANNED)
    assert retention.begin_night(old_desk.deps) is None

    retention.end_night(old_desk.deps, night, DONE)

    old_desk.now = NEXT_THREE - timedelta(seconds=1)
    assert retention.begin_night(old_desk.deps) is None
    old_desk.now = NEXT_THREE
    assert retention.begin_night(old_desk.deps) == retention.Night("2026-12-04", PLANNED)


def test_of_many_processes_one_takes_the_night(old_desk: Desk, database_url: str) -> None:
    desks = [Desk(database_url) for _ in range(6)]
    for desk in desks:
        desk.now = NOON
    with ThreadPoolExecutor(6) as crowd:
        taken = list(crowd.map(lambda desk: retention.begin_night(desk.deps), desks))
    assert [night for night in taken if night] == [retention.Night("2026-12-03", PLANNED)]
    for desk in desks:
        desk.close()


def test_what_was_left_unfinished_is_taken_again_where_it_was_left(old_desk: Desk) -> None:
    night = retention.begin_night(old_desk.deps)
    assert night
    retention.end_night(old_desk.deps, night, REWRITTEN)
    old_desk.now = THREE + timedelta(minutes=10)
    assert retention.begin_night(old_desk.deps) == retention.Night("2026-12-03", REWRITTEN)


def test_after_an_hour_another_takes_over_from_a_process_that_has_died(old_desk: Desk) -> None:
    assert retention.begin_night(old_desk.deps)
    old_desk.now = THREE + timedelta(minutes=59)
    assert retention.begin_night(old_desk.deps) is None
    old_desk.now = THREE + timedelta(minutes=61)
    assert retention.begin_night(old_desk.deps)


def test_a_bot_that_was_away_for_a_week_has_one_night_to_do(old_desk: Desk) -> None:
    first = retention.begin_night(old_desk.deps)
    assert first
    retention.end_night(old_desk.deps, first, REWRITTEN)
    old_desk.now = NOON + 7 * DAY
    night = retention.begin_night(old_desk.deps)
    assert night == retention.Night("2026-12-10", PLANNED)
    assert nights(old_desk) == {"2026-12-03": REWRITTEN, "2026-12-10": PLANNED}
    retention.end_night(old_desk.deps, night, DONE)
    assert nights(old_desk) == {"2026-12-10": DONE}


def test_a_database_that_is_younger_than_the_night_has_nothing_to_forget(desk: Desk) -> None:
    desk.now = NOON
    assert retention.begin_night(desk.deps) is None
    desk.now = NEXT_THREE
    assert retention.begin_night(desk.deps) == retention.Night("2026-12-04", PLANNED)


@pytest.mark.parametrize("what", ["observation", "run"])
def test_anything_from_before_the_night_makes_it_due(desk: Desk, what: str) -> None:
    day_before = (THREE - DAY).date()
    with desk.deps.write() as session:
        if what == "observation":
            session.add(observation("1", filed_on=day_before))
        else:
            session.add(
                Run(workspace=WORKSPACE, kind="digest_rule", occurrence="since", due_at=THREE - DAY, expires_at=THREE)
            )
    desk.now = NOON
    assert retention.begin_night(desk.deps)


def test_a_night_that_is_not_finished_within_a_day_is_told_until_one_is(old_desk: Desk) -> None:
    told = Health(replace(old_desk.deps, people=cast("Any", SimpleNamespace(trouble="", channel=None))))
    night = retention.begin_night(old_desk.deps)
    assert night
    with old_desk.deps.write() as session:  # a message that waits would be told too
        session.delete(session.exec(select(Delivery)).one())
    retention.end_night(old_desk.deps, night, REWRITTEN)
    old_desk.now = THREE + DAY
    assert of_the_night(told) == []

    old_desk.now = THREE + DAY + timedelta(hours=7)
    (reason,) = of_the_night(told)
    assert reason.startswith("The night's work has not been finished for 31 hours")

    night = retention.begin_night(old_desk.deps)
    assert night
    assert len(of_the_night(told)) == 1
    retention.end_night(old_desk.deps, night, DONE)
    assert of_the_night(told) == []
    told.close()


def observation(key: str, **changes: Any) -> Observation:
    values = {
        "key": key, "workspace": WORKSPACE, "number": f"2026-{key[-4:]:>04}", "once": key, "week": 202648,
        "filed_on": date(2026, 11, 25), "kind": "E", "theme": "X-90", "theme_set": "1", "text": "Jonot ovat pitkiä",
    }  # fmt: skip
    return Observation(**values | changes)


def dependents(owner: str) -> list[SQLModel]:
    """A row of each kind that belongs to the owner, whatever it is."""
    of = {"workspace": WORKSPACE}
    return [
        Word(**of, lemma="jono", part=False, day=date(2026, 11, 25), subject=owner),
        Word(**of, lemma="pitkä", part=False, day=date(2026, 11, 25), subject=owner),
        Move(**of, key=f"m{owner}", subject=owner, step=1, what="words", on_day=date(2026, 11, 25), words="Kiitos"),
        Same(**of, phenomenon=owner, who="somebody"),
        AgendaItem(**of, key=f"a{owner}", once=owner, text="Jonot", meeting=owner),
        Rsvp(**of, meeting=owner, user="U0AINO0001", answer="yes"),
        Useful(**of, meeting=owner, who="somebody", answer="yes"),
        Follower(**of, phenomenon=owner, user="U0AINO0001"),
        Changed(**of, subject=owner, who="somebody", answer="no", on_day=date(2026, 11, 25)),
        Handling(**of, observation=owner, user="U0KOORD001"),
        PracticeTried(**of, practice=owner, who="somebody"),
        PracticeVersion(
            **of, practice=owner, version=1, number="T-1", name="n", what="w", published_on=date(2026, 11, 25)
        ),
    ]


def left(desk: Desk) -> dict[str, set[str]]:
    """Owner -> the tables that have a row of it."""
    found: dict[str, set[str]] = {}
    with desk.deps.read() as session:
        for one in orphans.BELONGINGS:
            for row in session.exec(select(one.table)):
                found.setdefault(getattr(row, one.column), set()).add(one.table.__tablename__)
    return found


ALL = {"word", "move", "same", "agenda_item", "rsvp", "useful", "follower", "changed", "handling", "practice_tried",
       "practice_version"}  # fmt: skip


def test_what_belongs_to_nothing_goes_at_night_and_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_A_TIME", 2)
    owners = ("stands", "withdrawn", "deleted", "phenomenon", "meeting", "card", "taken", "gone-1", "gone-2", "gone-3")
    with desk.deps.write() as session:
        session.add(observation("stands"))
        session.add(observation("withdrawn", number="2026-W", status="peruttu", text=""))
        session.add(observation("deleted", number="2026-D", status="poistettu", text=""))
        day = date(2026, 11, 25)
        session.add(
            Phenomenon(key="phenomenon", workspace=WORKSPACE, number="I-1", once="p", title="Jonot", text="Jonot",
                       theme="X-90", started_on=day, noted_on=day)
        )  # fmt: skip
        session.add(
            Meeting(
                key="meeting",
                workspace=WORKSPACE,
                once="m",
                title="Tapaaminen",
                starts_at=NOON,
                ends_at=NOON,
                changed_at=NOON,
            )
        )
        for key, name in (("card", "Malli"), ("taken", "")):  # a card that was taken down has no name
            days = {"started_on": day, "published_on": day}
            session.add(Practice(key=key, workspace=WORKSPACE, number=f"T-{key}", name=name, what="", **days))
        for owner in owners:
            session.add_all(dependents(owner))
        session.add(AgendaItem(workspace=WORKSPACE, key="proposal", once="proposal", text="Ehdotus", meeting=None))
        session.add(Word(workspace="T0OTHER", lemma="jono", part=False, day=day, subject="gone-1"))
    assert left(desk)["gone-1"] == ALL

    retention.forget_orphans(desk.deps)

    assert left(desk) == {
        "stands": {"word", "move", "changed", "handling"},
        "deleted": {"move"},  # the coordinators' last word to the reporter
        "phenomenon": {"word", "move", "same", "follower", "changed"},
        "card": {"word", "practice_tried", "practice_version"},
        "meeting": {"agenda_item", "rsvp", "useful"},
        None: {"agenda_item"},  # a proposal belongs to no meeting yet
    }


def test_every_column_that_names_an_owner_is_known() -> None:
    """A new one is either in the list of what belongs to something, or said here to be a mere pointer."""
    pointers = {
        ("observation", "phenomenon"), ("observation", "same_as"), ("move", "phenomenon"), ("move", "told_in"),
        ("delivery", "thread_of"), ("hidden", "phenomenon"), ("hidden", "same_as"), ("handled", "mark"),
        ("published_member", "subject"),
    }  # fmt: skip
    keys = {"subject", "phenomenon", "meeting", "same_as", "told_in", "thread_of"}
    naming = {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name in keys or (getattr(column.type, "length", None) == 32 and column.name != "key")
    } - {("audit", "subject")}
    assert naming == pointers | {(one.table.__tablename__, one.column) for one in orphans.BELONGINGS}

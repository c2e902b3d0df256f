"""Feedback through the ledger: told once, at working hours, whatever dies; what does not fit waits for the next."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from sqlmodel import select

from bot.blocks.parts import Block
from bot.errors import SlackError, SlackUnclear
from bot.jobs import feedback as jobs
from bot.jobs.deliveries import Handler, Sender
from bot.rules.deliveries import NOT_NEEDED
from bot.rules.weeks import working_instant
from bot.services import feedback
from bot.slack import Member
from storage import moves
from storage.models import Delivery, Move, Observation, RateGate
from tests.ledger import AT_ONCE, WORKSPACE, After, Desk

FRIDAY = datetime(2026, 11, 27, 14, 55, tzinfo=UTC)  # 16:55 in Helsinki
TERMS = replace(AT_ONCE, most_skew=timedelta.max)


class People:
    """A directory that knows these members."""

    def __init__(self) -> None:
        self.members = {user: Member(user, "fi-FI", "Europe/Helsinki") for user in ("U1", "U2")}
        self.heard = True

    def read_within(self, _seconds: float) -> bool:
        return self.heard

    def known(self, user: str) -> Member | None:
        return self.members.get(user)


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def desk(database_url: str, people: People) -> Iterator[Desk]:
    desk = Desk(database_url)
    desk.now = FRIDAY - timedelta(hours=5)
    desk.deps = replace(desk.deps, people=cast("Any", people))
    desk.deps.languages.fill({}, "fi")
    with desk.deps.write() as session:
        for number in range(60):
            session.add(
                Observation(
                    key=f"o{number:02}", workspace=WORKSPACE, number=f"2026-{number:04}", once=str(number),
                    author="U1" if number else "U2", filed_at=desk.now, filed_on=desk.now.date(), week=202648, kind="E",
                    theme="X-90", theme_set="1", text=f"Havainto {number} " + "&" * 100,
                )
            )  # fmt: skip
    yield desk
    desk.close()


def acts(desk: Desk, *numbers: int, **step: Any) -> None:
    with desk.deps.write() as session:
        for number in numbers:
            values = {"what": "status", "status": "viety", "on_day": desk.now.date(), "actor": "U9", **step}
            moves.add(session, Move(workspace=WORKSPACE, subject=f"o{number:02}", step=0, **values))
        feedback.promise(session, desk.deps, ["U1"])


def sender(desk: Desk, **terms: Any) -> Sender:
    return Sender(desk.deps, replace(TERMS, **terms), {"feedback": Handler(jobs.draw, jobs.still_wanted)})


def work(desk: Desk, turns: int = 6) -> None:
    one = sender(desk)
    for _ in range(turns):
        with desk.deps.write() as session:
            if gate := session.get(RateGate, (WORKSPACE, "chat.postMessage")):
                gate.blocked_until = None
        one.send_one()
        one.check_doubtful()


def ledger(desk: Desk) -> list[Delivery]:
    with desk.deps.read() as session:
        return sorted(session.exec(select(Delivery)), key=lambda row: row.not_before)


def steps(desk: Desk) -> list[Move]:
    with desk.deps.read() as session:
        return list(session.exec(select(Move)))


def test_outside_working_hours_it_waits_for_the_next_working_morning(desk: Desk) -> None:
    desk.now = FRIDAY
    acts(desk, 1)
    for moment in (
        FRIDAY + timedelta(minutes=20),
        FRIDAY + timedelta(days=1),
        datetime(2026, 11, 30, 5, 59, tzinfo=UTC),
    ):
        desk.now = moment
        work(desk)
        assert desk.slack.asked == []
    desk.now = datetime(2026, 11, 30, 6, 0, 1, tzinfo=UTC)
    work(desk)
    assert desk.slack.asked == ["U1"]


def test_it_goes_by_the_persons_own_clock_also_where_slack_tells_it_late(desk: Desk, people: People) -> None:
    acts(desk, 1)
    people.members["U1"] = Member("U1", "fi-FI", "America/New_York")
    desk.now += timedelta(minutes=11)
    work(desk)
    assert ledger(desk)[0].not_before == datetime(2026, 11, 27, 13, tzinfo=UTC)
    desk.now = datetime(2026, 11, 27, 13, tzinfo=UTC)
    work(desk)
    assert desk.slack.asked == ["U1"]


def test_it_goes_in_the_closed_season_too_but_not_on_a_holiday(desk: Desk) -> None:
    desk.now = datetime(2026, 12, 23, 9, tzinfo=UTC)
    acts(desk, 1)
    desk.now += timedelta(minutes=10)
    work(desk)
    assert len(desk.slack.asked) == 1
    desk.now = datetime(2026, 12, 24, 9, tzinfo=UTC)
    acts(desk, 2)
    assert ledger(desk)[-1].not_before == datetime(2026, 12, 28, 6, tzinfo=UTC)


def test_who_has_left_is_not_written_to_and_an_unread_list_of_members_is_waited_for(desk: Desk, people: People) -> None:
    acts(desk, 1)
    desk.now += timedelta(minutes=10)
    people.heard = False
    work(desk, turns=1)
    assert ledger(desk)[0].state == "pending"
    people.heard = True
    desk.now += timedelta(minutes=2)
    people.members.clear()
    work(desk)
    assert [(row.state, row.error) for row in ledger(desk)] == [("skipped", NOT_NEEDED)]


@pytest.mark.parametrize("dies", ["before posting", "after posting"])
def test_wherever_a_sender_dies_it_is_told_once(desk: Desk, dies: str) -> None:
    acts(desk, 1)
    desk.now += timedelta(minutes=10)
    desk.slack.dies = dies
    with pytest.raises(KeyboardInterrupt):
        sender(desk, lease=timedelta(seconds=-1)).send_one()
    acts(desk, 2)  # another change meanwhile belongs to the next message
    work(desk)
    assert len(desk.slack.posted) == 1
    assert ledger(desk)[0].params == '{"numbers": ["2026-0001"]}'
    desk.now += timedelta(minutes=11)
    work(desk)
    assert [row.state for row in ledger(desk)] == ["sent", "sent"]
    assert len(desk.slack.posted) == 2
    assert len({step.told_in for step in steps(desk)}) == 2


def test_accepted_and_then_dropped_is_looked_for_and_not_told_again(desk: Desk) -> None:
    desk.slack.answers = [After(SlackUnclear("timeout"))]
    acts(desk, 1)
    desk.now += timedelta(minutes=10)
    work(desk)
    assert (ledger(desk)[0].state, ledger(desk)[0].evidence) == ("sent", "history")
    assert len(desk.slack.posted) == 1


def test_two_processes_tell_it_once(desk: Desk) -> None:
    acts(desk, 1, 2)
    desk.now += timedelta(minutes=10)
    senders = [sender(desk), sender(desk)]
    for _ in range(3):
        for one in senders:
            one.send_one()
    assert desk.slack.asked == ["U1"]


def test_what_was_withdrawn_before_it_goes_is_not_told(desk: Desk) -> None:
    acts(desk, 1)
    with desk.deps.write() as session:
        moves.forget(session, WORKSPACE, "o01")
    desk.now += timedelta(minutes=10)
    work(desk)
    assert [(row.state, row.error) for row in ledger(desk)] == [("skipped", NOT_NEEDED)]


def test_what_a_failed_message_carried_is_not_told_by_the_next(desk: Desk) -> None:
    desk.slack.answers = [SlackError("messages_tab_disabled")]
    acts(desk, 1)
    desk.now += timedelta(minutes=10)
    work(desk)
    acts(desk, 2)
    desk.now += timedelta(minutes=10)
    work(desk)
    assert [row.state for row in ledger(desk)] == ["failed", "sent"]
    assert ledger(desk)[1].params == '{"numbers": ["2026-0002"]}'


@pytest.mark.parametrize("words", ["", "x" * 3000, "&" * 3000])
def test_any_number_of_changes_comes_in_messages_that_slack_takes(desk: Desk, words: str) -> None:
    numbers = range(1, 60)
    for number in numbers:
        acts(desk, number, words=words and f"{number}{words}"[:3000], receiver="&" * 200, reason=f"{number} &&&")
    drawn: list[tuple[str, list[Block]]] = []
    deliver = desk.slack.deliver

    def kept(to: str, text: str, blocks: list[Block], mark: tuple[str, str], thread: str) -> tuple[str, str]:
        drawn.append((text, blocks))
        return deliver(to, text, blocks, mark, thread)

    desk.slack.deliver = kept  # type: ignore[method-assign]
    while not all(step.told_in for step in steps(desk)):
        before = len(drawn)
        desk.now = working_instant(desk.now + timedelta(minutes=11))
        work(desk, turns=1)
        assert len(drawn) == before + 1
    sizes = [
        (len(blocks), sum(len(block["text"]["text"]) for block in blocks if "text" in block)) for _, blocks in drawn
    ]
    assert all(count <= 50 and size <= 13_000 for count, size in sizes), sizes
    assert all(0 < len(block["text"]["text"]) <= 3000 for _, blocks in drawn for block in blocks if "text" in block)
    assert {row.state for row in ledger(desk)} == {"sent"}
    numbers_told = [number for row in ledger(desk) for number in json.loads(row.params)["numbers"]]
    assert sorted(numbers_told) == [f"2026-{number:04}" for number in range(1, 60)]

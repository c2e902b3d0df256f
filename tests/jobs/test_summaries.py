"""The half-year summary by itself, three weeks before a meeting: once, to each coordinator, with its files."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.exports.formats import FORMATS
from bot.jobs import summaries as jobs
from bot.rules.kinds import Kind
from bot.services import summaries
from bot.services.previews import planned
from storage.models import Delivery, Meeting, Published
from tests.clocks import at, hki
from tests.digests import filed, observation, sends
from tests.fakes import FakeSlack, Person
from tests.jobs.conftest import KOORD, SECOND

THREE_WEEKS_BEFORE = "2026-10-22T09:00"


@pytest.fixture(autouse=True)
def _filed(deps: Deps) -> None:
    filed(deps, *(observation(deps, f"26-A{n:04}", "2026-06-10T09:00", author=f"U{n}") for n in range(9)))


def meets(deps: Deps, start: str = "2026-11-12T09:00", key: str = "m") -> None:
    starts = hki(start)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=3), "changed_at": starts - timedelta(days=60)}
    with deps.write() as session:
        session.add(Meeting(key=key * 32, workspace=deps.workspace, once=key, title="Syksyn tapaaminen", **times))


def passes(deps: Deps, moment: str) -> None:
    """The clock knocks at the moment, what is due is sent, and its files have followed."""
    there = at(deps, moment)
    jobs.knock(there)
    sends(there)
    deps.tellers.submit(lambda: None).result()


def rows(deps: Deps) -> list[Delivery]:
    with deps.read() as session:
        return list(session.exec(select(Delivery).where(Delivery.kind == Kind.SUMMARY)))


def test_it_comes_three_weeks_before_a_meeting_once_with_its_files_in_the_thread(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    meets(deps)
    passes(deps, "2026-10-22T08:59")
    assert koord.dms == []
    for moment in (THREE_WEEKS_BEFORE, "2026-10-22T09:01", "2026-10-23T09:00"):
        passes(deps, moment)
    (message,) = koord.dms
    assert "ensimmäinen versio on ketjussa" in message.words
    assert "puuttuvat" in message.words
    assert message.actions == ["summaries.open"]
    assert message.metadata is not None
    assert message.metadata["event_payload"]["kind"] == "half_year_summary"
    files = list(slack.world.files.values())
    assert sorted(one["name"].rpartition(".")[2] for one in files) == sorted(FORMATS)
    assert {one["thread_ts"] for one in files} == {message.ts}
    with deps.read() as session:
        assert [row.made_on.isoformat() for row in session.exec(select(Published))] == ["2026-10-22"]


def test_after_an_outage_it_comes_when_the_bot_is_back_and_not_after_the_meeting(deps: Deps, koord: Person) -> None:
    meets(deps)
    passes(deps, "2026-11-09T10:00")
    assert len(koord.dms) == 1
    meets(deps, "2026-11-20T09:00", "n")
    passes(deps, "2026-11-20T10:00")
    assert len(koord.dms) == 1


def test_before_a_meeting_in_april_it_waits_until_the_half_year_is_over(deps: Deps, koord: Person) -> None:
    meets(deps, "2027-04-14T09:00")
    passes(deps, "2027-03-31T10:00")
    assert koord.dms == []
    passes(deps, "2027-04-01T09:00")
    assert len(koord.dms) == 1


def test_two_processes_send_it_once_and_each_coordinator_gets_it_in_their_language(
    deps: Deps, slack: FakeSlack, koord: Person
) -> None:
    second = slack.person(SECOND, "Tauno Kokoaja", locale="sv-SE")
    meets(deps)
    both = replace(at(deps, THREE_WEEKS_BEFORE), first_coordinators=frozenset([KOORD, SECOND]))
    with ThreadPoolExecutor(4) as processes:
        assert list(processes.map(lambda _: summaries.open_due(both), range(4))).count(True) == 1
    sends(both)
    deps.tellers.submit(lambda: None).result()
    assert len(koord.dms) == len(second.dms) == 1
    assert "en första version finns i tråden" in second.dms[0].words
    names = {one["name"].split("_")[0] for one in slack.world.files.values()}
    assert names == {"yhteenveto", "sammanfattning"}


def test_who_is_no_coordinator_any_more_and_a_cancelled_meeting_get_none(deps: Deps, koord: Person) -> None:
    meets(deps)
    jobs.knock(at(deps, THREE_WEEKS_BEFORE))
    with deps.write() as session:
        session.exec(select(Meeting)).one().status = "cancelled"
    passes(deps, "2026-10-22T09:05")
    assert koord.dms == []
    assert [row.state for row in rows(deps)] == ["skipped"]


def test_while_nobody_is_a_coordinator_it_waits(deps: Deps, koord: Person) -> None:
    meets(deps)
    passes(replace(deps, first_coordinators=frozenset()), THREE_WEEKS_BEFORE)
    assert rows(deps) == []
    passes(deps, "2026-10-26T09:00")
    assert len(koord.dms) == 1


def test_files_that_slack_refuses_are_told_and_the_message_stands(deps: Deps, slack: FakeSlack, koord: Person) -> None:
    meets(deps)
    slack.fault("files.completeUploadExternal", error="not_allowed", times=len(FORMATS))
    passes(deps, THREE_WEEKS_BEFORE)
    first, second = koord.dms
    assert "ensimmäinen versio" in first.words
    assert "Slack ei ottanut vastaan näitä tiedostoja" in second.words


def test_the_preview_tells_of_it(deps: Deps) -> None:
    meets(deps)
    there = at(deps, "2026-10-05T09:00")
    (found,) = [one for one in planned(there, there.now(), 30) if one.kind == Kind.SUMMARY]
    assert (f"{found.at:%Y-%m-%d %H:%M}", found.recipients) == ("2026-10-22 09:00", 1)

"""What cannot wait reaches each coordinator at a time of their own, once, and at most once a working day."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.app import looking_on
from bot.deps import Deps
from bot.errors import PersonalDataFound
from bot.jobs import news as jobs
from bot.rules.feedback import Reply
from bot.rules.kinds import Kind
from bot.rules.observations import Draft
from bot.rules.people import Choices
from bot.rules.statuses import Step
from bot.services import meetings, news, observations, people
from bot.services.previews import planned
from bot.settings import Settings
from storage.models import Delivery, News, Observation
from tests.clocks import at, hki
from tests.digests import sends
from tests.fakes import FakeSlack, Person

pytestmark = pytest.mark.both_databases

AINO, KOORD, SECOND = "U0AINO0001", "U0KOORD001", "U0KOORD002"
TUESDAY, NINE = "2026-11-24T12:00", "2026-11-25T09:00"


@pytest.fixture
def deps(settings: Settings, koord: Person) -> Iterator[Deps]:
    with looking_on(settings) as parts:
        yield replace(parts, first_coordinators=frozenset([KOORD, SECOND]))


def filed(deps: Deps, moment: str = TUESDAY, text: str = "Jonot ovat pidentyneet", user: str = AINO) -> Observation:
    draft = Draft(text=text, kind="E", theme="SHL11-02")
    return observations.file_observation(at(deps, moment), draft, user, f"{text}{moment}").rows[0]


def writes(deps: Deps, row: Observation, moment: str = TUESDAY, nonce: str = "n") -> None:
    observations.reply(at(deps, moment), row.author, Reply("Lisään vielä tämän.", nonce, row.number))


def passes(deps: Deps, *moments: str) -> None:
    """The clock knocks, and what is due is sent."""
    for moment in moments:
        there = at(deps, moment)
        jobs.knock(there)
        sends(there)


def rows(deps: Deps) -> list[Delivery]:
    with deps.read() as session:
        return sorted(session.exec(select(Delivery).where(Delivery.kind == Kind.NEWS)), key=lambda row: row.occurrence)


def test_a_reporters_message_is_told_the_next_working_day_at_nine_and_once(deps: Deps, koord: Person) -> None:
    row = filed(deps)
    passes(deps, TUESDAY)
    assert rows(deps) == []  # a new observation waits for the digest
    writes(deps, row)
    passes(deps, TUESDAY, "2026-11-25T08:59")
    assert koord.dms == []
    assert [(one.at.isoformat(), one.kind) for one in planned(at(deps, TUESDAY), hki(TUESDAY), 1)] == [
        ("2026-11-25T09:00:00+02:00", "coordinator_news")
    ]
    passes(deps, NINE, "2026-11-25T09:01", "2026-11-26T09:00", "2026-11-27T09:00")
    (message,) = koord.dms
    assert "Yksi raportoija on kirjoittanut." in message.words
    assert "Lisään vielä tämän" not in str(message.drawn)
    assert AINO not in str(message.drawn)
    assert {"observations.queue", "news.open_settings"} <= {*message.actions}


def test_all_that_is_new_is_in_one_message_and_what_comes_after_waits_for_the_next_day(
    deps: Deps, koord: Person
) -> None:
    first, second = filed(deps), filed(deps, text="Tulkkeja puuttuu")
    writes(deps, first)
    writes(deps, second)
    meetings.propose(at(deps, TUESDAY), AINO, "Tulkkauksesta", "nonce")
    warned = Draft(text="Kirjoitin Aino Testiselle siitä", kind="E", theme="SHL11-02")
    with pytest.raises(PersonalDataFound) as asked:
        observations.file_observation(at(deps, TUESDAY), warned, AINO, "w")
    sent = replace(warned, confirmed=asked.value.seen)
    assert observations.file_observation(at(deps, TUESDAY), sent, AINO, "w").rows[0].warned
    passes(deps, TUESDAY, NINE)
    writes(deps, first, NINE, "again")
    passes(deps, "2026-11-25T09:01", "2026-11-25T16:00")
    (message,) = koord.dms
    for said in ("2 raportoijaa on kirjoittanut.", "Yksi ehdotus asialistalle.", "jonka tekstin Raportoi pyysi"):
        assert said in message.words, said
    passes(deps, "2026-11-26T09:00")
    assert "Yksi raportoija on kirjoittanut." in koord.dms[-1].words
    assert "ehdotus" not in koord.dms[-1].words
    assert [row.occurrence for row in rows(deps)] == ["2026-11-25", "2026-11-26"]


def test_on_a_friday_it_is_told_on_monday_and_not_where_it_was_looked_at_or_answered(deps: Deps, koord: Person) -> None:
    row = filed(deps, "2026-11-26T10:00")
    writes(deps, row, "2026-11-27T12:00")
    passes(deps, "2026-11-27T12:00", "2026-11-28T09:00", "2026-11-29T09:00")
    assert koord.dms == []
    counts = news.look(at(deps, "2026-11-29T12:00"), KOORD)
    assert (counts.answer, counts.filed) == (1, 1)
    assert not news.look(at(deps, "2026-11-29T12:01"), KOORD)
    passes(deps, "2026-11-30T09:00")
    assert (koord.dms, [one.state for one in rows(deps)]) == ([], ["skipped"])

    writes(deps, row, "2026-11-30T10:00", "again")
    observations.move_on(at(deps, "2026-11-30T11:00"), KOORD, row.number, 2, Step(reply="Kiitos."))
    passes(deps, "2026-11-30T12:00", "2026-12-01T09:00")
    assert koord.dms == []
    news.look(at(deps, "2026-12-01T12:00"), KOORD)
    with deps.read() as session:
        assert {one.subject for one in session.exec(select(News))} == {row.key}  # what is over is not kept


def test_each_has_a_time_of_their_own_a_switch_and_is_left_alone_while_away(
    slack: FakeSlack, deps: Deps, koord: Person
) -> None:
    second = slack.person(SECOND, "Dag Samordnare", locale="sv-SE")
    news.choose(deps, SECOND, wanted=True, at="14:30")
    writes(deps, filed(deps))
    people.choose(at(deps, TUESDAY), KOORD, Choices(absence_start=hki(NINE).date(), absence_end=hki(NINE).date()))
    passes(deps, TUESDAY, "2026-11-24T14:29")
    assert second.dms == []
    passes(deps, "2026-11-24T14:30", NINE)
    assert "En rapportör har skrivit." in second.dms[0].words
    assert koord.dms == []
    news.choose(deps, KOORD, wanted=False, at="09:00")
    passes(deps, "2026-11-26T09:00", "2026-11-27T09:00")
    assert koord.dms == []
    news.choose(deps, KOORD, wanted=True, at="08:00")
    passes(deps, "2026-11-27T10:00", "2026-11-30T08:00")
    assert len(koord.dms) == 1


def test_ones_own_messages_and_proposals_are_no_news(deps: Deps, koord: Person) -> None:
    writes(deps, filed(deps, user=KOORD))
    meetings.propose(at(deps, TUESDAY), KOORD, "Tulkkauksesta", "nonce")
    passes(deps, TUESDAY, NINE)
    assert koord.dms == []
    assert not news.look(at(deps, NINE), KOORD)

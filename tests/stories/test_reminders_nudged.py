"""A coordinator nudges those missing: asked first, once a round, and the messages before it lose their buttons."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest

from bot.jobs import reminders as jobs
from bot.rules.observations import Draft
from bot.rules.weeks import local_day, local_instant
from bot.services import observations
from bot.services import reminders as rounds
from tests.fakes import Person, SeenModal
from tests.stories.rounds import FIRST
from tests.stories.worlds import World, world

AINO, BEA, CECILIA, KOORD = "U0AINO0001", "U0BEATA001", "U0CECILIA1", "U0KOORD001"
NAMES = {AINO: "Aino Testinen", BEA: "Beata Testinen", CECILIA: "Cecilia Exempel", KOORD: "Bertta Kokoaja"}
THIRD_DAY = local_instant(local_day(FIRST) + timedelta(days=5), time(10))  # Thursday, then Friday, Monday, Tuesday
ASKED, AGAIN = "Oletko huomannut työssäsi", "Ehdit vielä kirjata"


@pytest.fixture
def there(database_url: str) -> Iterator[World]:
    """The round has gone to four people: one has filed with a name, one without, one has nothing to tell."""
    with world(database_url, FIRST - timedelta(days=14), NAMES, KOORD) as there:
        rounds.open_due_round(there.deps)
        there.clock.moves_to(FIRST)
        there.deps.people.warm()
        assert rounds.open_due_round(there.deps)
        there.sends()
        there.people[AINO].types("/raportoi", "Asunnottomille nuorille ei löydy tukiasuntoja Turusta")
        there.people[AINO].sees_dm(containing="on kirjattu")
        draft = Draft(text="Jonot ovat liian pitkiä kaikille", kind="E", theme="X-90", named=False)
        observations.file_observation(there.deps, draft, BEA, "nonce")
        there.people[CECILIA].sees_dm(containing=ASKED).press("reminders.nothing")
        there.people[CECILIA].sees_ephemeral(containing="Kiitos vastauksestasi")
        yield there


def asks(there: World) -> SeenModal:
    koord = there.people[KOORD]
    koord.opens_home()
    koord.sees_home("Koordinaattorille").press("reminders.nudge")
    return koord.sees_modal(callback_id="reminders.nudge_form", containing="saa vielä")


def asked(person: Person, words: str) -> list[list[str]]:
    """The buttons of each message with these words."""
    return [one.actions for one in person.dms if words in one.words]


def test_it_is_not_offered_before_the_third_working_day(there: World) -> None:
    koord = there.people[KOORD]
    koord.opens_home()
    assert "reminders.nudge" not in koord.sees_home("Vastanneita on 2").actions
    assert "Ilman nimeä kirjanneita ei lasketa vastanneisiin" in koord.sees_home().words


def test_it_asks_first_and_goes_to_the_silent_and_to_who_filed_without_a_name(there: World) -> None:
    there.clock.moves_to(THIRD_DAY)
    form = asks(there)
    assert "2 henkilöä saa vielä viestin. Lähettäminen alkaa" in form.words
    assert "klo 10.00" in form.words
    assert "ilman nimeä kirjanneet" in form.words
    form.close()
    assert not [one for one in there.people[BEA].dms if AGAIN in one.words]

    assert asks(there).submit().closed
    home = there.people[KOORD].sees_home("Lähtee vielä 2 viestiä")
    assert "reminders.nudge" not in home.actions
    there.slack.settles()
    there.sends()
    jobs.close_earlier(there.deps)
    for user in (BEA, KOORD):
        person = there.people[user]
        assert len(asked(person, AGAIN)) == 1
        assert "reminders.nothing" in asked(person, AGAIN)[0]
        assert asked(person, ASKED) == []
        assert asked(person, "painikkeet ovat uudemmassa viestissä") == [[]]
    for user in (AINO, CECILIA):
        assert asked(there.people[user], AGAIN) == []
        assert len(asked(there.people[user], ASKED)[0]) == 5


def test_a_second_coordinator_who_asked_at_the_same_time_is_told_that_it_is_done(there: World) -> None:
    there.clock.moves_to(THIRD_DAY)
    form = asks(there)
    rounds.nudge(there.deps, KOORD)
    told = form.submit().view
    assert told is not None
    assert "Ketään ei muistutettu" in told.words


def test_where_nobody_is_missing_there_is_nothing_to_send(there: World) -> None:
    there.clock.moves_to(THIRD_DAY)
    for user in (BEA, KOORD):
        rounds.mark_answered(there.deps, user)
    koord = there.people[KOORD]
    koord.opens_home()
    koord.sees_home("Vastanneita on 4").press("reminders.nudge")
    form = koord.sees_modal(containing="Kaikki ovat vastanneet")
    assert not form.drawn.get("submit")


def test_a_message_for_tomorrow_that_came_after_the_nudge_keeps_its_buttons(there: World) -> None:
    there.clock.moves_to(THIRD_DAY)
    rounds.nudge(there.deps, KOORD)
    there.sends()
    there.people[BEA].sees_dm(containing=AGAIN).press("reminders.tomorrow")
    there.slack.settles()
    there.clock.moves_to(THIRD_DAY + timedelta(days=1, hours=3))
    there.sends()
    jobs.close_earlier(there.deps)
    assert "reminders.nothing" in there.people[BEA].dms[-1].actions
    assert [one.actions for one in there.people[BEA].dms[:-1]] == [[], []]

"""Whether something has changed is asked once, three months after; and who follows a phenomenon hears of changes."""

from datetime import timedelta

import pytest

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.rules.loop import Sentence
from bot.rules.observations import Draft
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.statuses import Step
from bot.services import loop, observations, phenomena
from bot.services.own_data import erase_now
from bot.services.previews import planned
from storage.models import Changed, Delivery, Follower, Observation, Phenomenon
from tests.clocks import at, hki
from tests.fakes import FakeSlack, Person
from tests.stories.moves import goes_out
from tests.stories.rows import rows

KOORD = "U0KOORD001"
BEGINNING, LATER = hki("2090-09-05T09:00"), hki("2090-12-07T09:00")
TITLE = "Nuoret jäävät ilman tukiasuntoa"


@pytest.fixture(autouse=True)
def _everybody_is_known(deps: Deps, aino: Person, bertta: Person, cecilia: Person) -> None:
    deps.people.warm()


def joined(deps: Deps, *authors: str, named: bool = True) -> str:
    """A published phenomenon that was taken forward, with an observation of each; its number."""
    there = at(deps, BEGINNING)
    made = phenomena.create(there, KOORD, PhenomenonDraft(TITLE, "Tukiasuntoja ei riitä.", "SHL11-02"), "nonce")
    for author in authors:
        written = Draft(text=f"Asuntoja ei riitä {author}", kind="E", theme="SHL11-02", named=named)
        filed = observations.file_observation(there, written, author, f"by {author}").rows[0]
        observations.move_on(there, KOORD, filed.number, filed.version, Step(phenomenon=made.number))
    phenomena.publish(there, KOORD, made.number)
    moves(there, made.number, Step(status="viety", receiver="Kaupungin asuntotoimi"))
    return made.number


def moves(deps: Deps, number: str, step: Step) -> None:
    row = next(one for one in rows(deps, Phenomenon) if one.number == number)
    draft = PhenomenonDraft(row.title, row.text, row.theme)
    phenomena.move_on(deps, KOORD, number, row.version, draft, step)


def asked(deps: Deps) -> list[str]:
    return sorted(one.recipient for one in rows(deps, Delivery) if one.kind == "has_it_changed")


@pytest.mark.both_databases
def test_reporters_and_followers_are_asked_once_and_no_comes_back_to_the_coordinators(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person, bertta: Person
) -> None:
    number = joined(deps, aino.id)
    loop.follow(deps, cecilia.id, number, wants=True)
    loop.ask_due(at(deps, LATER - timedelta(days=7)))
    assert asked(deps) == []  # three months are not over
    coming = [one for one in planned(deps, LATER - timedelta(days=7), 7) if one.kind == "has_it_changed"]
    assert [(one.recipients, one.key) for one in coming] == [(2, f"has_it_changed:{number}")]
    for _ in range(2):
        loop.ask_due(at(deps, LATER))
    assert asked(deps) == [aino.id, cecilia.id]
    goes_out(deps, LATER)
    question = aino.sees_dm("Onko tilanne muuttunut?")
    assert TITLE in question.words
    assert "Kaupungin asuntotoimi" in question.words
    question.press("changed.no")
    question.waits_for("Vastasit: Ei")
    question.press("changed.words")
    form = aino.sees_modal(callback_id="changed.form")
    assert set(form.fill(words="Asiakas 130279-901E odottaa").submit().errors) == {"words"}
    form.fill(words="Jono on yhtä pitkä kuin ennen.").submit()
    cecilia.sees_dm("Har något förändrats?").press("changed.partly")
    slack.settles()
    bertta.opens_home()
    home = bertta.sees_home("Joku kertoo, ettei mikään ole muuttunut.")
    home.press("phenomena.review", value=number)
    review = bertta.sees_modal(callback_id="phenomena.review").words
    assert "Osin: 1" in review
    assert "Ei: 1" in review
    assert "Jono on yhtä pitkä kuin ennen." in review
    assert aino.id not in str([one.model_dump() for one in rows(deps, Changed)])
    desk = bertta.sees_modal(callback_id="phenomena.review").fill(reply="Kysyn vielä kerran.")
    desk.press("sentences.take_out")
    after = bertta.sees_modal("Poistit tämän lauseen")
    assert "Jono on yhtä pitkä" not in after.words
    assert after.values["reply"] == "Kysyn vielä kerran."  # what was typed stays
    assert number in aino.sees_dm("Koordinaattori poisti kirjoittamasi lauseen").words
    assert sorted((one.answer, one.words) for one in rows(deps, Changed)) == [("no", ""), ("partly", "")]
    moves(at(deps, LATER), number, Step(reply="Kysyn uudelleen."))
    assert [one.unchanged_on for one in rows(deps, Phenomenon)] == [None]
    assert asked(deps) == [aino.id, cecilia.id]


def test_a_lone_observation_is_asked_about_and_its_no_is_a_message_to_the_coordinator(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    there = at(deps, BEGINNING)
    written = Draft(text="Bussi ei kulje iltaisin", kind="E", theme="X-90")
    filed = observations.file_observation(there, written, aino.id, "nonce").rows[0]
    observations.move_on(there, KOORD, filed.number, filed.version, Step(status="kasittelyssa"))
    observations.move_on(
        there, KOORD, filed.number, filed.version + 1, Step(status="viety", receiver="Kunnan liikenneasiat")
    )
    loop.ask_due(at(deps, LATER))
    goes_out(deps, LATER)
    aino.sees_dm("Onko tilanne muuttunut?").press("changed.no")
    slack.settles()
    bertta.opens_home()
    bertta.sees_home("Raportoija on kirjoittanut").press("observations.review", value=filed.number)
    bertta.sees_modal("Minulta kysyttiin, onko tilanne muuttunut: ei ole.").close(clear=True)
    loop.say(deps, aino.id, filed.number, Sentence("Linja Keltainen ei aja iltaisin."))
    version = rows(deps, Observation)[0].version
    with pytest.raises(InvalidDraft):
        observations.redact(deps, bertta.id, filed.number, version, "Keltaiselle")
    observations.redact(deps, bertta.id, filed.number, version, "Keltai")
    bertta.opens_home()
    bertta.sees_home(filed.number).press("observations.review", value=filed.number)
    said = bertta.sees_modal(callback_id="observations.review").words
    assert "Linja [poistettu] ei aja iltaisin." in said
    assert "Ei: 1" in said
    observations.withdraw(deps, aino.id, filed.number)
    assert rows(deps, Changed) == []


def test_of_what_was_filed_without_a_name_nobody_is_asked(deps: Deps, aino: Person) -> None:
    joined(deps, aino.id, named=False)
    loop.ask_due(at(deps, LATER))
    assert asked(deps) == []


def test_who_follows_hears_of_each_change_and_can_stop_by_one_tap(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    number = joined(deps, aino.id)
    goes_out(deps, BEGINNING + timedelta(minutes=10))
    post = cecilia.sees_in(deps.people.channel or "", TITLE)
    post.press("phenomena.same")
    offer = cecilia.sees_ephemeral("Följ det här")
    post.press("phenomena.same")
    assert "phenomena.follow" not in cecilia.sees_ephemeral("redan").actions  # it is asked once
    offer.press("phenomena.follow")
    cecilia.sees_ephemeral("Du följer det här fenomenet")
    assert [one.user for one in rows(deps, Follower)] == [cecilia.id]
    moves(at(deps, LATER), number, Step(status="toteutunut", reply="Asuntoja tuli kymmenen lisää."))
    goes_out(deps, LATER + timedelta(minutes=10))
    news = cecilia.sees_dm("Nytt om ett fenomen som du följer")
    assert "Asuntoja tuli kymmenen lisää." in news.words
    assert not [one for one in aino.dms if "jota seuraat" in one.words]  # the reporter hears it as feedback
    news.press("phenomena.unfollow")
    news.waits_for("Du följer inte fenomenet längre")
    assert rows(deps, Follower) == []


def test_an_answer_to_what_concerns_somebody_else_is_refused(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    joined(deps, aino.id)
    loop.ask_due(at(deps, LATER))
    goes_out(deps, LATER)
    press = aino.sees_dm("Onko tilanne muuttunut?").press("changed.yes")
    slack.settles()
    stolen = {**press.payload, "trigger_id": "1.2.stolen", "user": {"id": cecilia.id, "team_id": slack.world.team_id}}
    slack.deliver("interactive", stolen)
    slack.settles()
    assert [one.answer for one in rows(deps, Changed)] == ["yes"]


def test_who_is_erased_follows_nothing_and_has_answered_nothing(deps: Deps, aino: Person) -> None:
    number = joined(deps, aino.id)
    loop.follow(deps, aino.id, number, wants=True)
    loop.answer(deps, aino.id, number, "yes", "")
    assert erase_now(deps, aino.id, texts=False)
    assert (rows(deps, Follower), rows(deps, Changed)) == ([], [])

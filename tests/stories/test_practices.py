"""Practice cards: written, sent, given back, published, read, found, tried, asked about, and taken down."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from bot.app import Bot
from bot.deps import Deps
from bot.errors import ChangedMeanwhile, NotACoordinator, PersonalDataFound, PracticeGone
from bot.rules.practices import TYPED, Card, Decision, Tried
from bot.services import observations, practices, sentences
from bot.services.own_data import erase_now
from bot.services.practices import save
from storage.models import (
    Audit,
    Coordinator,
    Delivery,
    Observation,
    Practice,
    PracticeDraft,
    PracticeTried,
    PracticeVersion,
    Word,
)
from tests.fakes import HOME_CHANNEL, SECONDS, FakeSlack, Person, SeenModal
from tests.stories.rows import rows

KOORD = "U0KOORD001"
NAME, WHAT = "Jalkautuminen kauppakeskukseen", "Ohjaaja on kauppakeskuksessa kerran viikossa tavattavissa."
QUESTIONS = ("what", "benefits", "challenges", "regional", "improve", "example", "support")


@pytest.fixture(autouse=True)
def _everybody_is_known(deps: Deps, aino: Person, bertta: Person, cecilia: Person) -> None:
    """Messages go only to those of whom the bot has heard that they are here."""
    deps.people.warm()


def the_list(person: Person, command: str = "/raportoi", word: str = "malli") -> SeenModal:
    person.types(command, word)
    return person.sees_modal(callback_id="practice.list")


def the_form(person: Person) -> SeenModal:
    the_list(person).press("practice.new")
    return person.sees_modal(callback_id="practice.form")


def published(deps: Deps, author: str, **values: Any) -> Practice:
    """A card that was written and accepted."""
    card = Card(**{"name": NAME, "what": WHAT, **values})
    draft = save(deps, author, card, f"nonce {len(rows(deps, Practice))}", is_sent=True)
    practices.decide(deps, KOORD, draft.number, draft.step, Decision(publishes=True))
    return next(row for row in rows(deps, Practice) if row.number == draft.number)


def test_a_card_goes_from_the_form_by_a_coordinator_to_all_and_its_writer_is_told(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    form = the_form(aino).fill(name=NAME, what=WHAT, area="853", theme="SHL11-02", unit="Turun aikuissosiaalityö")
    assert form.submit().closed
    sent = aino.sees_modal("Odottaa koordinaattoria")
    assert "Lähetetty koordinaattorille. Saat viestin" in sent.words
    assert "Olet lähettänyt" in sent.words
    assert "Omat luonnoksesi" not in sent.words
    bertta.sees_dm("Toimintamalli odottaa sinua").press("practice.review")
    review = bertta.sees_modal(callback_id="practice.review")
    assert NAME in review.words
    assert WHAT in review.words
    assert "Toimintamalli on julkaistu." in review.fill(decision="publish", post="yes").submit().words
    assert bertta.sees_dm(" · Julkaistu").actions == []
    aino.sees_dm("Toimintamallisi on julkaistu").press("practice.read")
    page = aino.sees_modal("Mikä malli on?")
    assert "Turun aikuissosiaalityö" in page.words
    post = cecilia.sees_in(HOME_CHANNEL, NAME)
    post.press("practice.read")
    assert "Vad går modellen ut på?" in cecilia.sees_modal(callback_id="practice.page").words
    assert rows(deps, PracticeDraft) == []
    assert [row.what for row in rows(deps, Audit)] == ["practice.published"]


def test_a_draft_is_its_writers_alone_and_comes_back_with_words(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    assert the_form(aino).fill(name=NAME, what="", then="draft").submit(force=True).closed
    (draft,) = rows(deps, PracticeDraft)
    assert (draft.state, draft.author) == ("draft", aino.id)
    assert NAME not in the_list(bertta).words
    aino.sees_modal("Luonnos").press("practice.edit")
    form = aino.sees_modal(callback_id="practice.form")
    assert form.values["name"] == NAME
    assert form.fill(what=WHAT, then="send").submit().closed
    bertta.sees_dm("Toimintamalli odottaa sinua").press("practice.review")
    review = bertta.sees_modal(callback_id="practice.review").fill(decision="return")
    assert set(review.submit().errors) == {"said"}
    assert "palautettiin kirjoittajalle" in review.fill(said="Kerro vielä, mitä se maksoi.").submit().words
    aino.sees_dm("Kerro vielä, mitä se maksoi.").press("practice.edit")
    assert "Kerro vielä, mitä se maksoi." in aino.sees_modal(callback_id="practice.form").words
    assert bertta.sees_dm(f"{draft.number} · Tämä malli ei enää odota").actions == []
    sent = aino.sees_modal(callback_id="practice.form").fill(resources="Työaika", then="send").submit().view
    assert sent is not None
    assert "Lähetetty koordinaattorille" in sent.words  # there is no list below that would show it
    assert [(row.state, row.resources) for row in rows(deps, PracticeDraft)] == [("waiting", "Työaika")]
    assert "Toimintamalli odottaa" not in aino.sees_dm().words


def test_a_draft_is_deleted_by_its_writer_and_by_nobody_else(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    card = published(deps, aino.id, unit="Raisio, kauppakeskus", area="680")
    next_version(deps, aino, card)
    with pytest.raises(PracticeGone):
        practices.drop_draft(deps, bertta.id, card.number)
    the_list(aino).press("practice.edit")
    aino.sees_modal(callback_id="practice.form").press("practice.drop")
    slack.settles()
    aino.sees_modal("Luonnos on poistettu").close()
    assert "practice.edit" not in aino.sees_modal(callback_id="practice.list").actions
    aino.sees_modal(callback_id="practice.list").press("practice.read")
    assert WHAT in aino.sees_modal("Raisio, kauppakeskus\n", callback_id="practice.page").words  # the place stands once
    assert rows(deps, PracticeDraft) == []


def test_two_forms_of_one_draft_undo_nothing_of_each_other(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    draft = save(deps, aino.id, Card(name=NAME, what=WHAT, unit="Turku"), "nonce", is_sent=False)
    the_list(aino).press("practice.edit")
    form = aino.sees_modal(callback_id="practice.form").fill(benefits="Ihmiset tulevat ajoissa.", unit="", then="draft")
    elsewhere = Card(name=NAME, what=WHAT, unit="Turku", challenges="Aikaa on vähän.", contact=False)
    save(deps, aino.id, elsewhere, "", draft.number, is_sent=False)
    assert form.submit().closed
    (row,) = rows(deps, PracticeDraft)
    assert (row.benefits, row.challenges, row.unit, row.contact) == (
        "Ihmiset tulevat ajoissa.", "Aikaa on vähän.", "", False,
    )  # fmt: skip


def test_the_published_version_stands_until_the_new_one_is_accepted(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    card = published(deps, aino.id)
    the_list(aino).press("practice.read")
    aino.sees_modal(callback_id="practice.page").press("practice.version")
    assert aino.sees_modal(callback_id="practice.form").fill(what="Ohjaaja on siellä joka päivä.").submit().closed
    assert [row.what for row in rows(deps, Practice)] == [WHAT]
    (draft,) = rows(deps, PracticeDraft)
    assert draft.number == card.number
    practices.decide(deps, KOORD, draft.number, draft.step, Decision(publishes=True))
    assert [(row.what, row.version) for row in rows(deps, Practice)] == [("Ohjaaja on siellä joka päivä.", 2)]
    the_list(cecilia, "/rapportera", "modell").press("practice.read")
    assert "version 2" in cecilia.sees_modal(callback_id="practice.page").words


def test_earlier_versions_can_be_read_until_they_are_deleted_or_the_card_is_taken_down(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    card = published(deps, aino.id, what="Ensimmäinen kuvaus mallista.")
    for what in ("Toinen kuvaus mallista.", "Kolmas kuvaus mallista."):
        draft = save(deps, aino.id, Card(name=NAME, what=what), "", next_version(deps, aino, card), is_sent=True)
        practices.decide(deps, KOORD, card.number, draft.step, Decision(publishes=True))
    the_list(cecilia, "/rapportera", "modell").press("practice.read")
    cecilia.sees_modal("Kolmas kuvaus").press("practice.earlier")
    second = cecilia.sees_modal("Toinen kuvaus", callback_id="practice.earlier_page")
    assert "practice.drop_versions" not in second.actions
    second.press("practice.earlier")
    first = cecilia.sees_modal("Ensimmäinen kuvaus", callback_id="practice.earlier_page")
    assert "version 1" in first.words
    assert "practice.earlier" not in first.actions
    with pytest.raises(NotACoordinator):
        practices.drop_versions(deps, cecilia.id, card.number)
    the_list(bertta).press("practice.read")
    bertta.sees_modal("Kolmas kuvaus").press("practice.earlier")
    bertta.sees_modal("Toinen kuvaus").press("practice.drop_versions")
    bertta.sees_modal("Aiemmat versiot on poistettu.")
    assert rows(deps, PracticeVersion) == []
    assert [row.version for row in rows(deps, Practice)] == [3]
    assert "practice.versions_dropped" in {row.what for row in rows(deps, Audit)}


def next_version(deps: Deps, person: Person, card: Practice) -> str:
    """The number of the draft of the card's next version."""
    return practices.next_version(deps, person.id, card.number).number


def test_cards_are_found_by_words_in_any_form_by_theme_and_by_area(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    published(deps, bertta.id, theme="SHL11-02", area="853")
    published(deps, bertta.id, name="Päihdetiimi", what="Tiimi kokoontuu joka viikko.", theme="SHL11-01")
    opened = the_list(aino)
    assert NAME in opened.words
    assert "Päihdetiimi" in opened.words
    found = opened.fill(words="kauppakeskuksissa").submit().view
    assert found is not None
    assert NAME in found.words
    assert "Päihdetiimi" not in found.words
    by_theme = found.fill(words="", theme="SHL11-01").submit().view
    assert by_theme is not None
    assert "Päihdetiimi" in by_theme.words
    assert NAME not in by_theme.words
    nothing = by_theme.fill(words="130279-901E").submit().view
    assert nothing is not None
    assert "130279" not in nothing.words
    aino.types("/raportoi", "haku kauppakeskus")
    hit = aino.sees_ephemeral("toimintamalli")
    assert NAME in hit.words
    hit.press("practice.read")
    aino.sees_modal(callback_id="practice.page")


def test_trying_is_counted_once_told_from_the_floor_on_and_stands_as_one_wishes(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person, bertta: Person
) -> None:
    card = published(deps, bertta.id)
    the_list(aino).press("practice.read")
    aino.sees_modal(callback_id="practice.page").press("practice.tried")
    form = aino.sees_modal(callback_id="practice.tried_form")
    assert set(form.fill(words="Asiakas 130279-901E kävi").submit().errors) == {"words"}
    thanks = form.fill(words="Toimi meilläkin hyvin.").submit().view
    assert thanks is not None
    thanks.close()
    aino.sees_modal("Toimi meilläkin hyvin.", callback_id="practice.page")
    for person in (aino, cecilia):
        practices.say_tried(deps, person.id, card.number, Tried("Sopii pieneen kuntaan.", named=True))
    with deps.read() as session:
        sight = practices.sight(deps, aino.id, card.number)
        assert session is not None
    assert {one.named for one in sight.tried} == {aino.id, cecilia.id}
    the_list(aino).press("practice.read")
    assert "Tätä on kokeiltu." in aino.sees_modal("Sopii pieneen kuntaan.").words
    for number in range(3):
        slack.person(f"U0LISAA00{number}", f"Lisa Testinen {number}")
        practices.say_tried(deps, f"U0LISAA00{number}", card.number, Tried())
    the_list(aino).press("practice.read")
    aino.sees_modal("5 jäsentä on kokeillut tätä.")


@pytest.mark.both_databases
def test_a_coordinator_takes_out_one_sentence_and_its_writer_is_told_and_still_counts(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    card = published(deps, cecilia.id)
    practices.say_tried(deps, aino.id, card.number, Tried("Torpan emäntä ihastui."))
    practices.say_tried(deps, cecilia.id, card.number, Tried("Sopii pieneen kuntaan.", named=True))
    the_list(aino).press("practice.read")
    assert "sentences.take_out" not in aino.sees_modal("Torpan emäntä", callback_id="practice.page").actions
    the_list(bertta).press("practice.read")
    page = bertta.sees_modal("Torpan emäntä")
    (who,) = [row.who for row in rows(deps, PracticeTried) if row.named is None]
    pressed = page.element(f"sentence.{who}", "sentences.take_out")[1]["value"]
    page.press("sentences.take_out", value=pressed)
    after = bertta.sees_modal("Poistit tämän lauseen")
    assert "emäntä" not in after.words
    assert "Sopii pieneen kuntaan." in after.words
    told = aino.sees_dm("Koordinaattori poisti kirjoittamasi lauseen")
    assert card.number in told.words
    assert not [one for one in cecilia.dms if "tog bort meningen" in one.words]
    assert sorted(row.words for row in rows(deps, PracticeTried)) == ["", "Sopii pieneen kuntaan."]
    assert [row.subject for row in rows(deps, Audit) if row.what == "sentence.removed"] == [card.number]
    assert [row for row in rows(deps, Delivery) if row.recipient == aino.id] == []
    practices.say_tried(deps, aino.id, card.number, Tried("Asukas ihastui."))
    with pytest.raises(ChangedMeanwhile):  # the page was read before these words
        sentences.take_out(deps, bertta.id, *pressed.split("."))
    with pytest.raises(NotACoordinator):
        sentences.take_out(deps, aino.id, *pressed.split("."))


def test_asking_more_brings_two_people_together_and_stores_nothing(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    card = published(deps, aino.id)
    the_list(cecilia, "/rapportera", "modell").press("practice.read")
    cecilia.sees_modal(callback_id="practice.page").press("practice.ask")
    assert f"<@{aino.id}>" in cecilia.sees_dm("berättar mer").words
    assert f"<@{cecilia.id}>" in aino.sees_dm("haluaisi kysyä").words
    aino.record["deleted"] = True  # the contact leaves
    deps.people.heard(aino.record)
    the_list(bertta).press("practice.read")
    page = bertta.sees_modal(callback_id="practice.page")
    assert "Mallilla ei ole yhteyshenkilöä." in page.words
    assert "practice.ask" not in page.actions
    assert card.contact


def test_a_positive_observation_is_asked_for_a_card_once_and_the_form_is_half_filled(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    aino.types("/raportoi")
    text = "Kotikäynti parityönä on rauhoittanut tilanteita"
    form = aino.sees_modal(callback_id="observations.form").fill(kind="M", theme="SHL11-02", text=text)
    assert form.submit().closed
    aino.sees_dm("on kirjattu")
    bertta.opens_home()
    for said in ("Raportoijaa pyydetään", "Raportoijaa on jo pyydetty"):
        bertta.sees_home(text[:20]).press("observations.review")
        bertta.sees_modal(callback_id="observations.review").press("practice.request")
        bertta.sees_modal(said).close(clear=True)
    aino.sees_dm("Kirjoittaisitko tästä toimintamallin?").press("practice.start")
    card = aino.sees_modal(callback_id="practice.form")
    assert (card.values["what"], card.values["theme"]) == (text, "SHL11-02")
    assert rows(deps, PracticeDraft) == []
    sent = card.submit().view
    assert sent is not None
    assert "Lähetetty koordinaattorille" in sent.words
    assert [row.what for row in rows(deps, PracticeDraft)] == [text]
    (draft,) = rows(deps, PracticeDraft)
    with deps.write() as session:
        session.get_one(PracticeDraft, draft.key).benefits = "Ovella ei tarvitse olla yksin."
    sent.close()
    aino.sees_dm("Kirjoittaisitko tästä toimintamallin?").press("practice.start")
    again = aino.sees_modal(callback_id="practice.form")  # what was begun goes on, and is not begun anew
    assert again.values["benefits"] == "Ovella ei tarvitse olla yksin."
    practices.decide(deps, KOORD, draft.number, draft.step, Decision(publishes=True))
    again.fill(challenges="Aikaa on vähän.").submit()  # it was published meanwhile: the words are the next version
    assert [row.challenges for row in rows(deps, Practice)] == [""]
    assert [(row.number, row.challenges) for row in rows(deps, PracticeDraft)] == [(draft.number, "Aikaa on vähän.")]


def test_withdrawn_after_the_request_nothing_of_it_is_left_to_write_from(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.fill(kind="M", theme="SHL11-02", text="Kotikäynti parityönä toimii").submit().closed
    aino.sees_dm("on kirjattu")
    slack.settles()
    (row,) = rows(deps, Observation)
    assert practices.request(deps, KOORD, row.number)
    asked = aino.sees_dm("Kirjoittaisitko tästä toimintamallin?")
    observations.withdraw(deps, aino.id, row.number)
    asked.waits_for("on peruttu")
    assert "parityönä" not in asked.words
    assert "practice.start" not in asked.actions


def test_of_what_was_filed_without_a_name_nobody_can_be_asked(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(kind="M", theme="SHL11-02", text="Hyvin toimii parityö", feedback="anonymous").submit()
    bertta.opens_home()
    bertta.sees_home("Hyvin toimii").press("observations.review")
    review = bertta.sees_modal(callback_id="observations.review")
    assert "practice.request" not in review.actions


def test_taken_down_it_goes_everywhere_and_its_writer_has_the_words_as_a_draft(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    card = Card(name=NAME, what=WHAT)
    draft = save(deps, aino.id, card, "nonce", is_sent=True)
    practices.decide(deps, KOORD, draft.number, draft.step, Decision(publishes=True, posts=True))
    post = bertta.sees_in(HOME_CHANNEL, NAME)
    practices.say_tried(deps, bertta.id, draft.number, Tried("Toimii."))
    post.press("practice.read")
    bertta.sees_modal(callback_id="practice.page").press("practice.take_down")
    aino.sees_dm("poistettiin näkyvistä")
    post.waits_for("Tämä toimintamalli on poistettu näkyvistä.")
    assert NAME not in json.dumps(post.drawn)
    assert [row.name for row in rows(deps, Practice)] == [""]
    assert [(row.name, row.state) for row in rows(deps, PracticeDraft)] == [(NAME, "draft")]
    assert rows(deps, PracticeTried) == []
    assert rows(deps, Word) == []
    post.press("practice.read") if post.actions else None
    assert "Yksi toimintamalli" not in the_list(bertta).words


def test_two_coordinators_decide_on_one_card_and_the_second_is_told(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    draft = save(deps, aino.id, Card(name=NAME, what=WHAT), "nonce", is_sent=True)
    the_list(bertta).press("practice.review")
    review = bertta.sees_modal(callback_id="practice.review").fill(decision="publish")
    practices.decide(deps, KOORD, draft.number, draft.step, Decision(said="Vielä hinta."))
    after = review.submit().view
    assert after is not None
    assert "on jo päätetty" in after.words
    after.close()
    bertta.sees_modal(callback_id="practice.list").press("practice.review")
    assert "Tämä malli ei enää odota" in bertta.sees_modal("Tämä malli").words
    assert rows(deps, Practice) == []
    assert [row.state for row in rows(deps, PracticeDraft)] == ["returned"]


@pytest.mark.both_databases
def test_of_two_coordinators_who_publish_and_give_back_at_once_one_is_heard_and_the_other_told(
    deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    with deps.write() as session:
        session.add(Coordinator(workspace=deps.workspace, user=cecilia.id))
    draft, together = save(deps, aino.id, Card(name=NAME, what=WHAT), "nonce", is_sent=True), Barrier(2)

    def decides(user: str, decision: Decision) -> str:
        together.wait()
        try:
            practices.decide(deps, user, draft.number, draft.step, decision)
        except ChangedMeanwhile:
            return "told"
        return "publishes" if decision.publishes else "returns"

    with ThreadPoolExecutor(2) as both:
        deeds = {bertta.id: Decision(publishes=True), cecilia.id: Decision(said="Vielä hinta.")}
        done = sorted(both.map(decides, deeds, deeds.values()))
    stands = [row.name for row in rows(deps, Practice)], [row.state for row in rows(deps, PracticeDraft)]
    assert (done, *stands) in ((["publishes", "told"], [NAME], []), (["returns", "told"], [], ["returned"]))
    assert len(rows(deps, Audit)) == 1
    assert len([row for row in rows(deps, Delivery) if row.recipient == aino.id]) == 1


def test_seven_answers_of_three_thousand_characters_are_taken_and_read(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    answers = dict.fromkeys(QUESTIONS, ("Ääkkösiä & <merkkejä>\x0b \U0001f469\u200d\U0001f467 riittää. " * 100)[:3000])
    assert the_form(aino).fill(name=NAME, **answers).submit().closed
    bertta.sees_dm("Toimintamalli odottaa sinua").press("practice.review")
    review = bertta.sees_modal(callback_id="practice.review")
    assert "Toimintamalli on julkaistu." in review.fill(decision="publish", post="yes").submit().words
    bertta.sees_in(HOME_CHANNEL, NAME).press("practice.read")
    assert bertta.sees_modal(callback_id="practice.page").words.count("merkkejä") > 500
    too_long = the_form(aino).fill(name=NAME, what="x" * 3001, then="draft")
    assert set(too_long.submit(force=True).errors) == {"what"}


def test_an_identity_code_is_stopped_in_every_field(deps: Deps, aino: Person, bertta: Person) -> None:
    texts = dict.fromkeys(TYPED, "Se on 130279-901E eikä muu") | {"link": "https://esimerkki.fi/130279-901E"}
    for name, text in texts.items():
        with pytest.raises(PersonalDataFound):
            save(deps, aino.id, Card(**{"name": NAME, "what": WHAT, name: text}), name, is_sent=False)
    draft = save(deps, aino.id, Card(name=NAME, what=WHAT), "nonce", is_sent=True)
    with pytest.raises(PersonalDataFound):
        practices.decide(deps, KOORD, draft.number, draft.step, Decision(said=texts["what"]))
    assert [row.state for row in rows(deps, PracticeDraft)] == ["waiting"]


def test_the_guard_stands_before_every_save(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    form = the_form(aino).fill(name=NAME, what=WHAT, example="Asiakas 130279-901E kävi", then="draft")
    assert set(form.submit().errors) == {"example"}
    again = form.fill(example="Matti Meikäläinen kävi").submit().view
    assert again is not None
    assert "Tallenna silti" in json.dumps(again.drawn, ensure_ascii=False)
    assert rows(deps, PracticeDraft) == []
    assert again.submit().closed
    assert len(rows(deps, PracticeDraft)) == 1


def test_the_files_come_privately_in_two_formats_and_in_the_order_of_innokyla(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    long = f"Ohjaaja on tavattavissa {'joka viikko ' * 30}kauppakeskuksessa. Muuta ei tarvita."
    card = published(deps, bertta.id, benefits="Ihmiset tulevat ajoissa.", what=long)
    the_list(aino).press("practice.read")
    page = aino.sees_modal(callback_id="practice.page")
    page.press("practice.files")
    aino.sees_modal("yksityisviestinä").close()
    page.press("practice.innokyla")
    assert "katkaistu" in aino.sees_modal("yksityisviestinä").words
    names = sorted(file["name"] for file in slack.world.files.values())
    stem = f"toimintamallit_{card.number}"
    assert names == [f"{stem}-innokyla.docx", f"{stem}-innokyla.txt", f"{stem}.docx", f"{stem}.html"]


@pytest.mark.parametrize("texts", [True, False])
def test_an_erased_writer_takes_the_card_along_or_leaves_it_without_a_name(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, *, texts: bool
) -> None:
    card = published(deps, aino.id)
    draft = save(deps, aino.id, Card(name=NAME, what="Uusi kuvaus."), "", next_version(deps, aino, card), is_sent=True)
    practices.decide(deps, KOORD, card.number, draft.step, Decision(publishes=True))
    save(deps, aino.id, Card(name="Kesken"), "another", is_sent=False)
    practices.say_tried(deps, aino.id, card.number, Tried("Toimii.", named=True))
    slack.world.wait_for(lambda: erase_now(deps, aino.id, texts=texts), SECONDS, lambda: "a message is under way")
    assert [(row.author, row.name) for row in rows(deps, Practice)] == [(None, "" if texts else NAME)]
    assert [(row.author, row.what) for row in rows(deps, PracticeVersion)] == ([] if texts else [(None, WHAT)])
    assert rows(deps, PracticeDraft) == []
    assert rows(deps, PracticeTried) == []
    assert bool(rows(deps, Word)) is not texts
    if not texts:
        the_list(bertta).press("practice.read")
        assert "Mallilla ei ole yhteyshenkilöä." in bertta.sees_modal(callback_id="practice.page").words


def test_what_is_stored_of_me_shows_my_cards_and_drafts(bot: Bot, deps: Deps, aino: Person, bertta: Person) -> None:
    published(deps, aino.id)
    save(deps, aino.id, Card(name="Kesken jäänyt"), "another", is_sent=False)
    aino.opens_home()
    aino.sees_home().press("own_data.open")
    words = aino.sees_modal(callback_id="own_data.page").words
    assert NAME in words
    assert "Kesken jäänyt" in words

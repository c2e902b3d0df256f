"""The coordinator's hand: a classification corrected, words taken out everywhere, one handler for each observation."""

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.errors import AlreadyTaken, ChangedMeanwhile, InvalidDraft, NoHandler, PersonalDataFound, WordsTakenOut
from bot.rules.deletions import OTHER, Deletion
from bot.rules.hashes import marks
from bot.rules.people import Choices
from bot.rules.practices import Card, Decision, Opened, Tried, card_of
from bot.rules.reviews import Classes
from bot.services import backups, observations, people, practices, sentences
from bot.settings import Settings
from storage.database import Database
from storage.models import Audit, Coordinator, Erasure, Handling, Move, Observation, PracticeDraft, PracticeTried, Word
from tests.fakes import HOME_CHANNEL, FakeSlack, Person, SeenModal
from tests.on_disk import contents
from tests.stories.moves import KOORD, NOON, acts, goes_out
from tests.stories.rows import rows

WORDS = "Asiakas Ismo Keksitty jäi ilman asuntoa"


@pytest.fixture(autouse=True)
def _everybody_is_known(deps: Deps, aino: Person, bertta: Person, cecilia: Person) -> None:
    deps.people.warm()


def files(deps: Deps, person: Person, **more: str) -> Observation:
    """Files the sentence by the form, with a warning confirmed; the observation."""
    person.types("/raportoi")
    form = person.sees_modal(callback_id="observations.form")
    again = form.fill(kind="E", theme="SHL11-02", text=WORDS, **more).submit().view
    assert again is not None
    again.submit()
    found: Observation = rows(deps, Observation)[-1]
    return found


def review(bertta: Person, number: str) -> SeenModal:
    bertta.opens_home()
    bertta.sees_home(number).press("observations.review", value=number)
    return bertta.sees_modal(callback_id="observations.review")


def test_a_corrected_classification_counts_and_the_reporters_own_stays_beside_it(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    row = files(deps, aino, area="853")
    aino.sees_dm("on kirjattu")
    review(bertta, row.number).press("observations.reclassify")
    form = bertta.sees_modal(callback_id="observations.correction")
    assert (form.values["theme"], form.values["area"]) == ("SHL11-02", "853")
    assert form.fill(theme="X-90", area="680").submit().closed
    again = bertta.sees_modal("Raportoijan oma valinta: Teema: Asuminen")
    (now,) = rows(deps, Observation)
    assert (now.theme, now.area, json.loads(now.chosen)) == ("X-90", "680", {"theme": "SHL11-02", "area": "853"})
    goes_out(deps, deps.now() + timedelta(minutes=11))
    told = aino.sees_dm("Luokittelua korjattiin").words
    assert "Teema: Asuminen → " in told
    assert "Alue: Turku → Raisio" in told
    again.press("observations.reclassify")
    assert bertta.sees_modal(callback_id="observations.correction").fill(theme="SHL11-02").submit().closed
    assert json.loads(rows(deps, Observation)[0].chosen) == {"area": "853"}
    assert [one.what for one in rows(deps, Audit)].count("observation.corrected") == 2


def test_a_classification_that_no_menu_offers_stays_where_something_else_is_corrected(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    """The area of what was filed without a name is a sub-region; a theme may be one of an earlier set."""
    row = files(deps, aino, feedback="anonymous", area="853")
    assert row.area == "turku"
    with deps.write() as session:
        session.get_one(Observation, row.key).theme = "SHL11-1999"
    review(bertta, row.number).press("observations.reclassify")
    form = bertta.sees_modal(callback_id="observations.correction")
    assert (form.values["theme"], form.values["area"]) == ("SHL11-1999", "turku")
    assert form.fill(kind="H").submit().closed
    bertta.sees_modal("Raportoijan oma valinta: Havainnon laji")
    (now,) = rows(deps, Observation)
    assert (now.kind, now.theme, now.area) == ("H", "SHL11-1999", "turku")


def test_redacted_words_leave_tables_search_messages_and_homes_and_the_reporter_is_told(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    row = files(deps, aino)
    receipt = aino.sees_dm("on kirjattu")
    acts(deps, row.number, status="kasittelyssa", words="Kuka on Ismo Keksitty?", moment=deps.now())
    goes_out(deps, deps.now() + timedelta(minutes=11))
    feedback = aino.sees_dm("Kuka on Ismo Keksitty?")
    review(bertta, row.number).press("observations.redact")
    form = bertta.sees_modal(callback_id="observations.redaction")
    assert set(form.fill(words="Irma Keksitty").submit().errors) == {"words"}
    assert form.fill(words="ismo keksitty").submit().closed
    bertta.sees_modal("Asiakas [poistettu] jäi ilman asuntoa")
    receipt.waits_for("[poistettu]")
    feedback.waits_for("Kuka on [poistettu]?")
    bertta.sees_home("Asiakas [poistettu]")
    slack.world.wait_for(lambda: rows(deps, Erasure) == [], 60, lambda: "the mark is there still")
    everything = [one.drawn for one in aino.dms] + [view.drawn for view in slack.world.homes.values()]
    assert "Keksitty" not in json.dumps(everything, ensure_ascii=False)
    assert "Keksitty" not in str([one.model_dump() for table in (Observation, Move) for one in rows(deps, table)])
    assert not [one for one in rows(deps, Word) if "keksi" in one.lemma]
    goes_out(deps, deps.now() + timedelta(minutes=40))
    assert "Sanoja poistettiin" in aino.sees_dm("Sanoja poistettiin").words
    aino.types("/raportoi", "haku asunto")
    aino.sees_ephemeral("[poistettu]")


def test_words_are_taken_out_of_what_was_filed_without_a_name_and_nobody_is_written_to(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    row = files(deps, aino, feedback="anonymous")
    before = len(aino.dms)
    observations.redact(deps, bertta.id, row.number, row.version, "Ismo Keksitty")
    observations.reclassify(deps, bertta.id, row.number, row.version + 1, Classes("E", "X-90"))
    goes_out(deps, NOON)
    (now,) = rows(deps, Observation)
    assert (now.text, now.author) == ("Asiakas [poistettu] jäi ilman asuntoa", None)
    assert len(aino.dms) == before
    with pytest.raises(ChangedMeanwhile):
        observations.redact(deps, bertta.id, row.number, row.version, "asuntoa")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_of_the_words_is_left_on_disk_after_the_night(deps: Deps, aino: Person, bertta: Person) -> None:
    row = files(deps, aino)
    observations.redact(deps, bertta.id, row.number, row.version, "Ismo Keksitty")
    assert deps.tidy()
    assert b"Keksitty" not in contents(deps.database.engine)


def test_redacted_words_do_not_come_back_with_a_backup_and_a_later_backup_keeps_the_rest(
    settings: Settings, deps: Deps, aino: Person, bertta: Person, tmp_path: Path
) -> None:
    row = files(deps, aino)
    sent(deps, aino, Card(name="Asunto", what=WORDS), practices.begun_from(row.number))
    other = practices.save(deps, aino.id, Card(name="Malli", what="Ohjaaja on tavattavissa."), "b", is_sent=True)
    practices.decide(deps, KOORD, other.number, other.step, Decision(publishes=True))
    practices.say_tried(deps, aino.id, other.number, Tried("Torpan isäntä ihastui."))
    before, after = tmp_path / "ennen", tmp_path / "jälkeen"
    backups.back_up(settings, before, deps.now())
    observations.redact(deps, bertta.id, row.number, row.version, "Ismo Keksitty")
    (said,) = rows(deps, PracticeTried)
    sentences.take_out(deps, bertta.id, other.number, said.who, marks({"words": said.words})["words"])
    backups.back_up(settings, after, deps.now())
    version = rows(deps, Observation)[0].version
    observations.delete(deps, bertta.id, row.number, version, Deletion(OTHER, "Vahingossa"))
    observations.restore(deps, bertta.id, row.number)
    assert brought_back(settings, before, deps.now()) == "[poistettu]"
    assert brought_back(settings, after, deps.now()) == "Asiakas [poistettu] jäi ilman asuntoa"


def sent(deps: Deps, person: Person, card: Card, nonce: str) -> PracticeDraft:
    """The card, in which a warning was confirmed."""
    with pytest.raises(PersonalDataFound) as warned:
        practices.save(deps, person.id, card, nonce, is_sent=True)
    return practices.save(deps, person.id, replace(card, confirmed=warned.value.seen), nonce, is_sent=True)


@pytest.mark.both_databases
def test_words_are_taken_out_of_a_card_that_was_begun_from_them_and_published_ones_are_pointed_at(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    row = files(deps, aino, proposal="Keksityllä on kokemusta")
    card = Card(name="Ismo Keksitty", what=WORDS, benefits="Ismo keksitty auttoi")
    draft = sent(deps, aino, card, practices.begun_from(row.number))
    other = sent(deps, cecilia, Card(name="Ilman asuntoa", what="Ismo Keksitty näytti mallia."), "b")
    practices.decide(deps, KOORD, other.number, other.step, Decision(publishes=True))
    review(bertta, row.number).press("observations.redact")
    form = bertta.sees_modal(callback_id="observations.redaction")
    assert form.fill(words="Ismo Keksitty").submit().closed
    said = bertta.sees_modal("Samat sanat ovat myös toimintamalleissa").words
    assert other.number in said
    assert draft.number not in said
    assert "muita muotoja: Keksityllä." in said
    (now,) = rows(deps, PracticeDraft)
    assert (now.name, now.what, now.benefits) == (
        "[poistettu]",
        "Asiakas [poistettu] jäi ilman asuntoa",
        "[poistettu] auttoi",
    )
    with pytest.raises(ChangedMeanwhile):  # it was read with the words in it
        practices.decide(deps, KOORD, draft.number, draft.step, Decision(publishes=True))


@pytest.mark.parametrize("is_begun", [False, True])
def test_a_form_of_a_card_that_was_open_when_words_were_taken_out_does_not_bring_them_back(
    deps: Deps, aino: Person, bertta: Person, is_begun: bool
) -> None:
    row = files(deps, aino)
    nonce = practices.begun_from(row.number)
    card, opened = practices.started_from(deps, aino.id, row.number)
    if is_begun:
        draft = sent(deps, aino, card, nonce)
        card, (_, opened) = card_of(draft), practices.draft_of(deps, aino.id, draft.number)
    observations.redact(deps, bertta.id, row.number, row.version, "Ismo Keksitty")
    card = replace(card, name="Avain käteen", what=f"{WORDS}. Naapuri auttoi.", benefits="Ovi aukesi.")
    with pytest.raises(PersonalDataFound) as warned:
        practices.save(deps, aino.id, card, nonce, is_sent=True, opened=opened)
    card, number = replace(card, confirmed=warned.value.seen), draft.number if is_begun else ""
    with pytest.raises(WordsTakenOut) as told:
        practices.save(deps, aino.id, card, nonce, number, is_sent=True, opened=opened)
    assert "Keksitty" not in str(rows(deps, PracticeDraft))
    again = Opened(told.value.marks, told.value.times)
    practices.save(deps, aino.id, card, nonce, number, is_sent=True, opened=again)
    (now,) = rows(deps, PracticeDraft)
    assert (now.name, now.benefits) == ("Avain käteen", "Ovi aukesi.")
    assert now.what == "Asiakas [poistettu] jäi ilman asuntoa"
    whole = replace(card, what=f"{now.what}. Naapuri auttoi.")
    practices.save(deps, aino.id, whole, nonce, now.number, is_sent=True, opened=again)
    assert rows(deps, PracticeDraft)[0].what == "Asiakas [poistettu] jäi ilman asuntoa. Naapuri auttoi."


def is_refused(form: SeenModal) -> None:
    """It is not for the person any more, and shows nothing of what it showed."""
    refused = form.submit().view
    assert refused is not None
    assert "Tämä on verkoston jäsenille." in refused.words


@pytest.mark.both_databases
def test_a_coordinator_who_leaves_while_reviews_are_open_does_nothing_by_them(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    row = files(deps, aino)
    draft = practices.save(
        deps, aino.id, Card(name="Jalkautuminen", what="Ohjaaja on tavattavissa."), "a", is_sent=True
    )
    members = slack.world.channels[HOME_CHANNEL].members
    bertta.sees_dm("Toimintamalli odottaa sinua").press("practice.review")
    card = bertta.sees_modal(callback_id="practice.review").fill(decision="publish")
    members.remove(bertta.id)
    deps.people.came_or_went(HOME_CHANNEL, bertta.id)
    is_refused(card)
    members.append(bertta.id)
    desk = review(bertta, row.number).fill(status="kasittelyssa", reply="Selvitän tätä.")
    desk.press("observations.redact")
    redaction = bertta.sees_modal(callback_id="observations.redaction").fill(words="Ismo")
    before, trail = rows(deps, Observation), len(rows(deps, Audit))
    members.remove(bertta.id)
    deps.people.came_or_went(HOME_CHANNEL, bertta.id)
    is_refused(redaction)
    is_refused(desk)
    slack.settles()
    assert (rows(deps, Observation), rows(deps, Move)) == (before, [])
    assert (len(rows(deps, Audit)), [one.step for one in rows(deps, PracticeDraft)]) == (trail, [draft.step])


def brought_back(settings: Settings, file: Path, now: datetime) -> str:
    """The text of the observation after the backup was brought back elsewhere, beside the log of erasures."""
    url = f"sqlite:///{file}-uusi/raportoi.db"
    there = settings.model_copy(update={"database_url": url})
    there.__dict__.pop("database", None)
    Path(f"{file}-uusi").mkdir()
    shutil.copy(settings.beside / "erasures.log", Path(f"{file}-uusi"))
    backups.restore(there, file, backups.look_into(file), now)
    database = Database(url)
    with database.read() as session:
        (row,) = session.exec(select(Observation))
        text = row.text
    database.close()
    held = Path(f"{file}-uusi/raportoi.db").read_bytes()
    assert b"Keksitty" not in held
    assert "isäntä".encode() not in held
    return text


def test_words_that_stand_everywhere_are_not_taken_out(deps: Deps, aino: Person, bertta: Person) -> None:
    row = files(deps, aino, proposal="Asuntoja lisää. " * 60)
    with pytest.raises(InvalidDraft):
        observations.redact(deps, bertta.id, row.number, row.version, "a")
    assert rows(deps, Observation)[0].text == WORDS


def test_one_coordinator_has_an_observation_until_they_let_go_hand_over_or_are_away(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    row = files(deps, aino)
    with deps.write() as session:
        session.add(Coordinator(workspace=deps.workspace, user=cecilia.id))
    review(bertta, row.number).press("observations.take")
    opened = bertta.sees_modal(f"<@{bertta.id}> on ottanut tämän.")
    bertta.opens_home()
    bertta.sees_home(f"<@{bertta.id}> on ottanut tämän.")
    with pytest.raises(AlreadyTaken):
        observations.take(deps, cecilia.id, row.number)
    today = deps.now().date()
    people.choose(deps, bertta.id, Choices(absence_start=today, absence_end=today))
    cecilia.opens_home()
    cecilia.sees_home("men är borta")
    observations.take(deps, cecilia.id, row.number)
    assert [one.user for one in rows(deps, Handling)] == [cecilia.id]
    with deps.write() as session:  # the handler is no coordinator any more
        session.delete(session.get(Coordinator, (deps.workspace, cecilia.id)))
    opened.close(clear=True)
    with deps.write() as session:  # is one again, has it again, and leaves the network
        session.add(Coordinator(workspace=deps.workspace, user=cecilia.id))
    with pytest.raises(AlreadyTaken):
        observations.take(deps, bertta.id, row.number)
    cecilia.record["deleted"] = True
    deps.people.heard(cecilia.record)
    with pytest.raises(NoHandler):
        observations.hand_over(deps, bertta.id, row.number, cecilia.id)
    again = review(bertta, row.number)
    assert "observations.take" in again.actions
    again.press("observations.take")
    bertta.sees_modal(f"<@{bertta.id}> on ottanut tämän").press("observations.let_go")
    slack.settles()
    assert rows(deps, Handling) == []
    assert {one.what for one in rows(deps, Audit)} >= {"observation.taken", "observation.let_go"}


def test_only_coordinators_can_be_handed_an_observation_and_a_refusal_leaves_what_was_typed(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    row = files(deps, aino)
    review(bertta, row.number)
    alone = bertta.sees_modal(callback_id="observations.review")
    assert "observations.hand_over" not in alone.actions
    alone.close(clear=True)
    with deps.write() as session:
        session.add(Coordinator(workspace=deps.workspace, user=cecilia.id))
    form = review(bertta, row.number).fill(reply="Kysytään vielä asuntotoimesta")
    place = f"hand_over.{row.number}", "observations.hand_over"
    _, menu = form.element(*place)
    assert [one["value"] for one in menu["options"]] == [cecilia.id]
    with deps.write() as session:
        session.delete(session.get(Coordinator, (deps.workspace, cecilia.id)))
    form.use(*place, cecilia.id)
    refused = bertta.sees_modal("Vain koordinaattori voi viedä havaintoa eteenpäin")
    assert refused.field("reply")["element"]["initial_value"] == "Kysytään vielä asuntotoimesta"
    with deps.write() as session:
        session.add(Coordinator(workspace=deps.workspace, user=cecilia.id))
    refused.press("observations.take")
    bertta.sees_modal(f"<@{bertta.id}> on ottanut tämän").use(*place, cecilia.id)
    given = bertta.sees_modal(f"<@{cecilia.id}> on ottanut tämän")
    assert given.field("reply")["element"]["initial_value"] == "Kysytään vielä asuntotoimesta"

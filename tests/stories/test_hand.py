"""The coordinator's hand: a classification corrected, words taken out everywhere, one handler for each observation."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.errors import AlreadyTaken, ChangedMeanwhile, InvalidDraft, NoHandler
from bot.rules.deletions import OTHER, Deletion
from bot.rules.people import Choices
from bot.rules.reviews import Classes
from bot.services import backups, observations, people
from bot.settings import Settings
from storage.database import Database
from storage.models import Audit, Coordinator, Erasure, Handling, Move, Observation, Word
from tests.fakes import FakeSlack, Person, SeenModal
from tests.on_disk import contents
from tests.stories.moves import NOON, acts, goes_out
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
    before, after = tmp_path / "ennen", tmp_path / "jälkeen"
    backups.back_up(settings, before, deps.now())
    observations.redact(deps, bertta.id, row.number, row.version, "Ismo Keksitty")
    backups.back_up(settings, after, deps.now())
    version = rows(deps, Observation)[0].version
    observations.delete(deps, bertta.id, row.number, version, Deletion(OTHER, "Vahingossa"))
    observations.restore(deps, bertta.id, row.number)
    assert brought_back(settings, before, deps.now()) == "[poistettu]"
    assert brought_back(settings, after, deps.now()) == "Asiakas [poistettu] jäi ilman asuntoa"


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
    assert b"Keksitty" not in Path(f"{file}-uusi/raportoi.db").read_bytes()
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

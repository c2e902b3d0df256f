"""The half-year summary at a coordinator's hands: seen, filled in, made into files, and refused to everybody else."""

from datetime import date

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.exports.formats import FORMATS
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.summaries import Words, half_with
from bot.services import phenomena, summaries
from storage.models import Audit, Published, SummaryWords
from tests.clocks import at
from tests.digests import filed, observation
from tests.fakes import FakeSlack, Person, SeenModal

KOORD = "U0KOORD001"
HALF = date(2026, 4, 1)


def fill(deps: Deps) -> None:
    rows = [observation(deps, f"26-A{n:04}", "2026-06-10T09:00", "Salainen sana", author=f"U{n}") for n in range(12)]
    filed(deps, *rows)
    then = at(deps, "2026-08-03T10:00")
    phenomena.create(
        then, KOORD, PhenomenonDraft("Asumispalvelut", "Tukiasuntoja ei riitä nuorille.", "SHL11-02"), "nonce"
    )


def every(deps: Deps, table: type) -> list:
    with deps.read() as session:
        return list(session.exec(select(table)))


def desk(bertta: Person, command: str = "/kooste", word: str = "yhteenveto") -> SeenModal:
    bertta.types(command, word)
    return bertta.sees_modal(callback_id="summaries.desk")


def test_a_coordinator_sees_what_is_there_and_what_is_missing(deps: Deps, bertta: Person) -> None:
    fill(deps)
    words = desk(bertta).words
    for said in ("1.4.2026–30.9.2026", "12 havaintoa", "versio 1", "Asumispalvelut", "Alaotsikko puuttuu",
                 "kenelle ehdotus on, ei ole kerrottu", "Otsikko nimeää vain aiheen"):  # fmt: skip
        assert said in words
    assert "Salainen" not in words
    assert [row.version for row in every(deps, Published)] == [1]


@pytest.mark.parametrize("word", ["yhteenveto", "Yhteenveto?", "summary", "sammanfattning"])
def test_the_word_is_known_in_every_language(deps: Deps, bertta: Person, word: str) -> None:
    assert desk(bertta, word=word).words


def test_in_swedish_it_is_asked_for_by_the_swedish_command(slack: FakeSlack, deps: Deps) -> None:
    person = slack.person(KOORD, "Bertta Kokoaja", missing=["locale"])
    assert "Halvårssammanfattning" in desk(person, "/sammandrag", "sammanfattning").words


def test_it_is_filled_in_and_what_was_written_stands_there_then(deps: Deps, bertta: Person) -> None:
    fill(deps)
    opened = desk(bertta)
    opened.press("summaries.fill")
    form = bertta.sees_modal(callback_id="summaries.words")
    form.fill(subtitle="Nuoret jäävät ilman asuntoa", highlights="Jonot kasvavat.\nVelat kasvavat.\nTyö tavoittaa.")
    assert form.submit().closed
    bertta.sees_modal(containing="Nuoret jäävät ilman asuntoa")
    assert [row.subtitle for row in every(deps, SummaryWords)] == ["Nuoret jäävät ilman asuntoa"]
    assert "Alaotsikko puuttuu" not in bertta.sees_modal(callback_id="summaries.desk").words


def test_the_preview_says_where_one_language_has_fewer_lines_than_the_other(deps: Deps, bertta: Person) -> None:
    for language, highlights in (("fi", "Jonot kasvavat.\nVelat kasvavat."), ("sv", "Köerna växer.")):
        written = Words(highlights=highlights, proposals="Neuvonta; Kunnat")
        summaries.write(deps, KOORD, half_with(HALF), language, written)
    words = desk(bertta).words
    assert "Nostoja on toisella kielellä vähemmän kuin toisella." in words
    assert "Ehdotuksia, jotka eivät liity ilmiöön, on toisella" not in words


def test_a_small_number_comes_back_with_a_warning_and_may_be_sent_anyway(deps: Deps, bertta: Person) -> None:
    desk(bertta).press("summaries.fill")
    form = bertta.sees_modal(callback_id="summaries.words")
    again = form.fill(subtitle="Kolme työntekijää Kustavista kertoi").submit().view
    assert again is not None
    assert "Pieni luku voi paljastaa jonkun. Kirjoita ”muutama”." in again.words
    assert "Tallenna silti" in again.words
    assert again.drawn["submit"]["text"] == "Tallenna silti"
    assert every(deps, SummaryWords) == []
    assert again.submit().closed
    assert [row.subtitle for row in every(deps, SummaryWords)] == ["Kolme työntekijää Kustavista kertoi"]


def test_an_identity_code_is_told_at_its_field_and_nothing_is_stored(deps: Deps, bertta: Person) -> None:
    desk(bertta).press("summaries.fill")
    form = bertta.sees_modal(callback_id="summaries.words")
    outcome = form.fill(residents="Asiakas 130279-901E odotti", residents_source="Kysely").submit()
    assert set(outcome.errors) == {"residents"}
    assert every(deps, SummaryWords) == []


def test_two_coordinators_who_write_the_same_field_are_told_and_nothing_is_lost(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    desk(bertta).press("summaries.fill")
    mine = bertta.sees_modal(callback_id="summaries.words")
    with deps.write() as session:
        session.add(SummaryWords(workspace=deps.workspace, first=HALF, language="fi", subtitle="Toisen sanat"))
    again = mine.fill(subtitle="Omat sanat").submit().view
    assert again is not None
    assert "Joku muu on muuttanut tätä sillä välin" in again.words
    assert [row.subtitle for row in every(deps, SummaryWords)] == ["Toisen sanat"]
    assert again.submit().closed
    assert [row.subtitle for row in every(deps, SummaryWords)] == ["Omat sanat"]


def test_its_files_come_into_the_thread_of_a_private_message_as_often_as_wanted(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    fill(deps)
    for turn in (1, 2):
        desk(bertta).submit()
        slack.settles()
        messages = [one for one in bertta.dms if "Tiedostot ovat ketjussa" in one.words]
        assert len(messages) == turn
        files = [one for one in slack.world.files.values() if one["thread_ts"] == messages[-1].ts]
        stem = "yhteenveto_2026-04-01_2026-09-30"
        assert sorted(one["name"] for one in files) == sorted(f"{stem}.{ending}" for ending in FORMATS)
        assert {one["channel"] for one in files} == {f"D{KOORD[1:]}"}
    assert [row.what for row in every(deps, Audit)].count("summary.made") == 2


def test_another_language_period_and_form_are_chosen_by_menus(slack: FakeSlack, deps: Deps, bertta: Person) -> None:
    fill(deps)
    opened = desk(bertta)
    for action, value in (("language", "sv"), ("preset", "annex"), ("by", "theme"), ("period", "2025-10-01")):
        opened.choose(f"summaries.choose_{action}", value)
        opened.waits_for_redraw()
    assert "1.10.2025–31.3.2026" in opened.words
    opened.submit()
    slack.settles()
    names = {one["name"] for one in slack.world.files.values()}
    assert names == {f"sammanfattning-HYTE-bilaga_2025-10-01_2026-03-31.{ending}" for ending in FORMATS}


def test_files_that_slack_refuses_are_told_and_nothing_is_lost(slack: FakeSlack, deps: Deps, bertta: Person) -> None:
    fill(deps)
    slack.fault("files.getUploadURLExternal", error="storage_limit_reached", times=None)
    desk(bertta).submit()
    note = bertta.sees_dm(containing="Slack ei ottanut vastaan näitä tiedostoja")
    assert "yhteenveto_2026-04-01_2026-09-30.docx" in note.words
    assert "summaries.open" in note.actions
    assert slack.world.files == {}


def test_the_numbers_are_counted_again_only_where_that_points_to_nobody(deps: Deps, bertta: Person) -> None:
    fill(deps)
    opened = desk(bertta)
    filed(deps, observation(deps, "26-LATE", "2026-06-11T09:00", author="U99"))
    opened.press("summaries.correct")
    opened.waits_for_redraw()
    assert "Luvut pysyvät ennallaan" in opened.words
    assert [row.version for row in every(deps, Published)] == [1]


def test_without_any_observation_it_says_so_and_the_files_are_made_all_the_same(
    slack: FakeSlack, deps: Deps, bertta: Person
) -> None:
    opened = desk(bertta)
    assert "Havaintoja ei ole" in opened.words
    opened.submit()
    slack.settles()
    assert len(slack.world.files) == len(FORMATS)


def test_it_is_for_coordinators_alone(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/kooste", "yhteenveto")
    aino.sees_modal(containing="vain verkoston koordinaattori")
    assert every(deps, Published) == []


def test_it_opens_from_app_home(deps: Deps, bertta: Person) -> None:
    bertta.opens_home()
    bertta.sees_home("Puolivuosiyhteenveto").press("summaries.open")
    assert "Puolivuosiyhteenveto" in bertta.sees_modal(callback_id="summaries.desk").words

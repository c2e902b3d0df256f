"""A coordinator deletes an observation, and everybody sees so; within a day one press brings it back everywhere."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.jobs import observations as jobs
from bot.rules.deletions import OTHER, Deletion
from bot.rules.observations import Draft
from bot.rules.statuses import Step
from bot.services import observations
from bot.settings import Settings
from storage.models import Erasure, Hidden
from tests.clocks import at
from tests.fakes import FakeSlack, Person, SeenModal
from tests.stories.moves import goes_out
from tests.stories.rows import stored
from tests.stories.test_feedback import WORDS, files
from tests.stories.test_triage import deeds, opened, presses
from tests.stories.test_withdrawing import digests

KOORD, SECOND = "U0KOORD001", "U0KOORD002"
REASON = "Sama havainto on kirjattu kahdesti."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"raportoi_coordinators": (KOORD, SECOND)})


@pytest.fixture
def dag(slack: FakeSlack, deps: Deps) -> Person:
    return slack.person(SECOND, "Dag Samordnare", locale="sv-SE")


def delete_form(person: Person, number: str) -> SeenModal:
    opened(person, number).press("observations.delete")
    return person.sees_modal(callback_id="observations.delete_form")


def is_settled(slack: FakeSlack, deps: Deps) -> None:
    """All that waits in the bot's messages is put right; the bot's own clock does the same beside."""
    slack.settles()
    for _ in range(10):
        jobs.knock(deps)
        with deps.read() as session:
            if not session.exec(select(Erasure)).all():
                break
    else:
        pytest.fail("messages still wait to be put right")
    slack.settles()


def seen_by(person: Person) -> str:
    return str([one.drawn for one in person.dms])


def test_what_goes_is_shown_and_it_is_hidden_from_everybody_until_it_is_brought_back(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    receipt = aino.sees_dm(containing="on kirjattu")
    slack.settles()
    digests(deps, slack, bertta, {number: WORDS})
    observations.move_on(deps, KOORD, number, 0, Step("kasittelyssa"))
    for person in (aino, bertta):
        person.opens_home()
        person.sees_home(WORDS)

    form = delete_form(bertta, number)
    for said in (WORDS, "vaiheet (1)", "teksti botin viesteistä (2)", "Raportoija saa viestin"):
        assert said in form.words, said
    assert form.options("why") == ["identifies", "other"]
    assert form.fill(why="other", reason=REASON).submit().closed
    review = bertta.sees_modal("Palauta", callback_id="observations.review")
    assert "Teksti on piilossa kaikilta ja poistuu lopullisesti" in review.words
    assert WORDS not in review.words
    is_settled(slack, deps)

    assert "on poistettu" in receipt.words
    assert receipt.actions == []
    assert WORDS not in seen_by(aino) + seen_by(bertta)
    assert WORDS not in aino.sees_home("Et ole vielä").words
    assert WORDS not in bertta.sees_home("Yhden poistetun voi vielä palauttaa.").words
    aino.types("/raportoi", "omat")
    assert number not in aino.sees_ephemeral(containing="Et ole vielä").words
    bertta.types("/raportoi", "haku tukiasunto")
    assert WORDS not in bertta.sees_ephemeral(containing="Mitään ei löytynyt").words

    review.press("observations.restore")
    bertta.sees_modal(WORDS, callback_id="observations.review")
    is_settled(slack, deps)
    assert WORDS in receipt.words
    assert "feedback.reply" in receipt.actions
    (digest,) = bertta.dms
    assert f"{number} · " in digest.words
    assert WORDS in digest.words
    assert "observations.review" in digest.actions
    aino.sees_home(WORDS)
    bertta.sees_home(WORDS)
    assert [row.status for row in stored(deps)] == ["kasittelyssa"]


def test_the_status_menu_does_not_delete_also_where_an_old_form_still_offers_it(
    deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    form = opened(bertta, number)
    assert "poistettu" not in form.options("status")

    def old(payload: dict) -> None:
        chosen = {"text": {"type": "plain_text", "text": "Poistettu"}, "value": "poistettu"}
        payload["view"]["state"]["values"]["status"]["status"]["selected_option"] = chosen

    assert form.fill(reply="Kiitos").submit(change=old).errors.keys() == {"status"}
    assert stored(deps)[0].text == WORDS


def test_without_a_reason_nothing_is_deleted_and_what_was_typed_stays(deps: Deps, bertta: Person, aino: Person) -> None:
    number = files(deps, aino)
    opened(bertta, number).fill(reply="Puoliksi kirjoitettu")
    bertta.sees_modal(callback_id="observations.review").press("observations.delete")
    form = bertta.sees_modal(callback_id="observations.delete_form")
    assert form.submit(force=True).errors.keys() == {"why", "reason"}
    assert form.fill(why="other", reason="Soita 040 123 4567").submit().errors.keys() == {"reason"}
    warned = form.fill(reason="Lisätietoja: testi@example.org").submit().view
    assert warned is not None
    assert warned.drawn["submit"]["text"] == "Poista silti"
    assert warned.values == {"why": "other", "reason": "Lisätietoja: testi@example.org"}
    assert WORDS in warned.words
    warned.close()
    assert bertta.sees_modal(callback_id="observations.review").values["reply"] == "Puoliksi kirjoitettu"
    assert stored(deps)[0].text == WORDS


def test_the_reporter_hears_why_and_how_to_write_it_anew_and_that_it_came_back(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    observations.delete(deps, KOORD, number, 0, Deletion(OTHER, REASON))
    later = deps.now() + timedelta(days=5)  # a Monday
    goes_out(deps, later)
    told = aino.sees_dm(containing="Uutta havainnostasi")
    for said in (number, "Poistettu", f"Perustelu: {REASON}", "poistuu lopullisesti", "voit kirjata sen uudelleen"):
        assert said in told.words, said
    assert WORDS not in told.words
    told.press("observations.open_form")
    aino.sees_modal(callback_id="observations.form").close()

    observations.restore(at(deps, later), KOORD, number)
    goes_out(deps, later + timedelta(days=4))
    back = aino.sees_dm(containing="Poisto peruttiin")
    assert "Palautettu" in back.words
    assert WORDS in back.words
    assert len([one for one in aino.dms if "Uutta havainnostasi" in one.words]) == 2


def test_who_has_the_code_reads_the_reason_and_may_withdraw_what_is_hidden(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    draft = Draft(text=WORDS, kind="E", theme="X-90", named=False)
    code = observations.file_observation(deps, draft, aino.id, "nonce-1").code
    (row,) = stored(deps)
    form = delete_form(bertta, row.number)
    assert "perustelun näkee tunnuskoodilla" in form.words
    assert form.fill(why="other", reason=REASON).submit().closed
    aino.types("/raportoi", f"tila {code}")
    page = aino.sees_ephemeral(containing="Poistettu")
    for said in (f"Perustelu: {REASON}", "Teksti on piilossa kaikilta", "voit kirjata sen uudelleen"):
        assert said in page.words, said
    assert page.actions == ["observations.open_form", "observations.withdraw_by_code"]
    page.press("observations.withdraw_by_code")
    slack.settles()
    assert [one.status for one in stored(deps)] == ["peruttu"]
    presses(slack, bertta, "observations.restore", row.number)
    assert "ei voi palauttaa" in bertta.sees_dm(containing="ei ole enää tallessa").words
    assert not [one for one in aino.dms if row.number in one.words]


def test_what_identifies_somebody_is_gone_at_once_and_offers_no_way_back(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    form = delete_form(bertta, number)
    assert form.fill(why="identifies", reason="Tekstistä tunnisti asiakkaan.").submit().closed
    review = bertta.sees_modal("Tekstiä ei ole enää tallessa.", callback_id="observations.review")
    assert "observations.restore" not in review.actions
    assert (KOORD, "observation.deleted", number) in deeds(deps)
    with deps.read() as session:
        assert session.exec(select(Hidden)).all() == []
    is_settled(slack, deps)
    assert WORDS not in seen_by(aino)


def test_another_coordinators_form_finds_it_gone(deps: Deps, bertta: Person, dag: Person, aino: Person) -> None:
    number = files(deps, aino)
    first, second = delete_form(bertta, number), delete_form(dag, number)
    assert first.fill(why="other", reason=REASON).submit().closed
    outcome = second.fill(why="identifies", reason="Texten avslöjade en klient.").submit()
    assert outcome.view is not None
    assert "hittade inte" in outcome.view.words
    assert [deed for deed in deeds(deps) if deed[2] == number and "hidden" in deed[1]] == [
        (KOORD, "observation.hidden", number)
    ]


def test_another_coordinators_step_meanwhile_is_told_before_anything_is_deleted(
    deps: Deps, bertta: Person, dag: Person, aino: Person
) -> None:
    number = files(deps, aino)
    form = delete_form(bertta, number)
    assert opened(dag, number).fill(status="kasittelyssa", reply="Jag tar den här.").submit().closed
    outcome = form.fill(why="other", reason=REASON).submit()
    assert outcome.view is not None
    assert f"<@{SECOND}> · Käsittelyssä" in outcome.view.words
    assert outcome.view.values == {"why": "other", "reason": REASON}
    assert stored(deps)[0].text == WORDS
    assert outcome.view.submit().closed
    assert stored(deps)[0].text == ""


def test_the_queue_shows_what_can_be_brought_back_and_one_press_does(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    observations.delete(deps, KOORD, number, 0, Deletion(OTHER, REASON))
    bertta.opens_home()
    bertta.sees_home("Yhden poistetun voi vielä palauttaa.").press("observations.queue_hidden")
    home = bertta.sees_home("poistuu lopullisesti")
    assert WORDS not in home.words
    home.press("observations.restore", value=number)
    slack.settles()
    assert [row.text for row in stored(deps)] == [WORDS]
    assert (KOORD, "observation.restored", number) in deeds(deps)
    is_settled(slack, deps)
    assert WORDS in aino.sees_dm(containing="on kirjattu").words


def test_brought_back_before_the_messages_were_cleaned_they_keep_their_words(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    receipt = aino.sees_dm(containing="on kirjattu")
    slack.settles()
    for _ in range(2):
        version = stored(deps)[0].version
        observations.delete(deps, KOORD, number, version, Deletion(OTHER, REASON))
        observations.restore(deps, KOORD, number)
    is_settled(slack, deps)
    assert WORDS in receipt.words
    observations.delete(deps, KOORD, number, stored(deps)[0].version, Deletion(OTHER, REASON))
    is_settled(slack, deps)
    assert "on poistettu" in receipt.words
    assert WORDS not in receipt.words


def test_an_edit_that_comes_late_does_not_bring_words_back_that_were_deleted_again(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    number = files(deps, aino)
    receipt = aino.sees_dm(containing="on kirjattu")
    slack.settles()
    observations.delete(deps, KOORD, number, 0, Deletion(OTHER, REASON))
    is_settled(slack, deps)

    def deleted_meanwhile(*values: object) -> None:
        """The receipt with its words goes out only after another deletion has been cleaned up."""
        observations.delete(deps, KOORD, number, stored(deps)[0].version, Deletion(OTHER, REASON))
        deps.slack._say("chat.update", channel=values[0], ts=values[1], text=values[2], blocks=values[3])

    edit, deps.slack.edit = deps.slack.edit, deleted_meanwhile  # type: ignore[method-assign]
    observations.restore(deps, KOORD, number)
    observations.put_back_messages(
        deps, partial(jobs._receipt, deps), partial(jobs._entry, deps), partial(jobs._whole, deps)
    )
    deps.slack.edit = edit  # type: ignore[method-assign]
    is_settled(slack, deps)
    assert WORDS not in receipt.words
    assert stored(deps)[0].status == "poistettu"


def test_the_clock_finishes_what_was_deleted_a_day_ago(deps: Deps, bertta: Person, aino: Person) -> None:
    number = files(deps, aino)
    observations.delete(deps, KOORD, number, 0, Deletion(OTHER, REASON))
    jobs.finish(at(deps, deps.now() + timedelta(days=1, seconds=1)))
    with deps.read() as session:
        assert session.exec(select(Hidden)).all() == []
    bertta.opens_home()
    assert "vielä palauttaa" not in bertta.sees_home("Jono").words
    bertta.sees_home().press("audits.open")
    trail = bertta.sees_modal(callback_id="audits.page")
    assert f"poisti havainnon {number} (palautettavissa vuorokauden)" in trail.words
    assert f"poisti havainnon {number}: teksti poistui lopullisesti" in trail.words

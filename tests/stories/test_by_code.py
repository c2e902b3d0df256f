"""Without a name: status, history, replies, editing and withdrawing by the receipt code, and nothing of who acts."""

from datetime import date

import pytest

from bot.deps import Deps
from bot.rules.observations import Draft
from bot.services import observations
from storage import observations as table
from storage.models import Delivery, Erasure
from tests.fakes import FakeSlack, Person, SeenMessage
from tests.stories.moves import acts, is_joined, steps
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still
from tests.stories.test_closed_modals import closed_while_saving
from tests.stories.test_triage import presses
from tests.stories.test_unnamed import rows_of

WORDS = "Jonot ovat liian pitkiä kaikille"


@pytest.fixture
def code(deps: Deps, aino: Person) -> str:
    draft = Draft(text=WORDS, kind="E", theme="X-90", area="853", named=False)
    found = observations.file_observation(deps, draft, aino.id, "nonce-1").code
    assert found is not None
    return found


def asks(person: Person, code: str, containing: str = "2026-") -> SeenMessage:
    person.types("/raportoi", f"tila {code}")
    return person.sees_ephemeral(containing=containing)


def test_the_history_is_shown_with_days_words_and_questions(deps: Deps, aino: Person, code: str) -> None:
    (row,) = stored(deps)
    acts(deps, row.number, status="kasittelyssa", words="Mistä jonoista on kyse? <!here>")
    acts(deps, row.number, status="viety", receiver="Asuntotoimi")
    note = asks(aino, code)
    for said in (row.number, "5.9.2090", "Käsittelyssä", "Mistä jonoista on kyse? &lt;!here&gt;", "Viety eteenpäin",
                 "Minne: Asuntotoimi"):  # fmt: skip
        assert said in note.words, said
    assert WORDS not in note.words
    assert note.actions == ["observations.answer_by_code", "observations.open_by_code", "observations.withdraw_by_code"]


def test_the_phenomenon_that_it_is_joined_to_is_named(deps: Deps, aino: Person, code: str) -> None:
    is_joined(deps, stored(deps)[0].number, "Pitkät jonot", "viety")
    assert "Yhdistetty ilmiöön (viety eteenpäin):\n”Pitkät jonot”" in asks(aino, code).words


@pytest.mark.both_databases
def test_a_reply_by_code_is_stored_without_anything_of_the_person(
    slack: FakeSlack, deps: Deps, aino: Person, code: str
) -> None:
    asks(aino, code).press("observations.answer_by_code")
    form = aino.sees_modal(callback_id="feedback.reply_form").fill(text=f"Kaikista. Koodini on {code}")
    stopped = form.submit().view
    assert stopped is not None
    assert "tunnuskoodi" in stopped.words
    copies = slack.send_copies(stopped.fill(text="Kaikista jonoista").payload(), "interactive", 3, stopped.take_answer)
    assert all("Kiitos" in str(copy.ack_payload) for copy in copies)
    slack.settles()

    (answer,) = steps(deps)
    (row,) = stored(deps)
    assert (answer.words, answer.actor, answer.what, row.due_on) == ("Kaikista jonoista", None, "answer", answer.on_day)
    assert "Viestisi" in asks(aino, code, containing="Kaikista jonoista").words
    leaves_no_trace(slack, deps, aino, code)


def leaves_no_trace(slack: FakeSlack, deps: Deps, aino: Person, code: str) -> None:
    """No message that stays, no delivery, no audit, and the code and the person stand in no table."""
    slack.settles()
    assert not aino.dms
    for name in ("observation", "move", "delivery", "audit", "erasure", "word", "person"):
        told = str(rows_of(deps, name))
        assert aino.id not in told, name
        assert code not in told, name


def test_editing_by_code_makes_the_area_coarse_again(slack: FakeSlack, deps: Deps, aino: Person, code: str) -> None:
    coarse = stored(deps)[0].area
    note = asks(aino, code)
    note.press("observations.edit_by_code")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == WORDS
    outcome = form.fill(text="Jonot ovat liian pitkiä nuorille").submit()
    assert outcome.view is not None
    assert "on muutettu" in outcome.view.words
    assert (stored(deps)[0].text, stored(deps)[0].area, stored(deps)[0].author) == (
        "Jonot ovat liian pitkiä nuorille", coarse, None,
    )  # fmt: skip

    outcome.view.close()
    note.press("observations.edit_by_code")
    aino.sees_modal(callback_id="observations.form").fill(area="445").submit()
    assert stored(deps)[0].area not in ("445", "853")
    leaves_no_trace(slack, deps, aino, code)


def test_what_an_edit_by_code_takes_away_is_not_found_any_more(deps: Deps, aino: Person, code: str) -> None:
    draft = Draft(text="Velkaneuvontaan pääsee vasta ensi vuonna", kind="E", theme="X-90", named=False)
    observations.edit_by_code(deps, draft, aino.id, code)
    lemmas = {value for row in rows_of(deps, "word") for value in row}
    assert "jono" not in lemmas
    assert "velkaneuvonta" in lemmas


def test_an_edit_by_code_after_it_was_opened_is_refused_kindly(deps: Deps, aino: Person, code: str) -> None:
    note = asks(aino, code)
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, stored(deps)[0].number)
        assert row is not None
        row.opened_on = date(2026, 11, 25)
        session.add(row)
    note.press("observations.edit_by_code")
    assert "”Kirjoita koordinaattorille”" in aino.sees_ephemeral(containing="on lukenut sen").words
    assert "observations.edit_by_code" not in asks(aino, code).actions


def test_no_message_that_stays_names_an_observation_without_a_name(
    slack: FakeSlack, deps: Deps, aino: Person, code: str
) -> None:
    note = asks(aino, code)
    note.press("observations.edit_by_code")
    form = aino.sees_modal(callback_id="observations.form").fill(text="Jonot ovat liian pitkiä nuorille")
    number = stored(deps)[0].number
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, number)
        assert row is not None
        row.opened_on = date(2026, 11, 25)
        session.add(row)
    with standing_still(deps):
        closed_while_saving(form)
    aino.sees_dm(containing="Avaa lomake")
    slack.fault("response_url", status=404)
    note.press("observations.edit_by_code")
    slack.settles()
    assert len(aino.dms) == 2
    assert not [one.words for one in aino.dms if number in one.words]


def test_withdrawing_by_code_takes_words_and_history_along(
    slack: FakeSlack, deps: Deps, aino: Person, code: str
) -> None:
    acts(deps, stored(deps)[0].number, words="Mistä jonoista?")
    note = asks(aino, code)
    press = note.press("observations.withdraw_by_code")
    note.waits_for("on peruttu")
    slack.deliver("interactive", press.payload)
    slack.settles()
    (row,) = stored(deps)
    assert (row.text, row.status, row.due_on) == ("", "peruttu", None)
    assert steps(deps) == []
    assert asks(aino, code, containing="Peruttu").actions == []
    with deps.read() as session:
        assert session.get(Erasure, (deps.workspace, row.number)) is None
        assert session.get(Delivery, "x") is None
    leaves_no_trace(slack, deps, aino, code)


def test_wrong_codes_are_told_so_and_guessing_comes_to_an_end(
    slack: FakeSlack, deps: Deps, aino: Person, code: str
) -> None:
    note = asks(aino, code)
    for button in ("answer_by_code", "edit_by_code", "withdraw_by_code"):
        action = {"type": "button", "action_id": f"observations.{button}", "block_id": "b", "value": "AAAA-AAAA-AAAA"}
        slack.deliver("interactive", note._action_payload(action))
        slack.settles()
    for _ in range(10):
        aino.types("/raportoi", "tila BBBB-BBBB-BBBB")
    slack.settles()
    assert asks(aino, code, containing="Liian monta")
    note.press("observations.withdraw_by_code")
    slack.settles()
    assert stored(deps)[0].text == WORDS


@pytest.mark.parametrize("typed", ["tila AAAA-AAAA-AAAA", "tila AAAA-AAAA"])
def test_no_message_that_stays_speaks_of_a_code(slack: FakeSlack, deps: Deps, aino: Person, typed: str) -> None:
    slack.fault("response_url", status=404)
    aino.types("/raportoi", typed)
    said = aino.sees_dm(containing="Slack ei vastannut juuri nyt").words
    assert "kood" not in said


@pytest.mark.parametrize("where", ["home", "command"])
def test_a_code_whose_late_modal_was_closed_waits_in_memory_where_it_cannot_be_whispered(
    slack: FakeSlack, deps: Deps, aino: Person, where: str
) -> None:
    aino.uses_shortcut("observations.new")
    form = aino.sees_modal(callback_id="observations.form").fill(
        kind="E", theme="X-90", text=WORDS, feedback="anonymous"
    )
    with standing_still(deps):
        closed_while_saving(form)
    home = aino.sees_home("Näytä tunnuskoodi")
    if where == "home":
        home.press("observations.show_code")
        shown = aino.sees_modal(callback_id="observations.code").words
    else:
        aino.types("/raportoi", "ohje")
        shown = aino.sees_ephemeral(containing="Tunnuskoodisi").words
    found = next(word for word in shown.replace("`", " ").split() if word.count("-") == 2)
    slack.settles()
    aino.opens_home()
    slack.settles()
    assert "Näytä tunnuskoodi" not in aino.sees_home("Omat asetukset").words
    assert stored(deps)[0].number in asks(aino, found).words
    leaves_no_trace(slack, deps, aino, found)


def test_a_code_that_waits_is_for_its_writer_alone(slack: FakeSlack, deps: Deps, aino: Person, bertta: Person) -> None:
    ticket = deps.codes.put(aino.id, ("2026-AAAA", []))
    presses(slack, bertta, "observations.show_code", ticket)
    bertta.sees_dm(containing="tunnin")
    assert bertta.modal is None
    assert "Näytä tunnuskoodi" not in bertta.sees_home().words


@pytest.mark.both_databases
def test_a_code_whose_late_modal_was_closed_is_whispered(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(
        kind="E", theme="X-90", text=WORDS, feedback="anonymous"
    )
    with standing_still(deps):
        closed_while_saving(form)
    note = aino.sees_ephemeral(containing="Tunnuskoodisi")
    found = next(word for word in note.words.replace("`", " ").split() if word.count("-") == 2)
    assert stored(deps)[0].number in asks(aino, found).words
    assert not aino.dms

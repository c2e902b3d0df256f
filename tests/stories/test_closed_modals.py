"""A modal that its person closed while the bot was slow: what is stored is not said to be broken, words come back."""

import pytest

from bot.deps import Deps
from bot.services import networks
from tests.fakes import FakeSlack, Person, SeenModal
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still
from tests.stories.test_triage import filed, one, opened, presses

REPLY = "Kiitos, vien tämän eteenpäin"


def closed_while_saving(form: SeenModal) -> None:
    saving = form.submit().view
    assert saving is not None
    saving.close()


def said(person: Person) -> list[str]:
    return [one.words for one in (*person.notes, *person.dms)]


@pytest.mark.parametrize(("command", "word"), [("/raportoi", "asetukset"), ("/tapaaminen", "ehdota")])
def test_a_form_closed_before_it_was_drawn_is_not_said_to_have_broken(
    slack: FakeSlack, deps: Deps, aino: Person, command: str, word: str
) -> None:
    slack.fault("views.update", error="not_found")
    aino.types(command, word)
    slack.waits_for_call("views.update")
    slack.settles()
    assert said(aino) == []


def test_a_line_whose_form_was_closed_before_it_was_drawn_is_offered_again(
    slack: FakeSlack, deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.dialogs._opening.PATIENCE_SECONDS", 0.1)
    slack.settles()
    late_one = slack.person("U0LATE0001", "Leena Myöhäinen", locale="fi-FI")
    slack.fault("users.info", delay=1)
    slack.fault("views.update", error="not_found")
    late_one.types("/raportoi", "lyhyt")
    late_one.sees_ephemeral(containing="tallessa tunnin").press("observations.open_form")
    assert late_one.sees_modal(callback_id="observations.form").values["text"] == "lyhyt"


def test_what_was_stored_late_is_not_said_to_have_broken(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    bertta.types("/kooste", "asetukset")
    choices = bertta.sees_modal(callback_id="network.settings").fill(min_group="7")
    with standing_still(deps):
        closed_while_saving(choices)
    slack.settles()
    form = opened(bertta, row.number).fill(status="kasittelyssa", reply=REPLY)
    with standing_still(deps):
        closed_while_saving(form)
    slack.settles()
    assert networks.settings(deps).network.min_group == 7
    assert one(deps, row.number).status == "kasittelyssa"
    assert said(bertta) == []


def test_a_desk_form_that_failed_late_and_was_closed_comes_back_with_its_words(
    slack: FakeSlack, deps: Deps, bertta: Person, aino: Person
) -> None:
    row = filed(deps, aino.id)
    form = opened(bertta, row.number).fill(status="kasittelyssa", reply=REPLY)
    with standing_still(deps, fails=True):
        closed_while_saving(form)
    bertta.sees_dm(containing="Tekstisi on tallessa").press("submissions.open_again")
    again = bertta.sees_modal(callback_id="observations.review")
    assert again.values["reply"] == REPLY
    assert again.submit().closed
    assert [kept.status for kept in stored(deps)] == ["kasittelyssa"]


def test_a_form_of_another_person_does_not_open(slack: FakeSlack, deps: Deps, aino: Person, bertta: Person) -> None:
    ticket = deps.forms.put(bertta.id, {"type": "modal"})
    presses(slack, aino, "submissions.open_again", ticket)
    aino.sees_dm(containing="tunnin")
    assert aino.modal is None

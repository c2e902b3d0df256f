"""An own observation is opened whole, with all that became of it, wherever it is listed; nobody else opens it."""

from datetime import timedelta

import pytest

from bot.deps import Deps
from bot.rules.observations import Draft
from bot.services import observations
from storage.models import Observation
from tests.fakes import FakeSlack, Person, SeenModal
from tests.stories.moves import NOON, acts
from tests.stories.rows import stored
from tests.stories.test_by_code import asks
from tests.stories.test_triage import presses

WORDS = f"Asunnottomille nuorille ei löydy tukiasuntoja. {'Jonot ovat kasvaneet koko syksyn. ' * 20}Loppu on tässä."
PROPOSAL = "Tukiasuntoja lisää, ja neuvontaa sinne missä nuoret ovat."


def files(deps: Deps, user: str, *, named: bool = True) -> tuple[Observation, str]:
    draft = Draft(text=WORDS, proposal=PROPOSAL, kind="E", theme="X-90", area="853", group="nuoret", named=named)
    found = observations.file_observation(deps, draft, user, f"{user}{named}")
    return found.rows[0], found.code or ""


def is_handled(deps: Deps, number: str) -> None:
    acts(deps, number, status="kasittelyssa", words="Mistä asti näin on ollut?")
    acts(deps, number, status="viety", receiver="Asuntotoimi", moment=NOON + timedelta(days=2))
    acts(deps, number, status="osin", reason="Kaksi asuntoa saatiin", moment=NOON + timedelta(days=9))


def is_whole(page: SeenModal, *more: str) -> None:
    said = (WORDS, PROPOSAL, "5.9.2090", "Käsittelyssä", "Mistä asti näin on ollut?", "7.9.2090", "Viety eteenpäin",
            "Minne: Asuntotoimi", "Osin toteutunut", "Perustelu: Kaksi asuntoa saatiin", *more)  # fmt: skip
    for words in said:
        assert words in page.words, words


@pytest.mark.both_databases
def test_it_is_opened_from_the_list_the_home_and_the_search_with_its_history_and_own_messages(
    deps: Deps, aino: Person
) -> None:
    number = files(deps, aino.id)[0].number
    is_handled(deps, number)

    aino.types("/raportoi", "omat")
    listed = aino.sees_ephemeral(containing="Viimeisimmät")
    assert "Loppu on tässä." not in listed.words
    listed.press("observations.open_own", value=number)
    page = aino.sees_modal(containing="Loppu on tässä.", callback_id="observations.own")
    is_whole(page)

    page.press("feedback.reply")
    form = aino.sees_modal(callback_id="feedback.reply_form")
    thanks = form.fill(text="Viime keväästä asti.").submit().view
    assert thanks is not None
    thanks.close()
    assert page.is_open
    page.close()

    aino.opens_home()
    aino.sees_home(number).press("observations.open_own", value=number)
    is_whole(aino.sees_modal(containing="Viime keväästä asti.", callback_id="observations.own"), "Viestisi")

    aino.types("/raportoi", "haku jono")
    aino.sees_ephemeral(containing="hakutulos").press("observations.open_own", value=number)
    is_whole(aino.sees_modal(containing="Viime keväästä asti.", callback_id="observations.own"))


def test_it_is_opened_from_the_receipt_before_anybody_has_answered(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", WORDS.strip())
    aino.sees_dm(containing="on kirjattu").press("observations.open_own")
    page = aino.sees_modal(containing="Loppu on tässä.", callback_id="observations.own")
    assert "ei ole vielä kirjoittanut" in page.words
    assert page.title == stored(deps)[0].number


def test_without_a_name_the_code_opens_it(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    row, code = files(deps, aino.id, named=False)
    is_handled(deps, row.number)
    asks(aino, code).press("observations.open_by_code")
    page = aino.sees_modal(containing="Loppu on tässä.", callback_id="observations.own")
    is_whole(page)
    page.press("observations.answer_by_code")
    outcome = aino.sees_modal(callback_id="feedback.reply_form").fill(text="Viime keväästä asti.").submit()
    assert outcome.view is not None
    assert "Kiitos" in outcome.view.words
    slack.settles()
    assert not aino.dms


def test_nobody_else_opens_it_by_number_or_by_a_wrong_code(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person, cecilia: Person
) -> None:
    row, _ = files(deps, aino.id)
    unnamed, _ = files(deps, aino.id, named=False)
    for person in (cecilia, bertta):  # a coordinator reads it at the desk, where that is written down
        for action, value in (
            ("observations.open_own", row.number),
            ("observations.open_own", unnamed.number),
            ("observations.open_by_code", "AAAA-AAAA-AAAA"),
        ):
            presses(slack, person, action, value)
            assert person.modal is not None
            assert "Loppu on tässä" not in person.modal.words
            assert "Asunnottomille" not in person.modal.words


def test_one_that_was_withdrawn_or_deleted_meanwhile_shows_no_words(deps: Deps, aino: Person) -> None:
    row, code = files(deps, aino.id, named=False)
    note = asks(aino, code)
    observations.withdraw_by_code(deps, aino.id, code)
    note.press("observations.open_by_code")
    page = aino.sees_modal(containing="peruttu", callback_id="observations.own")
    assert "Asunnottomille" not in page.words
    assert page.actions == []
    assert row.number == page.title


def test_a_coordinator_opens_the_hits_of_a_search_at_the_desk(deps: Deps, aino: Person, bertta: Person) -> None:
    number = files(deps, aino.id)[0].number
    bertta.types("/raportoi", "haku jono")
    bertta.sees_ephemeral(containing="hakutulos").press("observations.review", value=number)
    assert bertta.sees_modal(containing="Loppu on tässä.", callback_id="observations.review").title == number

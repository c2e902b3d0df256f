"""One's own data at the page of a local Slack: seen, taken along, deleted after a day in which that is taken back."""

import json

import pytest
from sqlmodel import select

from bot.deps import Deps
from bot.rules.people import Choices
from bot.services import observations, people
from storage.models import Observation
from tests.e2e.conftest import AINO
from tests.e2e.page import ModalPresses, SlackPage

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks alone


@pytest.fixture
def at_own_data(page: SlackPage, deps: Deps) -> SlackPage:
    """Aino has filed, and looks at what is stored of her."""
    page.wait_for_bot()
    people.choose(deps, AINO.id, Choices(language="fi"))
    page.open_channel("keskustelu")
    page.type_command(f"/raportoi {WORDS}")
    page.open_dm_with_bot()
    page.wait_for_message(WORDS)
    page.open_home()
    page.press("Tallennetut tietoni")
    page.wait_for_modal("Tallennetut tietoni")
    return page


def stored(deps: Deps) -> list[tuple[str | None, str]]:
    with deps.read() as session:
        return [(row.author, row.text) for row in session.exec(select(Observation))]


@on_one_database
def test_what_is_stored_is_shown_and_comes_as_files_that_can_be_taken_away(
    at_own_data: SlackPage, deps: Deps, presses: ModalPresses
) -> None:
    page = at_own_data
    for said in ("HAVAINNOT NIMELLÄSI", WORDS, "24 kuukautta"):
        page.modal.wait_for_text(said)
    page.screenshot("own-data")
    page.press_in_modal("Lataa tiedostona", presses)
    page.modal.wait_for_text("Tiedostot tulivat")
    page.modal.close()
    page.open_dm_with_bot()
    page.wait_for_message("Tässä on, mitä sinusta on tallennettu")
    assert WORDS in page.download("txt").decode()
    (number,) = [row.row.number for row in observations.latest_of(deps, AINO.id)[0]]
    assert json.loads(page.download("json"))["tables"]["observation"][0]["number"] == number
    page.press("Poista tiedostot", "Tässä on, mitä sinusta on tallennettu")
    page.wait_for_message("Tässä ollut sisältö on poistettu")
    assert page.ever_undrawn() == []

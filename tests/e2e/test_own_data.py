"""One's own data at the page of a local Slack: seen, taken along, deleted after a day in which that is taken back."""

import json

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from bot.deps import Deps
from bot.rules.people import Choices
from bot.services import observations, people
from tests.e2e.conftest import AINO
from tests.e2e.page import ModalPresses, SlackPage
from tests.e2e.practice_page import PracticePage, served
from tests.e2e.test_practice import BERTTA

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


def opens_what_is_stored(page: PracticePage) -> Locator:
    page.types("/raportoi asetukset")
    page.modal("Omat asetukset").get_by_role("button", name="Tallennetut tietoni").click()
    return page.modal("Tallennetut tietoni")


def closes_it(page: PracticePage) -> None:
    for title in ("Tallennetut tietoni", "Omat asetukset"):
        page.modal(title)
        page.page.keyboard.press("Escape")
    page.no_modal()


def asks_to_be_erased(page: PracticePage) -> None:
    stored = opens_what_is_stored(page)
    expect(stored).to_contain_text(WORDS)
    stored.get_by_role("button", name="Poista tietoni").click()
    form = page.modal("Poista tietoni")
    expect(form).to_contain_text("Tämä poistuu: asetuksesi ja tieto siitä, että olet kirjannut 1 havainnon.")
    expect(form).to_contain_text("Tämä jää: havaintojen numero")
    form.get_by_label("Myös tekstini").check()
    assert page.faults() == []
    page.screenshot("own-data-erase")
    form.get_by_role("button", name="Poista", exact=True).click()
    closes_it(page)
    expect(page.message("Siihen asti voit perua poiston")).to_contain_text("Myös tekstini")


@on_one_database
def test_deleting_is_taken_back_within_its_day_and_asked_for_again_it_is_done_and_nothing_is_left(
    blank: BrowserContext, database_url: str, patience: None
) -> None:
    with served(database_url, fill=lambda _: None) as running:
        page = PracticePage(blank.new_page())
        page.open(running.url)
        page.types(f"/raportoi {WORDS}")
        page.goes_to("dm")
        page.message(WORDS)
        asks_to_be_erased(page)
        page.message("Siihen asti").get_by_role("button", name="Peru poisto").click()
        page.message("Tietosi jäävät ennalleen")

        asks_to_be_erased(page)
        for _ in range(2):  # the next working morning, and the one after it
            page.moves_to("morning")
        page.message("Tietosi on poistettu")
        expect(page.shown).not_to_contain_text(WORDS)
        page.screenshot("own-data-erased")
        expect(opens_what_is_stored(page)).not_to_contain_text("HAVAINNOT NIMELLÄSI")
        closes_it(page)
        page.goes_to("home")
        expect(page.shown).to_contain_text("Et ole vielä kirjannut havaintoja nimelläsi")
        page.be(BERTTA)
        page.goes_to("home")
        expect(page.shown).to_contain_text("Ei avoimia havaintoja")
        expect(page.shown).not_to_contain_text(WORDS)
        assert page.undrawn() == []

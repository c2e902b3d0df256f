"""At the page of a local Slack, whose modals have no live buttons: what is deleted comes back; where notices go."""

import pytest
from playwright.sync_api import expect

from bot.deps import Deps
from bot.jobs import observations as jobs
from bot.rules.deletions import OTHER, Deletion
from bot.rules.people import Choices
from bot.services import observations, people
from tests.e2e.conftest import AINO, BERTTA
from tests.e2e.page import SlackPage

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks alone


@on_one_database
def test_what_was_deleted_is_hidden_and_brought_back_by_one_press(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    for person in (AINO, BERTTA):
        people.choose(deps, person.id, Choices(language="fi"))
    page.open_channel("keskustelu")
    page.type_command(f"/raportoi {WORDS}")
    page.open_dm_with_bot()
    page.wait_for_message(WORDS)
    page.be(BERTTA.real_name)
    home = page.open_home()
    home.get_by_text(WORDS).wait_for()
    page.press("Avaa")
    page.modal.wait_for_text("Poista havainto…")
    assert "Poistettu" not in page.modal.options("status")
    page.screenshot("review-with-delete")
    page.modal.close()

    (own,), _ = observations.latest_of(deps, AINO.id)
    observations.delete(deps, BERTTA.id, own.row.number, own.row.version, Deletion(OTHER, "Kirjattu kahdesti."))
    jobs.knock(deps)
    home.get_by_text("Yhden poistetun voi vielä palauttaa.").wait_for()
    expect(home.get_by_text(WORDS)).to_have_count(0)
    page.press("Näytä poistetut")
    home.get_by_text("poistuu lopullisesti").wait_for()
    page.screenshot("deleted-in-queue")
    page.press("Palauta")
    expect(home.get_by_text("poistuu lopullisesti")).to_have_count(0)
    jobs.knock(deps)
    home.get_by_text(WORDS).wait_for()
    page.be(AINO.real_name)
    page.open_dm_with_bot()
    page.wait_for_message(WORDS)
    assert page.ever_undrawn() == []


@on_one_database
def test_a_line_that_sounds_like_a_notice_shows_where_notices_go(page: SlackPage, deps: Deps) -> None:
    page.wait_for_bot()
    people.choose(deps, AINO.id, Choices(language="fi"))
    page.open_channel("keskustelu")
    page.type_command("/raportoi ilmoitus lastensuojeluun: lapsi on vaarassa")
    shown = page.wait_for_modal("Mihin asia kuuluu?")
    shown.wait_for_text("soita 112")
    shown.wait_for_text("Tallenna havaintona silti")
    page.screenshot("notice")
    assert observations.latest_of(deps, AINO.id) == ([], False)
    assert page.ever_undrawn() == []

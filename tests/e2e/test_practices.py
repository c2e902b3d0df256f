"""A practice card at the page of a local Slack: from empty to published and read by another."""

from collections.abc import Iterator

import pytest

from bot.deps import Deps
from tests.clocks import Clock
from tests.digests import sends
from tests.e2e.conftest import AINO, BERTTA, CECILIA
from tests.e2e.page import SlackPage

NAME, WHAT = "Kävelytapaaminen", "Tapaaminen pidetään kävellen, jos asiakas niin toivoo."


@pytest.fixture(autouse=True)
def _everything_shown_is_drawn(page: SlackPage, deps: Deps) -> Iterator[None]:
    page.wait_for_bot()
    yield
    assert page.ever_undrawn() == []


def test_a_card_goes_from_empty_to_published_and_is_read_by_another(page: SlackPage, deps: Deps, clock: Clock) -> None:
    page.type_command("/raportoi malli")
    cards = page.wait_for_modal("Toimintamallit")
    cards.wait_for_text("Toimintamalleja ei vielä ole")
    page.screenshot("practices-empty")
    page.modal.close()
    page.open_home().get_by_role("button", name="Kirjoita toimintamalli").click()
    form = page.wait_for_modal("Toimintamalli")
    form.write("name", NAME)
    form.write("what", WHAT)
    form.choose("area", "Turku")
    page.screenshot("practice-form")
    form.submit()
    form.wait_until_closed()

    sends(deps)
    page.be(BERTTA.real_name)
    page.open_dm_with_bot()
    page.press("Avaa", "Toimintamalli odottaa sinua")
    review = page.wait_for_modal("Toimintamalli")
    review.wait_for_text(WHAT)
    review.choose("post", "Kyllä, nimi ja ensimmäinen vastaus")
    page.screenshot("practice-review")
    review.submit()
    review.wait_until_closed()

    sends(deps)
    page.be(AINO.real_name)
    page.open_dm_with_bot()
    page.wait_for_message("Toimintamallisi on julkaistu")
    page.be(CECILIA.real_name)
    page.open_channel("keskustelu")
    page.press("Lue", NAME)
    card = page.wait_for_modal("Toimintamalli")
    card.wait_for_text(WHAT)
    page.screenshot("practice-page")
    assert clock.now()

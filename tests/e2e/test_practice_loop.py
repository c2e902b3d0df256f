"""At the page of the practice Slack: words are taken out and their writer told, and "no" comes back to coordinators."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import BrowserContext, expect

from bot.demo.network import COORDINATORS, MEMBERS, acting, at
from bot.demo.practices import publish_cards
from bot.deps import Deps
from bot.rules.observations import Draft
from bot.rules.phenomena import PhenomenonDraft
from bot.rules.statuses import Step
from bot.services import observations, phenomena
from tests.clocks import hki
from tests.e2e.practice_page import PracticePage, served
from tests.e2e.test_practice import AINO, BERTTA

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks alone
Opens = Callable[[Callable[[Deps], object]], PracticePage]


@pytest.fixture
def opens(blank: BrowserContext, database_url: str, patience: None) -> Iterator[Opens]:
    """Opens the page as Aino sees it, in a network in which nothing has happened but what is put there."""
    with ExitStack() as stack:

        def open_page(fill: Callable[[Deps], object]) -> PracticePage:
            page = PracticePage(blank.new_page())
            page.open(stack.enter_context(served(database_url, fill)).url)
            return page

        yield open_page


def nothing(_deps: Deps) -> None:
    """Nothing has happened before."""


def taken_forward_three_months_ago(deps: Deps) -> None:
    """An observation of Aino's is joined to a phenomenon, which came to its receiver on 3 September."""
    then, koord = at(deps, hki("2026-09-03T10:00")), acting(deps, COORDINATORS[0])
    written = Draft(text="Nuorille ei löydy tukiasuntoja", kind="E", theme="SHL11-02")
    filed = observations.file_observation(then, written, acting(deps, MEMBERS[0]), "filed").rows[0]
    about = PhenomenonDraft("Nuoret jäävät ilman tukiasuntoa", "Tukiasuntoja ei riitä.", "SHL11-02")
    made = phenomena.create(then, koord, about, "made")
    observations.move_on(then, koord, filed.number, filed.version, Step(phenomenon=made.number))
    version = phenomena.review(then, koord, made.number).shown.row.version
    phenomena.move_on(then, koord, made.number, version, about, Step(status="viety", receiver="Kaupungin asuntotoimi"))


def test_words_are_taken_out_by_a_coordinator_and_their_writer_is_told(opens: Opens) -> None:
    page = opens(nothing)
    page.types("/raportoi Asiakas Ismo Keksitty jäi ilman asuntoa")
    page.modal("Kirjaa havainto").get_by_role("button", name="Lähetä silti").click()
    page.no_modal()
    page.goes_to("dm")
    page.message("Ismo Keksitty")

    page.be(BERTTA)
    page.goes_to("home")
    expect(page.shown).to_contain_text("Ismo Keksitty")
    page.shown.get_by_role("button", name="Avaa", exact=True).first.click()
    review = page.page.locator("#modal")
    review.get_by_role("button", name="Poista sanoja…").click()
    form = page.modal("Poista sanoja")
    form.get_by_label("Poistettavat sanat").fill("Ismo Keksitty")
    assert page.faults() == []
    page.screenshot("redaction")
    form.get_by_role("button", name="Poista", exact=True).click()
    expect(review).to_contain_text("Asiakas [poistettu] jäi ilman asuntoa")
    page.page.keyboard.press("Escape")
    page.no_modal()
    page.moves_to("feedback")

    page.be(AINO)
    page.goes_to("dm")
    told = page.message("Sanoja poistettiin")
    expect(told.get_by_role("button", name="Vastaa")).to_be_visible()
    expect(page.shown).not_to_contain_text("Keksitty")
    page.screenshot("redaction-told")
    page.be(BERTTA)
    page.goes_to("home")
    expect(page.shown).to_contain_text("[poistettu]")
    expect(page.shown).not_to_contain_text("Keksitty")
    assert page.undrawn() == []


def test_a_similar_observation_is_opened_from_the_review_by_its_button(opens: Opens) -> None:
    page = opens(nothing)
    for text in ("Tukiasuntoja ei löydy nuorille", "Nuorille ei löydy tukiasuntoja mistään"):
        page.types(f"/raportoi {text}")
        page.goes_to("dm")
        page.message(text)

    page.be(BERTTA)
    page.goes_to("home")
    page.shown.get_by_role("button", name="Avaa", exact=True).first.click()
    review, title = page.page.locator("#modal"), page.page.locator("#modal-title")
    expect(title).to_contain_text("2026-")
    first = title.inner_text()
    expect(review).to_contain_text("Samankaltaisia")
    review.get_by_role("button", name="Avaa", exact=True).click()
    expect(title).not_to_have_text(first)
    expect(title).to_contain_text("2026-")
    expect(review).to_contain_text(first)  # which is similar to this one
    assert page.faults() == []
    page.page.keyboard.press("Escape")
    expect(title).to_have_text(first)
    assert page.undrawn() == []


def test_asked_three_months_after_no_and_a_sentence_come_back_to_the_coordinators(opens: Opens) -> None:
    page = opens(taken_forward_three_months_ago)
    page.moves_to("has_it_changed")
    page.goes_to("dm")
    question = page.message("Onko tilanne muuttunut?")
    expect(question).to_contain_text("Kaupungin asuntotoimi")
    page.screenshot("has-it-changed")
    question.get_by_role("button", name="Ei", exact=True).click()
    page.message("Vastasit: Ei").get_by_role("button", name="Lisää lause").click()
    form = page.modal("Onko tilanne muuttunut?")
    form.get_by_role("textbox").fill("Jono on yhtä pitkä kuin ennen.")
    assert page.faults() == []
    form.get_by_role("button", name="Lähetä").click()
    expect(page.page.locator("#modal")).to_contain_text("Koordinaattorit lukevat sen.")
    page.page.keyboard.press("Escape")

    page.be(BERTTA)
    page.goes_to("home")
    expect(page.shown).to_contain_text("Joku kertoo, ettei mikään ole muuttunut.")
    page.screenshot("has-it-changed-home")
    page.shown.get_by_role("button", name="Avaa", exact=True).click()
    review = page.page.locator("#modal")
    expect(review).to_contain_text("Ei: 1")
    expect(review).to_contain_text("Jono on yhtä pitkä kuin ennen.")
    assert page.undrawn() == []


def test_cards_their_page_and_form_have_no_faults_on_a_small_and_on_a_wide_screen(opens: Opens) -> None:
    page = opens(publish_cards)

    def has_no_faults(name: str) -> None:
        for width in (1280, 320):
            page.page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(f"{name}-{width}")
            assert page.faults() == []

    page.types("/raportoi malli")
    cards = page.modal("Toimintamallit")
    cards.get_by_role("button", name="Lue").first.scroll_into_view_if_needed()
    has_no_faults("cards")
    cards.get_by_role("button", name="Lue").first.click()
    card = page.modal("Toimintamalli")
    expect(card).to_contain_text("Mikä malli on?")
    card.get_by_role("button", name="Lataa tiedostona").scroll_into_view_if_needed()
    has_no_faults("card")
    page.page.keyboard.press("Escape")
    page.modal("Toimintamallit").get_by_role("button", name="Kirjoita toimintamalli").click()
    form = page.modal("Toimintamalli")
    expect(form).to_contain_text("Mitä aikuissosiaalityössä pitäisi parantaa?")
    form.get_by_text("Lähetän koordinaattoreille").scroll_into_view_if_needed()
    has_no_faults("card-form")

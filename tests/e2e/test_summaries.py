"""The half-year summary at the page of a local Slack: asked for, filled in, made, and its files opened."""

import io

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser

from bot.deps import Deps
from bot.rules.people import Choices
from bot.services import people
from tests.digests import filed, observation
from tests.e2e.conftest import BERTTA
from tests.e2e.page import ModalPresses, SlackPage

SUBTITLE = "Nuoret jäävät ilman asuntoa"
HIGHLIGHTS = ["Jonot tukiasuntoihin kasvavat.", "Velkaneuvontaan odotetaan kuukausia.", "Liikkuva työ tavoittaa."]
COUNTED = ("Rakenteellinen epäkohta tai ongelma", 12)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks alone
def test_a_coordinator_fills_the_summary_in_gets_its_files_and_opens_them(
    page: SlackPage, deps: Deps, presses: ModalPresses, browser: Browser
) -> None:
    page.wait_for_bot()
    people.choose(deps, BERTTA.id, Choices(language="fi"))
    filed(
        deps,
        *(observation(deps, f"26-A{n:04}", "2026-06-10T09:00", "Salaiset sanat", author=f"U{n}") for n in range(12)),
    )
    page.be(BERTTA.real_name)
    page.open_home()
    page.press("Puolivuosiyhteenveto")
    desk = page.wait_for_modal("Puolivuosiyhteenveto")
    for said in ("1.4.2026–30.9.2026", "12 havaintoa", "Alaotsikko puuttuu", "Nostoja on alle kolme"):
        desk.wait_for_text(said)
    page.screenshot("summary-desk")

    page.press_in_modal("Täytä yhteenvetoa", presses)
    form = page.wait_for_modal("Yhteenvetoon")
    form.write("Alaotsikko", SUBTITLE)
    form.write("Nostot", "\n".join(HIGHLIGHTS))
    page.screenshot("summary-form")
    form.submit()
    form.wait_until_closed()  # here with all that stands below it

    page.press("Puolivuosiyhteenveto")
    desk = page.wait_for_modal("Puolivuosiyhteenveto")
    desk.wait_for_text(SUBTITLE)
    assert "Alaotsikko puuttuu" not in desk.text()
    desk.submit()
    desk.wait_for_text("Tiedostot ovat")
    desk.close()

    page.open_dm_with_bot()
    page.wait_for_message("Tiedostot ovat ketjussa")
    assert len(page.open_thread("Tiedostot ovat ketjussa")) == 4
    page.screenshot("summary-files")
    for ending, read in (("docx", words_of_docx), ("xlsx", words_of_workbook)):
        words = read(page.download(ending))
        for said in (SUBTITLE, *HIGHLIGHTS, *map(str, COUNTED)):
            assert said in words, (ending, said)
        assert "Salaiset" not in words
    shown = browser.new_page()
    shown.set_content(page.download("html").decode())
    words = shown.locator("body").inner_text()
    shown.close()
    for said in (SUBTITLE, *HIGHLIGHTS, COUNTED[0]):
        assert said in words
    assert "Salaiset" not in words
    assert page.ever_undrawn() == []


def words_of_docx(file: bytes) -> str:
    document = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def words_of_workbook(file: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(file)).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell is not None)

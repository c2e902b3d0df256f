"""A practitioner files observations at the page of a local Slack, by hand, as they would in the real one."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import select

from bot.deps import Deps
from storage.models import Observation
from tests.e2e.conftest import AINO
from tests.e2e.page import SlackPage

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
IDENTITY_CODE = "130279-901E"  # artificial: individual numbers from 900 on are given to nobody
CODE = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")


@pytest.fixture(autouse=True)
def _everything_shown_is_drawn(page: SlackPage, deps: Deps) -> Iterator[None]:
    page.wait_for_bot()
    yield
    assert page.ever_undrawn() == []


def stored(deps: Deps) -> list[Observation]:
    with deps.read() as session:
        return list(session.exec(select(Observation)))


def test_the_form_files_with_a_name_and_undo_takes_the_words_away(page: SlackPage, deps: Deps) -> None:
    words = "Många klienter blev utan bostad"
    page.type_command("/rapportera")
    form = page.wait_for_modal("Rapportera observation")
    form.choose("Typ av observation", "Svag signal")
    form.choose("Tema", "Utkomst och ekonomi")
    form.write("Observation", words)
    form.choose("area", "Salo")
    form.submit()
    form.wait_until_closed()
    note = page.wait_for_message("Sparad").inner_text()
    page.open_dm_with_bot()
    receipt = page.wait_for_message("är sparad").inner_text()
    (row,) = stored(deps)
    assert (row.kind, row.theme, row.text, row.area, row.author) == ("H", "SHL11-03", words, "734", AINO.id)
    assert row.number in note
    assert "Svag signal · Utkomst och ekonomi · Salo" in note
    assert row.number in receipt
    assert words in receipt

    page.press("Återkalla", containing="är sparad")
    page.wait_for_message("har återkallats. Texten finns inte längre sparad.")
    (row,) = stored(deps)
    assert (row.status, row.text, row.author) == ("peruttu", "", None)
    (receipt,) = page.messages()
    assert row.number in receipt
    assert words not in receipt


def test_an_identity_code_is_refused_at_its_field_and_every_field_is_stored_without_it(
    page: SlackPage, deps: Deps
) -> None:
    page.type_command("/raportoi")
    form = page.wait_for_modal("Kirjaa havainto")
    form.choose("Havainnon laji", "Myönteinen havainto")
    form.choose("Teema", "Palvelujärjestelmän toiminta")
    form.write("Havainto", f"Asiakkaan {IDENTITY_CODE} päivystys toimii hyvin")
    form.submit()
    stopped = "Tekstissä näyttää olevan henkilötunnus. Mitään ei tallennettu. Muuta tekstiä ja lähetä uudelleen."
    form.wait_for_text(stopped)
    assert form.errors() == [f"text: {stopped}"]
    assert form.written("Havainto") == f"Asiakkaan {IDENTITY_CODE} päivystys toimii hyvin"
    assert stored(deps) == []

    form.write("Havainto", "Yhteinen päivystys toimii hyvin")
    form.write("Toimenpide-ehdotus", "Jatketaan samaan tapaan")
    form.choose("Alue", "Raisio")
    form.choose("Hallinnonala", "Sosiaalipalvelut")
    form.choose("Asiakasryhmä", "Nuoret aikuiset (18–29-vuotiaat)")
    form.choose("Laajuus: kuinka montaa asiakasta asia koskee?", "Useita asiakkaita (6–20)")
    form.choose("Kirjaatko nimelläsi vai ilman nimeä?", "Nimelläni (vain koordinaattori näkee nimen)")
    form.submit()
    page.wait_for_message("Kirjattu")
    (row,) = stored(deps)
    assert (row.kind, row.theme, row.text, row.proposal) == (
        "M", "X-90", "Yhteinen päivystys toimii hyvin", "Jatketaan samaan tapaan",
    )  # fmt: skip
    assert (row.area, row.sector, row.client_group, row.scale) == ("680", "SOS", "nuoret", "6-20")


def test_without_a_name_the_code_shows_the_status_and_nothing_else_remains(page: SlackPage, deps: Deps) -> None:
    page.type_command("/raportoi")
    form = page.wait_for_modal("Kirjaa havainto")
    form.choose("Havainnon laji", "Heikko signaali")
    form.choose("Teema", "Toimeentulo ja talous")
    form.write("Havainto", "Jonot ovat liian pitkiä kaikille")
    form.choose("Kirjaatko nimelläsi vai ilman nimeä?", "Ilman nimeä (saat tunnuskoodin)")
    form.submit()
    receipt = page.wait_for_modal("Kirjattu")
    (row,) = stored(deps)
    assert (row.text, row.author, row.filed_at) == ("Jonot ovat liian pitkiä kaikille", None, None)
    assert row.number in receipt.text()
    assert "Koordinaattori ei näe nimeäsi" in receipt.text()
    (code,) = set(CODE.findall(receipt.text()))
    receipt.close()
    receipt.wait_until_closed()
    assert page.messages() == []

    page.type_command(f"/raportoi tila {code}")
    status = page.wait_for_message("Vastaanotettu").inner_text()
    assert row.number in status
    assert "Heikko signaali · Toimeentulo ja talous" in status
    assert page.unread() == []


def test_a_wrong_guess_is_corrected_by_the_menus_of_the_receipt(page: SlackPage, deps: Deps) -> None:
    page.type_command(f"/raportoi {WORDS}")
    page.wait_for_message("Kirjattu")
    page.open_dm_with_bot()
    page.wait_for_message("on kirjattu")
    for right in ("Heikko signaali", "Toimeentulo ja talous", "Salo"):
        page.choose(right, containing="on kirjattu")
        page.wait_for_message(right)
    page.wait_for_message("Heikko signaali · Toimeentulo ja talous · Salo")

    (row,) = stored(deps)
    assert (row.kind, row.theme, row.area, row.text) == ("H", "SHL11-03", "734", WORDS)
    assert len(page.messages()) == 1

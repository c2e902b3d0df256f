"""A practitioner files observations at the page of a local Slack, by hand, as they would in the real one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlmodel import select

from bot.deps import Deps
from storage.models import Observation
from tests.e2e.conftest import AINO
from tests.e2e.page import Modal, SlackPage

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"
IDENTITY_CODE = "130279-901E"  # artificial: individual numbers from 900 on are given to nobody
CODE = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")


@dataclass(frozen=True)
class Language:
    """What the stories that are told in two languages type, choose and wait for."""

    command: str
    form: str
    kind: str
    kind_field: str
    theme: str
    theme_field: str
    text_field: str
    words: str
    understood: str
    filed: str
    is_filed: str
    undo: str
    is_withdrawn: str
    unsafe: str
    safe: str
    stopped: str


FINNISH = Language(
    command="/raportoi",
    form="Kirjaa havainto",
    kind="Heikko signaali",
    kind_field="Havainnon laji",
    theme="Toimeentulo ja talous",
    theme_field="Teema",
    text_field="Havainto",
    words=WORDS,
    understood="Rakenteellinen epäkohta tai ongelma · Asuminen · Turku",
    filed="Kirjattu",
    is_filed="on kirjattu",
    undo="Peru havainto",
    is_withdrawn="on peruttu. Sen tekstiä ei ole enää tallessa.",
    unsafe=f"Asiakas {IDENTITY_CODE} jäi ilman asuntoa",
    safe="Moni asiakas jäi ilman asuntoa",
    stopped="Tekstissä näyttää olevan henkilötunnus. Mitään ei tallennettu. Muuta tekstiä ja lähetä uudelleen.",
)
SWEDISH = Language(
    command="/rapportera",
    form="Rapportera observation",
    kind="Svag signal",
    kind_field="Typ av observation",
    theme="Utkomst och ekonomi",
    theme_field="Tema",
    text_field="Observation",
    words="Det finns för få stödbostäder för unga i Pargas",
    understood="Strukturellt missförhållande eller problem · Boende · Pargas",
    filed="Sparad",
    is_filed="är sparad",
    undo="Återkalla",
    is_withdrawn="har återkallats. Texten finns inte längre sparad.",
    unsafe=f"Klienten {IDENTITY_CODE} blev utan bostad",
    safe="Många klienter blev utan bostad",
    stopped="Texten verkar innehålla en personbeteckning. Inget sparades. Ändra texten och skicka på nytt.",
)


@pytest.fixture(autouse=True)
def _everything_shown_is_drawn(page: SlackPage, deps: Deps) -> Iterator[None]:
    page.wait_for_bot()
    yield
    assert page.ever_undrawn() == []


def stored(deps: Deps) -> list[Observation]:
    with deps.read() as session:
        return list(session.exec(select(Observation)))


def choose_kind_and_theme(form: Modal, said: Language = FINNISH) -> None:
    form.choose(said.kind_field, said.kind)
    form.choose(said.theme_field, said.theme)


def file_one_line(page: SlackPage, said: Language = FINNISH) -> None:
    """Files a sentence, and stands before its receipt."""
    page.type_command(f"{said.command} {said.words}")
    page.wait_for_message(said.filed)
    page.open_dm_with_bot()
    page.wait_for_message(said.is_filed)


@pytest.mark.parametrize("said", [SWEDISH], ids=["sv"])
def test_the_form_files_with_a_name(page: SlackPage, deps: Deps, said: Language) -> None:
    page.type_command(said.command)
    form = page.wait_for_modal(said.form)
    choose_kind_and_theme(form, said)
    form.write(said.text_field, said.safe)
    form.choose("area", "Salo")
    form.submit()
    form.wait_until_closed()
    note = page.wait_for_message(said.filed).inner_text()
    page.open_dm_with_bot()
    receipt = page.wait_for_message(said.is_filed).inner_text()

    (row,) = stored(deps)
    assert (row.kind, row.theme, row.text, row.area, row.author) == ("H", "SHL11-03", said.safe, "734", AINO.id)
    assert row.number in note
    assert f"{said.kind} · {said.theme} · Salo" in note
    assert row.number in receipt
    assert said.safe in receipt


def test_every_field_of_the_form_is_stored(page: SlackPage, deps: Deps) -> None:
    page.type_command("/raportoi")
    form = page.wait_for_modal("Kirjaa havainto")
    form.choose("Havainnon laji", "Myönteinen havainto")
    form.choose("Teema", "Palvelujärjestelmän toiminta")
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
    choose_kind_and_theme(form)
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


@pytest.mark.parametrize("said", [FINNISH], ids=["fi"])
def test_a_wrong_guess_is_corrected_by_the_menus_of_the_receipt(page: SlackPage, deps: Deps, said: Language) -> None:
    file_one_line(page, said)
    for right in (said.kind, said.theme, "Salo"):
        page.choose(right, containing=said.is_filed)
        page.wait_for_message(right)
    page.wait_for_message(f"{said.kind} · {said.theme} · Salo")

    (row,) = stored(deps)
    assert (row.kind, row.theme, row.area, row.text) == ("H", "SHL11-03", "734", said.words)
    assert len(page.messages()) == 1


@pytest.mark.parametrize("said", [SWEDISH], ids=["sv"])
def test_undo_takes_the_words_out_of_the_database_and_of_the_receipt(
    page: SlackPage, deps: Deps, said: Language
) -> None:
    file_one_line(page, said)
    page.press(said.undo, containing=said.is_filed)
    page.wait_for_message(said.is_withdrawn)

    (row,) = stored(deps)
    assert (row.status, row.text, row.author) == ("peruttu", "", None)
    (receipt,) = page.messages()
    assert row.number in receipt
    assert said.words not in receipt


@pytest.mark.parametrize("said", [FINNISH], ids=["fi"])
def test_an_identity_code_in_the_form_is_refused_at_its_field_and_the_words_stay(
    page: SlackPage, deps: Deps, said: Language
) -> None:
    page.type_command(said.command)
    form = page.wait_for_modal(said.form)
    choose_kind_and_theme(form, said)
    form.write(said.text_field, said.unsafe)
    form.submit()
    form.wait_for_text(said.stopped)
    assert form.errors() == [f"text: {said.stopped}"]
    assert form.written(said.text_field) == said.unsafe
    assert stored(deps) == []

    form.write(said.text_field, said.safe)
    form.submit()
    page.wait_for_message(said.filed)
    assert [row.text for row in stored(deps)] == [said.safe]

"""At the page of the practice Slack: what no other local Slack draws, by hand, by keyboard, and as time goes by."""

import asyncio
import contextlib
import http.client
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.sync_api import BrowserContext, expect

from bot import demo
from bot.demo import Practice
from bot.demo.network import MEMBERS
from tests.e2e.practice_page import PracticePage, served
from tests.fakes import HOME_CHANNEL, SECONDS

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # looks alone
IDENTITY_CODE = "130279-901E"  # artificial: individual numbers from 900 on are given to nobody
WORDS = "Nuorille ei löydy Turusta tukiasuntoja"
AINO, BERTTA, CECILIA = "Aino Esimerkki", "Bertta Kokoaja", "Cecilia Exempel"


@pytest.fixture
def practice(database_url: str, patience: None) -> Iterator[Practice]:
    with served(database_url) as running:
        yield running


@pytest.fixture
def page(blank: BrowserContext, practice: Practice) -> PracticePage:
    """The page as Aino sees it."""
    shown = PracticePage(blank.new_page())
    shown.open(practice.url)
    return shown


def test_the_guard_is_met_at_the_field_and_nothing_typed_is_lost(page: PracticePage, practice: Practice) -> None:
    page.types(f"/raportoi Asiakas {IDENTITY_CODE} jäi ilman asuntoa")
    form = page.modal("Kirjaa havainto")
    assert form.get_by_role("radio", checked=True).count() >= 1
    expect(form.get_by_label("Teema", exact=True).locator("option:checked")).to_have_text("Asuminen")
    form.get_by_role("button", name="Lähetä").click()
    text = form.get_by_label("Havainto", exact=True)
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(form.locator(".wrong label")).to_be_in_viewport()
    expect(text).to_have_accessible_description(
        "Tekstissä näyttää olevan henkilötunnus. Mitään ei tallennettu. Muuta tekstiä ja lähetä uudelleen."
    )
    assert page.faults() == []

    text.fill("Moni jäi ilman asuntoa,\nja jonot kasvavat")
    practice.slack.world.wait_for(lambda: "kasvavat" in str(practice.slack.world.stacks), 60, lambda: "not kept")
    page.page.reload()
    form = page.modal("Kirjaa havainto")
    expect(form.get_by_label("Havainto", exact=True)).to_have_value("Moni jäi ilman asuntoa,\nja jonot kasvavat")
    form.get_by_role("button", name="Lähetä").click()
    page.no_modal()
    page.goes_to("dm")
    receipt = page.message("jonot kasvavat")
    receipt.get_by_role("button", name="Peru havainto").click()
    page.confirm(yes=False)
    expect(receipt).not_to_contain_text("on peruttu")
    receipt.get_by_role("button", name="Peru havainto").click()
    page.confirm(yes=True)
    page.message("on peruttu")
    assert page.undrawn() == []


def test_a_week_passes_from_the_receipt_to_the_digest_and_back_to_the_reporter(page: PracticePage) -> None:
    page.sends()
    note = page.message("Kirjattu")
    expect(note).to_contain_text("Vain sinä näet tämän.")
    page.takes_step(3)
    digest = page.message("Viikkokooste")
    assert page.who() == BERTTA
    expect(page.page.locator("#clock")).to_contain_text("ma 7.12.2026 8.0")
    expect(digest.locator(".header").first).to_be_in_viewport()
    picture = page.page.locator(".file img").last
    expect(picture).to_have_js_property("complete", True)
    assert int(picture.evaluate("one => one.naturalWidth")) > 100
    assert picture.get_attribute("alt")
    assert page.faults() == []

    digest.locator(".section").filter(has_text=WORDS).get_by_role("button", name="Avaa").click()
    review = page.page.locator("#modal")
    expect(review).to_contain_text(WORDS)
    expect(review.get_by_label("Tila", exact=True)).to_be_focused()
    review.get_by_label("Tila", exact=True).select_option("kasittelyssa")
    review.locator("[data-block=reply]").get_by_role("textbox").fill("Selvitän asiaa asumispalveluista.")
    review.get_by_role("button", name="Tallenna").click()
    page.no_modal()
    page.takes_step(5)
    told = page.message("Selvitän asiaa asumispalveluista.")
    assert page.who() == AINO
    assert told.inner_text().count("2026-") == 1  # of the sample's old changes nothing comes along
    assert page.undrawn() == []


def test_people_are_apart_and_each_is_spoken_to_in_their_language(
    page: PracticePage, blank: BrowserContext, practice: Practice
) -> None:
    other = PracticePage(blank.new_page())
    other.open(practice.url)
    other.page.get_by_role("button", name="På svenska").click()
    expect(other.page.get_by_role("heading", name="En vecka på fem minuter")).to_be_visible()
    assert other.who() == CECILIA
    other.types("/rapportera Det finns för få stödbostäder i Pargas")
    other.message("Bara du ser det här.")
    other.goes_to("dm")
    other.message("Det finns för få stödbostäder i Pargas")
    page.goes_to("dm")
    expect(page.shown).to_contain_text("Täällä ei ole vielä mitään.")
    page.goes_to(HOME_CHANNEL)
    expect(page.page.locator(".note")).to_have_count(0)
    assert other.faults() == []

    other.page.get_by_role("button", name="Om mig").click()
    other.page.locator("#my-language").select_option(label="English")
    other.page.locator("#my-zone").select_option("Europe/Stockholm")
    other.confirm(yes=True)
    expect(other.page.get_by_role("heading", name="A week in five minutes")).to_be_visible()


def test_both_kinds_of_shortcuts_and_the_keyboard_alone_open_forms_and_close_them(
    page: PracticePage, practice: Practice
) -> None:
    page.page.set_viewport_size({"width": 320, "height": 640})
    page.page.locator("#text").focus()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.type("Jonot ovat kasvaneet kaikkialla")
    page.page.keyboard.press("Enter")
    mine = page.page.locator(".message", has_text="Jonot ovat kasvaneet kaikkialla").last
    mine.locator("summary").focus()
    page.page.keyboard.press("Enter")
    practice.slack.world.people[MEMBERS[1]]["real_name"] = "Uusi Nimi"  # all is drawn anew
    practice.slack.rings()
    expect(page.page.locator("#who")).to_contain_text("Uusi Nimi")
    expect(mine.locator("summary")).to_be_focused()
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    form = page.modal("Kirjaa havainto")
    expect(form.get_by_label("Havainto", exact=True)).to_have_value("Jonot ovat kasvaneet kaikkialla")
    assert page.faults() == []
    page.page.keyboard.press("Escape")
    page.no_modal()

    page.page.locator("#shortcuts summary").click()
    page.page.get_by_role("button", name="Kirjaa havainto").last.click()
    page.modal("Kirjaa havainto").get_by_role("button", name="Lähetä").click()
    expect(page.page.locator("#modal .error").first).to_be_visible()
    expect(page.page.locator("#modal :focus")).to_have_count(1)
    page.page.keyboard.press("Escape")
    page.no_modal()
    page.types("Tapaaminen perjantaina")
    page.page.keyboard.press("Enter")
    expect(page.page.locator("#text")).to_have_value("/tapaaminen perjantaina")
    page.page.locator("#text").fill("/tap")
    page.page.get_by_role("button", name="/tapaaminen").click()
    expect(page.page.locator("#hints")).to_contain_text("uusi | ehdota asia | ohje")
    assert page.faults() == []


def test_buttons_in_a_form_work_and_its_files_are_opened(page: PracticePage) -> None:
    page.sends()  # a week in which nobody files anything has no table
    page.message("Kirjattu")
    page.be(BERTTA)
    page.goes_to("dm")
    page.types("/kooste yhteenveto")
    desk = page.modal("Puolivuosiyhteenveto")
    desk.get_by_role("button", name="Täytä yhteenvetoa").click()
    expect(page.page.locator("#modal-title")).not_to_have_text("Puolivuosiyhteenveto")
    page.page.locator("#modal .field").first.locator("input, textarea").first.fill("Nuoret jäävät ilman asuntoa")
    page.page.locator("#modal button[type=submit]").click()
    desk = page.modal("Puolivuosiyhteenveto")
    expect(desk).to_contain_text("Nuoret jäävät ilman asuntoa")
    desk.get_by_role("button", name="Tee tiedostot").click()
    page.modal("Raportoi").get_by_role("button", name="Sulje").last.click()
    page.no_modal()
    message = page.message("Tiedostot ovat ketjussa")
    expect(message.locator(".by").first).to_be_in_viewport()
    with page.page.expect_download() as coming:
        message.locator(".file a", has_text=".docx").click()
    assert coming.value.path().read_bytes()[:2] == b"PK"
    with page.page.context.expect_page() as opened:
        message.locator(".file a", has_text=".html").click()
    opened.value.wait_for_load_state()
    expect(opened.value.locator("body")).to_contain_text("Nuoret jäävät ilman asuntoa")
    assert page.faults() == []

    page.types("/kooste asetukset")
    page.modal("Verkoston asetukset").get_by_label("Slackin omina taulukoina ja kaavioina").check()
    page.page.locator("#modal button[type=submit]").click()
    page.no_modal()
    page.types("/kooste")
    shown = page.message("tähän mennessä")
    expect(shown.get_by_role("row").last.get_by_role("rowheader")).to_contain_text("49/2026")
    expect(shown.get_by_role("img")).to_have_accessible_name(re.compile("Myönteinen havainto: .*49/2026 [0-9]"))
    page.page.set_viewport_size({"width": 320, "height": 640})
    assert page.faults() + page.undrawn() == []


def test_twenty_browsers_in_one_room_work_at_once_and_nobody_gets_in_without_the_password(
    database_url: str, patience: None
) -> None:
    with (
        served(database_url, password=demo.new_password(), host="127.0.0.1") as running,
        ThreadPoolExecutor(1) as threads,
    ):
        answers, entered = threads.submit(asyncio.run, fill_the_room(running)).result()
        assert entered == {"without": 302, "wrong": 303, "right": 200}
        assert answers == [{}] * 20
        filed = lambda: [one for one in running.slack.world.notes if re.match("Kirjattu|Sparad", one.message["text"])]  # noqa: E731
        running.slack.world.wait_for(lambda: len(filed()) == 20, SECONDS, lambda: f"{len(filed())} receipts")


async def fill_the_room(running: Practice) -> tuple[list[dict], dict[str, int]]:
    """What twenty browsers are answered that each file a line, and how one without the password is met."""
    entered = {}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(running.url, allow_redirects=False) as answer:
            entered["without"] = answer.status
        async with session.post(f"{running.url}enter", data={"password": "arvaus"}, allow_redirects=False) as answer:
            entered["wrong"] = answer.status
        async with session.post(f"{running.url}enter", data={"password": running.page.password}) as answer:
            entered["right"] = answer.status

        async def file(number: int) -> dict:
            user = MEMBERS[number % len(MEMBERS)]
            address, origin = f"{running.url}person/{user}", running.url.rstrip("/")
            async with session.ws_connect(address, headers={"Origin": origin}, max_msg_size=0) as socket:
                text = f"/raportoi Jonot ovat kasvaneet kaikkialla {'kovasti ' * number}tänä vuonna"
                await socket.send_json({"id": 1, "do": "write", "place": HOME_CHANNEL, "text": text})
                while "answer" not in (told := await socket.receive_json()):
                    pass
                return {key: words for key, words in told.items() if key != "answer"}

        return await asyncio.gather(*map(file, range(20))), entered


def test_a_page_from_elsewhere_whose_name_leads_here_is_turned_away(practice: Practice) -> None:
    def status(host: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", urlsplit(practice.url).port)
        connection.request("GET", "/", headers={"Host": host})
        with contextlib.closing(connection):
            return connection.getresponse().status

    assert (status("localhost:3000"), status("elsewhere.example")) == (200, 403)


def test_a_coordinator_hears_of_what_cannot_wait_and_sees_in_home_what_is_new(page: PracticePage) -> None:
    page.goes_to("home")
    page.shown.get_by_role("button", name="Kirjoita koordinaattorille").first.click()
    form = page.modal("Viesti koordinaattorille")
    form.get_by_role("textbox").fill("Tilanne on syksyn aikana pahentunut.")
    form.get_by_role("button", name="Lähetä").click()
    page.modal("Raportoi").get_by_role("button", name="Sulje").last.click()
    page.no_modal()
    page.be(BERTTA)
    for day in ("to 3.12.2026", "pe 4.12.2026"):  # at eight; the message goes at nine
        page.page.locator("#move").click()
        page.page.locator("[data-stop=morning]").click()
        expect(page.page.locator("#clock")).to_contain_text(day)
    page.goes_to("dm")
    told = page.message("Enintään yksi viesti työpäivässä")
    expect(told).to_contain_text("Yksi raportoija on kirjoittanut.")
    page.goes_to("home")
    expect(page.shown).to_contain_text("Uutta viime käyntisi jälkeen")
    page.goes_to("dm")
    told.get_by_role("button", name="Milloin saan tästä viestin?").click()
    form = page.modal("Mikä ei voi odottaa")
    form.get_by_role("radio").last.check()
    form.get_by_role("button", name="Tallenna").click()
    page.no_modal()
    assert page.undrawn() == []


def test_a_phenomenon_opens_its_observations_and_narrows_the_queue_to_them(page: PracticePage) -> None:
    page.be(BERTTA)
    page.goes_to("home")
    joined = page.page.get_by_role("button", name="Näytä sen havainnot")
    page.shown.locator(".actions").filter(has=joined).first.get_by_role("button", name="Avaa").click()
    form = page.page.locator("#modal")
    expect(form).to_contain_text("Ilmiön havainnot")
    phenomenon = page.page.locator("#modal-title").inner_text()
    form.get_by_role("button", name="Avaa").first.click()
    expect(page.page.locator("#modal-title")).to_contain_text("2026-")
    expect(form).to_contain_text(f"Yhdistetty ilmiöön {phenomenon}")
    first = page.page.locator("#modal-title").inner_text()
    form.get_by_label("Viesti raportoijalle").fill("Kiitos, vien tämän.")
    form.get_by_role("button", name="Vastaa ilmiön kaikille raportoijille…").click()
    page.modal(phenomenon)
    page.screenshot("back")
    form.get_by_role("button", name="Takaisin").click()  # it stood in that one's place, as a fourth could not lie there
    page.modal(first)
    expect(form.get_by_label("Viesti raportoijalle")).to_have_value("Kiitos, vien tämän.")
    form.get_by_role("button", name="Poista havainto…").click()
    page.modal("Poista")
    page.page.keyboard.press("Escape")
    page.modal(first)
    page.page.keyboard.press("Escape")
    expect(page.page.locator("#modal-title")).to_have_text(phenomenon)
    page.page.keyboard.press("Escape")
    page.no_modal()
    joined.first.click()
    expect(page.shown).to_contain_text("Näkyvissä ovat ilmiön")
    assert page.faults() == []


def test_many_are_answered_at_once_from_the_queue_and_each_reporter_hears_once(page: PracticePage) -> None:
    for person in (AINO, CECILIA):
        page.be(person)
        page.types("/raportoi Tulkkia ei saa arkisin Turussa")
        page.message("2026-")
    page.be(BERTTA)
    page.goes_to("home")
    page.shown.get_by_role("button", name="Hae sanoilla").click()
    asked = page.modal("Hae jonosta")
    asked.get_by_label("Hakusanat").fill("tulkkia arkisin")
    asked.get_by_role("button", name="Hae").click()
    expect(page.shown).to_contain_text("Haettu sanoilla: tulkkia arkisin.")
    page.shown.get_by_role("button", name="Vastaa monelle…").click()
    form = page.modal("Vastaa monelle")
    for box in form.get_by_role("checkbox").all():
        box.check()
    expect(form.get_by_role("checkbox")).to_have_count(2)
    expect(form).to_contain_text("Viestin saa 2 raportoijaa.")
    page.screenshot("several")
    form.get_by_label("Viesti raportoijille").fill("Kiitos. Veimme tulkkauksen esille kokouksessa.")
    assert page.faults() == []
    form.get_by_role("button", name="Tallenna").click()
    page.no_modal()
    expect(page.shown).to_contain_text("2 havaintoa tallennettu.")
    page.screenshot("several-saved")
    page.moves_to("feedback")
    for person in (AINO, CECILIA):
        page.be(person)
        page.goes_to("dm")
        page.message("Veimme tulkkauksen esille kokouksessa.")
    assert page.undrawn() == []


def test_a_meeting_is_seen_as_it_will_stand_before_it_is_published_and_who_comes_after(page: PracticePage) -> None:
    page.be(BERTTA)
    page.types("/tapaaminen uusi")
    form = page.modal("Luo tapaaminen")
    form.get_by_label("Otsikko", exact=True).fill("Kevään verkostotapaaminen")
    form.locator("[data-block=start_date] input").fill("2027-03-07")
    expect(form.locator("[data-block=start_time] option").first).to_have_text("Valitse")
    expect(form.locator("[data-block=start_time] option").first).to_be_disabled()  # no time that could be chosen
    form.locator("[data-block=start_time] select").select_option("12:00")
    form.locator("[data-block=end_time] select").select_option("15:00")
    form.get_by_role("button", name="Esikatselu").click()
    expect(form).to_contain_text("Valitsemasi päivä su 7.3.2027 osuu viikonloppuun tai pyhään.")
    expect(form).to_contain_text("Tervetuloa verkostotapaamiseen. Pääsetkö mukaan?")
    form.get_by_role("button", name="Julkaise").click()
    page.no_modal()
    post = page.message("Kevään verkostotapaaminen")
    page.be(AINO)
    post.get_by_role("button", name="Tulen", exact=True).click()
    expect(page.shown).to_contain_text("Tulee: 1")
    page.be(BERTTA)
    page.types("/tapaaminen")
    note = page.message("Ketkä tulevat")
    note.get_by_role("button", name="Ketkä tulevat").last.click()
    expect(page.page.locator("#modal")).to_contain_text(AINO)
    assert page.undrawn() == []


def test_a_step_that_finds_nothing_to_do_says_what_there_is_to_do(page: PracticePage) -> None:
    step = page.page.locator("#step")
    page.takes_step(3)
    expect(step).to_contain_text("Sillä viikolla ei kirjattu mitään.")
    page.takes_step(5)
    expect(step).to_contain_text("Vastausta ei tullut")
    page.takes_step(1)
    page.sends()
    page.message("Kiitos. Havainto")
    page.takes_step(3)
    expect(page.page.locator(".here")).to_have_text("Avaa")
    expect(step).to_contain_text("Avaa uusi havainto")
    page.takes_step(4)
    expect(step).to_contain_text("Julkaise ilmiö kanavalle.")
    page.page.locator(".here").click()
    page.modal("Julkaise").get_by_role("button", name="Julkaise").click()
    page.no_modal()
    page.takes_step(4)
    expect(step).to_contain_text("Kaikki ilmiöt on jo julkaistu.")


def test_on_a_phone_the_guide_is_one_line_that_a_press_or_the_keyboard_opens(page: PracticePage) -> None:
    page.page.set_viewport_size({"width": 320, "height": 640})
    guide, line = page.page.locator("#guide"), page.page.locator("#step")
    fold = page.page.get_by_role("button", name="Viikko viidessä minuutissa")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(line).to_have_text("1/7 Yksi rivi riittää Paina Lähetä.")  # all of it, to a screen reader
    assert guide.evaluate("one => one.offsetHeight") < 640 / 10
    assert page.faults() == []
    fold.focus()
    page.page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(page.page.get_by_text("Kaikki vaiheet")).to_be_visible()
    assert page.faults() == []
    page.page.keyboard.press("Enter")
    expect(page.page.get_by_text("Kaikki vaiheet")).not_to_be_visible()
    page.page.get_by_role("button", name="Seuraava vaihe").click()
    expect(line).to_contain_text("2/7")
    line.click()
    expect(page.page.get_by_text("Kaikki vaiheet")).to_be_visible()


def test_a_receipt_code_is_taken_whole_by_a_press_and_by_a_double_click(page: PracticePage) -> None:
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.types("/raportoi")
    form = page.modal("Kirjaa havainto")
    form.get_by_role("radio").first.check()
    form.get_by_label("Teema", exact=True).select_option(index=1)
    form.get_by_label("Havainto", exact=True).fill(WORDS)
    form.get_by_text("Ilman nimeä (saat tunnuskoodin)").click()
    form.get_by_role("button", name="Lähetä").click()
    told = page.modal("Kirjattu")
    code = told.locator(".header").inner_text().replace("-", "")
    told.get_by_role("button", name="Kopioi").click()
    assert page.page.evaluate("navigator.clipboard.readText()") == f"/raportoi tila {code}"
    line = told.locator("pre code")
    box = line.bounding_box()
    assert box
    line.dblclick(position={"x": box["width"] - 30, "y": box["height"] / 2})
    assert page.page.evaluate("getSelection().toString()") == code
    assert page.faults() == []


def test_the_guide_leads_through_the_week_in_its_language_and_leaves_the_conversation_its_room(
    page: PracticePage,
) -> None:
    page.page.set_viewport_size({"width": 1024, "height": 768})
    room = page.shown.bounding_box()
    assert room
    assert room["height"] > 400
    page.be(CECILIA)
    expect(page.page.locator("#send")).to_have_text("Skicka")
    expect(page.page.locator("#step")).to_contain_text("1/7 En rad räcker")
    page.takes_step(6)
    expect(page.page.locator("#who option:checked")).to_have_text("Ingrid Framåt, koordinator")
    expect(page.page.locator("#text")).to_have_value("/rapportera träff ny")
    page.page.locator("#other-language").click()
    expect(page.page.locator("#step")).to_contain_text("6/7 Verkosto tapaa")
    expect(page.page.locator("#text")).to_have_value("/tapaaminen uusi")
    page.be(AINO)
    page.page.get_by_role("button", name="Seuraava vaihe").click()
    expect(page.page.locator("#who option:checked")).to_have_text(f"{BERTTA}, koordinaattori")
    expect(page.page.locator("#text")).to_be_focused()
    page.page.reload()
    expect(page.page.locator("#step")).to_contain_text("7/7")
    page.page.get_by_role("button", name="Seuraava vaihe").click()
    expect(page.page.locator("#step")).to_contain_text("Siinä oli viikko")
    page.page.get_by_role("button", name="Kirjaa ilman nimeä").click()
    expect(page.page.locator("#who option:checked")).to_have_text(AINO)
    for width in (1024, 320):
        page.page.set_viewport_size({"width": width, "height": 768})
        assert page.faults() == []

"""Takes the guides' pictures anew, in Finnish and in Swedish: `python -m tests.e2e.pictures` writes docs/pictures."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from bot.demo.page.words import WEEK
from bot.texts import Texts
from tests.e2e.conftest import CHROMIUM, CHROMIUM_FLAGS, PATIENCE
from tests.e2e.practice_page import PracticePage, served

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LOCALES = {"fi": "fi-FI", "sv": "sv-SE"}
LARGEST = 120_000  # bytes of a picture
COLOURS, TALLEST = 64, 900
WORDS = {
    "fi": {
        "title": "Kevään verkostotapaaminen",
        "agenda": "Nuorten asuminen ja velkaneuvonnan jonot",
        "where": "Kaupungintalo, kokoushuone 2",
        "receiver": "Asumispalvelujen johtoryhmä",
        "reply": "Kiitos. Veimme asian eteenpäin ja kerromme, mitä siitä seuraa.",
    },
    "sv": {
        "title": "Vårens nätverksträff",
        "agenda": "Boende för unga och köerna till skuldrådgivningen",
        "where": "Stadshuset, mötesrum 2",
        "receiver": "Boendeservicens ledningsgrupp",
        "reply": "Tack. Vi har fört saken vidare och berättar vad det leder till.",
    },
}


class Pictures:
    """What is drawn in one language, one picture after another."""

    def __init__(self, page: PracticePage, language: str) -> None:
        self.page, self.language, self.words, self.t = page, language, WORDS[language], Texts(language)

    def takes(self, name: str, seen: Locator) -> None:
        """Keeps what is seen, its beginning where it is long, in few colours, so that the pictures stay small."""
        expect(seen).to_be_visible()
        picture = Image.open(io.BytesIO(seen.screenshot(animations="disabled"))).convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
        path = FOLDER / f"{name}-{self.language}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        size = path.stat().st_size
        sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])}: {size // 1000} kB\n")
        if size > LARGEST:
            raise SystemExit(f"{path.name} has {size} bytes: show less in it")

    @property
    def modal(self) -> Locator:
        """The form that is open, without what covers the rest of the page."""
        found = self.page.page.locator("#modal")
        expect(self.page.page.locator("#modal-title")).not_to_be_empty()
        return found

    def closes(self) -> None:
        self.page.page.keyboard.press("Escape")
        self.page.no_modal()

    def presses(self, within: Locator, label: str) -> None:
        within.get_by_role("button", name=self.t(label), exact=True).first.click()

    def reports(self) -> None:
        """As a member: the form, one line with its receipt, and the guard."""
        self.page.sends()
        self.page.message("2026-")
        self.page.goes_to("dm")
        self.takes("receipt", self.page.message("112"))
        self.page.takes_step(2)
        self.page.sends()
        self.modal.get_by_role("radio").first.check()
        self.presses(self.modal, "Send")
        expect(self.page.page.locator("#modal .error").first).to_be_visible()
        self.takes("guard", self.modal)
        self.closes()

    def coordinates(self) -> None:
        """As a coordinator: the digest, a review, the desk, and a meeting before it is published."""
        self.page.takes_step(3)
        digest = self.page.message("49/2026")
        self.page.goes_to("dm")  # without what the week points out
        self.takes("digest", digest)
        self.presses(digest.locator(".section").filter(has_text=self.t(WEEK[0].types).partition(" ")[2]), "Open")
        form = self.modal
        form.locator("[data-block=status] select").select_option("viety")
        expect(form.locator("[data-block=reason]")).to_have_count(0)  # the form shows what this status needs
        form.locator("[data-block=receiver] input").fill(self.words["receiver"])
        form.locator("[data-block=reply] textarea").fill(self.words["reply"])
        self.takes("review", form)
        self.presses(form, "Save")
        self.page.no_modal()
        self.page.goes_to("home")
        expect(self.page.shown).to_contain_text(self.t("The queue"))
        self.takes("desk", self.page.shown)
        self.page.takes_step(6)
        self.page.sends()
        form = self.modal
        form.locator("[data-block=title] input").fill(self.words["title"])
        form.locator("[data-block=start_date] input").fill("2027-03-07")
        form.locator("[data-block=start_time] select").select_option("12:00")
        form.locator("[data-block=end_time] select").select_option("15:00")
        form.locator("[data-block=place] input").fill(self.words["where"])
        form.locator("[data-block=agenda] textarea").fill(self.words["agenda"])
        self.presses(form, "Preview")
        expect(form.get_by_role("button", name=self.t("Publish"), exact=True)).to_be_visible()
        self.takes("meeting", form)
        self.closes()

    def hears(self) -> None:
        """As the member again: what has become of the observation, and the home."""
        self.page.takes_step(5)
        told = self.page.message(self.words["reply"])
        self.page.goes_to("dm")  # without what the week points out
        self.takes("feedback", told)
        self.page.goes_to("home")
        expect(self.page.shown).to_contain_text(self.t("Taken forward"))
        self.takes("home", self.page.shown)
        self.presses(self.page.shown, "Open")
        expect(self.modal).to_contain_text(self.words["reply"])
        self.takes("own", self.modal)
        self.closes()


def take_all(browser: Browser, language: str) -> None:
    with served() as running:
        context = browser.new_context(locale=LOCALES[language], timezone_id="Europe/Helsinki",
                                      viewport={"width": 1280, "height": 1600})  # fmt: skip
        context.set_default_timeout(PATIENCE)
        page = PracticePage(context.new_page())
        page.open(running.url)
        if language == "sv":
            page.page.locator("#other-language").click()
        pictures = Pictures(page, language)
        for takes in (pictures.reports, pictures.coordinates, pictures.hears):
            takes()
        context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for language in LOCALES:
            take_all(browser, language)
        browser.close()


if __name__ == "__main__":
    main()

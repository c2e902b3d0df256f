"""The practice network with the bot in it, and a person at its page: what they can see and do there, in their words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from bot import demo
from bot.app import Bot
from bot.demo import Practice
from bot.deps import Deps
from tests.clocks import hki
from tests.fakes import HOME_CHANNEL, opinions

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
FAULTS = "axe.run().then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html)}`))"
SAID = ".said-all, .file, .only-you"


@contextmanager
def served(
    database_url: str | None = None, fill: Callable[[Deps], object] = demo.fill, password: str = "", **how: Any
) -> Iterator[Practice]:
    """The sample network on a Wednesday morning, the bot in it, and its page; ends with nothing that Slack refused.

    `fill` puts there what has happened before.
    """
    with (
        demo.practice(demo.Page(password), now=hki("2026-12-02T06:00"), port=0, opinions=opinions, **how) as running,
        demo.settings(running) as settings,
    ):
        chosen = {"database_url": database_url, "raportoi_key": "k" * 64} if database_url else {}
        bot = Bot(settings.model_copy(update=chosen), now=running.clock.now, terms=demo.TERMS)
        fill(bot.deps)
        running.opens(bot.deps)
        bot.start()
        running.slack.wait_until_connected()
        try:
            yield running
        finally:
            bot.stop()
        assert [str(one) for one in running.slack.refusals] == []


@dataclass(frozen=True)
class PracticePage:
    """One browser page, as one person at a time."""

    page: Page

    def open(self, url: str) -> None:
        """The page, at the week's first step, in the discussion channel."""
        self.page.goto(url)
        expect(self.page.locator("#text")).not_to_have_value("")
        self.goes_to(HOME_CHANNEL)

    def be(self, name: str) -> None:
        found = self.page.locator("#who option").filter(has_text=re.compile(f"^{re.escape(name)}(,|$)"))
        self.page.locator("#who").select_option(found.get_attribute("value"))
        self.stands()

    def stands(self) -> None:
        """All that this person sees has come."""
        expect(self.page.locator("#place-title")).not_to_be_empty()
        expect(self.page.locator("#trouble")).to_be_empty()

    def who(self) -> str:
        return self.page.locator("#who option:checked").inner_text().partition(",")[0]

    def goes_to(self, place: str) -> None:
        """A channel's id, "dm" for the bot's private messages, "home" for its own page."""
        self.page.locator(f"#places [data-place={place}]").click()
        expect(self.page.locator(f"#places [data-place={place}]")).to_have_attribute("aria-current", "page")

    def types(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.sends()

    def sends(self) -> None:
        self.page.locator("#send").click()

    def takes_step(self, number: int) -> None:
        """Goes to that step of the week; what it would have typed stands in the box."""
        if not self.page.locator("#steps").is_visible():
            self.page.locator("#all-steps").click()
        self.page.locator("#steps button").nth(number - 1).click()

    def moves_to(self, stop: str) -> None:
        """Moves time to the next thing of this name; what is due on the way has been sent then."""
        self.page.locator("#move").click()
        self.page.locator(f"#asking [data-stop={stop}]").click()
        expect(self.page.locator("body.moving")).to_have_count(0)

    def message(self, containing: str) -> Locator:
        """The newest message of the open conversation that says this, once it is there; files and notes too."""
        found = self.page.locator(".message").filter(has=self.page.locator(SAID, has_text=containing)).last
        expect(found).to_be_visible()
        return found

    @property
    def shown(self) -> Locator:
        return self.page.locator("#shown")

    def modal(self, title: str) -> Locator:
        """The form with this title, once it is open."""
        expect(self.page.locator("#modal-title")).to_have_text(title)
        return self.page.locator("#modal")

    def no_modal(self) -> None:
        expect(self.page.locator("#modal")).not_to_be_visible()

    def confirm(self, *, yes: bool) -> None:
        """Answers the question that stands before everything else."""
        asking = self.page.locator("#asking")
        expect(asking).to_be_visible()
        asking.locator("button[type=submit]" if yes else "button[type=button]").click()
        expect(asking).not_to_be_visible()

    def faults(self) -> list[str]:
        """What axe-core finds wrong, and what is wider than the page."""
        self.page.evaluate(AXE.read_text())
        found = list(self.page.evaluate(FAULTS))
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        return found + ([f"{width[0]} wide, where {width[1]} are seen"] if width[0] > width[1] else [])

    def undrawn(self) -> list[str]:
        return self.page.locator(".undrawn").all_inner_texts()

    def screenshot(self, name: str, folder: Path = Path(__file__).parent / "screenshots") -> None:
        self.page.screenshot(path=folder / (re.sub(r"[^\w.-]+", "-", name) + ".png"))

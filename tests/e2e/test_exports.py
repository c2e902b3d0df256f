"""The page that a document is drawn as, in a real browser: narrow and wide, light and dark, on screen and on paper."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from bot.exports import formats
from tests.e2e.conftest import AXE
from tests.exports.samples import sample

FAULTS = "axe.run().then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html)}`))"
SHOWN = "[document.documentElement.scrollWidth, document.querySelectorAll('table').length]"


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_page_has_no_barrier_and_asks_for_nothing_from_outside(
    browser: Browser,
    tmp_path: Path,
    language: str,
    width: int,
    colours: Literal["light", "dark"],
    medium: Literal["screen", "print"],
) -> None:
    file = tmp_path / "yhteenveto.html"
    file.write_bytes(formats.drawn(sample(language, working_paper=True), "html"))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(media=medium)
    page.goto(file.as_uri())
    page.evaluate(AXE.read_text())
    found: list[Any] = page.evaluate(FAULTS)
    wide, tables = page.evaluate(SHOWN)
    context.close()
    assert found == []
    assert asked == [file.as_uri()]
    assert tables > 1
    assert medium == "print" or wide <= width  # nothing but a table of its own moves sideways


def test_the_judge_finds_a_barrier_where_one_is(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><title></title><img src=data:,><p style='color:#aaa'>Haaleaa tekstiä</p>")
    page.evaluate(AXE.read_text())
    found = {one.partition(":")[0] for one in page.evaluate(FAULTS)}
    page.close()
    assert {"document-title", "html-has-lang", "image-alt", "color-contrast"} <= found

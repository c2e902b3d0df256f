"""The guides name only buttons that there are, and show only pictures that are there, the same in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
GUIDES = {"fi": "docs/ohje.md", "sv": "docs/bruksanvisning.md"}
LARGEST = 120_000  # bytes of a picture, so that a guide opens on a phone


def guide(language: str) -> str:
    return " ".join((ROOT / GUIDES[language]).read_text().split())


def as_named(text: str) -> str:
    """A label as a guide writes it: without what stands in brackets, any number in the place of a gap."""
    return re.sub(r"\{\w+\}|\d+", "#", re.sub(r" ?\([^)]*\)", "", text))


@pytest.mark.parametrize("language", GUIDES)
def test_what_stands_in_bold_type_in_a_guide_stands_on_a_button_or_in_a_form(language: str) -> None:
    with (ROOT / f"bot/texts/{language}.po").open("rb") as file:
        said = {as_named(str(message.string)) for message in read_po(file, locale=language)}
    named = re.findall(r"\*\*(.+?)\*\*", guide(language))
    assert len(named) > 50
    assert [name for name in named if as_named(name) not in said] == []


def test_both_guides_show_the_same_pictures_and_none_lies_unused_or_is_large() -> None:
    shown = {
        language: re.findall(r"!\[[^\]]{20,}\]\(pictures/([\w-]+)-(\w\w)\.png\)", guide(language))
        for language in GUIDES
    }
    assert {tongue for language in GUIDES for _, tongue in shown[language] if tongue != language} == set()
    assert sorted(name for name, _ in shown["fi"]) == sorted(name for name, _ in shown["sv"])
    there = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}
    assert set(there) == {f"{name}-{language}.png" for language in GUIDES for name, _ in shown[language]}
    assert [name for name, size in there.items() if size > LARGEST] == []

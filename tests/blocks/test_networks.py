"""A wording goes whole through its preview, whatever is typed in it."""

import pytest

from bot.blocks.networks import preview, read_preview, read_wording
from bot.rules.people import LONGEST_WORDING
from bot.rules.reminders import REMINDER
from bot.texts import LANGUAGES, Texts


@pytest.mark.parametrize("sign", ["a", '"', "\\", "\n", "\u0001", "\ud83d", "\U0001f600", "<"])
def test_a_text_is_read_from_the_preview_as_it_was_typed(sign: str) -> None:
    typed = f"a{sign * (LONGEST_WORDING - 2)}a"
    values = {f"text_{language}": {f"text_{language}": {"value": typed}} for language in LANGUAGES}
    kind, texts = read_wording({"state": {"values": values}, "private_metadata": REMINDER})
    shown = preview(Texts("fi"), kind, texts, None)
    assert len(shown["private_metadata"]) <= 3000
    assert read_preview(shown) == (REMINDER, texts)
    assert {len(text) for text in texts.values()} == {LONGEST_WORDING}

"""The page of the trail of deeds that follows is found, whatever a form carries."""

import json

import pytest

from bot.blocks.audits import read_page


@pytest.mark.parametrize("at", ["", "eilen", "2026-11-25", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_instant_that_no_deed_can_have_asks_for_the_newest(at: str) -> None:
    assert read_page({"private_metadata": json.dumps({"at": at, "key": "k"})}) is None

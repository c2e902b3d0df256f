"""The trail of deeds: what it says of a deed, and its next page, which is found whatever a form carries."""

import json
from datetime import UTC, datetime

import pytest

from bot.blocks.audits import page, read_page
from bot.texts import Texts
from storage.models import Audit


@pytest.mark.parametrize("at", ["", "eilen", "2026-11-25", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_instant_that_no_deed_can_have_asks_for_the_newest(at: str) -> None:
    assert read_page({"private_metadata": json.dumps({"at": at, "key": "k"})}) is None


def test_an_export_says_its_days_and_how_many_there_were_and_by_whom() -> None:
    at = datetime(2026, 10, 5, 7, tzinfo=UTC)
    rows = [
        Audit(key=who, workspace="T", at=at, who=who, what="export.rows", subject="2026-04-01/2026-09-30/123")
        for who in ("U0KOORD001", "operator")
    ]
    (lines, *_) = page(Texts("fi"), rows, 40)["blocks"]
    said = "vei havaintoja tiedostoon: 1.4.2026–30.9.2026, yhteensä 123"
    assert lines["text"]["text"].split("\n") == [
        f"ma 5.10.2026 10.00 · <@U0KOORD001> · {said}",
        f"ma 5.10.2026 10.00 · Ylläpitäjä · {said}",
    ]

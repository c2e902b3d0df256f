"""The trail of deeds: what it says of a deed, and its next page, which is found whatever a form carries."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.blocks.audits import DEEDS, page, read_page
from bot.rules.reviews import CORRECTED, REDACTED
from bot.rules.statuses import Status, deed
from bot.texts import Texts
from storage.models import Audit

SERVICES = Path(__file__).parents[2] / "bot" / "services"
A_DEED = re.compile(rf"({'|'.join({name.partition('.')[0] for name in DEEDS})})\.[a-z_]+")
PUT_TOGETHER = {  # what is given to `audits.add` where that is no plain word -> the deeds that come of it
    "deed": (), "what": (), "DEED": (),  # plain words stand near it, and are found below
    "f'observation.{what}'": (f"observation.{CORRECTED}", f"observation.{REDACTED}"),
    "statuses.deed('observation', path[-1])": [deed("observation", status) for status in ("", *Status)],
    "statuses.deed('phenomenon', step.status)": [deed("phenomenon", status) for status in ("", *Status)],
}  # fmt: skip


def nodes() -> Iterator[ast.AST]:
    for file in sorted(SERVICES.rglob("*.py")):
        yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def test_every_deed_that_is_written_down_has_words() -> None:
    found, given = set(nodes()), set[str]()
    put_together = set[str]()
    for node in found:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audits.add":
            what = node.args[4]
            if isinstance(what, ast.Constant):
                given.add(what.value)
            else:
                put_together.add(ast.unparse(what))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and A_DEED.fullmatch(node.value):
            given.add(node.value)
    assert put_together == set(PUT_TOGETHER)
    given |= {one.partition(":")[0] for deeds in PUT_TOGETHER.values() for one in deeds}
    assert given == set(DEEDS)


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

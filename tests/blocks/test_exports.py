"""The form and the messages of the coordinators' own export, and what its button carries."""

from datetime import date

import pytest

from bot.blocks import exports as blocks
from bot.rules.exports import Selection
from bot.rules.vocabularies import Vocabularies
from bot.texts import LANGUAGES, Texts
from storage.models import Term
from storage.vocabularies import shipped

VOCABULARIES = Vocabularies.of(Term(workspace="T", **one) for one in shipped())
SELECTION = Selection(date(2026, 10, 1), date(2027, 3, 31), "M", "SHL11-02", "uusi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_opens_with_the_half_year_of_today_and_everything(language: str) -> None:
    view = blocks.form(Texts(language), VOCABULARIES, date(2026, 11, 30))
    days = [block["element"]["initial_date"] for block in view["blocks"] if block.get("block_id") in ("first", "last")]
    assert days == ["2026-10-01", "2027-03-31"]
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    chosen = {name: fields[name]["initial_option"]["value"] for name in ("kind", "theme", "status", "ending")}
    assert chosen == {"kind": "all", "theme": "all", "status": "all", "ending": "xlsx"}
    assert not {"peruttu", "poistettu"} & {one["value"] for one in fields["status"]["options"]}


def test_the_button_carries_what_was_chosen() -> None:
    for _, drawn in (
        blocks.made(Texts("fi"), VOCABULARIES, SELECTION, "csv", 3),
        blocks.failed(Texts("fi"), SELECTION, "csv"),
    ):
        (button,) = drawn[-1]["elements"]
        assert blocks.read_again(button["value"]) == (SELECTION, "csv")


@pytest.mark.parametrize("value", ["", "[]", "1", '["a","b","","","","csv"]', '["2026-10-01"]', "{", "null"])
def test_what_no_button_of_ours_carries_is_nothing(value: str) -> None:
    assert blocks.read_again(value) is None


def test_a_form_without_days_is_read_as_such() -> None:
    assert blocks.read_form({}) == blocks.ExportRead(None, None, "", "", "", "")


def test_the_message_says_what_is_in_the_file() -> None:
    _, drawn = blocks.made(Texts("fi"), VOCABULARIES, SELECTION, "xlsx", 1)
    words = drawn[0]["text"]["text"]
    assert words.startswith("Havainnot ajalta 1.10.2026–31.3.2027: 1 havainto. Tiedosto on ketjussa.")
    assert words.split("\n")[1] == "Myönteinen havainto · Asuminen · Vastaanotettu"

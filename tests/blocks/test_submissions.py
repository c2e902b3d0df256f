"""A form that could not be stored comes back with what was typed in it, whatever kind of field it was."""

from datetime import date
from typing import Any

from bot.blocks.parts import date_input, field, line_input, modal, section, select, text_input
from bot.blocks.submissions import again, value_in
from tests.fakes._validators import view_is_refused


def form() -> dict[str, Any]:
    blocks = [
        section(":warning: Aiempi huomautus"),
        field("title", "Otsikko", line_input("title", "vanha", 20)),
        field("reply", "Viesti", text_input("reply", "vanha", "Mitä?", 3000), optional=True),
        field("status", "Tila", select("status", [("a", "A"), ("b", "B")], "a", "Valitse")),
        field("review_date", "Päivä", date_input("review_date", date(2026, 11, 25)), optional=True),
    ]
    return {**modal("x.form", "Lomake", "Peruuta", blocks, "Tallenna"), "private_metadata": '{"n":1}', "id": "V1"}


def test_what_was_typed_chosen_and_emptied_stands_in_it() -> None:
    chosen = form()["blocks"][3]["element"]["options"][1]
    values = {
        "title": {"title": {"type": "plain_text_input", "value": "uusi"}},
        "reply": {"reply": {"type": "plain_text_input", "value": None}},
        "status": {"status": {"type": "static_select", "selected_option": chosen}},
        "review_date": {"review_date": {"type": "datepicker", "selected_date": "2026-12-24"}},
    }
    view = again({**form(), "state": {"values": values}}, "Yritä uudelleen.")
    assert view_is_refused(view) == []
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"] == [
        ":warning: Yritä uudelleen."
    ]
    elements = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert elements["title"]["initial_value"] == "uusi"
    assert "initial_value" not in elements["reply"]
    assert value_in(view, "status") == "b"
    assert elements["review_date"]["initial_date"] == "2026-12-24"
    assert view["private_metadata"] == '{"n":1}'


def test_what_came_back_empty_stands_as_it_was_drawn() -> None:
    view = again({**form(), "state": {"values": {"status": {"status": {"selected_option": None}}}}}, "Yritä uudelleen.")
    assert value_in(view, "status") == "a"

"""A form that could not be stored comes back with what was typed in it, whatever kind of field it was."""

from datetime import date
from typing import Any

import pytest

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


VALUES = {
    "plain_text_input": ("value", "initial_value", "sana"),
    "email_text_input": ("value", "initial_value", "a@example.org"),
    "url_text_input": ("value", "initial_value", "https://example.org"),
    "number_input": ("value", "initial_value", "12"),
    "rich_text_input": ("rich_text_value", "initial_value", {"type": "rich_text", "elements": []}),
    "static_select": ("selected_option", "initial_option", {"value": "a"}),
    "checkboxes": ("selected_options", "initial_options", [{"value": "a"}]),
    "datepicker": ("selected_date", "initial_date", "2026-12-24"),
    "timepicker": ("selected_time", "initial_time", "09:15"),
    "datetimepicker": ("selected_date_time", "initial_date_time", 1798102800),
    "users_select": ("selected_user", "initial_user", "U1"),
    "multi_users_select": ("selected_users", "initial_users", ["U1"]),
    "conversations_select": ("selected_conversation", "initial_conversation", "C1"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", ["C1"]),
    "channels_select": ("selected_channel", "initial_channel", "C1"),
    "multi_channels_select": ("selected_channels", "initial_channels", ["C1"]),
}


@pytest.mark.parametrize("kind", VALUES)
def test_every_kind_of_value_that_slack_knows_comes_back(kind: str) -> None:
    held, initial, value = VALUES[kind]
    view = modal("x", "Lomake", "Peruuta", [field("f", "Kenttä", {"type": kind, "action_id": "f"})], "Tallenna")
    state = {"values": {"f": {"f": {"type": kind, held: value}}}}
    assert again({**view, "state": state}, "Yritä uudelleen.")["blocks"][1]["element"][initial] == value

"""How a Slack client fills a form: values by element type, what it refuses to send, the state that it sends."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

from ._state import Json, View

TEXT_TYPES = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
ONE_OPTION = ("static_select", "radio_buttons", "overflow", "external_select")
MANY_OPTIONS = ("checkboxes", "multi_static_select")
SINGLE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}


class CannotDoError(AssertionError):
    """A person cannot do this in a Slack client: no such button, field, option, or a rule of the form."""


def state_of(view: View) -> Json:
    """Return ``state.values`` as Slack sends it: all inputs, touched or not, and other elements that hold a value."""
    values: Json = {}
    for block, element in _holders(view.drawn):
        key = (block["block_id"], element["action_id"])
        values.setdefault(key[0], {})[key[1]] = view.typed.get(key) or untouched(element)
    return copy.deepcopy(values)


def usable(drawn: Json) -> Iterator[tuple[Json, Json]]:
    """Yield each block with each of its elements that a person can use, in order."""
    for block in drawn.get("blocks") or []:
        for element in (*(block.get("elements") or ()), block.get("accessory"), block.get("element")):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def _holders(drawn: Json) -> Iterator[tuple[Json, Json]]:
    return ((block, one) for block, one in usable(drawn) if one["type"] not in ("button", "overflow"))


def untouched(element: Json) -> Json:
    """Return the value of an element that nobody has touched: its initial one, or nothing."""
    kind = element["type"]
    if kind in TEXT_TYPES:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    selected, initial = SINGLE[kind]
    return {"type": kind, selected: element.get(initial) or ([] if kind.startswith("multi_") else None)}


def filled(element: Json, value: Any) -> Json:
    """Return the value of an element after a person has put this in; options go by value, None empties."""
    kind = element["type"]
    if kind in TEXT_TYPES:
        return {"type": kind, "value": value or None}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": None if value is None else option(element, value)}
    if kind in MANY_OPTIONS:
        return {"type": kind, "selected_options": [option(element, one) for one in value or []]}
    if isinstance(value, dt.date):
        value = value.isoformat()
    return {"type": kind, SINGLE[kind][0]: list(value or []) if kind.startswith("multi_") else value}


def option(element: Json, value: str) -> Json:
    """Return the whole option with this value, or fail with those that exist."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    options = [one for group in groups for one in group["options"]]
    for one in options:
        if one["value"] == value:
            return copy.deepcopy(one)
    raise CannotDoError(f"{element['action_id']} has no option {value!r}, only {[one['value'] for one in options]}")


def complaints(view: View) -> dict[str, str]:
    """Say by block id why the client would not send the form: required fields, lengths."""
    found = {}
    values = state_of(view)
    for block in view.drawn["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            wrong = _complaint(element, values[block["block_id"]][element["action_id"]], block.get("optional"))
            if wrong:
                found[block["block_id"]] = wrong
    return found


def _complaint(element: Json, value: Json, optional: bool | None) -> str:
    content = next((inner for key, inner in value.items() if key != "type"), None)
    if not content:
        return "" if optional else "required"
    if element["type"] == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if not least <= len(content) <= most:
            return f"{len(content)} characters, allowed are {least} to {most}"
    return ""

"""What Slack allows in a text, a block, a view and a message: own rules beside the two libraries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ._state import Json

TABLE_ROWS = 101
VIEW_BYTES = 250_000
MESSAGE_BLOCKS, VIEW_BLOCKS, MESSAGE_CHARACTERS, TEXT_UNDER = 50, 100, 13_000, 4_000
OPTION_COUNTS = {"radio_buttons": 10, "checkboxes": 10, "overflow": 5}
INPUTS = frozenset(
    {
        *("plain_text_input", "static_select", "radio_buttons", "checkboxes", "datepicker", "timepicker"),
        *("users_select", "conversations_select", "channels_select", "multi_static_select", "multi_users_select"),
        *("multi_conversations_select", "multi_channels_select", "number_input", "email_text_input", "url_text_input"),
    }
)
ELEMENTS = INPUTS | {"button", "overflow"}
VIEW_KEYS = frozenset(
    {
        *("type", "title", "blocks", "submit", "close", "private_metadata", "callback_id", "clear_on_close"),
        *("notify_on_close", "external_id"),
    }
)


def strings(value: Any) -> Iterator[str]:
    """Yield every string inside a JSON value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def surrogate_faults(value: Any) -> list[str]:
    """Say so if any string holds half a character."""
    broken = any("\ud800" <= sign <= "\udfff" for text in strings(value) for sign in text)
    return ["a lone surrogate: half a character"] if broken else []


def text_faults(text: Any) -> list[str]:
    """List what is wrong with a message's top-level text."""
    if not isinstance(text, str) or not text.strip():
        return ["text is empty"]
    return [f"text has {len(text)} characters, allowed are fewer than {TEXT_UNDER}"] if len(text) >= TEXT_UNDER else []


def message_faults(blocks: Any) -> list[str]:
    """List what is wrong with the blocks of a message."""
    faults = _blocks(blocks, MESSAGE_BLOCKS)
    if faults:
        return faults
    charts = sum(block["type"] == "data_visualization" for block in blocks)
    faults += [f"{charts} charts, allowed are 2"] if charts > 2 else []
    return faults + too_long(blocks)


def too_long(blocks: list[Json]) -> list[str]:
    """Say so if the blocks of a message hold too many characters together."""
    total = sum(len(text) for text in _texts(blocks))
    most = MESSAGE_CHARACTERS
    return [f"{total} characters in all blocks, allowed are {most}"] if total > most else []


def view_faults(view: Any) -> list[str]:
    """List what is wrong with a modal or a home."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["view is not a modal or home"]
    faults = [f"view has an unknown key {key}" for key in view if key not in VIEW_KEYS]
    faults += _blocks(view.get("blocks"), VIEW_BLOCKS)
    faults += _length(view, "private_metadata", 0, 3000) + _length(view, "callback_id", 1, 255)
    faults += _length(view, "external_id", 0, 255)
    faults += [f"{one['type']} is for messages" for one in view.get("blocks") or [] if one.get("type") in _OF_MESSAGES]
    if view["type"] == "home" or faults:
        return faults
    faults += _text(view.get("title"), "title", 24, plain=True)
    for key in ("submit", "close"):
        faults += _text(view[key], key, 24, plain=True) if view.get(key) is not None else []
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    if inputs and not view.get("submit"):
        faults.append("a modal with inputs needs submit")
    if view.get("submit") and not view.get("callback_id"):
        faults.append("a modal that can be submitted needs a callback_id")
    return faults + _twice("action_id", [block["element"].get("action_id") for block in inputs])


def _blocks(blocks: Any, most: int) -> list[str]:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks is not a list of objects"]
    if not 1 <= len(blocks) <= most:
        return [f"{len(blocks)} blocks, allowed are 1 to {most}"]
    faults = [f"blocks/{at}: {fault}" for at, block in enumerate(blocks) for fault in _block(block)]
    faults += _twice("block_id", [block.get("block_id") for block in blocks])
    focused = sum(1 for element in _elements(blocks) if element.get("focus_on_load"))
    return faults + (["more than one focus_on_load"] if focused > 1 else [])


def _block(block: Json) -> list[str]:
    check = _BLOCKS.get(str(block.get("type")))
    if check is None:
        return [f"unknown block type {block.get('type')}"]
    elements = [element for element in _elements([block]) if element.get("type") in ELEMENTS]
    faults = check(block) + _length(block, "block_id", 1, 255)
    return faults + _twice("action_id", [element.get("action_id") for element in elements])


def _section(block: Json) -> list[str]:
    fields = block.get("fields") or []
    faults = [] if block.get("text") or fields else ["a section needs text or fields"]
    faults += _text(block["text"], "text", 3000) if block.get("text") else []
    faults += [f"{len(fields)} fields, allowed are 10"] if len(fields) > 10 else []
    faults += [fault for field in fields for fault in _text(field, "field", 2000)]
    accessory = block.get("accessory")
    return faults + (_element(accessory, ELEMENTS | {"image"}) if accessory is not None else [])


def _header(block: Json) -> list[str]:
    return _text(block.get("text"), "header", 150, plain=True)


def _context(block: Json) -> list[str]:
    elements = block.get("elements") or []
    faults = [] if 1 <= len(elements) <= 10 else [f"{len(elements)} elements, allowed are 1 to 10"]
    for element in elements:
        faults += _image(element) if element.get("type") == "image" else _text(element, "element", 3000)
    return faults


def _actions(block: Json) -> list[str]:
    elements = block.get("elements") or []
    faults = [] if 1 <= len(elements) <= 25 else [f"{len(elements)} elements, allowed are 1 to 25"]
    return faults + [fault for element in elements for fault in _element(element, ELEMENTS - {"plain_text_input"})]


def _divider(_block: Json) -> list[str]:
    return []


def _input(block: Json) -> list[str]:
    faults = _text(block.get("label"), "label", 2000, plain=True)
    faults += _text(block["hint"], "hint", 2000, plain=True) if block.get("hint") else []
    faults += [] if block.get("block_id") else ["an input needs a block_id"]
    return faults + _element(block.get("element"), INPUTS)


def _image(block: Json) -> list[str]:
    faults = _length(block, "alt_text", 1, 2000, needed=True)
    faults += _length(block, "image_url", 1, 3000, needed="slack_file" not in block)
    return faults + (_text(block["title"], "title", 2000, plain=True) if block.get("title") else [])


def _table(block: Json) -> list[str]:
    rows, caption = block.get("rows"), _length(block, "caption", 1, 2000, needed=True)
    if not isinstance(rows, list) or not 2 <= len(rows) <= TABLE_ROWS:
        return [*caption, f"a data_table has 2 to {TABLE_ROWS} rows"]
    widths, column = {len(row) for row in rows}, block.get("row_header_column_index", 0)
    faults = (
        [] if len(widths) == 1 and 1 <= max(widths) <= 20 else ["rows of a data_table are equally long, at most 20"]
    )
    faults += [] if 0 <= column < max(widths) else ["row_header_column_index is no column"]
    faults += [] if 1 <= block.get("page_size", 5) <= 100 else ["page_size is 1 to 100"]
    return caption + faults + [fault for row in rows for cell in row for fault in _length(cell, "text", 1, 3000)]


def _chart(block: Json) -> list[str]:
    chart = block.get("chart") or {}
    faults = _length(block, "title", 1, 50, needed=True)
    if chart.get("type") not in ("line", "bar", "area"):
        return [*faults, f"unknown chart {chart.get('type')}"]
    series, categories = chart.get("series") or [], chart.get("axis_config", {}).get("categories") or []
    faults += [] if 1 <= len(series) <= 6 else [f"{len(series)} series, allowed are 1 to 6"]
    faults += [] if 1 <= len(categories) <= 20 else [f"{len(categories)} categories, allowed are 1 to 20"]
    faults += _twice("series", [one.get("name") for one in series]) + _twice("category", categories)
    faults += [f"label {name}: over 20" for name in (*categories, *(one["name"] for one in series)) if len(name) > 20]
    points = [[point["label"] for point in one["data"]] for one in series]
    return faults + (["each series has a point for each category"] if any(one != categories for one in points) else [])


_OF_MESSAGES = {"data_table": _table, "data_visualization": _chart}
_BLOCKS = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "divider": _divider,
    **_OF_MESSAGES,
}


def _element(element: Any, allowed: Iterable[str]) -> list[str]:
    kind = str(element.get("type")) if isinstance(element, dict) else "none"
    if kind not in allowed:
        return [f"element {kind} is not allowed here"]
    if kind == "image":
        return _image(element)
    faults = _length(element, "action_id", 1, 255, needed=True)
    faults += _text(element["placeholder"], "placeholder", 150, plain=True) if element.get("placeholder") else []
    faults += _confirm(element["confirm"]) if element.get("confirm") else []
    if kind == "button":
        return faults + _button(element)
    if kind == "plain_text_input":
        return faults + _line(element)
    if kind in _MOMENTS:
        return faults + _moment(element, *_MOMENTS[kind])
    if kind == "number_input" and not isinstance(element.get("is_decimal_allowed"), bool):
        faults.append("number_input needs is_decimal_allowed")
    if element.get("max_selected_items", 1) < 1:
        faults.append("max_selected_items is below 1")
    return faults + (_options(element) if "options" in element or "option_groups" in element else _unlisted(kind))


def _unlisted(kind: str) -> list[str]:
    listed = ("static_select", "multi_static_select", "overflow", *OPTION_COUNTS)
    return [f"{kind} needs options"] if kind in listed else []


def _button(button: Json) -> list[str]:
    faults = _text(button.get("text"), "button", 75, plain=True)
    faults += _length(button, "value", 0, 2000) + _length(button, "url", 1, 3000)
    return faults + ([] if button.get("style") in (None, "primary", "danger") else ["unknown style"])


def _line(element: Json) -> list[str]:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if not (isinstance(most, int) and isinstance(least, int) and 0 <= least <= most <= 3000 and most > 0):
        return [f"min_length {least}, max_length {most}: allowed are 0 to 3000"]
    return _length(element, "initial_value", 0, most)


def _moment(element: Json, key: str, form: str) -> list[str]:
    told = element.get(key)
    try:
        dt.datetime.strptime(told, form) if told else None  # noqa: DTZ007 - only its form is looked at
    except ValueError:
        return [f"{key} is not written as {form}"]
    return []


_MOMENTS = {"datepicker": ("initial_date", "%Y-%m-%d"), "timepicker": ("initial_time", "%H:%M")}


def _options(element: Json) -> list[str]:
    groups = element.get("option_groups") or [{"options": element.get("options")}]
    if element.get("option_groups") and element.get("options"):
        return ["options stand beside option_groups"]
    faults = [fault for group in groups if "label" in group for fault in _text(group["label"], "label", 75, plain=True)]
    most = OPTION_COUNTS.get(element["type"], 100)
    for group in groups:
        options = group.get("options") or []
        faults += [] if 1 <= len(options) <= most else [f"{len(options)} options, allowed are 1 to {most}"]
        faults += [fault for option in options for fault in _option(option)]
    options = [option for group in groups for option in group.get("options") or []]
    faults += _twice("option value", [option.get("value") for option in options])
    chosen = [element[key] for key in ("initial_option",) if element.get(key)] + (element.get("initial_options") or [])
    return faults + ["the initial option is not among the options" for one in chosen if one not in options]


def _option(option: Json) -> list[str]:
    faults = _text(option.get("text"), "option", 75) + _length(option, "value", 1, 150, needed=True)
    return faults + (_text(option["description"], "description", 75, plain=True) if option.get("description") else [])


def _confirm(confirm: Json) -> list[str]:
    parts = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    return [
        fault for key, most in parts.items() for fault in _text(confirm.get(key), f"confirm {key}", most, plain=True)
    ]


def _text(value: Any, name: str, most: int, *, plain: bool = False) -> list[str]:
    if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
        return [f"{name} is not a text object"]
    if plain and value["type"] != "plain_text":
        return [f"{name} must be plain_text"]
    return _length(value, "text", 1, most, needed=True, name=name)


def _length(holder: Json, key: str, least: int, most: int, *, needed: bool = False, name: str = "") -> list[str]:
    value = holder.get(key)
    if value is None:
        return [f"{name or key} is missing"] if needed else []
    if not isinstance(value, str) or not least <= len(value) <= most:
        long = len(value) if isinstance(value, str) else type(value).__name__
        return [f"{name or key} has {long} characters, allowed are {least} to {most}"]
    return []


def _twice(name: str, values: list[Any]) -> list[str]:
    return [f"{name} {value} stands twice" for value, n in Counter(map(str, filter(None, values))).items() if n > 1]


def _elements(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        for element in (*(block.get("elements") or ()), block.get("accessory"), block.get("element")):
            if isinstance(element, dict):
                yield element


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield value["text"]
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)

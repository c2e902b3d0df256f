"""What a form carries along besides its fields; and a submitted one: read, and drawn anew with what was typed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.blocks.parts import Block, Message, actions, button, section
from bot.rules.cuts import head
from bot.slack import Act, dig, read_act
from bot.texts import Texts

KEPT = ("type", "callback_id", "title", "close", "submit", "private_metadata")
CHOSEN = (
    *("option", "options", "date", "time", "date_time", "user", "users"),
    *("conversation", "conversations", "channel", "channels"),
)
VALUES = (
    ("value", "initial_value"),
    ("rich_text_value", "initial_value"),
    *((f"selected_{kind}", f"initial_{kind}") for kind in CHOSEN),
)
EMPTIED = {("plain_text_input", "value"), ("checkboxes", "selected_options")}  # what a person may leave with nothing
MARK = ":warning:"
METADATA_LIMIT = 3000


def carrying(view: Block, carried: Mapping[str, Any]) -> Block:
    """The form, which carries this along."""
    written = json.dumps(carried, ensure_ascii=False, separators=(",", ":"))
    return {**view, "private_metadata": written[:METADATA_LIMIT]}


def carried_in(view: Any) -> dict[str, Any]:
    """What a form carries along; nothing where that is no JSON object."""
    try:
        loaded = json.loads(dig(view, "private_metadata") or "{}")
    except (TypeError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def act_in(body: Mapping[str, Any]) -> Act:
    """The act in a request's body, with the command that opened the form, where a form says so ("h")."""
    act = read_act(body)
    return replace(act, command=act.command or str(carried_in(body.get("view")).get("h") or ""))


def confirmed_in(carried: Mapping[str, Any]) -> frozenset[str]:
    """Marks of the guard's warnings that the form has shown ("c")."""
    seen = carried.get("c")
    return frozenset(str(one) for one in seen) if isinstance(seen, list) else frozenset()


def above(notice: str) -> list[Block]:
    """What the person is to know before a form's fields; nothing where there is nothing to say."""
    return [section(f"{MARK} {notice}")] if notice else []


def again(view: Any, notice: str) -> Block:
    """The same form with the same words, and above them what kept it from being stored."""
    drawn = as_typed(view)
    return {**drawn, "blocks": [*above(notice), *(block for block in drawn["blocks"] if not _is_notice(block))]}


def as_typed(view: Any) -> Block:
    """The same form with what was typed in it."""
    blocks = [_filled(view, block) for block in dig(view, "blocks") or ()]
    return {**{name: view[name] for name in KEPT if dig(view, name)}, "blocks": blocks}


def holds_words(view: Any) -> bool:
    """Whether something was typed in the form."""
    fields = dig(view, "state", "values")
    held = [element for field in (fields or {}).values() if isinstance(field, dict) for element in field.values()]
    return any(dig(element, "value") for element in held)


def offered(t: Texts, text: str, ticket: str) -> Message:
    """What went wrong, with the way back to the form that was sent."""
    return text, [section(text), actions(button("submissions.open_again", t("Open the form"), ticket, "primary"))]


def _is_notice(block: Any) -> bool:
    return str(dig(block, "text", "text") or "").startswith(MARK)


def _filled(view: Any, block: Any) -> Block:
    if dig(block, "type") != "input":
        return dict(block)
    name, element = str(dig(block, "block_id")), dict(block["element"])
    held = dig(view, "state", "values", name, str(element.get("action_id")))
    for value, initial in VALUES:
        if typed := dig(held, value):
            element[initial] = head(typed, int(element.get("max_length", 3000)))[0] if value == "value" else typed
        elif (dig(held, "type"), value) in EMPTIED:
            element.pop(initial, None)
    return {**block, "element": element}


def value_in(view: Any, name: str) -> Any:
    """What a field of a submitted form holds: a text, an option's value, a date, a list of users; None when empty.

    Slack may send a choice empty that nobody changed: then it is the choice that was drawn.
    """
    held = dig(view, "state", "values", name, name)
    if (value := _held(held, "selected")) is not None:
        return value
    drawn = [block for block in dig(view, "blocks") or () if dig(block, "block_id") == name]
    element = dig(drawn, 0, "element")
    return _held(element, "initial") if dig(element, "initial_option") else None


def ticked_in(view: Any, name: str) -> frozenset[str]:
    """The values of the boxes that are ticked in a field."""
    options = dig(view, "state", "values", name, name, "selected_options")
    found = [dig(option, "value") for option in options] if isinstance(options, list) else []
    return frozenset(one for one in found if isinstance(one, str))


def day_of(value: object) -> date | None:
    """A date as a form gives it; None where there is none, or no such day."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def required_in(view: Any, name: str) -> str:
    """The same of a field that no client sends empty: one that was drawn with a text and left alone stands as drawn."""
    drawn = [block for block in dig(view, "blocks") or () if dig(block, "block_id") == name]
    return str(value_in(view, name) or dig(drawn, 0, "element", "initial_value") or "")


def _held(element: Any, state: str) -> Any:
    if (option := dig(element, f"{state}_option", "value")) is not None:
        return option
    kinds = ("date", "user", "users", "conversation", "channel")
    found = (dig(element, f"{state}_{kind}") for kind in kinds)
    return next((value for value in found if value), None) or dig(element, "value") or None

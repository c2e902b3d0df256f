"""A submitted form drawn anew from itself, with what was typed, where nothing else can be asked for."""

from typing import Any

from bot.blocks.parts import Block, actions, button, head, section
from bot.slack import dig
from bot.texts import Texts

KEPT = ("type", "callback_id", "title", "close", "submit", "private_metadata")
VALUES = (
    ("value", "initial_value"),
    *((f"selected_{kind}", f"initial_{kind}") for kind in ("option", "options", "date", "users", "conversation")),
)
MARK = ":warning:"


def again(view: Any, notice: str) -> Block:
    """The same form with the same words, and above them what kept it from being stored."""
    blocks = [_filled(view, block) for block in dig(view, "blocks") or () if not _is_notice(block)]
    return {**{name: view[name] for name in KEPT if dig(view, name)}, "blocks": [section(f"{MARK} {notice}"), *blocks]}


def holds_words(view: Any) -> bool:
    """Whether something was typed in the form."""
    fields = dig(view, "state", "values")
    held = [element for field in (fields or {}).values() if isinstance(field, dict) for element in field.values()]
    return any(dig(element, "value") for element in held)


def offered(t: Texts, text: str, ticket: str) -> tuple[str, list[Block]]:
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
        elif dig(held, "type") == "plain_text_input" and value == "value":
            element.pop(initial, None)
    return {**block, "element": element}

"""Makes the local Slack's forms answer as Slack's do: it sends nothing for a field that was filled beforehand."""

from collections.abc import Callable
from typing import Any

VALUES = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
}
CHOICES = ("selected_option", "initial_option")


def fill_untouched(body: dict[str, Any], next: Callable[[], None]) -> None:  # noqa: A002 - Bolt knows it by this name
    """Bolt middleware: a field left alone has the value it was drawn with; one that was cleared stays empty.

    The local Slack sends null for the untouched, and "" or no key at all for the cleared. Slack sends null for the
    cleared, so this belongs nowhere else.
    """
    view = body.get("view") or {}
    values = (view.get("state") or {}).get("values") or {}
    for block in view.get("blocks") or ():
        element = block.get("element") or {}
        answer = (values.get(block.get("block_id")) or {}).get(element.get("action_id")) or {}
        key, initial = VALUES.get(str(element.get("type")), CHOICES)
        if initial in element and answer.get(key, "cleared") is None:
            answer[key] = element[initial]
    next()

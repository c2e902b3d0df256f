"""Three more opinions on every payload: PyPI's blockkit and slackblocks, built from our JSON, and Slack's own types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import blockkit
import slackblocks
from slackblocks import elements as slack_elements
from slackblocks import objects as slack_objects

from bot.demo.slack import Json, message_faults, surrogate_faults, view_faults

from . import _slack_types

TEXTS = ("plain_text", "mrkdwn")
MUTABLE = ("datepicker", "timepicker")  # blockkit changes these, and what holds them, as it judges them
MARK_KEYS = ("confirm", "dispatch_action_config", "filter", "slack_file", "axis_config")
LISTED = {"series": "one_series", "data": "one_point"}  # what stands in these lists has no type of its own
ONLY_IN_SLACKBLOCKS = ("data_table", "data_visualization")


@dataclass(frozen=True, eq=False)
class Library:
    """The classes of one library by Slack's type names, and how it makes a text object."""

    text: Callable[[Json], Any]
    kinds: Mapping[str, Callable[..., Any]]

    def build(self, value: Any, key: str = "") -> Any:
        """Return the library's object for a piece of JSON; what it cannot be, its constructor refuses."""
        if isinstance(value, list):
            return [self.build(inner, key) for inner in value]
        if not isinstance(value, dict):
            return value
        as_json = json.dumps(value)
        return (_built if any(kind in as_json for kind in MUTABLE) else _kept)(self, as_json, key)


def _built(library: Library, as_json: str, key: str) -> Any:
    value: Json = json.loads(as_json)
    kind = value.get("type") or _kind_by_place(key)
    if kind in TEXTS:
        return library.text(value)
    if key in ("blocks", "view") and kind == "image":
        kind = "image_block"
    if kind not in library.kinds:
        raise TypeError(f"no class for {kind or key}")
    parts = {name: library.build(inner, name) for name, inner in value.items() if name != "type"}
    return library.kinds[kind](**parts)


_kept = lru_cache(10_000)(_built)  # most pieces are drawn many times, and are built once for all tests


def _kind_by_place(key: str) -> str:
    if key in ("options", "initial_options", "initial_option"):
        return "option"
    return "option_group" if key == "option_groups" else LISTED.get(key) or (key if key in MARK_KEYS else "")


def _blockkit_text(value: Json) -> Any:
    return blockkit.Text(**value)  # with its type always: without one the library guesses from the content


def _slackblocks_text(value: Json) -> Any:
    rest = {key: inner for key, inner in value.items() if key != "type"}
    return slackblocks.Text(type_=slack_objects.TextType(value["type"]), **rest)


BLOCKKIT = Library(
    _blockkit_text,
    {
        "section": blockkit.Section,
        "header": blockkit.Header,
        "divider": blockkit.Divider,
        "context": blockkit.Context,
        "actions": blockkit.Actions,
        "input": blockkit.Input,
        "image_block": blockkit.Image,
        "image": blockkit.ImageEl,
        "button": blockkit.Button,
        "static_select": blockkit.StaticSelect,
        "multi_static_select": blockkit.MultiStaticSelect,
        "radio_buttons": blockkit.RadioButtons,
        "checkboxes": blockkit.Checkboxes,
        "overflow": blockkit.Overflow,
        "plain_text_input": blockkit.PlainTextInput,
        "datepicker": blockkit.DatePicker,
        "timepicker": blockkit.TimePicker,
        "users_select": blockkit.UsersSelect,
        "multi_users_select": blockkit.MultiUsersSelect,
        "conversations_select": blockkit.ConversationsSelect,
        "multi_conversations_select": blockkit.MultiConversationsSelect,
        "channels_select": blockkit.ChannelsSelect,
        "option": blockkit.Option,
        "option_group": blockkit.OptionGroup,
        "confirm": blockkit.Confirm,
        "dispatch_action_config": blockkit.DispatchActionConfig,
        "filter": blockkit.ConversationFilter,
        "slack_file": blockkit.SlackFile,
        "modal": blockkit.Modal,
        "home": blockkit.Home,
        "message": blockkit.Message,
    },
)


def _slackblocks_select(**parts: Any) -> Any:
    if "option_groups" in parts:
        parts.pop("initial_option", None)  # it wants a whole group there, Slack wants an option: own rules check it
    return slack_elements.StaticSelectMenu(**parts)


SLACKBLOCKS = Library(
    _slackblocks_text,
    {
        "section": slackblocks.SectionBlock,
        "header": slackblocks.HeaderBlock,
        "divider": slackblocks.DividerBlock,
        "context": slackblocks.ContextBlock,
        "actions": slackblocks.ActionsBlock,
        "input": slackblocks.InputBlock,
        "image_block": slackblocks.ImageBlock,
        "image": slack_elements.Image,
        "button": slack_elements.Button,
        "static_select": _slackblocks_select,
        "multi_static_select": slack_elements.StaticMultiSelectMenu,
        "radio_buttons": slack_elements.RadioButtonGroup,
        "checkboxes": slack_elements.CheckboxGroup,
        "overflow": slack_elements.OverflowMenu,
        "plain_text_input": slack_elements.PlainTextInput,
        "datepicker": slack_elements.DatePicker,
        "timepicker": slack_elements.TimePicker,
        "users_select": slack_elements.UserSelectMenu,
        "multi_users_select": slack_elements.UserMultiSelectMenu,
        "conversations_select": slack_elements.ConversationSelectMenu,
        "multi_conversations_select": slack_elements.ConversationMultiSelectMenu,
        "channels_select": slack_elements.ChannelSelectMenu,
        "option": slack_objects.Option,
        "option_group": slack_objects.OptionGroup,
        "confirm": slack_objects.ConfirmationDialogue,
        "dispatch_action_config": slack_objects.DispatchActionConfiguration,
        "filter": slack_objects.ConversationFilter,
        "slack_file": lambda **parts: slackblocks.SlackFile(parts.get("url"), parts.get("id")),
        "data_table": slackblocks.DataTableBlock,
        "raw_text": slackblocks.RawText,
        "raw_number": slackblocks.RawNumber,
        "data_visualization": slackblocks.DataVisualizationBlock,
        "line": slackblocks.LineChart,
        "bar": slackblocks.BarChart,
        "one_series": slackblocks.DataSeries,
        "one_point": slackblocks.DataPoint,
        "axis_config": slack_objects.AxisConfig,
        "modal": slackblocks.ModalView,
        "home": slackblocks.HomeTabView,
        "message": lambda **parts: slackblocks.Message(channel="C0ANYWHERE", **parts),
    },
)


def blocks_are_refused(blocks: Any, text: str) -> list[str]:
    """List the faults that own rules and the other judges find in a message's blocks."""
    own = surrogate_faults(blocks) + message_faults(blocks)
    return own or opinions({"type": "message", "blocks": blocks, "text": text})


def view_is_refused(view: Any) -> list[str]:
    """List the faults that own rules and the other judges find in a view."""
    return surrogate_faults(view) + view_faults(view) or opinions(view)


def opinions(surface: Json) -> list[str]:
    """List the faults that the two libraries and Slack's types find in a view, or in a message of text and blocks."""
    return _opinions(json.dumps(surface))


@lru_cache(10_000)
def _opinions(as_json: str) -> list[str]:
    surface: Json = json.loads(as_json)
    faults = [f"@slack/types: {fault}" for fault in _slack_types.faults(surface)]
    for name, judge in (("blockkit", _by_blockkit), ("slackblocks", _by_slackblocks)):
        try:
            judge(surface)
        except Exception as refused:  # noqa: BLE001 - the libraries raise many kinds, all mean no
            faults.append(f"{name}: {type(refused).__name__}: {refused}")
    return faults


def _by_blockkit(surface: Json) -> None:
    known = [block for block in surface["blocks"] if block["type"] not in ONLY_IN_SLACKBLOCKS]
    if known or not surface["blocks"]:
        BLOCKKIT.build({**surface, "blocks": known}).build()


def _by_slackblocks(surface: Json) -> None:
    SLACKBLOCKS.build(surface)._resolve()

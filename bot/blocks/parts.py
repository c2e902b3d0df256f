"""The few shapes that every form and message is made of; each keeps Slack's limits by itself."""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import regex

from bot.rules.cuts import beginning, ended, head

Block = dict[str, Any]
Option = tuple[str, str]  # (value, label)
Message = tuple[str, list[Block]]  # the text for notifications, and the blocks

# Signs that turn the direction of the line they stand in, or end it: they would move the bot's own words.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
HALVES = re.compile("[\ud800-\udfff]")  # of characters that broke in two on the way
ROOM, MOST_SENT = 2990, 9000  # of the 3,000 characters of a section; of the 13,000 of a message


def shown(text: str, limit: int = 3000) -> str:
    """What a person typed, as it may stand in a message: cut at a word (`bot.rules.cuts`), and escaped.

    `limit` counts the string as sent, which is how Slack counts.
    """
    cleaned = _cleaned(text)
    if len(escaped := html.escape(cleaned, quote=False)) < limit:
        return escaped
    whole: list[str] = []
    room = limit - 1
    for found in regex.finditer(r"\X", cleaned):
        sign = found[0]
        safe = sign if sign.isalnum() else html.escape(sign, quote=False)
        if len(safe) > room:
            return ended("".join(whole), sign)
        whole.append(safe)
        room -= len(safe)
    return "".join(whole)


def _cleaned(text: str) -> str:
    return TURNS.sub("", HALVES.sub(" ", text))


def plain(text: str, limit: int = 3000) -> Block:
    return {"type": "plain_text", "text": text[:limit], "emoji": False}


def section(text: str, accessory: Block | None = None) -> Block:
    """The bot's own words, with Slack's markup in them."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return block if accessory is None else {**block, "accessory": accessory}


def quote(text: str, limit: int = 2998) -> Block:
    """What a person typed, in quotation marks and without Slack's markup."""
    return unmarked(f"”{shown(text, limit)}”")


def unmarked(text: str) -> Block:
    """The bot's own words with what a person typed (`shown`) among them, without Slack's markup."""
    return {"type": "section", "text": plain(text)}


def quotes(text: str, *, marks: bool = True, most: int = MOST_SENT) -> list[Block]:
    """What a person typed, in as many sections as it takes, since one may not hold it once it is escaped.

    `most` counts the characters as sent; what is beyond is left out at a word, with "…".
    """
    parts: list[str] = []
    room, left = 0, most
    for sign in regex.findall(r"\X", _cleaned(text)):
        safe = html.escape(sign, quote=False)[:ROOM]
        left -= len(safe)
        if left < 0:
            parts[-1] = ended(parts[-1], sign)
            break
        if len(safe) > room:
            parts.append("")
            room = ROOM
        parts[-1] += safe
        room -= len(safe)
    if parts and marks:
        parts[0] = f"”{parts[0]}"
        parts[-1] += "”"
    return [unmarked(part) for part in parts]


def said(text: str) -> Message:
    """A message of the bot's own words and nothing else."""
    return text, [section(text)]


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(action: str, label: str, value: str, style: str | None = None) -> Block:
    block = {"type": "button", "action_id": action, "text": plain(label, 75), "value": value}
    return {**block, "style": style} if style else block


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """The question before something that cannot be taken back."""
    words = {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}
    return {**words, "style": "danger"}


def select(action: str, options: Sequence[Option], chosen: str | None, placeholder: str) -> Block:
    """A menu of any length: beyond Slack's hundred, the options come in groups."""
    drawn = _options(options)
    block: Block = {"type": "static_select", "action_id": action, "placeholder": plain(placeholder, 150)}
    if len(drawn) > 100:  # noqa: PLR2004 - Slack's limit for one list
        groups = [drawn[start : start + 100] for start in range(0, len(drawn), 100)]
        block["option_groups"] = [{"label": _span(group), "options": group} for group in groups]
    else:
        block["options"] = drawn
    return _with_initial(block, drawn, chosen)


def radio(action: str, options: Sequence[Option], chosen: str | None, hints: dict[str, str] | None = None) -> Block:
    """Options to see at once; `hints` explain them by value."""
    drawn = [_explained(option, (hints or {}).get(option["value"])) for option in _options(options)]
    return _with_initial({"type": "radio_buttons", "action_id": action, "options": drawn}, drawn, chosen)


def boxes(
    action: str, options: Sequence[Option], ticked: Collection[str], hints: dict[str, str] | None = None
) -> Block:
    """Options of which any number may be ticked, ten at most; `hints` explain them by value."""
    drawn = [_explained(option, (hints or {}).get(option["value"])) for option in _options(options)]
    initial = [option for option in drawn if option["value"] in ticked]
    block = {"type": "checkboxes", "action_id": action, "options": drawn}
    return {**block, "initial_options": initial} if initial else block


def _explained(option: Block, hint: str | None) -> Block:
    return {**option, "description": plain(beginning(hint, 75))} if hint else option


def text_input(action: str, initial: str, placeholder: str, longest: int) -> Block:
    """A field of several lines. `initial` is what the person typed: it goes back as it was, cut only at the limit."""
    kept = HALVES.sub(" ", head(initial, longest)[0])
    block: Block = {"type": "plain_text_input", "action_id": action, "multiline": True, "max_length": longest}
    block["placeholder"] = plain(placeholder, 150)
    return {**block, "initial_value": kept} if kept else block


def line_input(action: str, initial: str, longest: int) -> Block:
    """A field of one line."""
    kept = HALVES.sub(" ", head(initial, longest)[0])
    block: Block = {"type": "plain_text_input", "action_id": action, "max_length": longest}
    return {**block, "initial_value": kept} if kept else block


def date_input(action: str, initial: date | None) -> Block:
    block: Block = {"type": "datepicker", "action_id": action}
    return {**block, "initial_date": initial.isoformat()} if initial else block


def people_input(action: str, users: Iterable[str]) -> Block:
    """Several people; Slack shows its own list of them."""
    block: Block = {"type": "multi_users_select", "action_id": action}
    return {**block, "initial_users": chosen} if (chosen := list(users)) else block


def channel_input(action: str, channel: str | None) -> Block:
    """One channel, public or private; Slack shows its own list of them."""
    block: Block = {"type": "conversations_select", "action_id": action}
    block["filter"] = {"include": ["public", "private"], "exclude_bot_users": True}
    return {**block, "initial_conversation": channel} if channel else block


def field(name: str, label: str, element: Block, hint: str | None = None, *, optional: bool = False) -> Block:
    """An input block; its id is the name that the form is read back by, and that errors are hung on."""
    block = {"type": "input", "block_id": name, "label": plain(label), "element": element, "optional": optional}
    return {**block, "hint": plain(hint)} if hint else block


def modal(callback: str, title: str, close: str, blocks: Iterable[Block], submit: str | None = None) -> Block:
    """A modal. `title`, `close` and `submit` have at most 24 characters."""
    view = {"type": "modal", "callback_id": callback, "title": plain(title, 24), "close": plain(close, 24)}
    return {**view, "blocks": list(blocks), **({"submit": plain(submit, 24)} if submit else {})}


def home(blocks: Iterable[Block]) -> Block:
    """The bot's own page, as a person sees it."""
    return {"type": "home", "blocks": list(blocks)}


def _options(options: Sequence[Option]) -> Sequence[Block]:
    """A vocabulary's, which come as a tuple, are drawn once for all forms."""
    return _drawn_once(options) if isinstance(options, tuple) else _drawn(options)


@lru_cache(maxsize=100)
def _drawn_once(options: tuple[Option, ...]) -> Sequence[Block]:
    return _drawn(options)


def _drawn(options: Sequence[Option]) -> list[Block]:
    """Labels cut to 75 characters, and told apart by their code where the cut made them alike."""
    labels = [shown(label, 75) for _, label in options]
    times = Counter(labels)
    return [
        {
            "text": plain(label if times[label] == 1 else f"{shown(label, 70 - len(value))} ({value})"),
            "value": value,
        }
        for (value, _), label in zip(options, labels, strict=True)
    ]


def _span(options: Sequence[Block]) -> Block:
    first, last = (option["text"]["text"][:30] for option in (options[0], options[-1]))
    return plain(f"{first} – {last}", 75)


def _with_initial(block: Block, options: Sequence[Block], chosen: str | None) -> Block:
    initial = next((option for option in options if option["value"] == chosen), None)
    return {**block, "initial_option": initial} if initial else block

"""How the network's settings, the reminder's wording and the ready-made answers look, and reading them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import time
from typing import Any

from bot.blocks.observations import submit_label, warned
from bot.blocks.parts import (
    Block,
    Option,
    channel_input,
    context,
    divider,
    field,
    line_input,
    modal,
    people_input,
    quote,
    radio,
    section,
    select,
    text_input,
)
from bot.blocks.people import NAMES
from bot.blocks.reminders import SHIPPED, UNNAMED
from bot.blocks.submissions import above, carried_in, carrying, value_in
from bot.errors import N_, PersonalDataFound
from bot.rules.observations import tidy
from bot.rules.people import LONGEST_WORDING, TIMES, WEEKDAYS
from bot.rules.reminders import REMINDER
from bot.rules.statuses import NAMES as NAMES_OF_STATUSES
from bot.rules.statuses import REPLIES as SHIPPED_REPLIES
from bot.rules.statuses import TOLD, reply_kind
from bot.texts import LANGUAGES, Texts
from storage.models import Network

NONE = "none"
CALLBACK, WORDING, PREVIEW = "network.settings", "network.wording_form", "network.wording_preview"
REPLIES = "network.replies"
SHIPPED_TEXTS: Mapping[str, str] = {  # kind -> message id of what stands where nobody chose a text
    REMINDER: SHIPPED,
    **{reply_kind(status): text for status, text in SHIPPED_REPLIES.items()},
}
CADENCES = {
    "weekly": N_("Every week"),
    "biweekly": N_("Every other week"),
    "monthly": N_("Once a month, the first such weekday"),
    "off": N_("Not at all"),
}
NEW_BLOCKS = {
    "off": N_("As text and pictures, which every Slack shows"),
    "on": N_("As Slack's own tables and charts, in the digest's thread and in `/kooste`"),
    "refused": N_("As text and pictures: this Slack refused its own tables and charts"),
}
PLACES = {
    "private": N_("As a private message to each member"),
    "channel": N_("As one message in the discussion channel"),
}


@dataclass(frozen=True, slots=True)
class NetworkRead:
    """The network's settings as the form holds them."""

    network: Network
    coordinators: tuple[str, ...]
    opened: Mapping[str, str] = kept(default_factory=dict)  # marks of what the form was opened with


def form(t: Texts, read: NetworkRead, first: int, notice: str = "") -> Block:
    """The settings of the network; `first` is how many coordinators the program's own settings name."""
    network = read.network
    named = t.many(
        "Besides these, one coordinator is named in the program's own settings.",
        "Besides these, {n} coordinators are named in the program's own settings.",
        first,
    )
    blocks = [
        *above(notice),
        field("channel", t("Discussion channel"), channel_input("channel", network.channel),
              t("Its members are the network."), optional=True),
        field("coordinators", t("Coordinators"), people_input("coordinators", read.coordinators),
              named if first else None, optional=True),
        divider(),
        *_reminders(t, network),
        divider(),
        *_rest(t, network),
    ]  # fmt: skip
    view = modal(CALLBACK, t("Network settings"), t("Cancel"), blocks, t("Save"))
    return carrying(view, {"o": dict(read.opened)})


def _reminders(t: Texts, network: Network) -> list[Block]:
    cadences, places = _said(t, CADENCES), _said(t, PLACES)
    return [
        field("reminder_cadence", t("How often are members reminded to report?"),
              radio("reminder_cadence", cadences, network.reminder_cadence)),
        field("reminder_weekday", t("Weekday of the reminder"), _weekday(t, "reminder_weekday", network)),
        field("reminder_time", t("Time of the reminder"), _time(t, "reminder_time", network)),
        field("reminder_place", t("How is it sent?"), radio("reminder_place", places, network.reminder_place)),
        context(t("Nobody is reminded on free days, in July, or from 23 December to 6 January.")),
    ]  # fmt: skip


def _rest(t: Texts, network: Network) -> list[Block]:
    return [
        field("digest_weekday", t("Weekday of the weekly digest"), _weekday(t, "digest_weekday", network)),
        field("digest_time", t("Time of the weekly digest"), _time(t, "digest_time", network)),
        field("language", t("Language where none is known"), radio("language", list(NAMES.items()), network.language)),
        field(
            "second_language",
            t("Messages in the channel also in"),
            select(
                "second_language",
                [(NONE, t("No other language")), *NAMES.items()],
                network.second_language or NONE,
                t("Choose"),
            ),
            t("Then each message there stands in both. What a coordinator has written stays in its own language."),
        ),
        field(
            "min_group",
            t("Smallest group that is published"),
            line_input("min_group", str(network.min_group), 3),
            t("At least 5 people: smaller groups are merged."),
        ),
        field("new_blocks", t("Numbers"), radio("new_blocks", _ways(t, network), network.new_blocks)),
    ]


def _ways(t: Texts, network: Network) -> list[Option]:
    """How numbers are shown; that Slack has refused one way is offered where it has."""
    return [one for one in _said(t, NEW_BLOCKS) if one[0] != "refused" or network.new_blocks == "refused"]


def _said(t: Texts, messages: Mapping[str, str]) -> list[Option]:
    return [(code, t(message)) for code, message in messages.items()]


def _weekday(t: Texts, name: str, network: Network) -> Block:
    return select(name, [(str(day), t.weekday(day)) for day in WEEKDAYS], str(getattr(network, name)), t("Choose"))


def _time(t: Texts, name: str, network: Network) -> Block:
    return select(name, [(at, t.clock(time.fromisoformat(at))) for at in TIMES], getattr(network, name), t("Choose"))


def read_form(view: object, workspace: str) -> NetworkRead:
    """What the form holds. What is missing or odd becomes something that no network may have."""
    values = {name: value_in(view, name) for name in Network.model_fields if name != "workspace"}
    for name in ("reminder_weekday", "digest_weekday", "min_group"):
        values[name] = _number(values[name])
    texts: dict[str, Any] = {
        name: "" if value is None else value for name, value in values.items() if name != "channel"
    }
    texts["second_language"] = "" if texts["second_language"] in (NONE, texts["language"]) else texts["second_language"]
    texts["new_blocks"] = texts["new_blocks"] or "off"  # a form of an older release does not have it
    users = value_in(view, "coordinators")
    network = Network(workspace=workspace, **{**texts, "channel": str(values["channel"] or "") or None})
    marks = carried_in(view).get("o")
    opened = {str(name): str(mark) for name, mark in marks.items()} if isinstance(marks, dict) else {}
    return NetworkRead(network, tuple(str(user) for user in users) if isinstance(users, list) else (), opened)


def _number(value: object) -> int:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1  # noqa: PLR2004 - three digits


def wording(t: Texts, texts: Mapping[str, str], kind: str = REMINDER) -> Block:
    """The text of a kind in each language, the shipped one where nobody has put another in place."""
    blocks = [
        *([] if kind == REMINDER else [section(f"*{_kind_name(t, kind)}*")]),
        context(t("Be warm and short. An empty field brings the original text back.")),
        *(_wording_field(language, texts.get(language), kind) for language in LANGUAGES),
    ]
    title = t("The reminder's wording") if kind == REMINDER else t("Ready-made answers")
    return carrying(modal(WORDING, title, t("Cancel"), blocks, t("Preview")), {"kind": kind})


def _kind_name(t: Texts, kind: str) -> str:
    return t(NAMES_OF_STATUSES[kind.removeprefix("reply:")])


def _shipped(kind: str, language: str) -> str:
    return Texts(language)(SHIPPED_TEXTS[kind]) if kind in SHIPPED_TEXTS else ""


def _wording_field(language: str, text: str | None, kind: str) -> Block:
    name, label = f"text_{language}", NAMES[language]
    return field(name, label, text_input(name, text or _shipped(kind, language), label, LONGEST_WORDING), optional=True)


def read_wording(view: object) -> tuple[str, dict[str, str]]:
    """Kind, and language -> text as typed; "" where the field was emptied, or holds what is shipped."""
    kind = str(carried_in(view).get("kind") or REMINDER)
    typed = {language: tidy(str(value_in(view, f"text_{language}") or "")) for language in LANGUAGES}
    return kind, {language: "" if text == _shipped(kind, language) else text for language, text in typed.items()}


def preview(t: Texts, kind: str, texts: Mapping[str, str], problem: PersonalDataFound | None) -> Block:
    """How the text will read; what the guard warns of stands first and is confirmed by saving."""
    blocks = [
        *above(warned(t, problem, "Save") if problem else ""),
        context(t("This is how members will see it. Nothing is saved yet.")),
    ]
    for language in LANGUAGES:
        text = texts.get(language) or _shipped(kind, language)
        blocks += [section(f"*{NAMES[language]}*"), quote(text) if text else context(t("The original text."))]
        blocks += [context(Texts(language)(UNNAMED))] if kind == REMINDER else []
    view = modal(PREVIEW, t("Preview"), t("Back"), blocks, submit_label(t, "Save", warned=problem))
    return carrying(view, {**texts, "kind": kind})


def read_preview(view: object) -> tuple[str, dict[str, str]]:
    held = carried_in(view)
    texts = {name: str(text) for name, text in held.items() if name in LANGUAGES}
    return str(held.get("kind") or REMINDER), texts


def replies(t: Texts) -> Block:
    """Asks of which status the ready-made answer is to be changed."""
    options = [(status, t(NAMES_OF_STATUSES[status])) for status in TOLD]
    blocks = [
        context(t("The reporter gets this answer where you change the status and write nothing yourself.")),
        field("status", t("Status"), select("status", options, TOLD[0], t("Choose"))),
    ]
    return modal(REPLIES, t("Ready-made answers"), t("Cancel"), blocks, t("Next"))


def read_replies(view: object) -> str:
    """The kind of the answer that was chosen."""
    return reply_kind(str(value_in(view, "status") or TOLD[0]))

"""The form for what coordinators write for the summary, and reading it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.blocks import parts
from bot.blocks.observations import explained, seen_in, submit_label
from bot.blocks.parts import Block, context, line_input, modal, text_input
from bot.blocks.people import NAMES as LANGUAGES
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, value_in
from bot.errors import N_, Problem
from bot.rules.observations import LONGEST
from bot.rules.summaries import LONGEST_LINE, LONGEST_SUBTITLE, NAMES, Words, with_texts
from bot.texts import Texts

FORM = "summaries.words"
LABELS = {
    "subtitle": (N_("Subtitle"), N_("One sentence that tells the main thing.")),
    "highlights": (N_("Highlights"), N_("Three to five sentences, a line each: what a decision maker must know.")),
    "proposals": (
        N_("Proposals that belong to no phenomenon"),
        N_("On each line: proposal; for whom; who answers for it; by when."),
    ),
    "residents": (N_("What clients and residents say"), None),
    "residents_source": (N_("Where that comes from"), None),
    "handled": (
        N_("Where this summary was handled"),
        N_("On each line: who or where; when; what was decided. These lines open the next summary."),
    ),
    "sender": (
        N_("Who makes this summary and whom to ask"),
        N_("Network, area. More information: title, e-mail, phone. It stays for the next summary, too."),
    ),
}


@dataclass(frozen=True, slots=True)
class SummaryRead:
    """The words as they were typed, for which half-year and language, and marks of what the form was opened with."""

    words: Words
    first: str
    language: str
    opened: Mapping[str, str] = field(default_factory=dict)


def form(t: Texts, read: SummaryRead, problem: Problem | None = None) -> Block:
    """The form with what was typed, and what kept it from being stored."""
    seen = seen_in(problem)
    fields = [
        parts.field(name, t(label), _input(t, name, getattr(read.words, name)), hint and t(hint), optional=True)
        for name, (label, hint) in LABELS.items()
    ]
    note = t("Write on a general level, in the language of the summary: {language}.", language=LANGUAGES[read.language])
    blocks = [*above(explained(t, problem, "Save")), context(note), *fields]
    view = modal(FORM, t("For the summary"), t("Cancel"), blocks, submit_label(t, "Save", warned=seen))
    carried = {"f": read.first, "l": read.language, "c": sorted(seen or read.words.confirmed), "o": dict(read.opened)}
    return carrying(view, carried)


def _input(t: Texts, name: str, text: str) -> Block:
    if name == "subtitle":
        return line_input(name, text, LONGEST_SUBTITLE)
    if name in ("residents_source", "sender"):
        return line_input(name, text, LONGEST_LINE)
    return text_input(name, text, t("Write here"), LONGEST)


def read_form(view: Any) -> SummaryRead:
    """What the form holds, whatever is missing or odd in it."""
    carried, opened = carried_in(view), carried_in(view).get("o")
    texts = {name: str(value_in(view, name) or "") for name in NAMES}
    words = with_texts(Words(confirmed=confirmed_in(carried)), texts)
    marks = {str(name): str(mark) for name, mark in opened.items()} if isinstance(opened, dict) else {}
    language = str(carried.get("l"))
    return SummaryRead(words, str(carried.get("f") or ""), language if language in LANGUAGES else "fi", marks)

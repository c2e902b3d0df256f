"""How the coordinators' own export is asked for, and the message that its file follows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.blocks.observations import label_of, notice
from bot.blocks.parts import Block, Message, Option, actions, button, context, date_input, field, modal, radio, section
from bot.blocks.parts import select as menu
from bot.blocks.submissions import value_in
from bot.errors import N_, Problem
from bot.rules.exports import Selection, half_of
from bot.rules.statuses import GONE, NAMES
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

CALLBACK, AGAIN = "exports.form", "exports.again"
ALL = "all"
KINDS_OF_FILES = {"xlsx": N_("Excel workbook (XLSX)"), "csv": N_("Table as text (CSV)")}
FILTERS = {"kind": N_("All kinds"), "theme": N_("All themes"), "status": N_("All statuses")}
ABOUT = N_(
    "The observations themselves, for your own work: never who filed them. Of those without a name you get the"
    " half-year and not the day, and all of each half-year that your days touch."
)
ASIDE = N_("Handle the file as you handle the observations: it is not to be passed on.")


@dataclass(frozen=True, slots=True)
class ExportRead:
    """What was chosen; a day that was taken away is None."""

    first: date | None
    last: date | None
    kind: str
    theme: str
    status: str
    ending: str


def form(t: Texts, vocabularies: Vocabularies, today: date) -> Block:
    """The half-year that today is in, and everything of it, unless the coordinator chooses otherwise."""
    first, last = half_of(today)
    statuses = [(code, t(name)) for code, name in NAMES.items() if code not in GONE]
    blocks = [
        section(t(ABOUT)),
        field("first", t("First day"), date_input("first", first)),
        field("last", t("Last day"), date_input("last", last)),
        _filter(t, "kind", t("Kind of observation"), vocabularies.options("kind", t.language)),
        _filter(t, "theme", t("Theme"), vocabularies.options("theme", t.language)),
        _filter(t, "status", t("Status"), statuses),
        field("ending", t("File"), radio("ending", [(code, t(name)) for code, name in KINDS_OF_FILES.items()], "xlsx")),
        context(t(ASIDE)),
    ]
    return modal(CALLBACK, t("Take out observations"), t("Cancel"), blocks, t("Make the file"))


def _filter(t: Texts, name: str, label: str, options: Sequence[Option]) -> Block:
    return field(name, label, menu(name, [(ALL, t(FILTERS[name])), *options], ALL, t("Choose")))


def read_form(view: object) -> ExportRead:
    """What stands in the form, as it was sent."""
    chosen = {name: str(value_in(view, name) or "") for name in ("kind", "theme", "status", "ending")}
    codes = {name: "" if code == ALL else code for name, code in chosen.items()}
    return ExportRead(_day(value_in(view, "first")), _day(value_in(view, "last")), **codes)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def making(t: Texts) -> Message:
    """What stands in the conversation while the file is made."""
    text = t("I am making the file. This may take a moment.")
    return text, [section(text)]


def coming(t: Texts) -> Block:
    """What a form shows that was sent while much was going on."""
    return notice(t, t("The file comes into your conversation with me."))


def made(t: Texts, vocabularies: Vocabularies, selection: Selection, ending: str, count: int) -> Message:
    """What the file in the thread holds, and the way to get it again."""
    held = t.many("{n} observation", "{n} observations", count)
    text = t("Observations of {days}: {held}. The file is in the thread.", days=_days(t, selection), held=held)
    chosen = [_chosen(t, vocabularies, selection)] if any((selection.kind, selection.theme, selection.status)) else []
    return text, [section("\n".join([text, *chosen])), context(t(ASIDE)), _again(t, selection, ending)]


def failed(t: Texts, selection: Selection, ending: str, problem: Problem | None = None) -> Message:
    """Why there is no file, and the way to try again."""
    why = t(problem.message, **problem.values) if problem else t("Slack did not take the file just now.")
    text = t("There is no file of {days}. {why}", days=_days(t, selection), why=why)
    return text, [section(text), _again(t, selection, ending)]


def _days(t: Texts, selection: Selection) -> str:
    return t("{first} – {last}", first=t.date(selection.first), last=t.date(selection.last))


def _chosen(t: Texts, vocabularies: Vocabularies, selection: Selection) -> str:
    labels = [label_of(t, vocabularies, name, getattr(selection, name)) for name in ("kind", "theme")]
    return " · ".join(filter(None, [*labels, t(NAMES[selection.status]) if selection.status else ""]))


def _again(t: Texts, selection: Selection, ending: str) -> Block:
    kept = [selection.first.isoformat(), selection.last.isoformat(), selection.kind, selection.theme, selection.status]
    return actions(button(AGAIN, t("Make the file again"), json.dumps([*kept, ending])))


def read_again(value: str) -> tuple[Selection, str] | None:
    """What the button carries; None for what no button of ours does."""
    try:
        first, last, kind, theme, status, ending = map(str, json.loads(value))
        return Selection(date.fromisoformat(first), date.fromisoformat(last), kind, theme, status), ending
    except (ValueError, TypeError):
        return None

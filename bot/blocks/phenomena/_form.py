"""The forms of phenomena: a new one, and one as coordinators review it; and reading both back."""

from dataclasses import dataclass
from typing import Any

from bot.blocks.parts import (
    Block,
    context,
    divider,
    field,
    line_input,
    modal,
    required_in,
    section,
    select,
    text_input,
)
from bot.blocks.phenomena._list import reach
from bot.blocks.phenomena._post import met
from bot.blocks.reviews import ReviewRead, history, kept_origin, read_step, step_inputs, whole
from bot.blocks.submissions import carried_in, carrying, confirmed_in
from bot.rules.observations import LONGEST
from bot.rules.phenomena import LONGEST_TITLE, Draft, Reviewed, Shown
from bot.rules.statuses import LONGEST_LINE, NAMES, Step, following
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

FORM, REVIEW = "phenomena.form", "phenomena.review"


@dataclass(frozen=True, slots=True)
class FormRead:
    """The form of a new phenomenon, and the observation that is joined to it, as it was reviewed."""

    draft: Draft
    nonce: str
    origin: dict[str, str]  # which queue it was opened from, as blocks.queues writes it
    joins: ReviewRead | None = None


@dataclass(frozen=True, slots=True)
class ReviewedRead:
    """A submitted review of a phenomenon: which one as of which version, its words, and the step."""

    number: str
    version: int
    last_step: int
    draft: Draft
    step: Step
    origin: dict[str, str]


def form(t: Texts, vocabularies: Vocabularies, read: FormRead, notice: str = "", *, warned: bool = False) -> Block:
    """A new phenomenon. Where an observation is joined, what was typed to its reporter stands there too."""
    joins = [] if read.joins is None else [
        divider(),
        section(t("Observation {number} will be joined to this phenomenon.", number=read.joins.number)),
        field("reason", t("Reason"), line_input("reason", read.joins.step.reason, LONGEST_LINE),
              t("Needed where a closed observation is opened again."), optional=True),
        field("reply", t("Words to the reporter"), text_input("reply", read.joins.step.reply, t("Words"), LONGEST),
              optional=True),
    ]  # fmt: skip
    blocks = [
        *([section(f":warning: {notice}")] if notice else []),
        *_text_fields(t, vocabularies, read.draft),
        *joins,
    ]
    view = modal(FORM, t("New phenomenon"), t("Cancel"), blocks, t("Send anyway") if warned else t("Save"))
    carried: dict[str, Any] = {"o": read.nonce, "c": sorted(read.draft.confirmed), **read.origin}
    if read.joins:
        carried |= {"n": read.joins.number, "v": read.joins.version, "h": read.joins.last_step}
    return carrying(view, carried)


def _text_fields(t: Texts, vocabularies: Vocabularies, draft: Draft) -> list[Block]:
    themes = vocabularies.options("theme", t.language)
    return [
        context(t("Write in your own words and on a general level: members may come to read this.")),
        field("title", t("Title"), line_input("title", draft.title, LONGEST_TITLE)),
        field("text", t("What is it about?"), text_input("text", draft.text, t("What is it about?"), LONGEST)),
        field("theme", t("Theme"), select("theme", themes, draft.theme or None, t("Choose a theme"))),
    ]


def read_form(view: object) -> FormRead:
    """What the form holds, whatever is missing or odd in it."""
    carried = carried_in(view)
    draft, nonce, origin = _read_draft(view, carried), str(carried.get("o") or ""), kept_origin(carried)
    if not carried.get("n"):
        return FormRead(draft, nonce, origin)
    step = read_step(view, carried)
    joins = ReviewRead(str(carried["n"]), whole(carried.get("v")), whole(carried.get("h")), step, origin)
    return FormRead(draft, nonce, origin, joins)


def _read_draft(view: object, carried: dict[str, Any]) -> Draft:
    texts = {name: required_in(view, name) for name in ("title", "text", "theme")}
    return Draft(**texts, confirmed=confirmed_in(carried))


def review(
    t: Texts,
    vocabularies: Vocabularies,
    found: Reviewed,
    read: ReviewedRead,
    notice: str = "",
    *,
    warned: bool = False,
) -> Block:
    """The phenomenon with its numbers and history, its words to edit, and the form for the next step."""
    row = found.shown.row
    stays = t("Leave as it is ({status})", status=t(NAMES[row.status]))
    steps = [(code, t(NAMES[code])) for code in following(row.status, phenomenon=True)]
    hint = t("All reporters of its observations read this, and where it is published, the outcome stands in the post.")
    blocks = [
        *([section(f":warning: {notice}")] if notice else []),
        *_numbers(t, found.shown),
        *history(t, found.moves),
        divider(),
        *_text_fields(t, vocabularies, read.draft),
        *step_inputs(t, [(row.status, stays), *steps], read.step, hint),
    ]
    view = modal(REVIEW, row.number, t("Cancel"), blocks, t("Send anyway") if warned else t("Save"))
    last = found.moves[-1].step if found.moves else 0
    carried: dict[str, Any] = {"n": row.number, "v": row.version, "h": last, "s": row.status, **read.origin}
    carried["c"] = sorted(read.step.confirmed | read.draft.confirmed)
    return carrying(view, carried)


def _numbers(t: Texts, one: Shown) -> list[Block]:
    row = one.row
    day = t.date(row.started_on)
    lines = [f"*{t(NAMES[row.status])}* · {day}", reach(t, one)]
    if row.published_on:
        lines += [t("Published {day}.", day=t.date(row.published_on)), met(t, one)]
    return [section("\n".join(lines))]


def unread(found: Reviewed, origin: dict[str, str]) -> ReviewedRead:
    """A form in which nothing is changed yet."""
    row = found.shown.row
    last = found.moves[-1].step if found.moves else 0
    return ReviewedRead(row.number, row.version, last, Draft(row.title, row.text, row.theme), Step(), origin)


def read_review(view: object) -> ReviewedRead:
    """What the form holds, whatever is missing or odd in it."""
    carried = carried_in(view)
    draft, step = _read_draft(view, carried), read_step(view, carried)
    number, version, last = carried.get("n"), carried.get("v"), carried.get("h")
    return ReviewedRead(str(number or ""), whole(version), whole(last), draft, step, kept_origin(carried))

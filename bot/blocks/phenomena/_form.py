"""The forms of phenomena: a new one, and one as coordinators review it; and reading both back."""

from dataclasses import dataclass
from typing import Any

from bot.blocks import reviews
from bot.blocks.counts import noticed
from bot.blocks.loop import changed
from bot.blocks.observations import status_inside, submit_label
from bot.blocks.parts import (
    Block,
    button,
    context,
    divider,
    field,
    line_input,
    modal,
    section,
    select,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.phenomena._list import reach
from bot.blocks.phenomena._summary import for_summary, read_for_summary
from bot.blocks.reviews import (
    ReviewRead,
    as_is,
    carried_of,
    hear,
    history,
    needed_inputs,
    step_inputs,
    way_back,
)
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, required_in
from bot.rules.observations import LONGEST
from bot.rules.phenomena import LONGEST_TITLE, PhenomenonDraft, Reviewed, Shown, draft_of
from bot.rules.statuses import LONGEST_LINE, NAMES, Status, Step, following
from bot.rules.summaries import hints
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Observation

FORM, REVIEW = "phenomena.form", "phenomena.review"
FIRST_WORDS = 150


@dataclass(frozen=True, slots=True)
class PhenomenonRead:
    """The form of a new phenomenon, and the observation that is joined to it, as it was reviewed."""

    draft: PhenomenonDraft
    nonce: str
    origin: dict[str, str]  # which queue it was opened from, as blocks.queues writes it
    joins: ReviewRead | None = None


def form(
    t: Texts, vocabularies: Vocabularies, read: PhenomenonRead, notice: str = "", *, warned: bool = False
) -> Block:
    """A new phenomenon. Where an observation is joined, what was typed to its reporter stands there too."""
    joins = _joins(t, read.joins) if read.joins else []
    last = [divider(), *for_summary(t, vocabularies, read.draft)]
    blocks = [*above(notice), *_text_fields(t, vocabularies, read.draft), *joins, *last]
    view = modal(FORM, t("New phenomenon"), t("Cancel"), blocks, submit_label(t, "Save", warned=warned))
    carried: dict[str, Any] = {"o": read.nonce, "c": sorted(read.draft.confirmed), **read.origin}
    if read.joins:
        carried |= {"n": read.joins.number, "v": read.joins.version, "h": read.joins.last_step}
        carried |= {"t": read.joins.step.status, "b": dict(read.joins.others)}
    return carrying(view, carried)


def _joins(t: Texts, read: ReviewRead) -> list[Block]:
    """What is asked of the observation that is joined, and of the status that was chosen in its review."""
    step, ask = read.step, t("What do you want to tell?")
    numbers = ", ".join(number for number, _ in read.several)
    said = [
        t.many(
            "Observation {numbers} will be joined to this phenomenon.",
            "{n} observations will be joined to this phenomenon: {numbers}.",
            len(read.several),
            numbers=numbers,
        )
    ]
    said += (
        [t("The phenomenon's status will be: {status}.", status=status_inside(t, step.status))] if step.status else []
    )
    reason = field("reason", t("Reason"), line_input("reason", step.reason, LONGEST_LINE),
                   t("Needed where a closed observation is opened again."), optional=True)  # fmt: skip
    asked = needed_inputs(t, Status.IN_HAND, step) if step.status else []
    return [
        divider(),
        section(" ".join(said)),
        *([] if any(one["block_id"] == "reason" for one in asked) else [reason]),
        *asked,
        field("reply", t("Message to the reporter"), text_input("reply", step.reply, ask, LONGEST), optional=True),
    ]


def _text_fields(t: Texts, vocabularies: Vocabularies, draft: PhenomenonDraft) -> list[Block]:
    themes = vocabularies.options("theme", t.language)
    return [
        context(t("Write in your own words and on a general level: members may come to read this.")),
        *([context(" ".join(t(hint) for hint in found))] if draft.title and (found := _hints(draft)) else []),
        field(
            "title",
            t("Title"),
            line_input("title", draft.title, LONGEST_TITLE),
            t("Say in a sentence what happens, to whom."),
        ),
        field("text", t("What is it about?"), text_input("text", draft.text, t("Write here"), LONGEST)),
        field("theme", t("Theme"), select("theme", themes, draft.theme or None, t("Choose a theme"))),
    ]


def _hints(draft: PhenomenonDraft) -> tuple[str, ...]:
    return hints(draft.title, {"text": draft.text, "proposal": draft.proposal})


def read_form(view: object) -> PhenomenonRead:
    """What the form holds, whatever is missing or odd in it."""
    read, nonce = reviews.read_review(view), str(carried_in(view).get("o") or "")
    return PhenomenonRead(_read_draft(view), nonce, read.origin, read if read.number else None)


def _read_draft(view: object) -> PhenomenonDraft:
    texts = {name: required_in(view, name) for name in ("title", "text", "theme")}
    return PhenomenonDraft(**texts, **read_for_summary(view), confirmed=confirmed_in(carried_in(view)))


def review(
    t: Texts,
    vocabularies: Vocabularies,
    found: Reviewed,
    read: tuple[ReviewRead, PhenomenonDraft],
    notice: str = "",
    *,
    warned: bool = False,
) -> Block:
    """The phenomenon with its numbers and history, its words to edit, and the form for the next step."""
    row, (step_read, draft) = found.shown.row, read
    hint = t("All reporters of its observations read this, and where it is published, the outcome stands in the post.")
    blocks = [
        *way_back(t, step_read.origin),
        *above(notice),
        *_numbers(t, found.shown),
        *_joined(t, found),
        *history(t, found.moves),
        divider(),
        *_text_fields(t, vocabularies, draft),
        divider(),
        *step_inputs(
            t,
            as_is(t, row.status),
            following(row.status, phenomenon=True),
            step_read.step,
            (t("Message to all its reporters"), hint),
        ),
        *([context(heard)] if (heard := hear(t, found.hearers)) else []),
        divider(),
        *for_summary(t, vocabularies, draft),  # twice a year, and so below what is done every week
    ]
    view = modal(REVIEW, row.number, t("Cancel"), blocks, submit_label(t, "Save", warned=warned))
    return carrying(view, carried_of(row, found.last_step, step_read))


def _joined(t: Texts, found: Reviewed) -> list[Block]:
    """The observations joined to it, each to be opened; the rest is in the queue."""
    if not found.joined:
        return []
    title, left = t("Its observations"), found.shown.observations - len(found.joined)
    more = t.many("One more stands in the queue.", "{n} more stand in the queue.", left)
    return [
        section(f"*{title}*"),
        *(block for row in found.joined for block in _observation(t, row)),
        *([context(more)] if left > 0 else []),
    ]


def _observation(t: Texts, row: Observation) -> list[Block]:
    opens = button("phenomena.observation", t("Open"), row.number)
    line = unmarked(f"{row.number} · {t.day(row.filed_on)}\n”{shown(row.text, FIRST_WORDS)}”")
    return [{**line, "accessory": opens}]


def _numbers(t: Texts, one: Shown) -> list[Block]:
    row = one.row
    day = t.day(row.started_on)
    lines = [f"*{t(NAMES[row.status])}* · {day}", reach(t, one)]
    lines += [noticed(t, one.met)] if one.met.people else []
    lines += [t("Published {day}.", day=t.day(row.published_on))] if row.published_on else []
    return [section("\n".join(lines)), *changed(t, row.number, one.changed)]


def unread(found: Reviewed, origin: dict[str, str]) -> tuple[ReviewRead, PhenomenonDraft]:
    """A form in which nothing is changed yet."""
    row = found.shown.row
    return ReviewRead(row.number, row.version, found.last_step, Step(), origin), draft_of(row)


def read_review(view: object) -> tuple[ReviewRead, PhenomenonDraft]:
    """What the form holds, whatever is missing or odd in it."""
    return reviews.read_review(view), _read_draft(view)

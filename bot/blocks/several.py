"""One answer to several observations: the form with a box for each of them, and reading it back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from bot.blocks.observations import submit_label
from bot.blocks.parts import Block, boxes, context, divider, field, modal, section
from bot.blocks.reviews import NONE, ReviewRead, hear, phenomenon_select, read_review, step_inputs
from bot.blocks.submissions import above, as_typed, carried_in, carrying, ticked_in, value_in
from bot.rules.reviews import hearers
from bot.rules.statuses import NAMES, OPEN, Status, following
from bot.texts import Texts
from storage.models import Observation, Phenomenon

CALLBACK, HEARERS, AS_THEY_ARE = "observations.several", "hearers", "as_they_are"
FIELDS = ("others", "others_2", "others_3")
PER_FIELD = 10  # Slack's most
MOST = PER_FIELD * len(FIELDS)


def form(
    t: Texts,
    listed: Sequence[Observation],
    phenomena: Sequence[Phenomenon],
    read: ReviewRead,
    notice: str = "",
    *,
    warned: bool = False,
) -> Block:
    """The boxes of those that are `listed`, at most MOST open ones, and what is done with all that are ticked."""
    title = t("Answer several")
    if not listed:
        return modal(CALLBACK, title, t("Close"), [section(t("Nothing here is open. Choose others in the queue."))])
    ticked = {number for number, _ in read.several}
    hint = t("Each reporter gets a message of their own. Left empty with a new status, it is the ready-made answer.")
    steps = [one for one in Status if any(one in following(row.status) for row in listed if row.status in OPEN)]
    asked = (t("Message to the reporters"), hint)
    blocks = [
        *above(notice),
        *_boxes(t, listed, ticked),
        *_hearing(t, [row for row in listed if row.number in ticked]),
        divider(),
        *step_inputs(t, (AS_THEY_ARE, t("Leave as they are")), steps, read.step, asked),
        phenomenon_select(t, phenomena, read.step.phenomenon or NONE),
    ]
    view = modal(CALLBACK, title, t("Cancel"), blocks, submit_label(t, "Save", warned=warned))
    versions = {row.number: row.version for row in listed}
    return carrying(view, {"s": AS_THEY_ARE, "c": sorted(read.step.confirmed), "b": versions, **read.origin})


def _boxes(t: Texts, listed: Sequence[Observation], ticked: Collection[str]) -> list[Block]:
    """Ten to a field, each of which tells at once that something was ticked."""
    groups = [listed[start : start + PER_FIELD] for start in range(0, len(listed), PER_FIELD)]
    return [
        _group(t, name, rows, ticked, optional=len(groups) > 1)  # any of several fields may stay empty
        for name, rows in zip(FIELDS, groups, strict=False)
    ]


def _group(t: Texts, name: str, rows: Sequence[Observation], ticked: Collection[str], *, optional: bool) -> Block:
    options = [(row.number, f"{row.number} · {row.text}") for row in rows]
    element = boxes(name, options, ticked, {row.number: _hint(t, row) for row in rows})
    label = t("Which observations do you answer?") if name == FIELDS[0] else t("More observations")
    return {**field(name, label, element, optional=optional), "dispatch_action": True}


def _hint(t: Texts, row: Observation) -> str:
    return " · ".join([t(NAMES[row.status]), t.day(row.filed_on), *([] if row.author else [t("without a name")])])


def _hearing(t: Texts, ticked: Sequence[Observation]) -> list[Block]:
    text = hear(t, hearers(row.author for row in ticked))
    return [{**context(text), "block_id": HEARERS}] if text else []


def told_to(t: Texts, view: object, ticked: Sequence[Observation]) -> Block:
    """The form as it stands, with who hears of it now that others are ticked or not."""
    form = as_typed(view)
    blocks = [block for block in form["blocks"] if block["block_id"] != HEARERS]
    place = max(at for at, block in enumerate(blocks) if block["block_id"] in FIELDS) + 1
    return {**form, "blocks": [*blocks[:place], *_hearing(t, ticked), *blocks[place:]]}


def read_form(view: object) -> ReviewRead:
    """What the form holds: the first that is ticked, the `others`, and the step; no number where none is ticked."""
    read, ticked = read_review(view), {number for name in FIELDS for number in ticked_in(view, name)}
    chosen = str(value_in(view, "phenomenon") or NONE)
    step = replace(read.step, phenomenon="" if chosen == NONE else chosen)
    several = [at for at in read.others if at[0] in ticked]
    number, version = several[0] if several else ("", read.version)
    return replace(read, number=number, version=version, others=several[1:], step=step)


def listed_in(view: Any) -> list[str]:
    """The numbers that have a box in the form, in its order."""
    carried = carried_in(view).get("b")
    return [str(number) for number in carried] if isinstance(carried, dict) else []

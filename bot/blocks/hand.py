"""The coordinator's hand: who goes on with an observation, its classification corrected, words taken out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from typing import Any

from bot.blocks.observations import explained, label_of
from bot.blocks.parts import (
    Block,
    actions,
    button,
    context,
    field,
    line_input,
    modal,
    quotes,
    section,
    select,
    shown,
    unmarked,
)
from bot.blocks.submissions import above, carried_in, carrying, value_in
from bot.errors import N_, Problem
from bot.rules.redactions import LONGEST
from bot.rules.reviews import CLASSES, Classes, Handler, Review, chosen_of, corrected_in
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Move, Observation

CORRECT, REDACT = "observations.correction", "observations.redaction"
NONE = "none"
LABELS: Mapping[str, str] = {
    "kind": N_("Kind of observation"),
    "theme": N_("Theme"),
    "area": N_("Area"),
    "sector": N_("Sector"),
    "group": N_("Client group"),
}


@dataclass(frozen=True, slots=True)
class HandRead:
    """A submitted form: which observation as of which version, and what was typed; `origin` is the review's."""

    number: str
    version: int
    classes: Classes = field_of(default_factory=Classes)
    words: str = ""
    origin: Mapping[str, str] | None = None


def taken_by(t: Texts, handler: Handler) -> str:
    """Who goes on with it; of one who is away, that anybody may take it."""
    person = f"<@{handler.user}>"
    if handler.is_away:
        return t("Taken by {person}, who is away: anybody may take it.", person=person)
    return t("Taken by {person}.", person=person)


def hand(t: Texts, review: Review) -> list[Block]:
    """Who has it, and the buttons of the coordinator's hand."""
    number, handler = review.row.number, review.handler
    to = select("observations.hand_over", review.others, None, t("Hand over to…"))
    give = button("observations.let_go", t("Let go"), number)
    mine = button("observations.take", t("I take this"), number)
    whose = [mine] if handler is None else [mine, give] if handler.is_away else [give]
    return [
        *([context(taken_by(t, handler))] if handler else []),
        actions(
            *whose,
            button("observations.reclassify", t("Correct the classification…"), number),
            button("observations.redact", t("Take words out…"), number),
        ),
        *([{**actions(to), "block_id": f"hand_over.{number}"}] if review.others else []),
    ]


def own_choice(t: Texts, vocabularies: Vocabularies, row: Observation) -> list[Block]:
    """What the reporter chose, where a coordinator has corrected it."""
    said = [f"{t(LABELS[name])}: {_label(t, vocabularies, name, code)}" for name, code in chosen_of(row).items()]
    return [context(t("The reporter's own choice: {choices}", choices=shown("; ".join(said), 1000)))] if said else []


def corrections(t: Texts, vocabularies: Vocabularies | None, move: Move) -> list[Block]:
    """To the reporter: what stood there, and what stands there since."""
    if vocabularies is None:
        return []
    lines = [
        f"{t(LABELS[name])}: {_label(t, vocabularies, name, was)} → {_label(t, vocabularies, name, now)}"
        for name, (was, now) in corrected_in(move).items()
        if name in LABELS
    ]
    return [unmarked(shown("\n".join(lines), 2990))] if lines else []


def _label(t: Texts, vocabularies: Vocabularies, name: str, code: str | None) -> str:
    return (label_of(t, vocabularies, name, code) if code else "") or t("Not chosen")


def correct_form(t: Texts, vocabularies: Vocabularies, read: HandRead, problem: Problem | None = None) -> Block:
    """The classification as it stands; what the reporter chose is kept."""
    codes = read.classes.codes()
    fields = [
        field(name, t(LABELS[name]), select(name, _options(t, vocabularies, name, code), code or NONE, t("Choose")))
        for name, code in codes.items()
    ]
    told = context(t("Counts use what stands here. The reporter is told, and their own choice is kept beside it."))
    view = modal(CORRECT, t("Classification"), t("Cancel"), [*above(explained(t, problem)), *fields, told], t("Save"))
    return _carrying(view, read)


def _options(t: Texts, vocabularies: Vocabularies, name: str, stands: str | None) -> list[tuple[str, str]]:
    """What stands there is among them, whatever it is: else a menu that nobody touched would take it away."""
    nothing = [] if name in ("kind", "theme") else [(NONE, t("Not chosen"))]
    regions = vocabularies.options("subregion", t.language) if name == "area" else ()
    known = [*nothing, *vocabularies.options(name, t.language), *regions]
    return (
        known if stands is None or stands in dict(known) else [(stands, _label(t, vocabularies, name, stands)), *known]
    )


def redact_form(t: Texts, row: Observation, read: HandRead, problem: Problem | None = None) -> Block:
    """The text, and the words that go."""
    hint = t(
        "Copy them from the text above. They go wherever they stand in it, with their endings; [poistettu] stands in"
        " their place. Take other forms of a word out one by one."
    )
    sure = t(
        "The words go at once and for good: from the observation, from its history and from my messages. The reporter"
        " is told, and may answer."
    )
    proposal = quotes(row.proposal) if row.proposal else []
    blocks = [
        *above(explained(t, problem)),
        *quotes(row.text),
        *proposal,
        field("words", t("Words that are taken out"), line_input("words", read.words, LONGEST), hint),
        section(sure),
    ]
    return _carrying(modal(REDACT, t("Take words out"), t("Cancel"), blocks, t("Take out")), read)


def left_over(t: Texts, forms: Sequence[str], cards: Sequence[str]) -> str:
    """After words were taken out: other forms of them in the text, and the published cards in which they stand."""
    said = t("Other forms of the words may still stand in the text: {forms}. Take those out too, one by one.",
             forms=shown(", ".join(forms), 500)) if forms else ""  # fmt: skip
    where = t("The same words stand in practice cards: {numbers}. Take them down there, or ask for a new version.",
              numbers=", ".join(cards)) if cards else ""  # fmt: skip
    return " ".join(part for part in (said, where) if part)


def _carrying(view: Block, read: HandRead) -> Block:
    return carrying(view, {"n": read.number, "v": read.version, **(read.origin or {})})


def read_form(view: Any) -> HandRead:
    """Either form, whatever is missing or odd in it."""
    carried = carried_in(view)
    version = carried.get("v")
    codes = {name: str(value_in(view, name) or NONE) for name in CLASSES}
    classes = Classes(**{name: None if code == NONE else code for name, code in codes.items()})
    origin = {name: str(carried[name]) for name in ("q", "r") if carried.get(name)}
    words = str(value_in(view, "words") or "")
    return HandRead(str(carried.get("n") or ""), version if type(version) is int else -1, classes, words, origin)

"""The form for what came another way, and reading it back; and how it is said where the observation stands."""

from dataclasses import dataclass
from typing import Any

from bot.blocks.observations import PRIVACY, explained, seen_in, submit_label
from bot.blocks.parts import Block, context, field, line_input, modal, radio, section, select, text_input
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, required_in, value_in
from bot.errors import Problem
from bot.rules.observations import LONGEST, Draft
from bot.rules.others import MOST, TEAM, WAYS, Told, open_to, read_people
from bot.rules.vocabularies import Vocabularies
from bot.slack import dig
from bot.texts import Texts
from storage.models import Observation

FORM = "observations.others_form"
NONE = "none"


@dataclass(frozen=True, slots=True)
class OthersRead:
    """A submitted form: the draft, the way, what was typed as a number; the nonce, and whether a coordinator has it."""

    draft: Draft
    told: Told
    people: str
    nonce: str
    coordinator: bool


def form(t: Texts, vocabularies: Vocabularies, read: OthersRead, problem: Problem | None = None) -> Block:
    """The form with the draft in it; a member tells for the team, a coordinator of any way."""
    draft, seen, notice = read.draft, seen_in(problem), above(explained(t, problem))
    areas = [(NONE, t("Not chosen")), *vocabularies.options("area", t.language)]
    ways = [(way, t(WAYS[way])) for way in open_to(coordinator=read.coordinator)]
    themes, kinds = vocabularies.options("theme", t.language), vocabularies.options("kind", t.language)
    blocks = [
        *notice,
        context(t(PRIVACY)),
        section(t("Nobody's name stands here but yours: you hear what becomes of it, and tell the others.")),
        *([field("way", t("How did it come?"), radio("way", ways, read.told.way))] if len(ways) > 1 else []),
        field("people", t("How many people stand behind it?"), line_input("people", read.people, len(str(MOST))),
              t("It counts as that many people, at most as the network has members.")),
        field("kind", t("Kind of observation"), radio("kind", kinds, draft.kind)),
        field("theme", t("Theme"), select("theme", themes, draft.theme, t("Choose a theme"))),
        field("text", t("Observation"), text_input("text", draft.text, t("What have they noticed?"), LONGEST)),
        field("proposal", t("Proposal for action"),
              text_input("proposal", draft.proposal, t("What should be done?"), LONGEST), optional=True),
        field("area", t("Area"), select("area", areas, draft.area or NONE, t("Choose"))),
        *(notice if seen else []),
    ]  # fmt: skip
    title = t("What came another way") if read.coordinator else t("The team's observation")
    view = modal(FORM, title, t("Cancel"), blocks, submit_label(t, "Send", warned=seen))
    return carrying(view, {"n": read.nonce, "k": read.coordinator, "c": sorted(seen or draft.confirmed)})


def read_form(view: Any) -> OthersRead:
    """What the form holds, whatever is missing or odd in it."""
    carried = carried_in(view)
    people, area = required_in(view, "people"), str(value_in(view, "area") or NONE)
    draft = Draft(
        text=required_in(view, "text"),
        proposal=str(value_in(view, "proposal") or ""),
        kind=str(value_in(view, "kind") or "") or None,
        theme=required_in(view, "theme") or None,
        area=None if area == NONE else area,
        confirmed=confirmed_in(carried),
    )
    nonce = str(carried.get("n") or dig(view, "id") or "")
    told = Told(str(value_in(view, "way") or TEAM), read_people(people))
    return OthersRead(draft, told, people, nonce, carried.get("k") is True)


def told_by(t: Texts, row: Observation) -> list[Block]:
    """How it came, and how many people stand behind it; nothing of what was filed as usual."""
    if row.way not in WAYS:
        return []
    way = WAYS[row.way]
    people = t.many("one person stands behind it", "{n} people stand behind it", row.people)
    said = t(way)
    return [context(f"{said} · {people}")]

"""The list of practice cards: one's own drafts, what waits for coordinators, and the published ones, page by page."""

from dataclasses import asdict
from typing import Any

from bot.blocks.parts import Block, actions, button, context, divider, field, line_input, modal, section, select, shown
from bot.blocks.practices._form import given_back
from bot.blocks.submissions import above, carried_in, carrying, value_in
from bot.rules.practices import STATES, Listed, State, Wanted, place_of
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Practice, PracticeDraft

FORM = "practice.list"
ANY, LONGEST_WORDS, FIRST_WORDS, MOST_OWN = "any", 100, 150, 10


def listed(
    t: Texts, vocabularies: Vocabularies, found: Listed, wanted: Wanted, notice: str = "", said: str = ""
) -> Block:
    """The list in a modal, which is sent to look for others; `said` is what has just been done."""
    write = button("practice.new", t("Write a practice card"), "new", "primary")
    everything = [button("practice.files", t("All as a file"), "all")] if found.total else []
    blocks = [
        *above(notice),
        *([section(f"*{said}*")] if said else []),
        section(t("What works where you are? Others can read it here, and try it.")),
        actions(write, *everything),
        *_waiting(t, found),
        *_own_drafts(t, found),
        divider(),
        *_filters(t, vocabularies, wanted),
        *_cards(t, vocabularies, found, wanted),
    ]
    return carrying(modal(FORM, t("Practice cards"), t("Close"), blocks, t("Search")), asdict(wanted))


def _waiting(t: Texts, found: Listed) -> list[Block]:
    rows = found.waiting[:MOST_OWN]
    title = t("Waiting for a coordinator")
    return [section(f"*{title}*"), *(_draft(t, row, "practice.review", t("Open")) for row in rows)] if rows else []


def _own_drafts(t: Texts, found: Listed) -> list[Block]:
    """What was sent and waits stands apart from what the writer still has to send."""
    sent = [row for row in found.drafts if row.state == State.WAITING][:MOST_OWN]
    rows = [row for row in found.drafts if row.state != State.WAITING][: MOST_OWN - len(sent)]
    title, heading = t("Your own drafts"), t("You have sent")
    waits = [_draft(t, row, "practice.edit", t("Open")) for row in sent]
    drawn = [block for row in rows for block in (_draft(t, row, "practice.edit", t("Go on")), *given_back(t, row.said))]
    return [
        *([section(f"*{heading}*"), *waits] if sent else []),
        *([section(f"*{title}*"), *drawn] if rows else []),
    ]


def _draft(t: Texts, row: PracticeDraft, action: str, label: str) -> Block:
    state = t(STATES[row.state])
    text = f"{shown(row.name, FIRST_WORDS)}\n{row.number} · {state} · {t.day(row.changed_on)}"
    block: Block = {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
    return {**block, "accessory": button(action, label, row.number)}


def _filters(t: Texts, vocabularies: Vocabularies, wanted: Wanted) -> list[Block]:
    themes = [(ANY, t("All themes")), *vocabularies.options("theme", t.language)]
    areas = [(ANY, t("All areas")), *vocabularies.options("area", t.language)]
    return [
        field("words", t("Words, in any form"), line_input("words", wanted.words, LONGEST_WORDS), optional=True),
        field("theme", t("Theme"), select("theme", themes, wanted.theme or ANY, t("Choose"))),
        field("area", t("Area"), select("area", areas, wanted.area or ANY, t("Choose"))),
    ]


def _cards(t: Texts, vocabularies: Vocabularies, found: Listed, wanted: Wanted) -> list[Block]:
    if not found.total:
        looked = wanted.words or wanted.theme or wanted.area
        nothing = (
            t("Nothing was found. Try fewer words, or all themes.") if looked else t("No cards yet. Write the first.")
        )
        return [context(nothing)]
    page = min(wanted.page, found.pages - 1)
    turns = [
        *([button("practice.previous", t("Previous"), f"{page - 1}")] if page > 0 else []),
        *([button("practice.next", t("Next"), f"{page + 1}")] if page + 1 < found.pages else []),
    ]
    counted = context(t.many("One practice card", "{n} practice cards", found.total))
    return [counted, *(_card(t, vocabularies, row) for row in found.cards), *([actions(*turns)] if turns else [])]


def _card(t: Texts, vocabularies: Vocabularies, row: Practice) -> Block:
    place = place_of(row, vocabularies, t.language)
    text = "\n".join(part for part in (shown(row.name, 400), shown(place, 400)) if part)
    block: Block = {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
    return {**block, "accessory": button("practice.read", t("Read"), row.number)}


def read_wanted(view: Any) -> Wanted:
    """What is looked for, as the fields say; page 0."""
    chosen = {name: str(value_in(view, name) or ANY) for name in ("theme", "area")}
    codes = {name: "" if code == ANY else code for name, code in chosen.items()}
    return Wanted(str(value_in(view, "words") or "")[:LONGEST_WORDS], codes["theme"], codes["area"])


def carried_wanted(view: Any) -> Wanted:
    """What the list on the screen was made by."""
    carried = carried_in(view)
    page = carried.get("page")
    texts = {name: str(carried.get(name) or "") for name in ("words", "theme", "area")}
    return Wanted(texts["words"], texts["theme"], texts["area"], page if type(page) is int else 0)


def at_home(t: Texts, waiting: int) -> list[Block]:
    """The way to the cards from App Home; to coordinators, how many wait for them."""
    write = button("practice.new", t("Write a practice card"), "new")
    open_list = actions(write, button("practice.list", t("Practice cards"), "open"))
    said = t.many("One practice card waits for you.", "{n} practice cards wait for you.", waiting)
    return [*([section(said)] if waiting else []), open_list]

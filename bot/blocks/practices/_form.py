"""The forms that members fill in: a card, and how trying it went; and reading both back."""

from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any

from bot.blocks.observations import explained, seen_in, submit_label
from bot.blocks.parts import (
    Block,
    Option,
    actions,
    button,
    confirm,
    context,
    divider,
    field,
    line_input,
    modal,
    radio,
    section,
    select,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, required_in, value_in
from bot.errors import N_, Problem
from bot.rules.observations import LONGEST
from bot.rules.practices import (
    LINES,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TRIED,
    ONE_LINE,
    QUESTIONS,
    Card,
    Opened,
    Tried,
)
from bot.rules.vocabularies import Vocabularies
from bot.slack import dig, whole
from bot.texts import Texts

FORM, TRIED = "practice.form", "practice.tried_form"
NONE = "none"  # of a menu
HINTS = {
    "what": N_("In a few sentences: what is done, for whom, and who does it."),
    "benefits": N_("What has become better, for clients or for the work?"),
    "challenges": N_("What has been hard, and what did it take?"),
    "regional": N_("What would it need where you are not?"),
    "improve": N_("Which need in adult social work does it answer to?"),
    "example": N_("A made-up example is good. Nobody may be known by it."),
    "support": N_("How does it show in the meeting with a client?"),
}


@dataclass(frozen=True, slots=True)
class PracticeRead:
    """A form of a card: what is written, the nonce, the number of the draft ("": a new one), and whether it is sent.

    `said` are a coordinator's words to the writer: they are shown while the form is open, and not carried along.
    """

    card: Card
    nonce: str
    number: str = ""
    is_sent: bool = True
    opened: Opened = kept(default_factory=Opened)
    said: str = ""


@dataclass(frozen=True, slots=True)
class TriedRead:
    """A form of how trying went, and the card's number."""

    tried: Tried
    number: str


def form(t: Texts, vocabularies: Vocabularies, read: PracticeRead, problem: Problem | None = None) -> Block:
    """The form with the card in it; what the guard warns of counts as seen the next time."""
    card, seen, send = read.card, seen_in(problem), "Send" if read.is_sent else "Save"
    notice = above(explained(t, problem, send))
    blocks = [
        *notice,
        *given_back(t, read.said),
        context(t("Only the name and the first question are needed. Write on a general level. At the end you can keep"
                  " it as a draft and go on later.")),
        field("name", t("Name of the model"), line_input("name", card.name, LONGEST_NAME)),
        *(_question(t, card, name) for name in QUESTIONS),
        divider(),
        *_choices(t, vocabularies, card),
        *(field(name, t(label), line_input(name, getattr(card, name), LONGEST_LINE), optional=True)
          for name, label in LINES.items()),
        *_ends(t, read),
        *([actions(_drop(t, read.number))] if read.number else []),
        *(notice if seen else []),
    ]  # fmt: skip
    title = t("Practice card")
    view = modal(FORM, title, t("Cancel"), blocks, submit_label(t, send, warned=seen))
    carried = {"n": read.nonce, "k": read.number, "o": read.opened.marks, "r": read.opened.taken_out}
    return carrying(view, {**carried, "c": sorted(seen or card.confirmed)})


def given_back(t: Texts, said: str) -> list[Block]:
    """What a coordinator has written to the writer, if anything."""
    return [unmarked(t("The coordinator: {words}", words=shown(said, 2900)))] if said else []


def _question(t: Texts, card: Card, name: str) -> Block:
    label, hint = t(QUESTIONS[name]), t(HINTS[name])
    return field(name, label, text_input(name, getattr(card, name), hint, LONGEST), optional=name != "what")


def _choices(t: Texts, vocabularies: Vocabularies, card: Card) -> list[Block]:
    """The unit and the menus; nothing chosen is a choice, since no client lets one be taken back."""
    menus = {"area": (t("Area"), card.area), "theme": (t("Theme"), card.theme)}
    return [
        field("unit", t("Unit or municipality"), line_input("unit", card.unit, LONGEST_NAME), optional=True),
        *(field(name, label, _menu(t, vocabularies, name, chosen)) for name, (label, chosen) in menus.items()),
    ]


def _menu(t: Texts, vocabularies: Vocabularies, name: str, chosen: str | None) -> Block:
    options: list[Option] = [(NONE, t("Not chosen")), *vocabularies.options(name, t.language)]
    return select(name, options, chosen or NONE, t("Choose"))


def _ends(t: Texts, read: PracticeRead) -> list[Block]:
    contact = [("me", t("I may be asked more")), (NONE, t("The card stands without a person"))]
    then = [("send", t("Send it to the coordinators")), ("draft", t("Keep it as my own draft"))]
    hint = t(
        "A coordinator reads it before it is published. You get a message when it is published, or comes back with"
        " words. A draft is seen by nobody else."
    )
    return [
        field("contact", t("Contact"), radio("contact", contact, "me" if read.card.contact else NONE)),
        field("then", t("What next?"), radio("then", then, "send" if read.is_sent else "draft"), hint),
    ]


def _drop(t: Texts, number: str) -> Block:
    sure = t("The draft goes for good. A card that is published already stays as it is.")
    drop = button("practice.drop", t("Delete the draft"), number, "danger")
    return {**drop, "confirm": confirm(t("Delete the draft?"), sure, t("Delete"), t("Keep it as a draft"))}


def read_form(view: Any) -> PracticeRead:
    """What the form holds, whatever is missing or odd in it."""
    carried = carried_in(view)
    texts = {name: str(value_in(view, name) or "") for name in (*ONE_LINE, *QUESTIONS)}
    texts |= {name: required_in(view, name) for name in ("name", "what")}
    chosen = {name: str(value_in(view, name) or NONE) for name in ("area", "theme", "contact", "then")}
    codes = {name: None if chosen[name] == NONE else chosen[name] for name in ("area", "theme")}
    drawn = {dig(block, "block_id") for block in dig(view, "blocks") or ()}
    contact = chosen["contact"] != NONE or "contact" not in drawn
    card = Card(**texts, **codes, contact=contact, confirmed=confirmed_in(carried))  # type: ignore[arg-type]
    nonce = str(carried.get("n") or dig(view, "id") or "")
    marks = carried.get("o")
    opened = {str(name): str(mark) for name, mark in marks.items()} if isinstance(marks, dict) else {}
    number, is_sent = str(carried.get("k") or ""), chosen["then"] != "draft"
    return PracticeRead(card, nonce, number, is_sent, Opened(opened, whole(str(carried.get("r"))) or 0))


def tried_form(t: Texts, read: TriedRead, problem: Problem | None = None) -> Block:
    """How it went, in a sentence if one likes, with one's name or as one unit."""
    tried, seen = read.tried, seen_in(problem)
    ask = t("How did it go? What would you tell others?")
    as_whom = [("unit", t("As “one unit”, without my name")), ("name", t("With my name"))]
    blocks = [
        *above(explained(t, problem, "Save")),
        field("words", t("How it went"), text_input("words", tried.words, ask, LONGEST_TRIED), optional=True),
        field("as", t("How does it stand on the card?"), radio("as", as_whom, "name" if tried.named else "unit")),
        context(t("You are counted once. Sent again, your newest words stand there.")),
    ]
    view = modal(TRIED, t("We tried this"), t("Cancel"), blocks, submit_label(t, "Save", warned=seen))
    return carrying(view, {"k": read.number, "c": sorted(seen or tried.confirmed)})


def read_tried(view: Any) -> TriedRead:
    """What the form holds, whatever is missing or odd in it."""
    carried = carried_in(view)
    words, named = str(value_in(view, "words") or ""), value_in(view, "as") == "name"
    return TriedRead(Tried(words, named, confirmed_in(carried)), str(carried.get("k") or ""))


def heading(text: str) -> Block:
    return section(f"*{text}*")

"""A card as one page that reads well; and the same as a coordinator decides on it."""

from typing import Any

from bot.blocks.observations import explained, seen_in, submit_label
from bot.blocks.parts import (
    Block,
    actions,
    button,
    confirm,
    context,
    divider,
    field,
    header,
    modal,
    quote,
    quotes,
    radio,
    section,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.sentences import removable
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, value_in
from bot.errors import Problem
from bot.rules.practices import LINES, LONGEST_SAID, QUESTIONS, Decision, Earlier, Sight, place_of
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Practice, PracticeDraft, PracticeTried, PracticeVersion

PAGE, REVIEW, EARLIER = "practice.page", "practice.review", "practice.earlier_page"
WHOLE = 20_000  # characters as sent, of an answer: a modal is limited by its blocks alone
HEADING, MOST_SAID = 150, 20


def page(t: Texts, vocabularies: Vocabularies, found: Sight) -> Block:
    """The published card, what others say of trying it, and what may be done."""
    row = found.row
    dated = t("Published {day} · version {version}", day=t.day(row.published_on), version=row.version)
    blocks = [
        *card(t, vocabularies, row),
        context(dated),
        divider(),
        *_contact(t, found),
        *_tried(t, found),
        actions(*_buttons(t, found)),
        *_managing_buttons(t, found),
    ]
    return modal(PAGE, t("Practice card"), t("Close"), blocks)


def earlier_page(t: Texts, vocabularies: Vocabularies, found: Earlier) -> Block:
    """The card as it was, and the way to the version before."""
    row = found.row
    said = t(
        "This is how the card was: version {version}, published {day}. Version {newest} stands now.",
        version=row.version,
        day=t.day(row.published_on),
        newest=found.newest,
    )
    buttons = [
        *([_to_earlier(t, row.number, found.before)] if found.before else []),
        *([_drop(t, row.number)] if found.may_drop else []),
    ]
    more = [actions(*buttons)] if buttons else []
    return modal(EARLIER, t("Practice card"), t("Close"), [context(said), *card(t, vocabularies, row), *more])


def _drop(t: Texts, number: str) -> Block:
    sure = t("All earlier versions of this card go for good. The one that stands now stays.")
    drop = button("practice.drop_versions", t("Delete earlier versions"), number, "danger")
    return {**drop, "confirm": confirm(t("Delete the earlier versions?"), sure, t("Delete"), t("Keep them"))}


def _to_earlier(t: Texts, number: str, version: int) -> Block:
    return button("practice.earlier", t("Read version {version}", version=version), f"{number}.{version}")


def card(t: Texts, vocabularies: Vocabularies, row: Practice | PracticeDraft | PracticeVersion) -> list[Block]:
    """What stands on the card: only what is answered."""
    asked = [(t(label), getattr(row, name)) for name, label in QUESTIONS.items() if getattr(row, name)]
    answered = [
        block for label, text in asked for block in (section(f"*{label}*"), *quotes(text, marks=False, most=WHOLE))
    ]
    lines = [f"{t(label)}: {getattr(row, name)}" for name, label in LINES.items() if getattr(row, name)]
    place = place_of(row, vocabularies, t.language)
    return [
        *name_of(row.name),
        *([unmarked(shown(place))] if place else []),
        *answered,
        *([unmarked(shown("\n".join(lines), 2990))] if lines else []),
    ]


def name_of(name: str) -> list[Block]:
    """As a heading, unless it is too long for one once it is escaped."""
    safe = shown(name)
    return [header(safe)] if len(safe) <= HEADING else quotes(name, marks=False)


def _contact(t: Texts, found: Sight) -> list[Block]:
    if found.contact is None:
        return [context(t("Nobody is named to be asked more."))]
    return [section(t("Contact: {person}", person=f"<@{found.contact}>"))]


def _tried(t: Texts, found: Sight) -> list[Block]:
    """How many, where the network's floor lets that be told; and what they say."""
    count = len(found.tried)
    if not count:
        return []
    tried = t.many("{n} member has tried this.", "{n} members have tried this.", count)
    many = tried if count >= found.floor else t("This has been tried.")
    words = [one for one in found.tried if one.words][:MOST_SAID]
    return [section(many), *(block for one in words for block in _said(t, found, one))]


def _said(t: Texts, found: Sight, one: PracticeTried) -> list[Block]:
    words = removable(t, found.row.number, one) if found.coordinates else quote(one.words, 2900)
    return [context(f"<@{one.named}>" if one.named else t("One unit")), words]


def _buttons(t: Texts, found: Sight) -> list[Block]:
    number = found.row.number
    return [
        button("practice.tried", t("We tried this"), number, "primary"),
        *([button("practice.ask", t("Ask more"), number)] if found.contact and not found.is_own else []),
        button("practice.files", t("Download as a file"), number),
        button("practice.innokyla", t("For Innokylä"), number),
        *([_to_earlier(t, number, found.earlier)] if found.earlier else []),
    ]


def _managing_buttons(t: Texts, found: Sight) -> list[Block]:
    number = found.row.number
    sure = t("The card goes from the list and from its post. Its writer gets the words back as a draft.")
    down = button("practice.take_down", t("Take down"), number, "danger")
    down["confirm"] = confirm(t("Take the card down?"), sure, t("Take down"), t("Keep it"))
    new = [button("practice.version", t("Write a new version"), number)] if found.is_own else []
    return [actions(*new, down)] if found.may_take_down else []


def review(
    t: Texts, vocabularies: Vocabularies, row: PracticeDraft, decision: Decision, problem: Problem | None = None
) -> Block:
    """The card that waits, and what a coordinator does with it."""
    seen = seen_in(problem)
    what = [("publish", t("Publish it")), ("return", t("Give it back with words"))]
    post = [("no", t("No")), ("yes", t("Yes, the name and the first answer"))]
    writer = f"<@{row.author}>" if row.author else "–"
    said = t("Message to the writer")
    blocks = [
        *above(explained(t, problem, "Save")),
        context(t("{number}, from {person}", number=row.number, person=writer)),
        *card(t, vocabularies, row),
        divider(),
        field("decision", t("What next?"), radio("decision", what, "publish" if decision.publishes else "return")),
        field("said", said, text_input("said", decision.said, t("Needed where it is given back"), LONGEST_SAID),
              optional=True),
        field("post", t("Post it in the discussion channel?"), radio("post", post, "yes" if decision.posts else "no")),
    ]  # fmt: skip
    view = modal(REVIEW, t("Practice card"), t("Cancel"), blocks, submit_label(t, "Save", warned=seen))
    return carrying(view, {"k": row.number, "s": row.step, "c": sorted(seen or decision.confirmed)})


def read_review(view: Any) -> tuple[str, int, Decision]:
    """The card's number, the step at which it was read, and the decision; whatever is missing or odd in it."""
    carried = carried_in(view)
    step = carried.get("s")
    decision = Decision(
        publishes=value_in(view, "decision") == "publish",
        said=str(value_in(view, "said") or ""),
        posts=value_in(view, "post") == "yes",
        confirmed=confirmed_in(carried),
    )
    return str(carried.get("k") or ""), step if type(step) is int else -1, decision

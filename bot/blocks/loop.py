"""The loop that goes on: the question whether something has changed, and what those who follow a phenomenon hear."""

from collections.abc import Sequence
from typing import Any

from bot.blocks.observations import explained, first_words, seen_in, status_name, submit_label
from bot.blocks.parts import (
    Block,
    Message,
    actions,
    button,
    context,
    field,
    modal,
    quote,
    section,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.sentences import removable
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, value_in
from bot.errors import Problem
from bot.rules.loop import ANSWERS, LONGEST, Asked, Sentence, counted
from bot.rules.statuses import CLOSED
from bot.texts import Texts
from storage.models import Changed, Phenomenon

FORM = "changed.form"
MOST_SAID = 10


def question(t: Texts, asked: Asked) -> Message:
    """Asks whether something has changed; one tap answers."""
    text = t("Has anything changed?")
    taps = [button(f"changed.{answer}", t(label), asked.row.number) for answer, label in ANSWERS.items()]
    note = context(t("One tap is enough. You are asked this once."))
    return text, [section(f"*{text}*"), *_about(t, asked), actions(*taps), note]


def _about(t: Texts, asked: Asked) -> list[Block]:
    if asked.observation:
        return [first_words(asked.observation)]
    to = [unmarked(shown(t("Taken to: {receiver}", receiver=asked.receiver), 1000))] if asked.receiver else []
    return [quote(asked.phenomenon.title, 400) if asked.phenomenon else context("–"), *to]


def answered(t: Texts, asked: Asked, answer: str) -> Message:
    """What stands in the question's place: the answer, and the way to add a sentence or to answer anew."""
    label = ANSWERS[answer]
    said = t(label)
    text = t("Thank you. You answered: {answer}.", answer=said)
    number = asked.row.number
    words = button("changed.words", t("Add a sentence"), number)
    return text, [section(text), *_about(t, asked), actions(words)]


def form(t: Texts, number: str, sentence: Sentence, problem: Problem | None = None) -> Block:
    """A sentence beside the answer."""
    seen, ask = seen_in(problem), t("What has changed, or has not?")
    blocks = [
        *above(explained(t, problem)),
        field("words", ask, text_input("words", sentence.words, t("Write on a general level."), LONGEST)),
        context(t("The coordinators read it. Beside a phenomenon your name does not stand.")),
    ]
    view = modal(FORM, t("Has anything changed?"), t("Cancel"), blocks, submit_label(t, "Send", warned=seen))
    return carrying(view, {"k": number, "c": sorted(seen or sentence.confirmed)})


def read_form(view: Any) -> tuple[str, Sentence]:
    """The number that it is about, and the sentence; whatever is missing or odd in it."""
    carried = carried_in(view)
    return str(carried.get("k") or ""), Sentence(str(value_in(view, "words") or ""), confirmed_in(carried))


def changed(t: Texts, number: str, answers: Sequence[Changed]) -> list[Block]:
    """To coordinators: how many gave which answer of this number, and the sentences, without names."""
    if not answers:
        return []
    heading, counts = t("Has anything changed?"), counted(answers)
    told = " · ".join(f"{t(label)}: {counts[answer]}" for answer, label in ANSWERS.items())
    words = [one for one in answers if one.words][:MOST_SAID]
    return [section(f"*{heading}* {told}"), *(removable(t, number, one) for one in words)]


def news(t: Texts, row: Phenomenon) -> Message:
    """To who follows a phenomenon: how it stands now, in the coordinators' words."""
    text = t("News about a phenomenon that you follow")
    said = [row.receiver, row.outcome if row.status in CLOSED else ""]
    return text, [
        section(f"*{text}* · {row.number}"),
        quote(row.title, 400),
        section(f"*{status_name(t, row.status)}*"),
        *(unmarked(shown(one, 2990)) for one in said if one),
        *follow_buttons(t, row.number, follows=True),
    ]


def following(t: Texts, row: Phenomenon, *, follows: bool) -> Message:
    """What stands in place of the button that was pressed."""
    text = t("You follow this phenomenon. You hear of every change.")
    text = text if follows else t("You do not follow it any more.")
    return text, [section(text), *follow_buttons(t, row.number, follows=follows)]


def follow_buttons(t: Texts, number: str, *, follows: bool) -> list[Block]:
    if follows:
        return [actions(button("phenomena.unfollow", t("Stop following"), number))]
    return [actions(button("phenomena.follow", t("Follow this"), number))]

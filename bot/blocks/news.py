"""What cannot wait, as a coordinator reads it: the message, the line in App Home, and the form of how to hear of it."""

from datetime import time

from bot.blocks.parts import Block, Message, actions, button, context, field, modal, radio, section, select
from bot.blocks.submissions import value_in
from bot.rules.news import Counts
from bot.rules.people import TIMES
from bot.texts import Texts
from storage.models import Hearing

CALLBACK = "news.settings"


def message(t: Texts, counts: Counts) -> Message:
    """Numbers alone: what was written is read in the queue."""
    text = t("New for you as a coordinator")
    return text, [
        section("\n".join([f"*{text}*", *lines(t, counts)])),
        actions(
            button("observations.queue", t("Open the queue"), "open", "primary"),
            button("news.open_settings", t("When do I hear of this?"), "open"),
        ),
        context(t("At most one message a working day. Everything stands in App Home, too.")),
    ]


def lines(t: Texts, counts: Counts) -> list[str]:
    """A line for each sort that there is any of, what cannot wait first."""
    answers = t.many("A reporter has written.", "{n} reporters have written.", counts.answer)
    warned = t.many(
        "One new observation whose text Raportoi asked the reporter to check.",
        "{n} new observations whose texts Raportoi asked the reporters to check.",
        counts.warned,
    )
    proposals = t.many("One proposal for the agenda.", "{n} proposals for the agenda.", counts.proposal)
    told = ((counts.answer, answers), (counts.warned, warned), (counts.proposal, proposals))
    return [line for count, line in told if count]


def since_last_look(t: Texts, counts: Counts | None) -> list[Block]:
    """What is new, above the queue; nothing where nothing is."""
    if not counts:
        return []
    filed = t.many("One new observation.", "{n} new observations.", counts.filed)
    said = [*([filed] if counts.filed else []), *lines(t, counts)]
    title = t("New since you last looked")
    return [section("\n".join([f"*{title}*", *said]))]


def form(t: Texts, chosen: Hearing) -> Block:
    switch = [("on", t("Yes, at most one message a working day")), ("off", t("No, App Home is enough"))]
    times = [(at, t.clock(time.fromisoformat(at))) for at in TIMES]
    blocks = [
        section(t("A reporter's message, a proposal for the agenda, and an observation whose text Raportoi asked the"
                  " reporter to check do not wait for the weekly digest.")),
        field("wanted", t("Do you want to hear of them?"), radio("wanted", switch, "on" if chosen.wanted else "off")),
        field("at", t("At what time?"), select("at", times, chosen.at, t("Choose"))),
    ]  # fmt: skip
    return modal(CALLBACK, t("What cannot wait"), t("Cancel"), blocks, t("Save"))


def read_form(view: object) -> tuple[bool, str]:
    """Whether, and when; whatever is odd in it becomes a time that nobody may choose."""
    return value_in(view, "wanted") != "off", str(value_in(view, "at") or "")

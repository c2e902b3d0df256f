"""What is told of practice cards: each step to the writer, what waits to coordinators, and the post in the channel."""

from bot.blocks.observations import first_words
from bot.blocks.parts import Block, Message, actions, button, context, quote, quotes, said, section, shown
from bot.blocks.practices._page import name_of
from bot.rules.cuts import beginning
from bot.rules.practices import News
from bot.texts import Texts
from storage.models import Observation, Practice, PracticeDraft

FIRST = 900  # characters of the first answer in the post


def news(t: Texts, told: News) -> Message:
    """One step of a card, to whom it concerns."""
    if told.observation:
        return _request(t, told.observation)
    if told.card:
        return _published(t, told.card)
    if told.what == "waiting":
        text = t("A practice card waits for you: {number}.", number=told.number)
        return text, [section(text), actions(button("practice.review", t("Open"), told.number, "primary"))]
    if told.draft:
        return _returned(t, told.draft)
    text = t("Your practice card {number} was taken down. Its words are your own draft again.", number=told.number)
    return text, [section(text), actions(button("practice.list", t("Practice cards"), "open"))]


def decided(t: Texts, told: News) -> Message:
    """What stands in place of a message whose button leads nowhere any more: what became of its card."""
    gone = {"returned": t("The draft was deleted."), "published": t("This practice card was taken down.")}
    waits = t("This card waits no more: it was given back, or its writer took it back.")
    now = t("Published {day}.", day=t.day(told.card.published_on)) if told.card else gone.get(told.what, waits)
    return said(f"{told.number} · {now}")


def _request(t: Texts, row: Observation) -> Message:
    text = t("Would you write a practice card of this? Others could try it too.")
    why = t("A coordinator takes what you noticed for a good practice. The form is half filled; it takes ten minutes.")
    start = button("practice.start", t("Write a practice card"), row.number, "primary")
    asked = {**section(why), "block_id": f"asked.{row.number}"}, {**actions(start), "block_id": f"start.{row.number}"}
    return text, [section(f"*{text}*"), first_words(row), *asked]  # both go where the observation is withdrawn


def _published(t: Texts, row: Practice) -> Message:
    text = t("Your practice card is published. Thank you.")
    words = [section(t("The coordinator wrote to you")), quote(row.said)] if row.said else []
    return text, [
        section(f"*{text}*"),
        quote(row.name, 400),
        *words,
        actions(button("practice.read", t("Read"), row.number)),
    ]


def _returned(t: Texts, row: PracticeDraft) -> Message:
    text = t("Your practice card came back with a coordinator's words")
    return text, [
        section(f"*{text}*"),
        quote(row.name, 400),
        section(t("The coordinator wrote to you")),
        quote(row.said),
        actions(button("practice.edit", t("Go on"), row.number, "primary")),
    ]


def post(t: Texts, row: Practice) -> Message:
    """The message in the discussion channel: the name, the beginning of the first answer, and what may be done."""
    text = t("A practice card from the network")
    buttons: list[Block] = [
        button("practice.read", t("Read"), row.number, "primary"),
        button("practice.tried", t("We tried this"), row.number),
        *([button("practice.ask", t("Ask more"), row.number)] if row.contact and row.author else []),
    ]
    unit = [context(shown(row.unit, 300))] if row.unit else []
    first = quotes(shown_first(row.what), marks=False)
    return text, [section(f"*{text}* · {row.number}"), *name_of(row.name), *unit, *first, actions(*buttons)]


def shown_first(text: str) -> str:
    """The beginning of a text, cut after a sentence where there is one."""
    if len(text) <= FIRST:
        return text
    whole = text[:FIRST].rpartition(". ")[0]
    return f"{whole}. …" if len(whole) > FIRST // 2 else beginning(text, FIRST)


def gone_post(t: Texts) -> Message:
    """What stands in its place once the card was taken down."""
    return said(t("This practice card was taken down."))


def contact(t: Texts, row: Practice, person: str, team: str) -> Message:
    """To who wants to ask more: whom, and the way to a conversation between the two."""
    text = t("{person} can tell more about this. Press the name, or open the conversation here:", person=f"<@{person}>")
    open_it = {
        **button("practice.conversation", t("Open the conversation"), row.number),
        "url": _deep_link(team, person),
    }
    note = t("It is between the two of you: I am not in it.")
    return text, [section(text), actions(open_it), context(note)]


def introduced(t: Texts, row: Practice, person: str) -> Message:
    """To the contact: who would like to know more, about what."""
    text = t("{person} would like to ask you about your practice card.", person=f"<@{person}>")
    return text, [section(text), quote(row.name, 400), context(t("Press the name to write to each other."))]


def _deep_link(team: str, person: str) -> str:
    return f"slack://user?team={team}&id={person}"


def files_follow(t: Texts, count: int) -> Message:
    """The message in whose thread the files are."""
    text = t.many("One practice card as a file", "{n} practice cards as files", count)
    note = t("The files are in the thread. They are as the cards stand now.")
    return text, [section(f"*{text}*"), context(note)]

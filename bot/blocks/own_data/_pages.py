"""All that is stored of a person: what, why, how long, and what is not there; in pages, and as one text."""

from collections.abc import Iterator
from html import escape

from bot.blocks.own_data._rows import lines_of
from bot.blocks.parts import ROOM, Block, actions, button, context, divider, modal, shown, unmarked
from bot.blocks.submissions import carried_in, carrying
from bot.errors import N_
from bot.rules.own_data import Stored
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

PAGE = "own_data.page"
SECTIONS = 8  # on a page, each of at most 3,000 characters
KEPT = {
    "closed": N_("24 months after it was closed"),
    "left": N_("12 months after you have left the network"),
    "sent": N_("6 months"),
    "meeting": N_("a month after the meeting"),
    "trail": N_("24 months"),
    "round": N_("until the round closes"),
    "always": N_("as long as the network uses Raportoi"),
    "soon": N_("until it is done"),
}
TABLES = {  # in the order in which they are shown: what it is, why it is kept, how long
    "observation": (N_("Observations with your name"), N_("so that you hear what became of them"), "closed"),
    "hidden": (N_("Observations that a coordinator has deleted"), N_("so that they can come back for a day"), "soon"),
    "person": (N_("Your settings"), N_("so that I do as you have chosen"), "left"),
    "hearing": (N_("How you hear of what cannot wait"), N_("so that I do as you have chosen"), "left"),
    "news": (N_("What you know of already as a coordinator"), N_("so that you hear of each thing once"), "left"),
    "answered": (N_("That you have nothing to tell"), N_("so that you are not reminded in this round"), "round"),
    "rsvp": (N_("Your answers to meetings"), N_("so that there are seats enough"), "meeting"),
    "agenda_item": (N_("Your proposals for agendas"), N_("so that you can be asked about them"), "meeting"),
    "useful": (N_("Whether meetings were of use to you"), N_("as a keyed mark, so that you count once"), "always"),
    "same": (N_("“Same here”"), N_("as a keyed mark, so that you count once"), "always"),
    "practice": (N_("Practice cards that you have written"), N_("so that others can try them"), "always"),
    "practice_version": (N_("Earlier versions of your practice cards"), N_("so that others can try them"), "always"),
    "practice_draft": (N_("Your drafts of practice cards"), N_("so that you can go on with them"), "always"),
    "practice_tried": (N_("That you have tried a practice"), N_("as a keyed mark, so that you count once"), "always"),
    "follower": (N_("Phenomena that you follow"), N_("so that you hear what becomes of them"), "always"),
    "changed": (N_("Whether something has changed"), N_("as a keyed mark, so that you count once"), "closed"),
    "handling": (
        N_("Observations that you have taken as a coordinator"),
        N_("so that one goes on with each"),
        "closed",
    ),
    "coordinator": (N_("That you are a coordinator"), N_("so that you may read and answer"), "left"),
    "audit": (N_("What you have done as a coordinator"), N_("so that it can be known who read what"), "trail"),
    "move": (N_("Steps that you have taken as a coordinator"), N_("so that reporters hear them"), "closed"),
    "delivery": (N_("Messages from me to you"), N_("so that each comes once, and words can be taken back"), "sent"),
    "channel_gate": (N_("When I wrote to you last"), N_("so that messages do not come too fast"), "soon"),
    "erasure": (N_("Messages that show what is withdrawn"), N_("so that words can be taken out of them"), "soon"),
    "clearing": (N_("Files with your data"), N_("so that I take them away again"), "soon"),
    "forgetting": (N_("That your data is to be deleted"), N_("so that you can take it back for a day"), "soon"),
    "departure": (N_("That you have left the network"), N_("so that you are forgotten in time"), "left"),
}
NOT_THERE = (
    N_("Observations without your name: nothing ties them to you. Your receipt code shows them: /raportoi tila CODE."),
    N_("What Slack itself keeps: your messages, commands and account. Slack's own terms hold for that."),
    N_("The network's published numbers: nobody can be seen in them."),
)


def page(t: Texts, vocabularies: Vocabularies, found: Stored, number: int) -> Block:
    """One page in a modal; its button shows the next one."""
    parts = list(_parts(as_text(t, vocabularies, found)))
    pages = -(-len(parts) // SECTIONS)
    number = max(0, min(number, pages - 1))
    shown_now = parts[number * SECTIONS : (number + 1) * SECTIONS]
    buttons = actions(
        button("own_data.send", t("Download as a file"), "send"),
        button("own_data.erase", t("Delete my data"), "erase", "danger"),
    )
    where = context(t("Page {page} of {pages}", page=number + 1, pages=pages))
    blocks = [buttons, where, divider(), *(unmarked(shown(part, ROOM)) for part in shown_now)]
    further = t("Next page") if number + 1 < pages else None
    return carrying(modal(PAGE, t("What is stored of me"), t("Close"), blocks, further), {"page": number})


def page_in(view: object) -> int:
    """The number of the page that stands there."""
    number = carried_in(view).get("page")
    return number if type(number) is int else 0


def as_text(t: Texts, vocabularies: Vocabularies, found: Stored) -> str:
    """Everything in one text, in the person's language."""
    return "\n".join(_lines(t, vocabularies, found)) + "\n"


def _lines(t: Texts, vocabularies: Vocabularies, found: Stored) -> Iterator[str]:
    yield t("What Raportoi has stored of you") + "\n"
    if found.is_nothing:
        yield t("Nothing is stored of you.") + "\n"
    own_steps = {row["key"] for row in found.rows.get("observation", ())}
    for table in (*TABLES, *sorted(found.rows.keys() - TABLES)):
        lines = lines_of(t, vocabularies, _without_steps(found, own_steps) if table == "move" else found, table)
        if lines:
            yield from _titled(t, table)
            yield from (f"– {line}" if not line.startswith(" ") else line for line in lines)
            yield ""
    if found.is_first_coordinator:
        yield (
            t("You are named as a coordinator in the program's own settings, which only the operator can change.")
            + "\n"
        )
    yield t("What is not here")
    yield from (f"– {t(line)}" for line in NOT_THERE)
    if found.backups_until:
        yield "– " + t("Backups: what is deleted today is in none of them after {day}.", day=t.day(found.backups_until))


def _titled(t: Texts, table: str) -> Iterator[str]:
    title, why, kept = TABLES.get(table, (table, "", "always"))
    yield t(title).upper()
    yield t("Why: {why}. How long: {until}.", why=t(why), until=t(KEPT[kept])) if why else t(KEPT[kept])


def _without_steps(found: Stored, own: set[str]) -> Stored:
    """Steps of own observations stand with these already."""
    left = [row for row in found.rows.get("move", ()) if row["subject"] not in own]
    return Stored({"move": left})


def _parts(text: str) -> Iterator[str]:
    """The text cut between lines into pieces that fit in a section, counted as they are sent: `&` is five signs."""
    part, room = "", 0
    for line in text.splitlines():
        step = ROOM // 2 if _sent(line) < ROOM else (ROOM - 1) // 5
        for start in range(0, max(len(line), 1), step):
            piece = line[start : start + step]
            if part and _sent(piece) >= room:
                yield part
                part = ""
            room = (room if part else ROOM // 2) - _sent(piece) - 1
            part = f"{part}\n{piece}" if part else piece
    if part.strip():
        yield part


def _sent(text: str) -> int:
    return len(escape(text, quote=False))

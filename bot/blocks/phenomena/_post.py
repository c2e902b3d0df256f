"""The post in the discussion channel: the coordinators' own words, how many have met it too, and what came of it."""

from collections.abc import Sequence

from bot.blocks.counts import noticed
from bot.blocks.loop import follow_buttons
from bot.blocks.observations import status_inside
from bot.blocks.parts import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    header,
    modal,
    quotes,
    said,
    section,
    shown,
)
from bot.blocks.reviews import kept_origin
from bot.blocks.submissions import carried_in, carrying
from bot.rules.phenomena import Shown
from bot.rules.statuses import CLOSED, NAMES, Status
from bot.texts import Texts
from storage.models import Phenomenon

PUBLISH = "phenomena.publish"
HEADING = 150  # characters of a header
MOST = 5_000  # characters of one text as sent: title, text, receiver and outcome must fit in one message


def post(t: Texts, one: Shown) -> Message:
    """The message in the discussion channel: the coordinators' own words, never a reporter's."""
    return t("A phenomenon from the network's observations"), [*_words(t, one), *_standing(t, one)]


def _words(t: Texts, one: Shown) -> list[Block]:
    head = t("A phenomenon from the network's observations")
    return [section(f"*{head}* · {one.row.number}"), *_title(one.row.title), *_plain(one.row.text)]


def _title(title: str) -> list[Block]:
    """As a heading, unless it is too long for one once it is escaped."""
    safe = shown(title)
    return [header(safe)] if len(safe) <= HEADING else _plain(title)


def _plain(text: str) -> list[Block]:
    """As written, without quotation marks: it is the coordinators' own text."""
    return quotes(text, marks=False, most=MOST)


def _standing(t: Texts, one: Shown) -> list[Block]:
    row, count = one.row, _count(t, one)
    if row.status in CLOSED:
        said = [*([row.receiver] if row.receiver else []), *([row.outcome] if row.outcome else [])]
        lines = [block for text in said for block in _plain(text)]
        return [*count, divider(), section(f"*{t(NAMES[row.status])}*"), *lines]
    so_far = _so_far(t, row)
    same = actions(button("phenomena.same", t("Same here"), row.number, "primary"))
    return [*so_far, *count, same, context(t("Names are not shown to anybody. Every member counts once."))]


def _so_far(t: Texts, row: Phenomenon) -> list[Block]:
    """Where the matter stands while it is open; nothing of one that is only in hand."""
    if row.status == Status.TAKEN_FORWARD:
        said = _plain(row.receiver)
    elif row.status == Status.FOLLOWED and row.review_on:
        said = [context(t("Looked at again on {day}.", day=t.day(row.review_on)))]
    else:
        return []
    return [divider(), section(f"*{t(NAMES[row.status])}*"), *said]


def _count(t: Texts, one: Shown) -> list[Block]:
    return [context(noticed(t, one.met))] if one.met.people else []


def pressed(t: Texts, one: Shown, *, counted: bool, is_open: bool) -> Message:
    """What is said to the person who pressed, with the way to take it back; the first time, with the way to follow."""
    if not is_open:
        text = t(
            "This phenomenon has been closed: {status}. Thank you all the same.",
            status=status_inside(t, one.row.status),
        )
    elif counted:
        text = t("Thank you. Your mark is counted, without your name.")
    else:
        text = t("You have marked this already. Every member counts once. Thank you.")
    if not is_open:
        return said(text)
    follow = follow_buttons(t, one.row.number, follows=False) if counted else []
    back = actions(button("phenomena.not_same", t("Take my mark back"), one.row.number))
    return text, [section(text), *follow, back]


def taken_back(t: Texts) -> Message:
    return said(t("Your mark is taken back. You can press again whenever you like."))


def page(t: Texts, one: Shown) -> Block:
    """A published one whole, to be read where it was only named."""
    drawn = (block for block in post(t, one)[1] if block["type"] != "actions")
    return modal("phenomena.page", one.row.number, t("Close"), drawn)


def preview(t: Texts, one: Shown, drawn: Sequence[Block], origin: dict[str, str]) -> Block:
    """What would stand in the channel: the post as `drawn`, without its buttons."""
    blocks = [
        context(t("This is what will stand in the discussion channel, for all to see. Nothing is sent yet.")),
        divider(),
        *(block for block in drawn if block["type"] != "actions"),
    ]
    view = modal(PUBLISH, t("Publish"), t("Cancel"), blocks, t("Publish"))
    return carrying(view, {"n": one.row.number, **origin})


def read_preview(view: object) -> tuple[str, dict[str, str]]:
    """The number of the phenomenon, and which queue the preview was opened from."""
    carried = carried_in(view)
    return str(carried.get("n") or ""), kept_origin(carried)

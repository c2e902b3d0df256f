"""Erasing one's data: the form with what goes and what stays, and the messages with the way back and the receipt."""

from datetime import date

from bot.blocks.moments import moment
from bot.blocks.parts import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    field,
    modal,
    people_input,
    radio,
    said,
    section,
)
from bot.blocks.submissions import above, carrying, value_in
from bot.rules.own_data import AUTHOR, HANDED_OUT_FOR, WHAT, Stored
from bot.texts import Texts
from storage.models import Forgetting

ERASE, OTHER = "own_data.erase_form", "own_data.other_form"


def erase_form(t: Texts, found: Stored, notice: str = "") -> Block:
    """What goes, what stays, and which of the two is wanted."""
    blocks = [
        *above(notice),
        section(_goes(t, found)),
        section(_stays(t)),
        *([section(_silent(t))] if found.is_unreminded else []),
        divider(),
        _what(t),
        context(t("You have a day to take it back. Then I tell you when it is done.")),
    ]
    return carrying(modal(ERASE, t("Delete my data"), t("Cancel"), blocks, t("Delete")), {})


def other_form(t: Texts, notice: str = "") -> Block:
    """For a coordinator: whose data, and what of it."""
    blocks = [
        *above(notice),
        field("user", t("Whose data?"), people_input("user", ())),
        _what(t),
        section(_stays(t)),
        context(t("The person hears of it and has a day to take it back.")),
    ]
    return modal(OTHER, t("Delete somebody's data"), t("Cancel"), blocks, t("Delete"))


def _what(t: Texts) -> Block:
    return field(
        "what", t("What is deleted?"), radio("what", [(code, t(label)) for code, label in WHAT.items()], AUTHOR)
    )


def _goes(t: Texts, found: Stored) -> str:
    count = found.count
    observations, seats, items = count("observation", "hidden"), count("rsvp"), count("agenda_item")
    marks, messages = count("same", "useful"), count("delivery")
    things = (
        t("your settings"),
        observations and t.many("the writer of {n} observation", "the writer of {n} observations", observations),
        seats and t.many("{n} answer to a meeting, and the seat", "{n} answers to meetings, and the seats", seats),
        items and t.many("the author of {n} proposal", "the author of {n} proposals", items),
        marks and t.many("{n} mark of yours", "{n} marks of yours", marks),
        messages and t.many("what stands in {n} message of mine", "what stands in {n} messages of mine", messages),
        count("coordinator") and t("your role as a coordinator"),
    )
    return t("*This goes:* {things}.", things=t.listed([one for one in things if isinstance(one, str)]))


def _stays(t: Texts) -> str:
    return t(
        "*This stays:* number, day and classification of observations, texts of phenomena that coordinators have"
        " written, published numbers, and what was filed without a name."
    )


def _silent(t: Texts) -> str:
    return t(
        "*This stays too:* that you want no messages that remind you to report, so that they do not begin again. If not"
        " even that is to stay, turn them on in your settings first."
    )


def read_what(view: object) -> str:
    return str(value_in(view, "what") or "")


def read_other(view: object) -> str:
    """The person who was chosen; "" where it is nobody, or more than one."""
    users = value_in(view, "user")
    return str(users[0]) if isinstance(users, list) and len(users) == 1 else ""


def to_be_erased(t: Texts, row: Forgetting) -> Message:
    """With the way back, for a day."""
    text = t("Your data will be deleted on {moment}. Until then you can take it back.", moment=moment(t, row.due_at))
    what = t(WHAT.get(row.what, row.what))
    return text, [section(f"{text}\n{what}."), actions(button("own_data.keep", t("Keep my data"), row.key))]


def kept(t: Texts) -> Message:
    return said(t("Your data stays as it is."))


def erased(t: Texts) -> Message:
    """The receipt."""
    return said(
        t(
            "Your data has been deleted. What I have written to you here is being emptied too. What Slack keeps of your"
            " own messages, and backups until they are too old, are not in my hands."
        )
    )


def cleared(t: Texts) -> Message:
    return said(t("What stood here has been removed."))


def handed_out(t: Texts) -> Message:
    """Stands under the files."""
    days = HANDED_OUT_FOR.days
    text = t("Here is what is stored of you, to read and for programs. I take it away in {days} days.", days=days)
    return text, [section(text), actions(button("own_data.take_away", t("Take the files away"), "now"))]


def texts_go(t: Texts, count: int, day: date) -> Message:
    """To coordinators, before texts go for the first time."""
    goes = t.many(
        "From {day} on texts go that were closed two years ago: at first {n} observation.",
        "From {day} on texts go that were closed two years ago: at first {n} observations.",
        count,
        day=t.day(day),
    )
    return said(f"{goes} " + t("Numbers and classification stay. Make the summaries that you still need before that."))

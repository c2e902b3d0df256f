"""How a reminder to report looks: the message and its buttons, what it turns into, and the form for a pause."""

from collections.abc import Mapping
from datetime import date

from bot.blocks.labels import NOTHING, PAUSE, STOP, TOMORROW
from bot.blocks.parts import Block, Message, actions, button, context, date_input, field, modal, said, section, shown
from bot.blocks.submissions import carrying, day_of, value_in
from bot.errors import N_
from bot.rules.reminders import NUDGE
from bot.texts import Texts

PAUSE_FORM = "reminders.pause_form"
COMMAND = {"fi": "`/raportoi`", "sv": "`/rapportera`", "en": "`/raportoi`"}
SETTINGS = {"fi": "`/raportoi asetukset`", "sv": "`/rapportera inställningar`", "en": "`/raportoi settings`"}
SHIPPED = N_(
    "Hello. Have you lately noticed something at work that the network should hear of: a shortcoming, something that"
    " works, or a weak signal? One sentence is enough, on a general level."
)
UNNAMED = N_(
    "If you have filed something without your name already, thank you. I do not know of it, so this message comes to"
    " you too."
)
ONCE_MORE = N_(
    "There is still time to share an observation in this round. One sentence is enough. Nothing to tell is a good"
    " answer too."
)


def reminder(t: Texts, kind: str, occurrence: str, wordings: Mapping[str, str], *, private: bool = True) -> Message:
    """The message with its live buttons. In a channel those that concern one person alone are left out."""
    text = words(t, kind, wordings)
    buttons = [
        button("observations.open_form", t("File an observation"), "new", "primary"),
        button("reminders.nothing", t(NOTHING), occurrence),
        button("reminders.tomorrow", t(TOMORROW), occurrence),
    ]
    if private:
        buttons += [
            button("reminders.pause", t(PAUSE), occurrence),
            button("reminders.stop", t(STOP), occurrence),
        ]
    return text, [section(text), *([context(t(UNNAMED))] if private else []), actions(*buttons)]


def words(t: Texts, kind: str, wordings: Mapping[str, str]) -> str:
    """The coordinators' words where they have put some in place, else the shipped ones."""
    own = wordings.get(t.language) if kind != NUDGE else None
    return shown(own) if own else t(ONCE_MORE if kind == NUDGE else SHIPPED)


def over(t: Texts) -> Message:
    """What the message turns into when the next round begins."""
    return said(
        t("This round is over. You can file an observation at any time: {command}", command=COMMAND[t.language])
    )


def written_again(t: Texts) -> Message:
    """What the message turns into when a newer one of the same round has the buttons."""
    return said(t("I have written to you again about this: the buttons are in the newer message."))


def thanked(t: Texts) -> Message:
    return said(
        t("Thank you for your answer. If something comes to mind later: {command}", command=COMMAND[t.language])
    )


def put_off(t: Texts, day: date) -> Message:
    return said(t("I will write to you again on {day}.", day=t.day(day)))


def paused(t: Texts, until: date) -> Message:
    text = t(
        "No messages until {day}. You can change this with {command}.", day=t.day(until), command=SETTINGS[t.language]
    )
    return said(text)


def stopped(t: Texts) -> Message:
    return said(
        t("I will not remind you any more. You can turn it on again with {command}.", command=SETTINGS[t.language])
    )


def pause_form(t: Texts, carried: Mapping[str, str]) -> Block:
    """Asks for the last day of a pause; `carried` says which message asked."""
    blocks = [
        field("until", t("Last day without messages"), date_input("until", None)),
        context(t("The messages go on by themselves after that day.")),
    ]
    return carrying(modal(PAUSE_FORM, t("Pause"), t("Cancel"), blocks, t("Save")), carried)


def read_pause(view: object) -> date | None:
    return day_of(value_in(view, "until"))

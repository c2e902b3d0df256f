"""The form by which a coordinator deletes an observation: what goes, when, and the reason; and reading it back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.blocks.observations import submit_label
from bot.blocks.parts import Block, context, divider, field, modal, radio, section, text_input
from bot.blocks.reviews import kept_origin, words
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, required_in, value_in
from bot.rules.deletions import LONGEST_REASON, WHY, Deletion, Going
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

CALLBACK = "observations.delete_form"


@dataclass(frozen=True, slots=True)
class DeletionRead:
    """A submitted form: the observation as of which version and last step, what was typed, and which queue it is of."""

    number: str
    version: int
    last_step: int
    deletion: Deletion
    origin: Mapping[str, str]


def form(
    t: Texts, vocabularies: Vocabularies, found: Going, read: DeletionRead, notice: str = "", *, warned: bool = False
) -> Block:
    """What goes stands first, with all its words; then why, of which one choice can be taken back for a day."""
    deletion = read.deletion
    why = [(code, t(label)) for code, label in WHY.items()]
    hint = t("The reporter reads this. Do not repeat here what somebody could be known by.")
    ask = t("Why is it deleted?")
    blocks = [
        *above(notice),
        section(_what_goes(t, found)),
        divider(),
        *words(t, vocabularies, found.row),
        divider(),
        field("why", ask, radio("why", why, deletion.why)),
        field("reason", t("Reason"), text_input("reason", deletion.reason, ask, LONGEST_REASON), hint),
        context(_who_hears(t, found)),
    ]
    view = modal(CALLBACK, t("Delete"), t("Cancel"), blocks, submit_label(t, "Delete", warned=warned))
    seen = sorted(deletion.confirmed)
    return carrying(view, {"n": read.number, "v": read.version, "h": read.last_step, "c": seen, **read.origin})


def _what_goes(t: Texts, found: Going) -> str:
    steps = t.many("its history of one step", "its history of {n} steps", len(found.moves))
    messages = t.many("its words in one message of the bot", "its words in {n} messages of the bot", found.messages)
    things = [t("the text below"), *([steps] if found.moves else []), *([messages] if found.messages else [])]
    goes = t("*This goes:* {things}.", things=t.listed(things))
    stays = t("Its number, its day and what it was about stay, for the numbers.")
    return f"{goes} {stays}"


def _who_hears(t: Texts, found: Going) -> str:
    if found.row.author:
        return t("The reporter gets a message with the reason, and with the way to file the matter anew.")
    return t("It has no name: who has its receipt code reads the reason there.")


def read_form(view: Any) -> DeletionRead:
    """What the form holds, whatever is missing or odd in it."""
    carried = carried_in(view)
    deletion = Deletion(str(value_in(view, "why") or ""), required_in(view, "reason"), confirmed_in(carried))
    return DeletionRead(
        str(carried.get("n") or ""), _whole(carried.get("v")), _whole(carried.get("h")), deletion, kept_origin(carried)
    )


def seen(read: DeletionRead, marks: frozenset[str], version: int, last_step: int) -> DeletionRead:
    """The form as it is shown again: the warnings in it count as seen, and it is of the observation as it stands."""
    deletion = replace(read.deletion, confirmed=marks or read.deletion.confirmed)
    return replace(read, deletion=deletion, version=version, last_step=last_step)


def _whole(value: object) -> int:
    return value if type(value) is int else -1

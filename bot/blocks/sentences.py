"""A sentence that a member wrote beside a card or an answer, and how a coordinator takes it out."""

from typing import Any

from bot.blocks.parts import Block, button, confirm, context, quote
from bot.blocks.submissions import as_typed
from bot.rules.hashes import marks
from bot.texts import Texts
from storage.models import Changed, PracticeTried


def removable(t: Texts, number: str, one: Changed | PracticeTried) -> Block:
    """The sentence, with the button that takes it out; `number` is that of what it was written of."""
    mark = marks({"words": one.words})["words"]
    button_of_it = button("sentences.take_out", t("Take out"), f"{number}.{one.who}.{mark}")
    sure = t("The sentence goes at once and for good. I tell its writer.")
    button_of_it["confirm"] = confirm(t("Take this sentence out?"), sure, t("Take out"), t("Cancel"))
    return {**quote(one.words, 2900), "block_id": f"sentence.{one.who}", "accessory": button_of_it}


def read_value(value: str) -> tuple[str, str, str]:
    """Number, who, and the mark of the words, whatever is missing or odd in it."""
    number, _, rest = value.partition(".")
    who, _, mark = rest.partition(".")
    return number, who, mark


def with_said(view: Any, block_id: str, text: str) -> Block:
    """The modal as it stands, with all that was typed in it, and the text in place of the sentence."""
    form = as_typed(view)
    return {**form, "blocks": [context(text) if one.get("block_id") == block_id else one for one in form["blocks"]]}

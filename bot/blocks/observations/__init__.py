"""How an observation looks: the form and reading it back, the receipt, and the notes around them."""

from bot.blocks.observations._form import CALLBACK, FormRead, fitted, form, loading, read_form, routing, saving
from bot.blocks.observations._notes import (
    Message,
    answer_to_message,
    field_errors,
    help_note,
    later,
    leftovers,
    notice,
    offer,
    said,
    stopped,
    trouble,
    warned,
)
from bot.blocks.observations._receipt import code_receipt, one_sentence, own_list, receipt, status_note, withdrawn

__all__ = [
    "CALLBACK",
    "FormRead",
    "Message",
    "answer_to_message",
    "code_receipt",
    "field_errors",
    "fitted",
    "form",
    "help_note",
    "later",
    "leftovers",
    "loading",
    "notice",
    "offer",
    "one_sentence",
    "own_list",
    "read_form",
    "receipt",
    "routing",
    "said",
    "saving",
    "status_note",
    "stopped",
    "trouble",
    "warned",
    "withdrawn",
]

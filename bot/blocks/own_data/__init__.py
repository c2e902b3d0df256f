"""How a person's own data looks: page by page, as a text to take along, and the form by which it is erased."""

from bot.blocks.own_data._forms import (
    ERASE,
    OTHER,
    cleared,
    erase_form,
    erased,
    handed_out,
    kept,
    other_form,
    read_other,
    read_what,
    texts_go,
    to_be_erased,
)
from bot.blocks.own_data._pages import PAGE, as_text, page, page_in

__all__ = [
    "ERASE",
    "OTHER",
    "PAGE",
    "as_text",
    "cleared",
    "erase_form",
    "erased",
    "handed_out",
    "kept",
    "other_form",
    "page",
    "page_in",
    "read_other",
    "read_what",
    "texts_go",
    "to_be_erased",
]

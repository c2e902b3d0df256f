"""How practice cards look: the form, the page, the list, what is told of them, and reading the forms back."""

from bot.blocks.practices._form import PracticeRead, TriedRead, form, read_form, read_tried, tried_form
from bot.blocks.practices._list import FORM as LIST
from bot.blocks.practices._list import at_home, carried_wanted, listed, read_wanted
from bot.blocks.practices._messages import contact, decided, files_follow, gone_post, introduced, news, post
from bot.blocks.practices._page import EARLIER, earlier_page, page, read_review, review

__all__ = [
    "EARLIER",
    "LIST",
    "PracticeRead",
    "TriedRead",
    "at_home",
    "carried_wanted",
    "contact",
    "decided",
    "earlier_page",
    "files_follow",
    "form",
    "gone_post",
    "introduced",
    "listed",
    "news",
    "page",
    "post",
    "read_form",
    "read_review",
    "read_tried",
    "read_wanted",
    "review",
    "tried_form",
]

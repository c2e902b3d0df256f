"""The weekly digest (viikkokooste): when it is due, what it counts, what rises, and how it is cut into messages."""

from bot.rules.digests._counts import (
    BASELINE,
    SILENT_WEEKS,
    Cell,
    Content,
    Figures,
    KindCount,
    Moved,
    Overdue,
    Taken,
    ThemeCount,
    count_by_kind,
    count_by_theme,
    silent,
    span_of,
    theme_counts,
)
from bot.rules.digests._due import Past, Rule, Span, due, is_late, slots
from bot.rules.digests._pages import FIRST_WORDS, Shown, paged
from bot.rules.digests._rising import Rising, rising

__all__ = [
    "BASELINE",
    "FIRST_WORDS",
    "SILENT_WEEKS",
    "Cell",
    "Content",
    "Figures",
    "KindCount",
    "Moved",
    "Overdue",
    "Past",
    "Rising",
    "Rule",
    "Shown",
    "Span",
    "Taken",
    "ThemeCount",
    "count_by_kind",
    "count_by_theme",
    "due",
    "is_late",
    "paged",
    "rising",
    "silent",
    "slots",
    "span_of",
    "theme_counts",
]

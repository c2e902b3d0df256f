"""Questions about what digests count, and about the weeks that they have counted."""

from storage.digests._counts import areas, cells, first_week, heard, most_overdue, named, overdue
from storage.digests._observations import Begun, by_number, moved, new
from storage.digests._published import authors, filed
from storage.digests._runs import KIND, begin, counted_until, opened_last, since, unsent_since

__all__ = [
    "KIND",
    "Begun",
    "areas",
    "authors",
    "begin",
    "by_number",
    "cells",
    "counted_until",
    "filed",
    "first_week",
    "heard",
    "most_overdue",
    "moved",
    "named",
    "new",
    "opened_last",
    "overdue",
    "since",
    "unsent_since",
]

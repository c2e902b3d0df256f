"""Questions about what digests count, and about the weeks that they have counted."""

from storage.digests._counts import areas, cells, first_week, heard, most_overdue, named, overdue
from storage.digests._observations import Begun, by_number, moved, new
from storage.digests._runs import begin, counted_until, since, unsent_since

__all__ = [
    "Begun",
    "areas",
    "begin",
    "by_number",
    "cells",
    "counted_until",
    "first_week",
    "heard",
    "most_overdue",
    "moved",
    "named",
    "new",
    "overdue",
    "since",
    "unsent_since",
]

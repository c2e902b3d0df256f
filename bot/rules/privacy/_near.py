"""The stretches of a text that stand near numbers, so that slow searches may leave the rest unread."""

import re
from collections.abc import Iterator

_AFTER = len(" - syntyneeseen, ")


def near(numbers: re.Pattern[str], text: str, before: int) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch that begins so many signs before a number and ends soon after it, joined."""
    start = end = -1
    for found in numbers.finditer(text):
        reach = max(0, found.start() - before)
        if start < 0:
            start = reach
        elif reach > end:
            yield start, end
            start = reach
        end = found.end() + _AFTER
    if start >= 0:
        yield start, end

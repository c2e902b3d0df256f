"""The look of all pictures: few calm colours, which a copier and the colour-blind keep apart, and where lines break."""

from collections.abc import Sequence
from textwrap import wrap

INK, MAIN, LINE = "#1f1f1f", "#1d4f7c", "#8a8a8a"  # all but INK are at least 3:1 on white
FULL = 0.86  # of the width is the longest bar, so that its number has room after it
HEADROOM = 1.35  # of the highest column is the strip, so that its number and the strip's name have room over it
MOST_NUMBERED = 26  # columns that each have room for their number
LETTERS_UNDER = 80  # have room side by side under the columns


def lines_of(label: str, width: int) -> list[str]:
    """The label in lines of so many characters; a longer word is broken."""
    return wrap(label, width, max_lines=3, placeholder=" …") or ["…"]


def step_of(moments: Sequence[str]) -> int:
    """Every how manyth moment is named, so that no name runs into the next."""
    longest = max(map(len, moments), default=0) + 2
    return -(-len(moments) * longest // LETTERS_UNDER) or 1

"""Pictures of figures, all of one look: no person, no text of anybody, no author in the file.

Bars are sorted by size, with their numbers at the end, so that nothing has to be read off an axis; time runs in slim
columns. What is shown by colour is told by place, thickness and words too.
"""

from bot.exports.charts._svg import svg
from bot.exports.charts._words import told
from bot.exports.content import Bars, Times
from bot.texts import Texts

__all__ = ["png", "svg", "told"]


def png(t: Texts, picture: Bars | Times, title: str = "") -> bytes:
    """The picture as PNG, 16 cm wide in print; with its title where nothing around it says that."""
    from bot.exports.charts._png import drawn  # noqa: PLC0415 - matplotlib takes 42 MB, for those who draw

    return drawn(t, picture, title)

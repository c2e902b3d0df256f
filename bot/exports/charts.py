"""Pictures of figures, as PNG: no person, no text of anybody, no author in the file."""

from collections.abc import Sequence
from io import BytesIO

INCHES, DOTS = (8.0, 3.6), 120
COLOURS = ("#a03b2a", "#2f7d4f", "#c9962b", "#3b5b8c", "#6d6d6d")
HATCHES = ("", "//", "..", "xx", "--")  # with which the colour-blind tell them apart too


def stacked(weeks: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], title: str) -> bytes:
    """Bars for each week, one part for each row (label, counts), in the order given.

    The letters come from DejaVu Sans, which lies inside matplotlib, so that no font of the system is needed.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - 42 MB, for those who draw
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    font, small = (FontProperties(family="DejaVu Sans", size=size) for size in (11, 8))
    figure = Figure(figsize=INCHES, dpi=DOTS, layout="constrained")
    axes = figure.add_subplot()
    below = [0] * len(weeks)
    for place, (label, counts) in enumerate(rows):
        colour, hatch = COLOURS[place % len(COLOURS)], HATCHES[place % len(HATCHES)]
        axes.bar(range(len(weeks)), counts, bottom=below, label=_safe(label), color=colour, hatch=hatch)
        below = [sum(pair) for pair in zip(below, counts, strict=True)]
    axes.set_title(_safe(title), fontproperties=font)
    axes.set_xticks(range(len(weeks)), [_safe(week) for week in weeks], rotation=30, fontproperties=small)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(prop=small, frameon=False)
    file = BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _safe(text: str) -> str:
    """The text without what the font cannot draw (an emoji becomes a box) and without mathematical markup."""
    from matplotlib import get_data_path  # noqa: PLC0415
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    drawn = FT2Font(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf").get_charmap()
    return "".join(sign if ord(sign) in drawn else "□" for sign in text).replace("$", r"\$")

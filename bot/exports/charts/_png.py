"""Pictures as PNG, for files and messages. The letters come from DejaVu Sans, which lies inside matplotlib."""

from io import BytesIO
from typing import Any

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Patch

from bot.exports.charts._look import (
    FULL,
    HEADROOM,
    INK,
    LINE,
    MAIN,
    MOST_NUMBERED,
    lines_of,
    step_of,
)
from bot.exports.content import Bars, Table, Times, size, table_of
from bot.exports.phrases import said
from bot.texts import Texts

WIDTH, DOTS = 6.3, 200  # inches, and dots in each
LETTERS, LETTERS_ABOVE, SHORT = 34, 66, 12  # of a label, of a title, and of what stands for a number, on a line
LINE_HIGH, GAP, GAP_OF_TWO, STRIP = 0.19, 0.09, 0.15, 0.95  # inches
OUTLINED: dict[str, Any] = {"facecolor": "white", "edgecolor": MAIN, "linewidth": 0.8}
SMALL, PLAIN, LARGE = (FontProperties(family="DejaVu Sans", size=points) for points in (8.5, 9.5, 11))


def drawn(t: Texts, picture: Bars | Times, title: str) -> bytes:
    """The picture as the bytes of a file that names nobody and nothing."""
    table = table_of(picture) or picture.table
    heading = lines_of(title, LETTERS_ABOVE) if title else []
    height = _height(table, picture) + (0.15 + 0.2 * len(heading) if title else 0)
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    if title:
        figure.suptitle(_safe("\n".join(heading)), x=0.005, ha="left", fontproperties=LARGE, color=INK)
    if isinstance(picture, Bars):
        _draw_bars(t, figure.add_subplot(), table, picture)
        if picture.beside:
            _key(figure, table, picture)
    else:
        _draw_strips(t, figure, table)
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _height(table: Table, picture: Bars | Times) -> float:
    if isinstance(picture, Times):
        return 0.4 + STRIP * (len(table.header) - 1)
    rows = _rows_high(table, beside=picture.beside)
    return 0.25 + sum(rows) + (0.65 if picture.beside else 0)


def _rows_high(table: Table, *, beside: bool) -> list[float]:
    """The height of each row, with the gap to the next one."""
    gap = GAP_OF_TWO if beside else GAP
    labels = [len(lines_of(str(row[0]), LETTERS)) for row in table.rows]
    return [max(lines * LINE_HIGH, 0.26 if beside else 0.18) + gap for lines in labels]


def _draw_bars(t: Texts, axes: Axes, table: Table, picture: Bars) -> None:
    beside, columns = picture.beside, picture.columns
    longest = max((size(row[column]) for row in table.rows for column in columns), default=0) or 1
    at, places = 0.0, []
    for row, high in zip(table.rows, _rows_high(table, beside=beside), strict=True):
        places.append(at + high / 2)
        for column in columns:
            is_main = column == columns[0]
            middle, thick = _bar(at + high / 2, is_main=is_main, beside=beside)
            look = _filled(LINE if row[0] in picture.last else MAIN) if is_main else OUTLINED
            axes.barh(middle, size(row[column]), height=thick, **look)
            axes.text(
                size(row[column]) + longest * 0.012,
                middle,
                _safe(lines_of(said(t, row[column]), SHORT)[0]),
                va="center",
                fontproperties=PLAIN if is_main else SMALL,
                color=INK,
            )
        at += high
    labels = [_safe("\n".join(lines_of(str(row[0]), LETTERS))) for row in table.rows]
    axes.set_yticks(places, labels, fontproperties=PLAIN, color=INK)
    axes.set_ylim(at or 1, 0)
    axes.set_xlim(0, longest / FULL)
    _bare(axes)
    axes.spines["left"].set_visible(True)


def _bar(middle: float, *, is_main: bool, beside: bool) -> tuple[float, float]:
    """Middle and thickness of a bar."""
    if not beside:
        return middle, 0.2
    return (middle - 0.08, 0.17) if is_main else (middle + 0.1, 0.09)


def _filled(colour: str) -> dict[str, Any]:
    return {"color": colour}


def _key(figure: Figure, table: Table, picture: Bars) -> None:
    """Which bar is which, above them all; names that are long stand one under the other."""
    looks = {table.header[2]: _filled(MAIN), table.header[1]: OUTLINED, picture.left_over(): _filled(LINE)}
    patches = [Patch(**look, label=_safe(lines_of(name, LETTERS_ABOVE)[0])) for name, look in looks.items() if name]
    beside = len(patches) if sum(map(len, looks)) <= LETTERS_ABOVE else 1
    figure.legend(handles=patches, prop=SMALL, frameon=False, ncols=beside, loc="outside upper right")


def _draw_strips(t: Texts, figure: Figure, table: Table) -> None:
    series = len(table.header) - 1
    highest = max((size(cell) for row in table.rows for cell in row[1:]), default=0) or 1
    strips = figure.subplots(series, 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for number, axes in enumerate(strips, start=1):
        axes.bar(range(len(table.rows)), [size(row[number]) for row in table.rows], width=0.6, color=MAIN)
        axes.set_ylim(0, highest * HEADROOM)
        axes.tick_params(labelleft=False)
        axes.set_title(
            _safe(lines_of(table.header[number], LETTERS_ABOVE)[0]), loc="left", fontproperties=PLAIN, color=INK, pad=2
        )
        _bare(axes)
        axes.spines["bottom"].set_visible(True)
        if len(table.rows) <= MOST_NUMBERED:
            _write_numbers(t, axes, table, number)
    moments = [_safe(lines_of(str(row[0]), LETTERS)[0]) for row in table.rows]
    named = range(0, len(moments), step_of(moments))
    strips[-1].set_xticks(named, [moments[place] for place in named], fontproperties=SMALL, color=INK)
    strips[-1].tick_params(labelbottom=True)


def _write_numbers(t: Texts, axes: Axes, table: Table, column: int) -> None:
    for place, row in enumerate(table.rows):
        if size(row[column]):
            words = _safe(lines_of(said(t, row[column]), SHORT)[0])
            axes.annotate(
                words,
                (place, size(row[column])),
                (0, 2),
                textcoords="offset points",
                ha="center",
                fontproperties=SMALL,
                color=INK,
            )


def _bare(axes: Axes) -> None:
    """No box, no ticks, no scale: the numbers stand beside what they measure."""
    axes.spines[:].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(LINE)
    axes.tick_params(length=0, labelbottom=False)


def _safe(text: str) -> str:
    """The text without what the font cannot draw (an emoji becomes a box) and without mathematical markup."""
    known = FT2Font(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf").get_charmap()
    return "".join(sign if sign == "\n" or ord(sign) in known else "□" for sign in text).replace("$", r"\$")

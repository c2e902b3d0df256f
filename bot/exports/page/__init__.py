"""Documents as one page without anything from outside: for a phone, a large screen, light and dark, and paper."""

from collections.abc import Callable, Mapping
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from bot.exports import charts
from bot.exports.content import (
    Bars,
    Cell,
    Document,
    Facts,
    Link,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
    Times,
    table_of,
)
from bot.exports.phrases import author, leads_out, lies, listed, said, under_title
from bot.texts import Texts

LOOK = Path(__file__).with_name("look.css")
MOST_BESIDE = 2  # columns that a narrow screen has room for beside each other
MOST_KEPT = 900  # letters of a table that stays on one page of paper
LYING = "@page { size: A4 landscape; margin: 1.5cm; }\n@media print { th, td { font-size: 10pt; } }\n"
NOTHING_FROM_OUTSIDE = "default-src 'none'; style-src 'unsafe-inline'"


def drawn(document: Document) -> bytes:
    """The whole page. Raises FileNotFoundError where its look is gone."""
    t = Texts(document.language)
    look = LOOK.read_text("utf-8") + (_on_every_page(document.warning) if document.warning else "")
    look += LYING if lies(document) else ""
    numbers = count(1)
    sections = [_section(t, section, 2, numbers) for section in document.sections]
    before, rest = sections[: document.first_page], sections[document.first_page :]
    page = f"""<!doctype html>
<html lang="{document.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{NOTHING_FROM_OUTSIDE}">
<title>{escape(document.title)}</title>
{_author(document)}<style>
{look}</style>
</head>
<body>
<main>
{_title(t, document)}
{"".join(before)}
{_contents(t, document)}
{"".join(rest)}
</main>
</body>
</html>
"""
    return _with_languages(page, document.foreign).encode()


def _with_languages(page: str, foreign: tuple[str, ...]) -> str:
    """With the language of every element whose words are all in Finnish."""
    for line in foreign:
        page = page.replace(f">{escape(line)}</", f' lang="fi">{escape(line)}</')
    return page


def _author(document: Document) -> str:
    name = author(document)
    return f'<meta name="author" content="{escape(name)}">\n' if name else ""


def _on_every_page(warning: str) -> str:
    """The rule that prints the warning at the head of every page; nothing in the words can end it."""
    words = "".join(sign if sign.isalnum() or sign in " .," else f"\\{ord(sign):x} " for sign in warning)
    return f'@page {{ @top-left {{ content: "{words}"; font-weight: bold; }} }}\n'


def _title(t: Texts, document: Document) -> str:
    parts = [("p", "warning", document.warning), ("h1", "", document.title), ("p", "subtitle", document.subtitle)]
    lines = [_element(tag, words, name) for tag, name, words in parts if words.strip()]
    return "\n".join([*lines, *(_element("p", line, "under") for line in under_title(t, document))])


def _element(tag: str, words: str, name: str = "") -> str:
    opening = f'{tag} class="{name}"' if name else tag
    return f"<{opening}>{_lines(words)}</{tag}>"


def _lines(words: str) -> str:
    return "<br>".join(escape(line) for line in words.strip().splitlines())


def _contents(t: Texts, document: Document) -> str:
    links = [
        f'<li class="level{level}"><a href="#s{number}">{_lines(section.heading)}</a></li>'
        for number, level, section in listed(document)
    ]
    title = escape(t("Contents"))
    name = ' class="new-page"' if document.first_page else ""
    whole = f'<nav{name} aria-labelledby="contents"><h2 id="contents">{title}</h2><ul>{"".join(links)}</ul></nav>'
    return whole if links else ""


def _section(t: Texts, section: Section, level: int, numbers: "count[int]") -> str:
    name = ' class="new-page"' if section.new_page else ""
    heading = f'<h{level} id="s{next(numbers)}"{name}>{_lines(section.heading)}</h{level}>'
    parts = [
        _table(t, part, named=part.title == section.heading)
        if isinstance(part, Table)
        else WRITERS[type(part)](t, part)
        for part in section.parts
    ]
    return "\n".join([heading, *parts, *(_section(t, inner, level + 1, numbers) for inner in section.sections), ""])


def _paragraph(_: Texts, part: Paragraph) -> str:
    return "\n".join(_element("p", line) for line in part.text.splitlines() if line.strip())


def _points(_: Texts, part: Points) -> str:
    tag = "ol" if part.numbered else "ul"
    return f"<{tag}>{''.join(_element('li', item) for item in part.items if item.strip())}</{tag}>"


def _facts(_: Texts, part: Facts) -> str:
    lines = [f"<div>{_element('dt', f'{name}:')} {_element('dd', value)}</div>" for name, value in part.items]
    return f"<dl>{''.join(lines)}</dl>"


def _note(_: Texts, part: Note) -> str:
    return _element("p", part.text, "note")


def _link(_: Texts, part: Link) -> str:
    if not leads_out(part):
        return _element("p", f"{part.text}: {part.address}")
    return f'<p><a href="{escape(part.address)}">{escape(part.text)}</a></p>'


def _table(t: Texts, table: Table, *, named: bool = False) -> str:
    """The table in a frame that a narrow screen can move sideways, by keys too; of many columns, rows are cards there.

    `named` says that the title stands above already.
    """
    head = "".join(
        f"<th{_class(_of_column(table, column))} role=columnheader scope=col>{_lines(name)}</th>"
        for column, name in enumerate(table.header)
    )
    rows = "".join(f"<tr role=row>{_row(t, table, row)}</tr>\n" for row in table.rows)
    kind = "table cards" if len(table.header) > MOST_BESIDE else "table"
    kind += " kept" if sum(len(said(t, cell)) for row in table.rows for cell in row) <= MOST_KEPT else ""
    return (
        f'<div class="{kind}" role="group" tabindex="0" aria-label="{escape(table.title)}"><table role=table>'
        f"{_caption(table, named=named)}<thead role=rowgroup><tr role=row>{head}</tr></thead>"
        f"<tbody role=rowgroup>\n{rows}</tbody></table></div>"
    )


def _caption(table: Table, *, named: bool) -> str:
    title, about = _lines(table.title), _lines(table.description)
    lines = [f"<strong>{title}</strong>"] if not (named and about) else []
    return f"<caption>{' '.join([*lines, *([f'<span>{about}</span>'] if about else [])])}</caption>"


def _row(t: Texts, table: Table, row: tuple[Cell, ...]) -> str:
    cells = [
        f'<td{_class(cell)} role=cell data-name="{escape(name)}">{_lines(said(t, cell)) or "–"}</td>'
        for name, cell in zip(table.header[1:], row[1:], strict=True)
    ]
    return f"<th role=rowheader scope=row>{_lines(said(t, row[0])) or '–'}</th>{''.join(cells)}"


def _class(cell: Cell) -> str:
    return "" if isinstance(cell, str) else ' class="number"'


def _of_column(table: Table, column: int) -> Cell:
    return table.rows[0][column] if table.rows else ""


def _picture(t: Texts, part: Bars | Times) -> str:
    title = f"<figcaption><strong>{_lines(part.table.title)}</strong></figcaption>"
    note = _element("p", part.note, "note") if part.note else ""
    table = _table(t, table_of(part) or part.table, named=True)
    return f"<figure>{title}{charts.svg(t, part)}</figure>\n{table}{note}"


WRITERS: Mapping[type, Callable[[Texts, Any], str]] = {
    Paragraph: _paragraph,
    Points: _points,
    Facts: _facts,
    Note: _note,
    Link: _link,
    Bars: _picture,
    Times: _picture,
}

"""The first page: what is proposed to whom, what matters most, and what followed from the last summary."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from textwrap import wrap

from bot.exports.content import Note, Paragraph, Part, Points, Section, Table
from bot.exports.summaries._numbers import NOTE
from bot.exports.summaries._words import Words, period_in_words
from bot.rules.cuts import beginning
from bot.rules.statuses import CLOSED
from bot.rules.summaries import HANDLED_CELLS, PROPOSAL_CELLS, in_finnish, lines, rows
from bot.texts import Texts

PAGE = 32  # lines of a page that are left for what follows, beside headings, the title and the first sentence
LINE, TITLE, COLUMNS = 86, 54, (20, 11, 15, 9, 16)  # letters on a line: text, title, proposals
MOST_LINES, MOST_OF_A_LINE = 4, 2 * LINE  # lines of a cell of these, and letters of what else is written
BEFORE = 3  # so many proposals come before what followed
BETWEEN, AROUND = 0.3, 3  # lines of room between paragraphs, and around a note
DONE, FORWARD = ("toteutunut", "osin", "jaettu"), ("viety",)


def sections(words: Words) -> list[Section]:
    """The first page; where that has no room for all, proposals and highlights stand whole in a second section."""
    heading = words.t("All proposals and highlights")
    page, whole = _fitted(words, heading), _section(words, highlights_of(words), ())
    is_whole = page.sections[: len(whole.sections)] == whole.sections
    return [page] if is_whole else [page, replace(whole, heading=heading, parts=())]


def one_page(words: Words) -> Section:
    """The same alone, with the note on its numbers."""
    note = words.t(NOTE)
    made = _fitted(words, "", _high(note, LINE) + AROUND)
    return replace(made, parts=(*made.parts, Note(note)))


def _fitted(words: Words, elsewhere: str, taken: float = 0) -> Section:
    """No more than one page: where that is too little, of long lines the beginning, of proposals the first ones.

    `elsewhere` is the heading under which all of them stand, "" for the whole summary; so many lines are `taken`.
    """
    highlights, since = highlights_of(words), tuple(_since(words))
    found = proposals(words, words.t("What is proposed"))
    high = sum(_rows_high(found)) if isinstance(found, Table) else 1
    for told in (since, ()) if elsewhere else (since,):  # what followed has a section of its own in the whole summary
        if high <= _room(words, highlights, told) - taken:
            return _section(words, highlights, told)
    highlights = tuple(_cut(one, MOST_OF_A_LINE) for one in highlights)
    since = () if elsewhere else tuple(Paragraph(_cut(part.text, MOST_OF_A_LINE)) for part in since)
    while since and _room(words, highlights, since) - taken < BEFORE * MOST_LINES:
        since = since[:-1]
    if not isinstance(found, Table):
        return _section(words, highlights, since)
    room = _room(words, highlights, since) - taken
    return _section(words, highlights, since, tuple(_first_of(words, found, room, elsewhere)))


def _room(words: Words, highlights: Sequence[str], since: Sequence[Paragraph]) -> float:
    """The lines that are left for the proposals."""
    t, found = words.t, words.found
    finnish = t("For the time being some texts are in Finnish only.") if in_finnish(found, t.language) else ""
    title = t("Summary of social reporting {period}", period=period_in_words(t, found.period))
    written = (found.words.subtitle, found.words.sender, finnish, *highlights, *(part.text for part in since))
    return PAGE - 2 * (len(wrap(title, TITLE)) - 1) - sum(_high(line, LINE) for line in written)


def _section(
    words: Words, highlights: tuple[str, ...], since: tuple[Part, ...], proposed: tuple[Part, ...] = ()
) -> Section:
    t = words.t
    inside = [Section(t("What is proposed"), proposed or (proposals(words, t("What is proposed")),))]
    inside += [Section(t("Highlights"), (Points(highlights),))] if highlights else []
    inside += [Section(t("What followed from the last summary"), since)] if since else []
    return Section(t("In brief"), (Paragraph(scope(words)),), tuple(inside))


def _first_of(words: Words, found: Table, room: float, elsewhere: str) -> Iterator[Part]:
    """The beginning of as many proposals as there is room for, and how many more stand where."""
    rows = [
        tuple(_cut(str(cell), MOST_LINES * letters) for cell, letters in zip(row, COLUMNS, strict=True))
        for row in found.rows
    ]
    found = replace(found, rows=tuple(rows))
    kept = max(1, sum(top <= room for top in accumulate(_rows_high(found), initial=1)) - 1)
    yield replace(found, rows=found.rows[:kept])
    if left := len(found.rows) - kept:
        yield Paragraph(_left_out(words.t, left, elsewhere))


def _left_out(t: Texts, left: int, elsewhere: str) -> str:
    if not elsewhere:
        return t.many(
            "{n} more proposal is in the whole summary.", "{n} more proposals are in the whole summary.", left
        )
    return t.many(
        "{n} more proposal is under the heading “{heading}”.",
        "{n} more proposals are under the heading “{heading}”.",
        left,
        heading=elsewhere,
    )


def _rows_high(table: Table) -> list[float]:
    return [max(map(_high, map(str, row), COLUMNS)) for row in table.rows]


def _high(text: str, letters: int) -> float:
    """How many lines of text the words are as high as, where so many letters stand on a line."""
    return sum(len(wrap(line, letters)) for line in text.splitlines()) + BETWEEN if text else 0


def _cut(text: str, letters: int) -> str:
    return beginning(" ".join(text.split()), letters)


def highlights_of(words: Words) -> tuple[str, ...]:
    return tuple(lines(words.found.words.highlights))


def scope(words: Words) -> str:
    """One sentence of the period, and of how much there is; a number only where numbers are told."""
    t, found = words.t, words.found
    span = period_in_words(t, found.period)
    if not found.tables.cells:
        return t("This summary tells what the network noticed in its daily work {period}.", period=span)
    return t.many(
        "In the period {period} social-work practitioners of the network recorded {n} observation.",
        "In the period {period} social-work practitioners of the network recorded {n} observations.",
        found.tables.total,
        period=span,
    )


def proposals(words: Words, title: str) -> Part:
    """A row for each proposal that is open, and for those that the coordinators wrote beside phenomena."""
    t, unknown = words.t, words.t("not named yet")
    found = [
        (row.proposal, words.addressee(row) or unknown, row.actor or unknown, row.deadline or unknown, row.title)
        for row in (told.row for told in words.found.phenomena)
        if row.proposal and row.status not in CLOSED
    ]
    beside = [
        (*(cell or unknown for cell in cells), t("no single one"))
        for cells in rows(words.found.words.proposals, PROPOSAL_CELLS[1])
    ]
    header = (t("Proposal"), t("Whom it is for"), t("Who answers for it"), t("By when"), t("Phenomenon"))
    if not found and not beside:
        return Paragraph(t("No proposals have been written for this summary yet."))
    return Table(title, t("Each row is one proposal."), header, (*found, *beside))


def _since(words: Words) -> Iterator[Paragraph]:
    """Two lines: how far the phenomena of the last summary have come, and where it was handled last."""
    t, statuses = words.t, Counter(row.status for row in words.found.followed)
    if words.found.followed:
        done, forward = (sum(statuses[one] for one in some) for some in (DONE, FORWARD))
        yield Paragraph(
            t(
                "Of the {all} phenomena of the last summary {done} have led to action, and {forward} have been taken"
                " forward.",
                all=len(words.found.followed),
                done=done,
                forward=forward,
            )
        )
    for where, when, decided in rows(words.found.before.handled, HANDLED_CELLS[1])[-1:]:
        said = f"{where}, {when}: {decided}" if decided else f"{where}, {when}"
        yield Paragraph(t("The last summary was handled: {handled}", handled=said))

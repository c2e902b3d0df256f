"""The first page: what is proposed to whom, what matters most, and what followed from the last summary."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil
from textwrap import shorten

from bot.exports.content import Note, Paragraph, Part, Points, Section, Table
from bot.exports.summaries._numbers import NOTE
from bot.exports.summaries._words import Words, period_in_words
from bot.rules.statuses import CLOSED
from bot.rules.summaries import HANDLED_CELLS, PROPOSAL_CELLS, in_finnish, lines, rows

PAGE = 30  # lines of a page that are left for what follows, beside headings, the title and the first sentence
LINE, TITLE, COLUMNS = 86, 56, (26, 13, 16, 10, 20)  # letters on a line: text, title, proposals
MOST_LINES = 4  # of a cell of these
RAGGED, BETWEEN, AROUND = 1.1, 0.3, 2  # lines are not full; lines of room between paragraphs, and around a note
DONE, FORWARD = ("toteutunut", "osin", "jaettu"), ("viety",)


def section(words: Words) -> Section:
    """Where the page has no room for what followed, that is told in its own section alone."""
    highlights, since = highlights_of(words), tuple(_since(words))
    table = proposals(words, "")
    high = sum(_rows_high(table)) if isinstance(table, Table) else 1
    return _section(words, highlights, since if high <= _room(words, highlights, since) else ())


def one_page(words: Words) -> Section:
    """The same where no more than one page may come of it: of long lines the beginning, of proposals the first ones."""
    highlights = tuple(shorten(one, 2 * LINE, placeholder=" …") for one in highlights_of(words))
    since = tuple(Paragraph(shorten(part.text, 2 * LINE, placeholder=" …")) for part in _since(words))
    note = _high(words.t(NOTE), LINE) + AROUND
    while since and _room(words, highlights, since) - note < MOST_LINES:  # a proposal comes before what followed
        since = since[:-1]
    made = _section(words, highlights, since, _room(words, highlights, since) - note)
    return replace(made, parts=(*made.parts, Note(words.t(NOTE))))


def _room(words: Words, highlights: Sequence[str], since: Sequence[Paragraph]) -> float:
    """The lines that are left for the proposals."""
    head = (words.found.words.subtitle, words.found.words.sender, *in_finnish(words.found, words.t.language)[:1])
    title = words.t("Summary of social reporting {period}", period=period_in_words(words.t, words.found.period))
    over = 2 * (ceil(RAGGED * len(title) / TITLE) - 1)
    return PAGE - over - sum(_high(line, LINE) for line in (*head, *highlights, *(part.text for part in since)))


def _section(words: Words, highlights: tuple[str, ...], since: tuple[Part, ...], room: float = 0) -> Section:
    t = words.t
    inside = [Section(t("What is proposed"), tuple(_proposals_within(words, room)))]
    inside += [Section(t("Highlights"), (Points(highlights),))] if highlights else []
    inside += [Section(t("What followed from the last summary"), since)] if since else []
    return Section(t("In brief"), (Paragraph(scope(words)),), tuple(inside))


def _proposals_within(words: Words, room: float) -> Iterator[Part]:
    """The proposals; where the room is given, the beginning of as many as it holds, and how many are left out."""
    found = proposals(words, words.t("What is proposed"))
    if not room or not isinstance(found, Table):
        yield found
        return
    rows = [
        tuple(
            shorten(str(cell), MOST_LINES * letters, placeholder=" …")
            for cell, letters in zip(row, COLUMNS, strict=True)
        )
        for row in found.rows
    ]
    found = replace(found, rows=tuple(rows))
    kept = max(1, sum(top <= room for top in accumulate(_rows_high(found))))
    yield replace(found, rows=found.rows[:kept])
    if left := len(found.rows) - kept:
        said = words.t.many(
            "{n} more proposal is in the whole summary.", "{n} more proposals are in the whole summary.", left
        )
        yield Paragraph(said)


def _rows_high(table: Table) -> list[float]:
    return [max(map(_high, map(str, row), COLUMNS)) for row in table.rows]


def _high(text: str, letters: int) -> float:
    """How many lines of text the words are as high as, where so many letters stand on a line."""
    return ceil(RAGGED * len(text) / letters) + BETWEEN if text else 0


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

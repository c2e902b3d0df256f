"""The first page: what is proposed to whom, what matters most, and what followed from the last summary."""

from collections import Counter
from collections.abc import Iterator

from bot.exports.content import Paragraph, Part, Points, Section, Table
from bot.exports.summaries._words import Words, period_in_words
from bot.rules.statuses import CLOSED
from bot.rules.summaries import HANDLED_CELLS, PROPOSAL_CELLS, lines, rows

DONE, FORWARD = ("toteutunut", "osin", "jaettu"), ("viety",)


def section(words: Words) -> Section:
    t = words.t
    return Section(
        t("In brief"),
        (Paragraph(scope(words)),),
        (
            Section(t("What is proposed"), (proposals(words),)),
            *([Section(t("Highlights"), (Points(highlights),))] if (highlights := highlights_of(words)) else []),
            *([Section(t("What followed from the last summary"), since)] if (since := tuple(_since(words))) else []),
        ),
    )


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


def proposals(words: Words) -> Part:
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
    return Table(t("Proposals and who answers for them"), t("Each row is one proposal."), header, (*found, *beside))


def _since(words: Words) -> Iterator[Part]:
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

"""The text for a board's agenda, in the parts that a secretary needs, to be copied into the board's own system."""

from bot.exports.content import Note, Paragraph, Points, Section, Table
from bot.exports.summaries._first_page import highlights_of, proposals, scope
from bot.exports.summaries._numbers import NOTE
from bot.exports.summaries._words import Words, period_in_words


def sections(words: Words) -> tuple[Section, ...]:
    t, span = words.t, period_in_words(words.t, words.found.period)
    titles = tuple(told.row.title for told in words.found.phenomena)
    findings = highlights_of(words) or titles
    asked = proposals(words, t("Proposals"))
    decided = t("The summary of social reporting {period} is noted.", period=span)
    if isinstance(asked, Table):
        decided = t("[The body] notes the summary, and decides to send the proposals to those who answer for them.")
        if any(t("not named yet") in row[2:4] for row in asked.rows):
            decided += " " + t("For proposals that lack them, [the body] names who answers for them, and by when.")
    nothing = Paragraph(t("No phenomena have been written for this period yet."))
    return (
        Section(t("Matter and background"), (Paragraph(scope(words)), Paragraph(_background(words)), Note(t(NOTE)))),
        Section(t("Main findings"), (Points(findings) if findings else nothing,)),
        Section(t("Proposals"), (asked,)),
        Section(t("Assessment of effects"), (Paragraph(t("[to be filled in by who prepares the matter]")),)),
        Section(t("Proposed decision"), (Paragraph(decided),)),
        Section(t("Annex"), (Paragraph(t("Summary of social reporting {period}", period=span)),)),
    )


def _background(words: Words) -> str:
    return words.t(
        "Social reporting is part of structural social work: practitioners record on a general level what does not"
        " work, what works and what is coming. Small groups are counted together, and nobody's own text is printed."
    )

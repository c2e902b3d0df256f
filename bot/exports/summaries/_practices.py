"""The practice cards that were published in the period, in short; left out where there are none."""

from bot.exports.content import Facts, Paragraph, Section
from bot.exports.practices import first_sentence
from bot.exports.summaries._words import Words
from bot.rules.practices import area_of
from storage.models import Practice


def section(words: Words) -> Section | None:
    """Name, place and the first sentence of each; nobody's name."""
    if not words.found.practices:
        return None
    said = Paragraph(words.t("What works somewhere in the network, so that it can be tried elsewhere."))
    return Section(words.t("Practice cards"), (said,), tuple(_card(words, row) for row in words.found.practices))


def _card(words: Words, row: Practice) -> Section:
    area = area_of(row, words.vocabularies, words.t.language)
    facts = [(words.t("Unit or municipality"), row.unit), (words.t("Area"), area)]
    told = tuple((name, value) for name, value in facts if value)
    return Section(row.name, (Paragraph(first_sentence(row.what)), *((Facts(told),) if told else ())))

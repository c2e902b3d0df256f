"""The half-year summary as a document for readers who have never seen Slack: whole, and in three shorter forms."""

from collections.abc import Callable, Iterator

from bot.errors import N_
from bot.exports.content import Document, Section
from bot.exports.summaries import (
    _agenda,
    _annex,
    _first_page,
    _method,
    _numbers,
    _phenomena,
    _practices,
    _response,
    _since,
)
from bot.exports.summaries._files import files, send
from bot.exports.summaries._words import Words, days, period_in_words
from bot.rules.summaries import Summary, in_finnish
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

WHOLE, ONE_PAGE, AGENDA, ANNEX = PRESETS = "whole", "page", "agenda", "annex"
BY = ("addressee", "theme")  # what phenomena are grouped by
BESIDE_A_SUMMARY = N_(
    "Beside a summary of the same time these numbers may tell of single people: what one of them merges can be worked"
    " out from the other."
)

__all__ = [
    "AGENDA",
    "ANNEX",
    "BY",
    "ONE_PAGE",
    "PRESETS",
    "WHOLE",
    "document",
    "file_stem",
    "files",
    "period_in_words",
    "send",
]


def document(t: Texts, vocabularies: Vocabularies, found: Summary, preset: str = WHOLE, by: str = BY[0]) -> Document:
    """The summary in the language of the texts; a working paper says on every page that it is not to be passed on."""
    words = Words(t, vocabularies, found)
    span = period_in_words(t, found.period)
    paper = t("Working paper. For coordinators only: do not pass this on.") if found.is_working_paper else ""
    return Document(
        title=_title(t, preset, span, is_paper=found.is_working_paper),
        subtitle=found.words.subtitle,
        language=t.language,
        period=span,
        day=found.today,
        version=found.tables.version,
        sections=_SECTIONS[preset](words, by),
        warning=paper,
        contents=preset == WHOLE,
        first_page=preset == WHOLE and not (found.is_working_paper or found.is_longer),
        sender=found.words.sender,
        foreign=in_finnish(found, t.language),
        about=tuple(_about(t, found)),
    )


def _about(t: Texts, found: Summary) -> Iterator[str]:
    """What a working paper may tell, that some texts have no translation, and how the numbers were counted."""
    if found.is_working_paper:
        yield t(BESIDE_A_SUMMARY)
    if in_finnish(found, t.language):
        yield t("For the time being some texts are in Finnish only.")
    if found.tables.cells and not found.is_longer:
        yield t(
            "The numbers were counted on {day}. Groups of fewer than {floor} people are counted together.",
            day=t.date(found.tables.made_on),
            floor=found.tables.floor,
        )


def file_stem(t: Texts, found: Summary, preset: str = WHOLE) -> str:
    """The file's name without its ending: what it is, of which days; a working paper has another one."""
    names = {WHOLE: t("summary"), ONE_PAGE: t("summary-page"), AGENDA: t("summary-agenda"), ANNEX: t("summary-annex")}
    name = t("working-paper") if found.is_working_paper else names[preset]
    return f"{name}_{days(found.period)}"


def _title(t: Texts, preset: str, span: str, *, is_paper: bool) -> str:
    if is_paper:
        return t("Working paper on social reporting {period}", period=span)
    if preset == AGENDA:
        return t("For the agenda: summary of social reporting {period}", period=span)
    if preset == ANNEX:
        return t("Social reporting {period}: annex to the wellbeing report", period=span)
    return t("Summary of social reporting {period}", period=span)


def _whole(words: Words, by: str) -> tuple[Section, ...]:
    """In this order; what there is nothing to say of is left out."""
    found = [
        *([] if words.found.is_working_paper or words.found.is_longer else _first_page.sections(words)),
        _phenomena.section(words, by),
        *([] if words.found.is_working_paper or words.found.is_longer else _since.sections(words)),
        _numbers.section(words),
        *_residents(words),
        _practices.section(words),
        *([] if words.found.is_working_paper or words.found.is_longer else [_response.section(words)]),
        _method.section(words),
    ]
    return tuple(one for one in found if one is not None)


def _residents(words: Words) -> list[Section]:
    return [_since.residents(words)] if words.found.words.residents else []


_SECTIONS: dict[str, Callable[[Words, str], tuple[Section, ...]]] = {
    WHOLE: _whole,
    ONE_PAGE: lambda words, _by: (_first_page.one_page(words),),
    AGENDA: lambda words, _by: _agenda.sections(words),
    ANNEX: lambda words, _by: (_annex.section(words),),
}

"""Practice cards as documents: one card a page for readers, and one card in the order of Innokylä's fields."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.exports import formats
from bot.exports.content import Document, Facts, Paragraph, Part, Section, all_sections
from bot.rules.cuts import beginning
from bot.rules.practices import LINES, QUESTIONS, area_of
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import local_day
from bot.texts import Texts
from storage.models import Practice

LANGUAGES = ("fi", "sv")
FORMATS = ("docx", "html")
LONGEST_SHORT = 250  # characters of Innokylä's short description


def files(
    t: Texts, vocabularies: Vocabularies, cards: Sequence[Practice], now: datetime
) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the cards in each format that is read. Raises TemplateGone."""
    found = document(t, vocabularies, cards, now)
    for ending in FORMATS:
        yield f"{_stem(t, cards)}.{ending}", formats.drawn(found, ending)


def innokyla(
    t: Texts, vocabularies: Vocabularies, cards: Sequence[Practice], now: datetime
) -> Iterator[tuple[str, bytes]]:
    """The first card in the order of Innokylä's fields, as a document and as plain text. Raises TemplateGone."""
    found = for_innokyla(t, vocabularies, cards[0], now)
    yield f"{_stem(t, cards)}-innokyla.docx", formats.drawn(found, "docx")
    yield f"{_stem(t, cards)}-innokyla.txt", as_text(found).encode()


def _stem(t: Texts, cards: Sequence[Practice]) -> str:
    """The file's name without its ending: the number, never a name of somebody's."""
    return f"{t('practice-cards')}_{cards[0].number}" if len(cards) == 1 else t("practice-cards")


def document(t: Texts, vocabularies: Vocabularies, cards: Sequence[Practice], now: datetime) -> Document:
    """All of them, one card a page; without anybody's name."""
    day = local_day(now)
    sections = tuple(_card(t, vocabularies, row, new_page=place > 0) for place, row in enumerate(cards))
    title = cards[0].name if len(cards) == 1 else t("Practice cards")
    return Document(title, "", t.language, "", day, 0, sections, contents=len(cards) > 1)


def _card(t: Texts, vocabularies: Vocabularies, row: Practice, *, new_page: bool) -> Section:
    answered = [name for name in QUESTIONS if getattr(row, name)]
    sections = tuple(Section(t(QUESTIONS[name]), (Paragraph(getattr(row, name)),)) for name in answered)
    facts = place_and_lines(t, vocabularies, row)
    return Section(row.name, (Facts(facts),) if facts else (), sections, new_page)


def place_and_lines(t: Texts, vocabularies: Vocabularies, row: Practice) -> tuple[tuple[str, str], ...]:
    """Where it is done, what it is about, and the lines that were filled in."""
    told = (
        (t("Unit or municipality"), row.unit),
        (t("Area"), area_of(row, vocabularies, t.language)),
        (t("Theme"), vocabularies.label("theme", row.theme, t.language) or ""),
        *((t(label), getattr(row, name)) for name, label in LINES.items()),
    )
    return tuple((name, value) for name, value in told if value)


def for_innokyla(t: Texts, vocabularies: Vocabularies, row: Practice, now: datetime) -> Document:
    """The card under Innokylä's headings, with what it does not tell left to be filled in; the contact is left out."""
    blank, day = t("[to be filled in]"), local_day(now)

    def told(*texts: str) -> tuple[Part, ...]:
        return tuple(Paragraph(text) for text in texts if text) or (Paragraph(blank),)

    short = beginning(first_sentence(row.what), LONGEST_SHORT)
    area = vocabularies.label("area", row.area, t.language) or ""
    example = t("Example: {text}", text=row.example) if row.example else ""
    benefits = t("Benefits: {text}", text=row.benefits) if row.benefits else ""
    shape: tuple[tuple[str, tuple[Part, ...]], ...] = (
        (t("Short description"), told(short)),
        (t("Where it is carried out"), told(row.unit)),
        (t("Municipality or wellbeing services county"), told(area)),
        (t("Funder"), told(row.resources)),
        (t("Basic idea of the solution"), told(row.what, benefits, example)),
        (t("What it takes to work and to be taken into use"), told(row.challenges, row.regional)),
        (t("Starting point and needs"), told(row.improve)),
        (t("Change that is aimed at"), told("")),
        (t("How the change is measured"), told(row.evidence)),
        (t("Target group and understanding of clients"), told(row.target, row.support)),
        (t("Results in brief"), told(row.benefits)),
        (t("Attachments and links"), told(row.link)),
    )
    sections = tuple(Section(heading, parts) for heading, parts in shape)
    return Document(row.name, t("In the order of Innokylä's fields"), t.language, t.date(day), day, 1, sections,
                    contents=False)  # fmt: skip


def is_long(row: Practice) -> bool:
    """Whether Innokylä's short description cannot hold the first sentence whole."""
    return len(first_sentence(row.what)) > LONGEST_SHORT


def first_sentence(text: str) -> str:
    """The first sentence of an answer, on one line."""
    whole = " ".join(text.split())
    head, stop, _ = whole.partition(". ")
    return f"{head}." if stop else whole


def as_text(found: Document) -> str:
    """A document of headings and paragraphs, to be copied field by field."""
    lines = [found.title, ""]
    for _, section in all_sections(found):
        lines += [section.heading.upper(), *(part.text for part in section.parts if isinstance(part, Paragraph)), ""]
    return "\n".join(lines)

"""The draft of the close-the-loop post: what became of the half-year's observations, in sentences to edit."""

from collections.abc import Iterable

from bot.blocks.observations import status_inside
from bot.rules.summaries import MERGED, Period, PublishedTables, Table, row_name
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts
from storage.models import Phenomenon

NO_WORDS = Vocabularies(())  # outcomes are no vocabulary


def drafted(
    t: Texts, counted: tuple[Period, PublishedTables | None], phenomena: Iterable[Phenomenon], limit: int
) -> str:
    """The whole draft, at most so many characters; the numbers are those that were counted once, or none."""
    period, tables = counted
    first, last = t.date(period.first), t.date(period.last)
    lines = [t("What followed from the observations of {first} – {last}:", first=first, last=last), ""]
    lines += _numbers(t, tables) if tables else [t("The numbers are told when the half-year is over.")]
    told = [_phenomenon_line(t, one) for one in phenomena]
    lines += ["", t("Phenomena:"), *told] if told else []
    lines += ["", t("Thank you for your observations. They are talked about at the meeting.")]
    while len("\n".join(lines)) > limit and told:
        lines.remove(told.pop())
    return "\n".join(lines)


def _numbers(t: Texts, tables: PublishedTables) -> list[str]:
    table = tables.table("outcome")
    if table == Table():
        return [t("Too few observations were filed for numbers to be told.")]
    lines = [f"• {row_name(t, NO_WORDS, 'outcome', name, ())}: {count}" for name, count in table.rows]
    merged = [f"• {row_name(t, NO_WORDS, 'outcome', MERGED, ())}: {table.merged}"] if table.merged is not None else []
    return [*lines, *merged, t("This is how things stood on {day}.", day=t.day(tables.made_on))]


def _phenomenon_line(t: Texts, one: Phenomenon) -> str:
    """The coordinators' own words: title, status, receiver, outcome."""
    state = status_inside(t, one.status)
    receiver = f" ({one.receiver})" if one.receiver else ""
    outcome = f" {one.outcome}" if one.outcome else ""
    return f"• {one.title}: {state}{receiver}.{outcome}"

"""The summary before its files are made: what stands in it, what is missing, and what is to be made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.blocks.observations import notice
from bot.blocks.parts import Block, actions, button, context, divider, modal, section, select, shown, unmarked
from bot.blocks.people import NAMES
from bot.blocks.submissions import above, carried_in, carrying, day_of
from bot.errors import N_
from bot.rules.phenomena import ADDRESSEES
from bot.rules.statuses import NAMES as STATUSES
from bot.rules.summaries import Period, Summary, half_with, lines, missing
from bot.texts import Texts

CALLBACK = "summaries.desk"
LANGUAGES = ("fi", "sv")
PRESETS = {
    "whole": N_("The whole summary"),
    "page": N_("One page"),
    "agenda": N_("Text for an agenda"),
    "annex": N_("Annex to the wellbeing report"),
}
BY = {"addressee": N_("Phenomena by whom they are for"), "theme": N_("Phenomena by theme")}
MOST_PHENOMENA, MOST_MISSING, MOST_PERIODS = 20, 25, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Which half-year's summary, in which language and form, and what its phenomena are grouped by."""

    period: Period
    language: str = "fi"
    preset: str = "whole"
    by: str = "addressee"


def desk(t: Texts, choice: Choice, found: Summary, latest: Period, said: str = "") -> Block:
    """The modal; pressing its last button makes the files. `latest` is the half-year that ended last."""
    fill = button("summaries.fill", t("Write for the summary"), "fill", "primary")
    again = button("summaries.correct", t("Count the numbers again"), "correct")
    blocks = [
        *above(said),
        section(_numbers(t, found)),
        _menus(t, choice, latest),
        divider(),
        *_written(t, found),
        *_phenomena(t, found),
        *_missing(t, found),
        actions(fill, again),
        context(t("You can make the files again as often as you like: the words change, the numbers do not.")),
    ]
    view = modal(CALLBACK, t("Half-year summary"), t("Close"), blocks, t("Make the files"))
    return carrying(view, _carried(choice))


def _carried(choice: Choice) -> dict[str, str]:
    return {"f": choice.period.first.isoformat(), "l": choice.language, "p": choice.preset, "b": choice.by}


def read_desk(view: Any, today: date) -> Choice:
    """What was chosen in it, whatever is missing or odd; the half-year that ended last where none is."""
    carried = carried_in(view)
    latest = half_with(today).before
    period = half_with(day_of(carried.get("f")) or latest.first)
    choice = Choice(period if period.last < today else latest)
    return replace(
        choice,
        language=_one_of(carried.get("l"), LANGUAGES, choice.language),
        preset=_one_of(carried.get("p"), tuple(PRESETS), choice.preset),
        by=_one_of(carried.get("b"), tuple(BY), choice.by),
    )


def chosen(choice: Choice, name: str, value: str) -> Choice:
    """With another choice in one of its menus."""
    if name == "period":
        day = day_of(value)
        return replace(choice, period=half_with(day)) if day else choice
    changed: dict[str, Any] = {name: value} if name in ("language", "preset", "by") else {}
    return replace(choice, **changed)


def _one_of(value: object, allowed: Sequence[str], otherwise: str) -> str:
    return value if isinstance(value, str) and value in allowed else otherwise


def _numbers(t: Texts, found: Summary) -> str:
    period = t("{first} – {last}", first=t.date(found.period.first), last=t.date(found.period.last))
    tables = found.tables
    if not tables.cells:
        few = t("There are no observations, or so few people have filed them that no numbers are shown.")
        return f"*{period}*\n{few}"
    counted = t.many(
        "One observation. The numbers were counted on {day} and do not change (version {version}).",
        "{n} observations. The numbers were counted on {day} and do not change (version {version}).",
        tables.total,
        day=t.day(tables.made_on),
        version=tables.version,
    )
    return f"*{period}*\n{counted}"


def _menus(t: Texts, choice: Choice, latest: Period) -> Block:
    halves = [latest]
    while len(halves) < MOST_PERIODS:
        halves.append(halves[-1].before)
    if choice.period not in halves:
        halves.append(choice.period)
    periods = [
        (f"{one.first}", t("{first} – {last}", first=t.date(one.first), last=t.date(one.last))) for one in halves
    ]
    languages = [(code, NAMES[code]) for code in LANGUAGES]
    presets, orders = ([(code, t(label)) for code, label in some.items()] for some in (PRESETS, BY))
    return actions(
        select("summaries.choose_period", periods, f"{choice.period.first}", t("Period")),
        select("summaries.choose_language", languages, choice.language, t("Language")),
        select("summaries.choose_preset", presets, choice.preset, t("Form")),
        select("summaries.choose_by", orders, choice.by, t("Order")),
    )


def _written(t: Texts, found: Summary) -> list[Block]:
    title, words = t("In the summary"), found.words
    head = [section(f"*{title}*")]
    subtitle = [unmarked(shown(words.subtitle, 300))] if words.subtitle else []
    highlights = [unmarked("\n".join(f"• {shown(line, 300)}" for line in lines(words.highlights)))]
    return [*head, *subtitle, *(highlights if words.highlights else [])]


def _phenomena(t: Texts, found: Summary) -> list[Block]:
    """Number, title, status and addressee of each, in as many lines as there is room for."""
    told = [
        " · ".join(
            part
            for part in (
                told.row.number,
                shown(told.row.title, 100),
                t(STATUSES.get(told.row.status, told.row.status)),
                t(ADDRESSEES[told.row.addressee]) if told.row.addressee in ADDRESSEES else "",
            )
            if part
        )
        for told in found.phenomena
    ]
    left = len(told) - MOST_PHENOMENA
    more = [context(t.many("{n} more is not shown here.", "{n} more are not shown here.", left))] if left > 0 else []
    return [*(unmarked(line) for line in told[:MOST_PHENOMENA]), *more]


def _missing(t: Texts, found: Summary) -> list[Block]:
    lacks = [f"{number}: {t(said)}" if number else t(said) for said, number in missing(found)]
    if not lacks:
        return [divider(), section(t("Nothing is missing."))]
    left, title = len(lacks) - MOST_MISSING, t("What is missing, or could be clearer")
    listed = "\n".join(f"• {line}" for line in lacks[:MOST_MISSING])
    more = [context(t.many("{n} more is not shown here.", "{n} more are not shown here.", left))] if left > 0 else []
    return [divider(), section(f"*{title}*"), unmarked(listed), *more]


def making(t: Texts) -> Block:
    """What stands in the modal while the files are made."""
    return notice(t, t("The files are being made. You can close this: they come to you as a message."))


def made(t: Texts) -> Block:
    return notice(t, t("The files are in your messages with me, in the thread of the newest one."))

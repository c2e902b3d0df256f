"""The network's picture of its last half-years as every member may see it, and the words of `/kooste`."""

from collections.abc import Callable, Sequence

from bot.blocks.meetings import ahead
from bot.blocks.observations import status_name
from bot.blocks.parts import Block, Message, context, header, modal, section, shown, unmarked
from bot.blocks.tables import data_table
from bot.errors import N_
from bot.rules.commands import Command, help_of
from bot.rules.meetings import Sight
from bot.rules.summaries import MERGED, PublishedTables, Table, half_with, row_name
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import DAY
from bot.texts import Texts
from storage.models import Phenomenon

MOST_PHENOMENA, TITLE, LINE = 12, 150, 300  # and how many characters of each
Drawer = Callable[[Texts, str, Sequence[tuple[str, int]]], Block]
TITLES = {"kind": N_("By kind"), "theme": N_("By theme"), "area": N_("By area")}


def help_note(t: Texts) -> Message:
    lines = [t(line) for line in help_of(Command.DIGEST)]
    return "\n".join(lines), [section(line) for line in lines]


def page(t: Texts, message: Message) -> Block:
    """What `/kooste` shows, as a modal."""
    return modal("digests.page", t("Digest"), t("Close"), message[1])


def published(
    t: Texts,
    vocabularies: Vocabularies,
    halves: Sequence[PublishedTables],
    phenomena: Sequence[Phenomenon],
    meeting: Sight | None = None,
    *,
    new: bool = False,
) -> Message:
    """Counts without small groups; published phenomena, the latest first, with what followed; the next meeting.

    `new` is with Slack's own tables.
    """
    title = t(
        "The network's observations {first} – {last}",
        first=t.date(halves[-1].period.first),
        last=t.date(halves[0].period.last),
    )
    table = _data_table if new else _table
    drawn = [block for half in halves for block in _half_year(t, vocabularies, half, table)]
    next_half = half_with(halves[0].period.last + DAY).last + DAY
    why = [
        t("Groups of few people are counted together, so that nobody can be known by a number."),
        t(
            "For the same reason the present half-year is shown when it has ended, from {day} on.",
            day=t.day(next_half),
        ),
    ]
    return title, [
        header(title),
        *drawn,
        context(" ".join(why)),
        *_phenomena(t, phenomena),
        *(ahead(t, meeting) if meeting else []),
    ]


def _half_year(t: Texts, vocabularies: Vocabularies, half: PublishedTables, table: Drawer) -> list[Block]:
    days = "*" + t("{first} – {last}", first=t.date(half.period.first), last=t.date(half.period.last)) + "*"
    names = TITLES if half.cells else ()
    tables = [table(t, t(TITLES[name]), _rows(t, vocabularies, name, half.table(name))) for name in names]
    few = t("There are no observations, or so few people have filed them that no numbers are shown.")
    return [section(days), *tables] if tables else [section(f"{days}\n{few}")]


def _rows(t: Texts, vocabularies: Vocabularies, attribute: str, table: Table) -> list[tuple[str, int]]:
    beside = [name for name, _ in table.rows]
    rows = [*table.rows, *([(MERGED, table.merged)] if table.merged is not None else [])]
    return [(row_name(t, vocabularies, attribute, name, beside), count) for name, count in rows]


def _table(_t: Texts, title: str, rows: Sequence[tuple[str, int]]) -> Block:
    return section("\n".join([f"*{title}*", *(f"{name}: {count}" for name, count in rows)]))


def _data_table(t: Texts, title: str, rows: Sequence[tuple[str, int]]) -> Block:
    return data_table(title, (title, t("Observations")), rows)


def _phenomena(t: Texts, found: Sequence[Phenomenon]) -> list[Block]:
    if not found:
        return []
    title = t("Published phenomena")
    left = len(found) - MOST_PHENOMENA
    more = [context(t.many("{n} earlier one is not shown.", "{n} earlier ones are not shown.", left))]
    return [
        section(f"*{title}*"),
        *(unmarked(line) for one in found[:MOST_PHENOMENA] for line in _phenomenon(t, one)),
        *(more if left > 0 else []),
    ]


def _phenomenon(t: Texts, one: Phenomenon) -> list[str]:
    status = status_name(t, one.status) + (f": {shown(one.receiver, LINE)}" if one.receiver else "")
    followed = [t("What followed: {outcome}", outcome=shown(one.outcome, LINE))] if one.outcome else []
    return [f"{one.number} · {shown(one.title, TITLE)} · {status}", *followed]

"""The figures of a digest in words and bars, short first."""

from collections.abc import Sequence

from bot.blocks.observations import label_of, status_inside, status_name
from bot.blocks.parts import Block, actions, button, section, shown, unmarked
from bot.blocks.queues import overdue_in_all
from bot.blocks.tables import data_table, line_chart
from bot.rules.block_ids import of_words
from bot.rules.digests import FIRST_WORDS, Figures, KindCount, Moved, Overdue, Rising, Taken, ThemeCount
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import week_said
from bot.texts import Texts

BARS = "▁▂▃▄▅▆▇█"
NONE = "·"
MOST_RISING = 4
MOST_PEOPLE, MOST_TAKEN = 8, 8


def summary(t: Texts, vocabularies: Vocabularies, found: Figures) -> list[Block]:
    """What is new, by kind, area and theme; one sentence where nothing is."""
    if not found.new:
        return [section(t("*No new observations.* That happens, and says nothing of how things are."))]
    new = t.many("*One new observation.*", "*{n} new observations.*", found.new)
    names = t("{named} with a name, {unnamed} without.", named=found.named, unnamed=found.unnamed)
    one_week = found.span.first == found.span.last
    kinds = [_kind(t, vocabularies, kind, one_week=one_week) for kind in found.kinds if kind.new or kind.previous]
    title, nowhere = t("Areas"), t("no area")
    areas = ", ".join(f"{label_of(t, vocabularies, 'area', area) or nowhere} {n}" for area, n in found.areas)
    return [
        section("\n".join([f"{new} {names}", *kinds])),
        section(f"*{title}*: {areas}\n{_themes(t, vocabularies, found.themes)}"),
    ]


def _kind(t: Texts, vocabularies: Vocabularies, kind: KindCount, *, one_week: bool) -> str:
    label = label_of(t, vocabularies, "kind", kind.kind)
    if kind.usual is None:
        return f"{label}: {kind.new}"
    usual = t.number(kind.usual)
    if not one_week:
        return t("{label}: {new} (usually {usual} a week)", label=label, new=kind.new, usual=usual)
    return t("{label}: {new} (the week before {previous}, usually {usual})", label=label, new=kind.new,
             previous=kind.previous, usual=usual)  # fmt: skip


def _themes(t: Texts, vocabularies: Vocabularies, themes: Sequence[ThemeCount]) -> str:
    title = t("Themes")
    return f"*{title}*: " + "; ".join(_theme(t, vocabularies, one) for one in themes)


def _theme(t: Texts, vocabularies: Vocabularies, one: ThemeCount) -> str:
    count = f"{label_of(t, vocabularies, 'theme', one.theme)} {one.new}"
    if one.usual is None:
        return count
    return t("{count} (usually {usual})", count=count, usual=t.number(one.usual))


def bars(t: Texts, vocabularies: Vocabularies, found: Figures) -> list[Block]:
    """Twelve weeks by kind, a sign a week; a dot is a week without any."""
    rows = [kind for kind in found.kinds if any(kind.weeks)]
    if not rows:
        return []
    most = max(max(kind.weeks) for kind in rows)
    first, last = week_said(found.weeks[0]), week_said(found.weeks[-1])
    title = t("Twelve weeks, {first} – {last}", first=first, last=last)
    lines = [f"`{_line(kind.weeks, most)}` {label_of(t, vocabularies, 'kind', kind.kind)}" for kind in rows]
    return [section("\n".join([f"*{title}*", *lines]))]


def drawn(t: Texts, vocabularies: Vocabularies, found: Figures) -> list[Block]:
    """Twelve weeks by kind, as Slack's own chart and table; nothing where there is nothing to count."""
    if not any(any(kind.weeks) for kind in found.kinds):
        return []
    weeks, rows = [week_said(week) for week in found.weeks], kind_rows(t, vocabularies, found)
    names, counts = zip(*rows, strict=True)
    title = chart_title(t, found)
    return [
        line_chart(t("New observations by week and kind"), weeks, rows),
        data_table(title, (t("Week"), *names), list(zip(weeks, *counts, strict=True))),
    ]


def _line(weeks: Sequence[int], most: int) -> str:
    return "".join(BARS[-(-count * len(BARS) // most) - 1] if count else NONE for count in weeks)


def weak(t: Texts, found: Figures) -> list[Block]:
    """How many weak signals are kept an eye on; they are early, and few at a time."""
    said = t.many("{n} weak signal is open.", "{n} weak signals are open.", found.weak)
    return [section(said)] if found.weak else []


def rising(t: Texts, vocabularies: Vocabularies, found: Sequence[Rising]) -> list[Block]:
    """What comes up more often than chance explains, in plain words."""
    if not found:
        return []
    title = t("More than usual")
    lines = [
        t("{theme}: {now} now, usually about {usual}.",
          theme=label_of(t, vocabularies, "theme", one.theme), now=one.now, usual=t.number(one.usual))
        for one in found[:MOST_RISING]
    ]  # fmt: skip
    rest = [label_of(t, vocabularies, "theme", one.theme) for one in found[MOST_RISING:]]
    more = [t("Besides: {themes}.", themes=", ".join(rest))] if rest else []
    return [section("\n".join([f"*{title}*", *lines, *more, t("A difference this large is hardly chance.")]))]


def waiting(t: Texts, vocabularies: Vocabularies, found: Figures) -> list[Block]:
    """What is overdue, in numbers and the longest ones by name of their number, and the way to the queue."""
    queue = actions(button("observations.queue", t("Open the queue"), "open"))
    told = overdue_in_all(t, found.waiting, found.unnoted, found.answered)
    if found.phenomena:
        told.append(t.many("{n} phenomenon is overdue.", "{n} phenomena are overdue.", found.phenomena))
    if not told:
        return [queue] if found.new else []
    title = t("Waiting")
    rows = [_late(t, vocabularies, one) for one in found.most_overdue]
    return [section("\n".join([f"*{title}*", *told])), *rows, queue]


def opens(t: Texts, number: str) -> Block:
    return button("observations.review", t("Open"), number)


def _late(t: Texts, vocabularies: Vocabularies, one: Overdue) -> Block:
    """One that waits; with its first words, by whose id they leave the message again."""
    lines = _overdue(t, vocabularies, one)
    if not one.text:
        return section(f"*{one.number}* · {lines}", opens(t, one.number))
    quoted = f"{one.number} · {lines}\n”{shown(one.text, FIRST_WORDS)}”"
    return {**unmarked(quoted), "block_id": of_words(one.number), "accessory": opens(t, one.number)}


def _overdue(t: Texts, vocabularies: Vocabularies, one: Overdue) -> str:
    """Classification, and what is due."""
    labels = [label_of(t, vocabularies, name, code) for name, code in (("kind", one.kind), ("theme", one.theme),
                                                                       ("area", one.area))]  # fmt: skip
    line = " · ".join(filter(None, labels))
    status = status_name(t, one.status)
    if one.due_on is None:
        return f"{line}\n{status}, {t('the reporter has answered')}"
    due = t("{status}, due {day}", status=status, day=t.day(one.due_on))
    return f"{line}\n{due}"


def taken(t: Texts, found: Sequence[Taken]) -> list[Block]:
    """Who goes on with what; of one who is away, that anybody may take it."""
    if not found:
        return []
    title, more = t("Who has what"), ["…"] if len(found) > MOST_PEOPLE else []
    return [section("\n".join([f"*{title}*", *(_taken(t, one) for one in found[:MOST_PEOPLE]), *more]))]


def _taken(t: Texts, one: Taken) -> str:
    numbers, left = ", ".join(one.numbers[:MOST_TAKEN]), len(one.numbers) - MOST_TAKEN
    if left > 0:
        numbers = t("{numbers} and {count} more", numbers=numbers, count=left)
    person = f"<@{one.user}>"
    if one.is_away:
        return t("{person}, who is away, so that anybody may take these: {numbers}", person=person, numbers=numbers)
    return f"{person}: {numbers}"


def moved(t: Texts, found: Sequence[Moved]) -> list[Block]:
    """What became of which observation or phenomenon, by number and status."""
    if not found:
        return []
    title = t("What has moved")
    answered = t("the reporter has answered")
    lines = [f"{one.number}: {answered if one.what == 'answer' else status_inside(t, one.what)}" for one in found]
    starts = range(0, len(lines), 50)
    first, *rest = ["\n".join(lines[start : start + 50]) for start in starts]
    return [section(f"*{title}*\n{first}"), *map(section, rest)]


def silent(t: Texts, vocabularies: Vocabularies, regions: Sequence[str]) -> list[Block]:
    """Where nothing has been heard of, without a word of blame."""
    if not regions:
        return []
    names = t.listed([label_of(t, vocabularies, "area", region) for region in regions])
    return [
        section(
            t("Nothing has been heard from here for 90 days: {names}. It may mean many things, also that all is well.",
              names=names)
        )
    ]  # fmt: skip


def kind_rows(t: Texts, vocabularies: Vocabularies, found: Figures) -> list[tuple[str, tuple[int, ...]]]:
    """(label, counts of the twelve weeks) of each kind, for the chart."""
    return [(label_of(t, vocabularies, "kind", kind.kind), kind.weeks) for kind in found.kinds]


def chart_title(t: Texts, found: Figures) -> str:
    """The weeks that the chart is of."""
    first, last = week_said(found.weeks[0]), week_said(found.weeks[-1])
    return t("New observations by week and kind, {first} – {last}", first=first, last=last)

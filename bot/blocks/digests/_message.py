"""The digest's main message, its replies, and the week so far; words of an observation stand in blocks of their own."""

from bot.blocks.digests import _figures as figures
from bot.blocks.meetings import ahead
from bot.blocks.observations import label_of
from bot.blocks.parts import Block, Message, context, divider, header, section, shown, unmarked
from bot.rules.block_ids import of_gone, of_words
from bot.rules.cuts import beginning
from bot.rules.digests import FIRST_WORDS, Content, Figures, Shown
from bot.rules.meetings import Sight
from bot.rules.statuses import GONE, NAMES
from bot.rules.vocabularies import Vocabularies
from bot.rules.weeks import first_day, week_after, week_said, weeks_between
from bot.texts import Texts


def main(t: Texts, vocabularies: Vocabularies, content: Content, meeting: Sight | None = None) -> Message:
    """The main message: the figures, and as many of the new observations as fit. The rest goes to its thread."""
    found = _figures_of(content)
    title, left = t("Weekly digest {weeks}", weeks=_label(found)), content.parts - 1
    rest = context(t.many("The rest is in the thread: {n} message.", "The rest is in the thread: {n} messages.", left))
    coming = ahead(t, meeting) if meeting else []
    blocks = [header(title), context(_about(t, found)), *_body(t, vocabularies, found, content), *coming]
    return _first_line(t, title, found), [*blocks, rest] if left else blocks


def week_so_far(
    t: Texts,
    vocabularies: Vocabularies,
    content: Content,
    left: int,
    meeting: Sight | None = None,
    *,
    new: bool = False,
) -> Message:
    """What the next digest will tell, as it stands now; `left` did not fit; `new` has Slack's own chart and table."""
    found = _figures_of(content)
    title = t("Week {weeks} so far", weeks=_label(found))
    note = t("Not sent yet: this is what the next digest would tell now.")
    rest = context(t.many("{n} more observation will be in the digest.",
                          "{n} more observations will be in the digest.", left))  # fmt: skip
    coming = ahead(t, meeting) if meeting else []
    blocks = [header(title), context(note), *_body(t, vocabularies, found, content, new=new), *coming]
    return title, [*blocks, rest] if left > 0 else blocks


def _figures_of(content: Content) -> Figures:
    if content.figures is None:
        raise ValueError
    return content.figures


def reply(t: Texts, vocabularies: Vocabularies, content: Content) -> Message:
    """A message of the digest's thread."""
    text = t("Weekly digest, part {part} of {parts}", part=content.part, parts=content.parts)
    rows = [entry(t, vocabularies, one) for one in content.shown]
    return text, [section(f"*{text}*"), *rows, *figures.moved(t, content.moved)]


def _label(found: Figures) -> str:
    first, last = week_said(found.span.first), week_said(found.span.last)
    return last if first == last else f"{first}–{last}"


def _about(t: Texts, found: Figures) -> str:
    """The days that it covers, and why they are more than a week."""
    span = found.span
    first, last = first_day(span.first), first_day(week_after(span.last))
    days = t("{first} – {last}", first=t.date(first), last=t.date(last.fromordinal(last.toordinal() - 1)))
    weeks = len(weeks_between(span.first, span.last))
    if found.is_first:
        first_one = t("This is the first digest: it covers everything filed so far.")
        return f"{days}. {first_one}"
    if weeks > 1:
        late = t("No digest could be sent meanwhile, so this one covers {weeks} weeks.", weeks=weeks)
        return f"{days}. {late}"
    return days


def _first_line(t: Texts, title: str, found: Figures) -> str:
    """What a notification shows: numbers alone, never the words of an observation."""
    new = t.many("{n} new observation", "{n} new observations", found.new) if found.new else t("no new observations")
    overdue = found.waiting + found.unnoted
    late = [t.many("{n} overdue", "{n} overdue", overdue)] if overdue else []
    return f"{title}: {', '.join([new, *late])}"


def _body(t: Texts, vocabularies: Vocabularies, found: Figures, content: Content, *, new: bool = False) -> list[Block]:
    title, weeks = t("New observations"), figures.drawn if new else figures.bars
    return [
        *figures.summary(t, vocabularies, found),
        *figures.weak(t, found),
        *figures.rising(t, vocabularies, found.rising),
        *figures.waiting(t, vocabularies, found),
        *figures.taken(t, found.taken),
        *figures.moved(t, content.moved),
        *(weeks(t, vocabularies, found) if found.new else []),
        *figures.silent(t, vocabularies, found.silent),
        *([divider(), section(f"*{title}*")] if content.shown else []),
        *(entry(t, vocabularies, one) for one in content.shown),
    ]


def entry(t: Texts, vocabularies: Vocabularies, one: Shown) -> Block:
    """One observation without Slack's markup; one that was withdrawn meanwhile has no words left."""
    if one.status in GONE:
        return {**context(f"{one.number} · {t(NAMES[one.status])}"), "block_id": of_gone(one.number)}
    codes = (("kind", one.kind), ("theme", one.theme), ("area", one.area))
    labels = [shown(label) for name, code in codes if (label := label_of(t, vocabularies, name, code))]
    text = f"{' · '.join([one.number, *labels])}\n”{shown(beginning(one.text, FIRST_WORDS))}”"
    return {**unmarked(text), "block_id": of_words(one.number), "accessory": figures.opens(t, one.number)}

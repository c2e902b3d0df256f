"""The lines that every message about a meeting is made of: when, where, until when, who comes, what about."""

from datetime import timedelta

from bot.blocks.parts import Block, actions, button, header, section, shown, unmarked
from bot.rules.meetings import Own, Sight, is_repeated
from bot.rules.weeks import HOME
from bot.texts import Texts
from storage.models import Meeting

AGENDA_ROOM, ITEM_ROOM, MOST_PARTS, MOST_ITEMS, MOST_MORE = 2000, 400, 11, 9, 4


def when(t: Texts, meeting: Meeting) -> str:
    """The day and the times by Helsinki's clock, with the offset where it shows them twice."""
    start, end = (moment.astimezone(HOME) for moment in (meeting.starts_at, meeting.ends_at))
    clock = f"{t.clock(start.time())}–{t.clock(end.time())}"
    hours = (start.utcoffset() or timedelta()) // timedelta(hours=1)
    offset = f" (UTC+{hours})" if is_repeated(meeting.starts_at) else ""
    return t("{day} at {clock}{offset}", day=t.day(start.date()), clock=clock, offset=offset)


def title(meeting: Meeting) -> str:
    return shown(meeting.title, 600)


def facts(t: Texts, sight: Sight, *, agenda: bool = True) -> list[Block]:
    """Title, time and place; the agenda in parts of its own."""
    meeting, zone = sight.meeting, t("Helsinki time")
    lines = [f"{when(t, meeting)}, {zone}"]
    if meeting.link:
        lines.append(t("You can also take part remotely."))
    if meeting.deadline:
        lines.append(t("Sign up by {day}.", day=t.day(meeting.deadline)))
    return [
        header(shown(meeting.title, 150)),
        section("\n".join(lines)),
        *([unmarked(t("Place: {place}", place=shown(meeting.place, 800)))] if meeting.place else []),
        *(_agenda(t, sight) if agenda else []),
    ]


def _agenda(t: Texts, sight: Sight) -> list[Block]:
    """The lines of its text and the accepted items, each in a block of its own as far as there is room for blocks."""
    text = shown(sight.meeting.agenda, AGENDA_ROOM)
    lines = [line for line in text.splitlines() if line.strip()]
    items = [f"• {shown(item, ITEM_ROOM)}" for item in sight.items]
    parts = lines if len(lines) + len(items) <= MOST_PARTS else [text] if text else []
    parts += items[:MOST_ITEMS]
    if rest := items[MOST_ITEMS:]:
        left = len(rest) - MOST_MORE
        more = [t("• … and {count} more", count=left)] if left > 0 else []
        parts.append("\n".join(rest[:MOST_MORE] + more))
    heading = t("Agenda")
    return [section(f"*{heading}*"), *map(unmarked, parts)] if parts else []


def tally(t: Texts, sight: Sight) -> str:
    """How many come, in numbers alone."""
    counts, capacity = sight.counts, sight.meeting.capacity
    lines = [
        t("Coming: {count}", count=counts.yes) if capacity is None
        else t("Coming: {count} of {seats} seats", count=counts.yes, seats=capacity),
        t("Remotely: {count}", count=counts.remote),
        t("Cannot come: {count}", count=counts.no),
    ]  # fmt: skip
    if counts.waiting:
        lines.append(t("On the waiting list: {count}", count=counts.waiting))
    return "  ·  ".join(lines)


def buttons(t: Texts, meeting: Meeting, own: Own | None = None) -> list[Block]:
    """The three answers, and the calendar; each carries the version that it was drawn for.

    Coming stands out while it is not answered: to the person alone, not once they have said something.
    """
    value, is_open = f"{meeting.key}:{meeting.version}", own is None or not (own.answer or own.waits_as)
    return [
        actions(
            button("meetings.yes", t("I'm coming"), value, "primary" if is_open else None),
            button("meetings.remote", t("I'll join remotely"), value),
            button("meetings.no", t("I cannot come"), value),
            button("meetings.calendar", t("Add to my calendar"), value),
        )
    ]


def link_buttons(t: Texts, meeting: Meeting) -> list[Block]:
    """The remote link and the minutes, as buttons that open them."""
    found = [
        link_button("meetings.link_remote", t("Open the remote link"), meeting.link) if meeting.link else None,
        link_button("meetings.link_minutes", t("Open the minutes"), meeting.minutes) if meeting.minutes else None,
    ]
    drawn = [one for one in found if one]
    return [actions(*drawn)] if drawn else []


def link_button(action: str, label: str, address: str) -> Block:
    return {**button(action, label, "open"), "url": address}


def own_answer(t: Texts, own: Own) -> str:
    """The person's answer as it stands; "" where they have given none."""
    if own.waits_as:
        return t("You are on the waiting list as number {count}.", count=own.waits_as)
    said = {"yes": t("Your answer: you are coming."), "remote": t("Your answer: you are joining remotely."),
            "no": t("Your answer: you cannot come.")}  # fmt: skip
    return said.get(own.answer, "")

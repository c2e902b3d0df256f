"""The forms: a meeting drawn from a draft and read back to a draft; proposals, agenda, minutes, and what followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import time
from typing import Any

from bot.blocks.meetings._facts import title, when
from bot.blocks.observations import explained, seen_in, submit_label
from bot.blocks.parts import (
    Block,
    Option,
    boxes,
    context,
    date_input,
    divider,
    field,
    line_input,
    modal,
    section,
    select,
    shown,
    text_input,
    unmarked,
)
from bot.blocks.submissions import above, carried_in, carrying, confirmed_in, day_of, ticked_in, value_in
from bot.errors import N_, Problem
from bot.rules import hashes
from bot.rules.meetings import LONGEST, LONGEST_FOLLOWED, LONGEST_ITEM, TIMES, MeetingDraft, marks, tidied
from bot.rules.weeks import is_working_day
from bot.slack import dig
from bot.texts import Texts
from storage.models import AgendaItem, Meeting

FORM, CANCEL, PROPOSE = "meetings.form", "meetings.cancel_form", "meetings.propose_form"
AGENDA, MINUTES, FOLLOWED = "meetings.agenda_form", "meetings.minutes_form", "meetings.followed_form"
WRITTEN_IN = {
    "fi": N_("The post is written in Finnish, the channel's language."),
    "sv": N_("The post is written in Swedish, the channel's language."),
    "en": N_("The post is written in English, the channel's language."),
}


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A submitted form: the draft, and what it carried.

    A nonce, the meeting that is edited ("": a new one), and the marks of what the form was opened with.
    """

    draft: MeetingDraft
    nonce: str
    key: str = ""
    opened: Mapping[str, str] = kept(default_factory=dict)
    previewed: Mapping[str, str] = kept(default_factory=dict)  # marks of the draft that was shown as it will stand

    @property
    def is_previewed(self) -> bool:
        """Whether this very draft was shown as it will stand in the channel."""
        return self.previewed == marks(tidied(self.draft))


@dataclass(frozen=True, slots=True)
class TextRead:
    """A form of one text, as it was submitted; `chosen` are its ticked boxes by field, `opened` as in MeetingRead."""

    text: str
    nonce: str
    key: str = ""
    confirmed: frozenset[str] = frozenset()
    chosen: Mapping[str, frozenset[str]] = kept(default_factory=dict)
    opened: Mapping[str, str] = kept(default_factory=dict)


def form(t: Texts, read: MeetingRead, problem: Problem | None = None, preview: Sequence[Block] = ()) -> Block:
    """The form filled with the draft; `problem` stands first. Where the guard asks, the button says "anyway".

    Here and in the other forms, a warning that is shown counts as seen when the form is sent again. A new meeting is
    shown as it will stand in the channel (`preview`) before it is published.
    """
    send = "Save" if read.key else "Publish" if preview else "Preview"
    draft, notice, seen = read.draft, above(explained(t, problem, send)), seen_in(problem)
    blocks = [
        *preview,
        *notice,
        field("title", t("Title"), line_input("title", draft.title[: LONGEST["title"]], LONGEST["title"])),
        *_times(t, draft),
        field("place", t("Place"), line_input("place", draft.place, LONGEST["place"]), optional=True),
        field("link", t("Link to take part remotely"), line_input("link", draft.link, LONGEST["link"]), optional=True),
        field("deadline", t("Last day to sign up"), date_input("deadline", draft.deadline), optional=True),
        field("capacity", t("Seats on the spot"), line_input("capacity", draft.capacity, 4),
              t("Leave empty where there is room for all. When they are full, a waiting list begins."), optional=True),
        field("agenda", t("Agenda"), text_input("agenda", draft.agenda, t("What is talked about"), LONGEST["agenda"]),
              optional=True),
        context(t("Do not ask for diets or anything about health here: the place's own form is for that.")),
        *(notice if seen else []),
    ]  # fmt: skip
    heading = t("Edit the meeting") if read.key else t("Plan a meeting")
    view = modal(FORM, heading, t("Cancel"), blocks, submit_label(t, send, warned=seen))
    shown_so = marks(tidied(draft)) if preview else {}
    return _carrying(view, read.nonce, read.key, seen or draft.confirmed, read.opened, shown_so)


def preview(t: Texts, draft: MeetingDraft, post: Sequence[Block], languages: Sequence[str]) -> list[Block]:
    """What will stand in the channel, in its `languages` and without buttons, and what may have been overlooked."""
    day = draft.start_date
    holiday = t("{day} is a weekend or a holiday.", day=t.day(day)) if day and not is_working_day(day) else ""
    nowhere = not draft.place.strip() and not draft.link.strip()
    notes = [t("This is what will stand in the discussion channel, for all to see. Nothing is sent yet.")]
    notes += [t(WRITTEN_IN[one]) for one in languages if len(languages) == 1 and one != t.language]
    notes += [t("You can publish without a place and a link.")] if nowhere else []
    return [
        *above(holiday),
        context(" ".join(notes)),
        *(block for block in post if block["type"] != "actions"),
        divider(),
    ]


def _times(t: Texts, draft: MeetingDraft) -> list[Block]:
    options: list[Option] = [(at, t.clock(time.fromisoformat(at))) for at in TIMES]
    choose = t("Choose")
    return [
        field("start_date", t("Day"), date_input("start_date", draft.start_date)),
        field("start_time", t("Begins"), select("start_time", options, draft.start_time, choose), t("Helsinki time")),
        field("end_time", t("Ends"), select("end_time", options, draft.end_time, choose)),
    ]


def _carrying(
    view: Block,
    nonce: str,
    key: str,
    confirmed: frozenset[str] = frozenset(),
    opened: Mapping[str, str] | None = None,
    previewed: Mapping[str, str] | None = None,
) -> Block:
    carried = {"n": nonce, "k": key, "c": sorted(confirmed), "o": opened or {}}
    return carrying(view, {**carried, **({"p": previewed} if previewed else {})})


def _carried(view: Any) -> tuple[str, str, frozenset[str], dict[str, str]]:
    found = carried_in(view)
    marks = found.get("o")
    opened = {str(name): str(mark) for name, mark in marks.items()} if isinstance(marks, dict) else {}
    return str(found.get("n") or dig(view, "id") or ""), str(found.get("k") or ""), confirmed_in(found), opened


def read_form(view: Any) -> MeetingRead:
    """What the form holds, whatever is missing or odd in it."""
    nonce, key, confirmed, opened = _carried(view)
    texts = {name: _text(view, name) for name in ("title", "place", "link", "capacity", "agenda")}
    draft = MeetingDraft(
        start_date=day_of(value_in(view, "start_date")),
        start_time=_text(view, "start_time"),
        end_time=_text(view, "end_time"),
        deadline=day_of(value_in(view, "deadline")),
        confirmed=confirmed,
        **texts,
    )
    held = carried_in(view).get("p")
    previewed = {str(name): str(mark) for name, mark in held.items()} if isinstance(held, dict) else {}
    return MeetingRead(draft, nonce, key, opened, previewed)


def _text(view: Any, name: str) -> str:
    value = value_in(view, name)
    return value if isinstance(value, str) else ""


def cancel_form(t: Texts, meeting: Meeting) -> Block:
    """The question before a meeting is cancelled."""
    blocks = [
        unmarked(f"{title(meeting)}\n{when(t, meeting)}"),
        section(t("Everyone who has answered is told, and the buttons go. This cannot be taken back.")),
    ]
    view = modal(CANCEL, t("Cancel the meeting"), t("Keep it"), blocks, t("Cancel the meeting"))
    return _carrying(view, "", meeting.key)


def propose_form(t: Texts, read: TextRead, problem: Problem | None = None) -> Block:
    """What a member would like to talk about."""
    seen = seen_in(problem)
    item = text_input("item", read.text, t("What should be talked about?"), LONGEST_ITEM)
    blocks = [
        *above(explained(t, problem)),
        field("item", t("Proposal"), item),
        context(t("Write on a general level. The coordinators see who proposes, others do not.")),
    ]
    view = modal(PROPOSE, t("Propose for the agenda"), t("Cancel"), blocks, submit_label(t, "Send", warned=seen))
    return _carrying(view, read.nonce, "", seen or read.confirmed)


def agenda_form(
    t: Texts,
    read: TextRead,
    offered: tuple[Sequence[AgendaItem], Sequence[Option]],
    problem: Problem | None = None,
) -> Block:
    """The agenda's text, and boxes for what is `offered`: members' proposals, and phenomena of the half-year."""
    seen = seen_in(problem)
    agenda = text_input("agenda", read.text, t("What is talked about"), LONGEST["agenda"])
    options, beside = _proposals(t, offered[0])
    lists = (
        ("accept", t("Proposals: tick what is taken to the agenda"), options),
        ("phenomena", t("Phenomena of the half-year: tick what is taken to the agenda"), offered[1]),
        ("decline", t("Proposals: tick what is put away"), options),
    )
    blocks = [
        *above(explained(t, problem, "Save")),
        field("agenda", t("Agenda"), agenda, optional=True),
        *beside,
        *(field(name, label, boxes(name, some, ()), optional=True) for name, label, some in lists if some),
        *([] if any(offered) else [context(t("There are no proposals just now."))]),
    ]
    view = modal(AGENDA, t("Agenda"), t("Cancel"), blocks, submit_label(t, "Save", warned=seen))
    return _carrying(view, "", read.key, seen or read.confirmed, read.opened)


def _proposals(t: Texts, items: Sequence[AgendaItem]) -> tuple[list[Option], list[Block]]:
    """The proposals as boxes to tick, and who proposed which; one that is too long for a box stands whole beside it."""
    options = [(item.key, f"{place}. {item.text}") for place, item in enumerate(items, 1)]
    whole = [unmarked(shown(label, 1500)) for _, label in options if shown(label, 75) != label]
    people = ", ".join(f"{place}. <@{item.proposer}>" for place, item in enumerate(items, 1) if item.proposer)
    return options, [*whole, *([context(t("Proposed by: {people}", people=people))] if people else [])]


def minutes_form(t: Texts, meeting: Meeting) -> Block:
    """The link to the minutes."""
    blocks = [
        unmarked(f"{title(meeting)}\n{when(t, meeting)}"),
        field("minutes", t("Link to the minutes"), line_input("minutes", meeting.minutes, LONGEST["link"])),
    ]
    return _carrying(modal(MINUTES, t("Minutes"), t("Cancel"), blocks, t("Save")), "", meeting.key)


def followed_form(t: Texts, read: TextRead, problem: Problem | None = None, preview: Sequence[Block] = ()) -> Block:
    """The draft of the close-the-loop post, to be edited; once `preview` shows it as it will stand, to be published.

    The form carries a mark of the text that it shows, so that no other one is published by its button.
    """
    seen, send = seen_in(problem), "Publish" if preview else "Preview"
    text = text_input("followed", read.text, t("What followed from the observations"), LONGEST_FOLLOWED)
    as_it_stands = t("This is what will stand in the discussion channel, for all to see. Nothing is sent yet.")
    drafted = t(
        "This was drafted from the statuses. Edit it freely: the preview shows how it will stand in the channel."
    )
    blocks = [
        *above(explained(t, problem, send)),
        *([context(as_it_stands), divider(), *preview, divider()] if preview else []),
        field("followed", t("Post in the channel"), text),
        *([] if preview else [context(drafted)]),
    ]
    view = modal(FOLLOWED, t("What followed"), t("Cancel"), blocks, submit_label(t, send, warned=seen))
    return _carrying(
        view, "", read.key, seen or read.confirmed, hashes.marks({"followed": read.text}) if preview else {}
    )


def is_previewed(read: TextRead) -> bool:
    """Whether the text that was sent is the one that the form has shown as it will stand."""
    return bool(hashes.left_alone(hashes.marks({"followed": read.text}), read.opened))


def read_text(view: Any, name: str, boxes: Sequence[str] = ()) -> TextRead:
    """A form of one text, with its ticked boxes."""
    nonce, key, confirmed, opened = _carried(view)
    chosen = {box: ticked_in(view, box) for box in boxes}
    return TextRead(_text(view, name), nonce, key, confirmed, chosen, opened)

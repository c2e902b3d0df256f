"""What a person sees of meetings at the command and in App Home, and what a press of theirs is answered with."""

from collections.abc import Sequence

from bot.blocks.meetings._facts import buttons, facts, link_button, link_buttons, own_answer, tally, title, when
from bot.blocks.parts import Block, Message, actions, button, context, divider, modal, said, section, shown, unmarked
from bot.errors import N_
from bot.rules.commands import Command, help_of
from bot.rules.meetings import Own, Sight
from bot.texts import Texts
from storage.models import Meeting

MOST_NAMES = 100
MOST = 3  # meetings shown at once: a message holds 13,000 characters
HELP = (
    *help_of(Command.MEETING),
    N_("You may change your answer as often as you like. Nobody asks why."),
)
HELP_OF_COORDINATORS = help_of(Command.MEETING, coordinator=True)


def listed(t: Texts, sights: Sequence[Sight], *, coordinator: bool, said: str = "") -> Message:
    """The next meetings with one's own answer; `said` tells what came of the last press."""
    heading = t("Network meetings") if sights else t("No network meeting is planned just now.")
    blocks: list[Block] = [unmarked(f"\N{INFORMATION SOURCE} {said}")] if said else []
    blocks.append(section(f"*{heading}*" if sights else heading))
    for place, sight in enumerate(sights[:MOST]):
        blocks += [divider(), *_one(t, sight, coordinator=coordinator, agenda=place == 0)]
    blocks.append(_below(t, coordinator=coordinator))
    return said or heading, blocks


def _one(t: Texts, sight: Sight, *, coordinator: bool, agenda: bool) -> list[Block]:
    mine = own_answer(t, sight.own) or t("You have not answered yet.")
    return [
        *facts(t, sight, agenda=agenda),
        section(f"{mine}\n{tally(t, sight)}"),
        *link_buttons(t, sight.meeting),
        *buttons(t, sight.meeting, sight.own),
        *([_managing(t, sight.meeting)] if coordinator else []),
    ]


def _managing(t: Texts, meeting: Meeting) -> Block:
    return actions(
        button("meetings.edit", t("Move or edit"), meeting.key),
        button("meetings.attending", t("Who comes"), meeting.key),
        button("meetings.agenda", t("Agenda"), meeting.key),
        button("meetings.followed", t("What followed"), meeting.key),
        button("meetings.cancel", t("Cancel the meeting"), meeting.key, "danger"),
    )


def attending(t: Texts, sight: Sight, people: Sequence[tuple[str, Sequence[str]]]) -> Block:
    """Who comes, by name and to coordinators alone, and the numbers to pass on to whoever serves the food."""
    counts, meeting = sight.counts, sight.meeting
    order = [f"{title(meeting)}, {when(t, meeting)}"]
    order += [t("Place: {place}", place=shown(meeting.place, 800))] if meeting.place else []
    order.append(t("On the spot: {count}", count=counts.yes))
    heads = {"yes": t("Coming"), "remote": t("Remotely"), "waiting": t("On the waiting list")}
    names = [block for what, users in people if users for block in _named(f"{heads[what]} ({len(users)})", users)]
    nobody = [context(t("Nobody has signed up yet."))]
    caterer = t("To pass on, numbers alone")
    blocks = [
        context(t("Only coordinators see these names.")),
        *(names or nobody),
        context(t("Cannot come: {count}", count=counts.no)),
        divider(),
        section(f"*{caterer}*"),
        unmarked("\n".join(order)),
    ]
    return modal("meetings.attending", t("Who comes"), t("Close"), blocks)


def _named(head: str, users: Sequence[str]) -> list[Block]:
    """A hundred names a section, as many as there is room for in Slack's 3,000 characters."""
    parts = [users[start : start + MOST_NAMES] for start in range(0, len(users), MOST_NAMES)]
    lines = [", ".join(f"<@{user}>" for user in part) for part in parts]
    return [section(f"*{head}*\n{lines[0]}"), *(section(line) for line in lines[1:])]


def past(t: Texts, sights: Sequence[tuple[Meeting, dict[str, int]]], floor: int) -> list[Block]:
    """To coordinators: the meetings held lately, for the link to the minutes; of few answers no numbers."""
    blocks: list[Block] = []
    for meeting, useful in sights:
        text = f"{title(meeting)}, {when(t, meeting)}"
        if sum(useful.values()) >= floor:
            said = t("Of use: yes {yes}, somewhat {partly}, no {no}.",
                     **{name: useful.get(name, 0) for name in ("yes", "partly", "no")})  # fmt: skip
            text = f"{text}\n{said}"
        label = t("Change the link to the minutes") if meeting.minutes else t("Give the link to the minutes")
        blocks += [divider(), unmarked(text), actions(button("meetings.minutes", label, meeting.key))]
    return blocks


def _below(t: Texts, *, coordinator: bool) -> Block:
    proposing = button("meetings.propose", t("Propose for the agenda"), "new")
    planning = [button("meetings.plan", t("Plan a meeting"), "new")] if coordinator else []
    return actions(proposing, *planning)


def help_note(t: Texts, *, coordinator: bool) -> Message:
    lines = [t(line) for line in (*HELP, *(HELP_OF_COORDINATORS if coordinator else ()))]
    return "\n\n".join(lines), [*(section(line) for line in lines), _below(t, coordinator=coordinator)]


def home(t: Texts, sight: Sight | None) -> list[Block]:
    """App Home: the next meeting and one's own answer."""
    heading = t("Next network meeting")
    if sight is None:
        nothing = t("No network meeting is planned just now.")
        return [section(f"*{heading}*\n{nothing}")]
    mine = own_answer(t, sight.own) or t("You have not answered yet.")
    line = f"{title(sight.meeting)}, {when(t, sight.meeting)}"
    return [section(f"*{heading}*"), unmarked(line), section(mine), *buttons(t, sight.meeting, sight.own)]


def ahead(t: Texts, sight: Sight) -> list[Block]:
    """The digest: the next meeting and how many have answered what."""
    heading = t("Next network meeting")
    lines = (title(sight.meeting), when(t, sight.meeting), tally(t, sight))
    return [section(f"*{heading}*"), unmarked("\n".join(lines))]


def answered(t: Texts, what: str, sight: Sight, *, new: bool = True, moved: bool = False) -> str:
    """One sentence or two on what a press came to."""
    meeting, time = sight.meeting, when(t, sight.meeting)
    if what == "cancelled":
        return t("This meeting was cancelled, so your answer was not recorded.")
    if what == "begun":
        return t("This meeting has begun or is over, so your answer was not recorded.")
    if what == "late":
        return t("Signing up has closed. Please ask a coordinator whether there is room.")
    lead = t("The meeting has moved: it is now {when}.", when=time) if moved else ""
    if not new:
        said = t("This was your answer already.")
        return " ".join(part for part in (lead, said, _standing(t, sight.own)) if part)
    return " ".join(part for part in (lead, _said(t, what, meeting, time, sight.own)) if part)


def _standing(t: Texts, own: Own) -> str:
    return own_answer(t, own) if own.waits_as else ""


def _said(t: Texts, what: str, meeting: Meeting, time: str, own: Own) -> str:
    name = title(meeting)
    if what == "waiting":
        full = t("All seats are taken. I will tell you when a seat is free.")
        return f"{full} {_standing(t, own)}"
    if what == "yes":
        return t("You are coming: {title}, {when}. You may change your answer at any time.", title=name, when=time)
    if what == "remote":
        return t("You are joining remotely: {title}, {when}. You may change your answer at any time.", title=name,
                 when=time)  # fmt: skip
    return t("You cannot come. Thank you for telling: I will not remind you of this meeting.")


def calendar(t: Texts, addresses: tuple[str, str], *, file_sent: bool) -> Message:
    """The ways into a calendar: two addresses, and whether the file came to the person's own messages."""
    if file_sent:
        text = t("I sent you the calendar file as a private message. Or open the meeting here:")
    else:
        text = t("I could not send the calendar file. These open the meeting in your calendar:")
    google, outlook = addresses
    return text, [
        section(text),
        actions(
            link_button("meetings.link_google", "Google", google),
            link_button("meetings.link_outlook", "Outlook", outlook),
        ),
    ]


def file_failed(t: Texts, *, for_good: bool) -> Message:
    """The answer stands; `for_good` where the bot may send no files at all."""
    if for_good:
        text = t(
            "Your answer is kept. I may not send files here, so no calendar file comes: Add to my calendar opens the"
            " meeting in your calendar."
        )
    else:
        text = t("I could not send the calendar file, but your answer is kept. Add to my calendar tries again.")
    return said(text)


def proposed(t: Texts) -> str:
    return t("Thank you. The coordinators see your proposal when they make the agenda.")


def quiet(t: Texts, text: str) -> Message:
    return text, [unmarked(text), context(t("`/tapaaminen` shows the meetings."))]

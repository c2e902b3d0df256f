"""The messages about a meeting: the post in the channel, the reminders, and what has changed."""

from datetime import date

from bot.blocks.meetings._facts import buttons, facts, link_buttons, own_answer, tally, title, when
from bot.blocks.parts import Message, actions, button, context, said, section, shown, unmarked
from bot.errors import N_
from bot.rules.meetings import Sight
from bot.texts import Texts
from storage.models import Meeting

LEADS = {  # how a reminder begins, by its name; "" for one that goes out long before, on the last open day
    "": N_("A network meeting is coming. Will you come?"),
    "28": N_("A network meeting in four weeks. Will you come?"),
    "7": N_("A network meeting in a week."),
    "1": N_("A network meeting is near."),
    "0": N_("The network meeting is today. Welcome."),
}


def post(t: Texts, sight: Sight) -> Message:
    """The post in the discussion channel, as things stand: with buttons and counts while the meeting is to come."""
    meeting = sight.meeting
    if meeting.status == "cancelled":
        text = t("Cancelled: {title}, {when}", title=title(meeting), when=when(t, meeting))
        return text, [unmarked(text)]
    if meeting.status == "begun":
        text = t("Network meeting: {title}, {when}", title=title(meeting), when=when(t, meeting))
        over = t("The meeting has begun or is over, and takes no more answers.")
        return text, [*facts(t, sight), context(over), *link_buttons(t, meeting)]
    text = t("Network meeting: {title}, {when}", title=title(meeting), when=when(t, meeting))
    return text, [
        section(t("Welcome to the network meeting. Will you come?")),
        *facts(t, sight),
        *link_buttons(t, meeting),
        section(tally(t, sight)),
        *buttons(t, meeting),
        context(t("You may change your answer at any time. What should be talked about? `/tapaaminen ehdota`")),
    ]


def reminder(t: Texts, name: str, sight: Sight) -> Message:
    """To a person, with their own answer in it, or the question for one."""
    lead = t(LEADS[name])
    if name in ("7", "1") and not sight.own.answer:  # the others ask by themselves, or are for those who come
        lead = " ".join((lead, t("Please tell us whether you are coming.")))
    return _asking(t, lead, sight, agenda=name != "0")


def answered_here(t: Texts, said: str, sight: Sight) -> Message:
    """What a message to a person turns into once they have answered in it; `said` names the meeting of who comes."""
    named = [] if sight.own.comes else facts(t, sight, agenda=False)
    return said, [unmarked(said), *named, *link_buttons(t, sight.meeting), *buttons(t, sight.meeting, sight.own)]


def moved(t: Texts, sight: Sight) -> Message:
    """The time, the place or the title has changed: who answered is asked again."""
    lead = t("A network meeting has changed. Please check that your answer still holds.")
    return _asking(t, lead, sight, agenda=False)


def moved_post(t: Texts, sight: Sight) -> Message:
    """The same, to the channel."""
    return _asking(t, t("A network meeting has changed. The new details:"), sight, agenda=False)


def _asking(t: Texts, lead: str, sight: Sight, *, agenda: bool) -> Message:
    meeting, mine = sight.meeting, own_answer(t, sight.own)
    text = f"{lead} {title(meeting)}, {when(t, meeting)}"
    return text, [
        section(lead),
        *facts(t, sight, agenda=agenda),
        *([section(mine)] if mine else []),
        *link_buttons(t, meeting),
        *buttons(t, meeting, sight.own),
    ]


def cancelled(t: Texts, sight: Sight) -> Message:
    meeting = sight.meeting
    text = t("The network meeting is cancelled: {title}, {when}.", title=title(meeting), when=when(t, meeting))
    return text, [unmarked(text)]


def seat(t: Texts, sight: Sight) -> Message:
    """A seat has become free for somebody who waited."""
    lead = t("A seat has become free, and it is yours. If you cannot come after all, press “I cannot come”.")
    return _asking(t, lead, sight, agenda=False)


def closed(t: Texts, meeting: Meeting, *, moved_since: bool) -> Message:
    """What an earlier message turns into when its buttons no longer hold."""
    if meeting.status == "cancelled":
        return post(t, Sight(meeting))
    if moved_since:
        text = t("The meeting has changed since: {title}, {when}", title=title(meeting), when=when(t, meeting))
        return text, [unmarked(text), context(t("`/tapaaminen` shows the meetings."))]
    text = t("This meeting has begun or is over: {title}, {when}", title=title(meeting), when=when(t, meeting))
    return text, [unmarked(text)]


def question(t: Texts, sight: Sight) -> Message:
    """The day after: one question, one tap."""
    meeting = sight.meeting
    text = t("Thank you for coming: {title}.", title=title(meeting))
    ask = t("Was the meeting of use to you? Names are not shown to anybody.")
    answers = actions(
        button("meetings.useful_yes", t("Yes"), meeting.key),
        button("meetings.useful_partly", t("Somewhat"), meeting.key),
        button("meetings.useful_no", t("No"), meeting.key),
    )
    return text, [unmarked(text), *link_buttons(t, meeting), section(ask), answers]


def minutes(t: Texts, sight: Sight) -> Message:
    """To the channel, once there is a link."""
    text = t("The minutes of the network meeting can be read now: {title}", title=title(sight.meeting))
    return text, [unmarked(text), *link_buttons(t, sight.meeting)]


def thanked(t: Texts) -> Message:
    text = t("Thank you. Your answer is counted without your name.")
    return said(text)


def missing(t: Texts, days: tuple[date, ...]) -> Message:
    """To coordinators, with days to choose from."""
    text = t("No network meeting is planned for this half-year yet. These days are free of holidays:")
    offered = [button(f"meetings.plan_{place}", t("Plan for {day}", day=t.day(day)), day.isoformat())
               for place, day in enumerate(days, 1)]  # fmt: skip
    other = button("meetings.plan", t("Another day"), "new")
    return text, [section(text), actions(*offered, other)]


def followed(t: Texts, text: str) -> Message:
    """The close-the-loop post, in the coordinator's words."""
    heading = t("What followed from the observations")
    return heading, [section(f"*{heading}*"), unmarked(shown(text, 2990))]

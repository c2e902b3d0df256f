"""The words of the page itself, the week that it leads through, and what it tells of commands."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.demo.moving import MORNINGS
from bot.demo.network import LEADING
from bot.demo.slack import Json
from bot.errors import N_
from bot.rules.kinds import Kind
from bot.rules.weeks import DAY
from bot.texts import Texts

SUNDAY = date(2026, 11, 29)  # a browser counts from it
COMMAND, SHORTCUT = ("command", "description", "usage_hint"), ("name", "type", "callback_id")
SAID = ("name", "text", "types", "otherwise")
WORDS = {
    "title": N_("Raportoi practice"),
    "notice": N_(
        "This is Raportoi's practice place, not Slack. The people are invented, and nothing leaves this machine."
    ),
    "you_are": N_("You are"),
    "places": N_("Places"),
    "raportoi_home": N_("Raportoi: home"),
    "raportoi_messages": N_("Raportoi: private messages"),
    "messages": N_("Messages"),
    "write": N_("A message, or a command that begins with /"),
    "send": N_("Send"),
    "slash": N_("Is a / missing at the beginning?"),
    "to_all": N_("The message goes to everybody."),
    "as_message": N_("Send as a message"),
    "add_slash": N_("Add the /"),
    "shortcuts": N_("Shortcuts"),
    "more": N_("More for this message"),
    "only_you": N_("Only you see this."),
    "edited": N_("(edited)"),
    "replies": N_("Replies in the thread"),
    "new": N_("new"),
    "nothing": N_("There is nothing here yet."),
    "opening": N_("Raportoi is drawing this page…"),
    "optional": N_("(optional)"),
    "choose": N_("Choose…"),
    "close": N_("Close"),
    "cancel": N_("Cancel"),
    "look": N_("Look at the marked fields."),
    "download": N_("Download"),
    "open": N_("Open"),
    "move": N_("Move time"),
    "moving": N_("Time is moving. What is due on the way is sent."),
    "moved": N_("Time has moved."),
    "about_me": N_("About me"),
    "language": N_("Language in Slack"),
    "zone": N_("Time zone in Slack"),
    "away": N_("On holiday (a palm tree in the Slack status)"),
    "member": N_("A member of the discussion channel"),
    "refused": N_("What Slack would have refused"),
    "lost": N_("The practice place does not answer. Is it still running? It is tried again."),
    "guide": N_("A week in five minutes"),
    "next": N_("Next step"),
    "all_steps": N_("All steps"),
    "other_language": N_("På svenska"),
    "coordinator": N_("a coordinator"),
    "over": N_("Start over"),
    "sure": N_("Start the practice over?"),
    "all_goes": N_("All that has been done here goes, and the network is as it was at first. It takes ten seconds."),
    "beginning": N_("The practice begins anew. Wait a moment."),
    "copy": N_("Copy"),
}
STOPS = {
    MORNINGS: N_("the next working morning"),
    Kind.DIGEST: N_("the next digest"),
    Kind.REMINDER: N_("the next reminder to report"),
    Kind.FEEDBACK: N_("the next feedback to a reporter"),
    Kind.CHANGED: N_("the question whether anything has changed"),
    Kind.MEETING_REMINDER: N_("the next word about the meeting"),
    Kind.FOLLOWUP: N_("after the meeting"),
    Kind.SUMMARY: N_("three weeks before the meeting: the half-year summary"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the week: who does it (a key of `_people`), where, what is typed, how far time moves first.

    `shows` is the action whose button is pointed out; where there is none, `otherwise` is said.
    """

    name: str
    text: str
    who: str = ""
    place: str = "dm"
    types: str = ""
    move: str = ""
    shows: str = ""
    otherwise: str = ""


WEEK = (
    Step(
        N_("One line is enough"),
        N_("Press Send."),
        "member",
        types=N_("/raportoi There are no supported flats for young people in Turku"),
    ),
    Step(
        N_("An identity code does not get in"),
        N_("Press Send. Take the code out of the form, and send."),
        "member",
        types=N_("/raportoi Client 130279-901E does not get a flat"),
    ),
    Step(
        N_("The digest comes on Monday"),
        N_("Open a new observation, choose a status, and save."),
        "coordinator",
        move=Kind.DIGEST,
        shows="observations.review",
        otherwise=N_("Nobody filed anything in that week. File one in step 1, and come back."),
    ),
    Step(
        N_("Observations become a phenomenon"),
        N_("Publish a phenomenon in the channel."),
        "coordinator",
        place="home",
        shows="phenomena.publish",
        otherwise=N_("All phenomena are published already. Open one of them, or make a new one."),
    ),
    Step(
        N_("The reporter is told"),
        N_("Read what becomes of the observation."),
        "member",
        move=Kind.FEEDBACK,
        shows="feedback.read",
        otherwise=N_("No answer has come: no status of your observation was changed in step 3."),
    ),
    Step(
        N_("The network meets"),
        N_("Press Send. Give title and day, preview, publish, and answer the invitation."),
        "coordinator",
        place="channel",
        types=N_("/tapaaminen uusi"),
    ),
    Step(
        N_("A summary for decision makers"),
        N_("Press Send, make the files, and open the .html."),
        "coordinator",
        types=N_("/kooste yhteenveto"),
    ),
)
END = Step(
    N_("That was the week"),
    N_("Nothing of it is kept. Try more:"),
    place="",
)
MORE = (
    Step(
        N_("Correct an observation"),
        N_("In the receipt, choose another theme, edit or withdraw."),
        "member",
    ),
    Step(
        N_("File without your name"),
        N_("Press Send. Fill in the form and choose so at its end: you get a receipt code."),
        "member",
        types=N_("/raportoi"),
    ),
    Step(
        N_("Come to the meeting"),
        N_("The invitation is in the channel, above what came after it. Answer it."),
        "member",
        place="channel",
    ),
    Step(
        N_("What works elsewhere"),
        N_("Press Send. Read a practice card, and say that you have tried it."),
        "member",
        types=N_("/raportoi malli"),
    ),
)


def about(t: Texts, features: Json) -> Json:
    """Everything that the page says in this language and that does not change."""
    return {
        "language": t.language,
        "words": {name: t(words) for name, words in WORDS.items()},
        "weekdays": [t.day(SUNDAY + number * DAY).partition(" ")[0] for number in range(7)],
        "stops": {name: t(words) for name, words in STOPS.items()},
        "guide": {"week": len(WEEK), "steps": [_step(t, one) for one in (*WEEK, END, *MORE)], "people": _people(t)},
        "commands": [{key: one[key] for key in COMMAND} for one in features["slash_commands"]],
        "shortcuts": [{key: one[key] for key in SHORTCUT} for one in features["shortcuts"]],
    }


def _step(t: Texts, one: Step) -> dict[str, Any]:
    said = {name: text and t(text) for name, text in asdict(one).items() if name in SAID}
    return {**asdict(one), **said}


def _people(t: Texts) -> dict[str, str]:
    """Who leads through the week in this language, and who writes in the other one."""
    member, coordinator = LEADING.get(t.language, LEADING["fi"])
    return {"member": member, "coordinator": coordinator, "other": LEADING["fi" if t.language == "sv" else "sv"][0]}

"""The words of the page itself, the week that it leads through, and what it tells of commands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.demo.moving import MORNINGS
from bot.demo.network import COORDINATORS, MEMBERS, SWEDISH
from bot.demo.slack import Json
from bot.errors import N_
from bot.rules.kinds import Kind
from bot.rules.weeks import DAY
from bot.texts import Texts

SUNDAY = date(2026, 11, 29)  # a browser counts from it
COMMAND, SHORTCUT = ("command", "description", "usage_hint"), ("name", "type", "callback_id")
WORDS = {
    "title": N_("Raportoi practice"),
    "notice": N_(
        "This is Raportoi's own practice place, with invented people. It is not Slack, and nothing leaves this machine."
    ),
    "you_are": N_("You are"),
    "places": N_("Places"),
    "raportoi_home": N_("Raportoi: home"),
    "raportoi_messages": N_("Raportoi: private messages"),
    "messages": N_("Messages"),
    "write": N_("A message, or a command that begins with /"),
    "send": N_("Send"),
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
    "away": N_("On holiday (a palm tree in the Slack status)"),
    "member": N_("A member of the discussion channel"),
    "refused": N_("What Slack would have refused"),
    "lost": N_("The practice place does not answer. Is it still running? It is tried again."),
    "guide": N_("A week in five minutes"),
    "try": N_("Take me there"),
    "done": N_("Done, this step"),
    "end": N_("That was the week. Go on as anybody you like, or take a step again. Nothing is kept when you stop."),
    "coordinator": N_("a coordinator"),
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
    """One step of the week: who does it, where, what is typed, and how far time moves first."""

    text: str
    who: str
    place: str = "channel"
    types: str = ""
    move: str = ""


WEEK = (
    Step(
        N_("File an observation on one line: press Send. The receipt comes as a private message."),
        MEMBERS[0],
        types="/raportoi Nuorille ei löydy Turusta tukiasuntoja",
    ),
    Step(
        N_("Read the receipt. Choose another theme from its menu, edit the observation, or withdraw it."),
        MEMBERS[0],
        place="dm",
    ),
    Step(
        N_("Let the guard stop an identity code (it is artificial). Take it out of the form and send."),
        MEMBERS[0],
        types="/raportoi Asiakas 130279-901E jäi ilman asuntoa",
    ),
    Step(
        N_("File without your name: fill in the form, choose so at its end, and get a receipt code."),
        MEMBERS[0],
        types="/raportoi",
    ),
    Step(
        N_("Be answered in Swedish, as Cecilia is."),
        SWEDISH,
        types="/rapportera Det finns för få stödbostäder i Pargas",
    ),
    Step(
        N_(
            "Move time to the digest and read it as a coordinator. Press Avaa at the observation about supported"
            " housing, choose a status, write a line, and save."
        ),
        COORDINATORS[0],
        place="dm",
        move=Kind.DIGEST,
    ),
    Step(
        N_("Move time until the reporter hears of it, and read what was done."),
        MEMBERS[0],
        place="dm",
        move=Kind.FEEDBACK,
    ),
    Step(
        N_("Answer the invitation to the network meeting in the channel: press Tulen."),
        MEMBERS[0],
    ),
    Step(
        N_("Make the half-year summary as a coordinator and open its files; or plan a meeting: /tapaaminen uusi."),
        COORDINATORS[0],
        types="/kooste yhteenveto",
    ),
)


def about(t: Texts, features: Json) -> Json:
    """Everything that the page says in this language and that does not change."""
    return {
        "language": t.language,
        "words": {name: t(words) for name, words in WORDS.items()},
        "weekdays": [t.day(SUNDAY + number * DAY).partition(" ")[0] for number in range(7)],
        "stops": {name: t(words) for name, words in STOPS.items()},
        "guide": [_step(t, one) for one in WEEK],
        "commands": [{key: one[key] for key in COMMAND} for one in features["slash_commands"]],
        "shortcuts": [{key: one[key] for key in SHORTCUT} for one in features["shortcuts"]],
    }


def _step(t: Texts, one: Step) -> dict[str, Any]:
    return {"text": t(one.text), "who": one.who, "place": one.place, "types": one.types, "move": one.move}

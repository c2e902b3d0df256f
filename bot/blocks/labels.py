"""What stands on our buttons, and what is meant by who types it after the command instead of pressing."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from bot.errors import N_
from bot.texts import LANGUAGES, Texts

NOTHING, TOMORROW = N_("No (more) observations this time"), N_("Remind me tomorrow")
PAUSE, STOP = N_("Pause…"), N_("Stop these messages")
OF_REMINDERS: Mapping[str, tuple[str, ...]] = {
    "nothing": (NOTHING,),
    "tomorrow": (TOMORROW,),
    "pause": (PAUSE,),
    "stop": (STOP,),
}
MEANT: Mapping[str, tuple[str, ...]] = {
    **OF_REMINDERS,
    "form": (N_("File an observation"), N_("Open the form"), N_("Open it in the form")),
    "undo": (N_("Withdraw observation"),),
    "mine": (N_("Write to the coordinator"),),
    "channels": (N_("Wrong channel?"),),
    "practices": (N_("Practice cards"), N_("Write a practice card")),
    "settings": (N_("Change my settings"), N_("What is stored of me"), N_("Delete my data")),
    "meetings": (  # they stand below the meetings, which are shown
        *(N_("I'm coming"), N_("I'll join remotely"), N_("I cannot come"), N_("Add to my calendar")),
        *(N_("Propose for the agenda"), N_("Open the remote link"), N_("Open the minutes"), N_("Plan a meeting")),
        *(N_("Move or edit"), N_("Cancel the meeting"), N_("Who comes"), N_("What followed"), N_("Another day")),
        *(N_("Agenda"),),
    ),
    "elsewhere": (  # it belongs to a message that stands somewhere: what it is about is not known here
        *(N_("Thank you, I have read this"), N_("Same here"), N_("Same phenomenon"), N_("Show the receipt code")),
        *(N_("Take my mark back"), N_("When do I hear of this?"), N_("Take the post down…")),
        *(N_("Show its observations"), N_("Newest first"), N_("Most overdue first"), N_("Network settings")),
        *(N_("Open the queue"), N_("Search by words"), N_("Show all open"), N_("New phenomenon"), N_("Publish…")),
        *(N_("Nudge those missing"), N_("Stop this round"), N_("Ready-made answers"), N_("What has been done")),
        *(N_("Wording"), N_("File as an observation anyway"), N_("Somewhat"), N_("Previous"), N_("Next")),
        *(N_("Half-year summary"), N_("Open the summary"), N_("Write for the summary"), N_("Count the numbers again")),
        *(N_("Make the file again"), N_("Delete the observation…"), N_("Bring it back"), N_("Show deleted ones")),
        *(N_("Delete somebody's data"), N_("Download as a file"), N_("Keep my data"), N_("Take the files away")),
        *(N_("We tried this"), N_("Ask more"), N_("For Innokylä"), N_("All as a file"), N_("Write a new version")),
        *(N_("Take down"), N_("Ask for a practice card"), N_("Open the conversation"), N_("Read"), N_("Go on")),
        *(N_("Partly"), N_("I cannot say"), N_("Add a sentence"), N_("Follow this"), N_("Stop following")),
        *(
            N_("Answer all its reporters…"),
            N_("Answer several…"),
            N_("I take this"),
            N_("Let go"),
            N_("Correct the classification…"),
            N_("Take words out…"),
        ),
        *(N_("What came another way"), N_("The team's observation"), N_("Delete earlier versions")),
        N_("Delete the draft"),
        *(N_("Newer"), N_("Older"), N_("Open"), N_("Edit"), N_("Reply"), N_("Yes"), N_("No")),
    ),
}
# People say the same in other words, and with or without what stands in brackets on a button.
FI_NOW = r"(?: (?:tällä (?:kertaa|kerralla|viikolla)|tässä kuussa|nyt|tänään))?"
SV_NOW = r"(?: (?:den här (?:gången|veckan|månaden)|denna gång|nu|i ?dag))?"
EN_NOW = r"(?: (?:this (?:time|week|month)|now|today))?"
FI_ME = r"(?:(?:minulla|mulla|meillä) )?"
HI = r"(?:(?:hei|moi|hej|hi|hello|kiitos|tack|thanks) )?"
THANKS = r"(?: (?:kiitos|kiitti|tack(?: så mycket)?|thanks|thank you))?"
LONGEST = 100  # characters; more stands on no button
SAID = {
    "nothing": (
        rf"(?:tällä kertaa )?{FI_ME}ei(?:pä)? {FI_ME}(?:ole |oo )?(?:nyt |tällä kertaa )?"
        r"(?:muita |uusia )?(?:mitään |muuta )?"
        r"(?:mitään|muuta|uutta|havaintoja|havaittavaa|raportoitavaa|kirjattavaa|kerrottavaa|lisättävää)" + FI_NOW,
        r"ei (?:nyt|tällä kertaa)",
        r"(?:(?:jag|vi) har )?(?:inget|ingenting|inga(?= .)|inte (?:något|någonting|några)(?= .))"
        r"(?: (?:annat|nytt|mer|andra|nya))?"
        r"(?: (?:att (?:rapportera|berätta)|observationer|iakttagelser|annat|nytt|mer))?" + SV_NOW,
        r"(?:(?:i|we) have )?(?:no|nothing)(?: (?:other|else|new|more))?"
        r" (?:observations?|to (?:report|tell|add)|else|new|more)" + EN_NOW,
        r"(?:i|we) (?:do not|don t) have any(?:thing)?(?: (?:other|else|new|more))?"
        r" (?:observations?|to (?:report|tell|add))" + EN_NOW,
        r"(?:i have )?nothing" + EN_NOW,
    ),
    "tomorrow": (r"muistuta (?:minua |mua )?huomenna", r"påminn (?:mig )?i ?morgon", r"remind (?:me )?tomorrow"),
    "pause": (r"(?:pidä )?tauko", r"tauolle", r"(?:ta )?paus", r"(?:take a )?pause"),
    "stop": (
        r"(?:lopeta|ei enää|älä lähetä) (?:muistuttaminen|muistutu(?:sviestit|sviestejä|kset|ksia))",
        r"älä (?:enää )?muistuta(?: minua| mua)?(?: enää)?",
        r"(?:sluta påminna(?: mig)?|inga (?:fler )?påminnelser)(?: längre| mer)?",
        r"(?:stop (?:the |these )?(?:reminders|messages)|stop reminding me|no (?:more )?reminders)",
    ),
    "meetings": (
        r"en (?:pääse|tule|voi tulla)(?: mukaan)?(?: (?:verkosto)?tapaamiseen)?",
        r"(?:tulen|osallistun|pääsen) (?:mukaan )?(?:verkosto)?tapaamiseen(?: etänä)?",
        r"jag kan inte (?:komma|delta)(?: (?:på|till|i) (?:nätverks)?träffen)?",
        r"jag (?:kommer|deltar)(?: inte)? (?:på|till|i) (?:nätverks)?träffen(?: på distans)?",
        r"i (?:cannot|can not|can t) (?:come|make it)(?: to the meeting)?",
        r"i (?:m|am|will be) coming to the meeting",
    ),
    "settings": (
        r"poista (?:kaikki )?(?:minun |mun )?tieto(?:ni|jani)",
        r"mitä (?:tietoja )?minusta (?:on tallennettu|tiedetään)",
        r"(?:ta bort|radera) (?:alla )?mina (?:uppgifter|data)",
        r"vad (?:har sparats|finns sparat|vet ni) om mig",
        r"(?:delete|remove|erase) (?:all )?my data",
        r"what is (?:stored|known) (?:of|about) me",
    ),
}


_SAID = {name: re.compile(f"{HI}(?:{'|'.join(forms)}){THANKS}") for name, forms in SAID.items()}
_BETWEEN = re.compile(r"[\W_]+")


def meant(text: str) -> str:
    """What the words mean, one of MEANT; "" where they stand on none of our buttons.

    Case, punctuation and spaces do not matter.
    """
    plain = _plain(text) if len(text) < LONGEST else ""
    if found := _labels().get(plain):
        return found
    return next((name for name, said in _SAID.items() if said.fullmatch(plain)), "")


@cache
def _labels() -> dict[str, str]:
    """What stands on the buttons, in each language, as `_plain` makes it."""
    said = (
        (name, Texts(language)(label)) for name, labels in MEANT.items() for label in labels for language in LANGUAGES
    )
    return {_plain(form): name for name, label in said for form in _forms(label)}


def _forms(label: str) -> Iterator[str]:
    """With what stands in brackets, and without."""
    yield label
    yield re.sub(r"\([^)]*\)", "", label)


def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", unicodedata.normalize("NFC", text.casefold())).strip()

"""The way of an observation or a phenomenon: its statuses, the steps between them, and when a word on it is due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.errors import N_, AlreadyCounted, AlreadyGone, AlreadyOpened, NoLongerEditable
from bot.rules.observations import LONGEST
from storage.models import Observation

NAMES = {  # code -> name; the codes and the drawing of the steps are in the domain page, 3.3
    "uusi": N_("Received"),
    "kasittelyssa": N_("In progress"),
    "seurannassa": N_("Being followed"),
    "viety": N_("Taken forward"),
    "toteutunut": N_("Carried out"),
    "osin": N_("Partly carried out"),
    "jaettu": N_("Shared as good practice"),
    "yhdistetty": N_("Joined to a phenomenon"),
    "ei_toimia": N_("Does not lead to action"),
    "ohjattu": N_("Directed to the right channel"),
    "peruttu": N_("Withdrawn"),
    "poistettu": N_("Deleted"),
}
STEPS: Mapping[str, tuple[str, ...]] = {
    "uusi": ("kasittelyssa", "ohjattu"),
    "kasittelyssa": ("viety", "seurannassa", "jaettu", "yhdistetty", "ei_toimia"),
    "seurannassa": ("kasittelyssa", "toteutunut", "osin", "jaettu", "yhdistetty", "ei_toimia"),
    "viety": ("toteutunut", "osin"),
}
CLOSED = ("toteutunut", "osin", "jaettu", "yhdistetty", "ei_toimia", "ohjattu")
GONE = ("peruttu", "poistettu")  # without words; nothing leads out of them
OPEN = ("uusi", "kasittelyssa", "seurannassa", "viety")
TOLD = tuple(status for status in NAMES if status not in ("uusi", "peruttu"))  # of these the reporter gets a message
OF_PHENOMENA = ("kasittelyssa", "seurannassa", "viety", "toteutunut", "osin", "jaettu", "ei_toimia")
NEEDED = {"seurannassa": "review_date", "viety": "receiver", "ei_toimia": "reason", "ohjattu": "receiver"}
FIRST_WORD, NEXT_WORD = timedelta(days=14), timedelta(days=60)
LONGEST_LINE = 200  # characters of a reason or a receiver
MISSING = {
    "review_date": N_("Choose the day when this is looked at again."),
    "receiver": N_("Write to whom this was taken, or where it was directed."),
    "reason": N_("Write the reason: the reporter gets to read it."),
}
NO_STATUS = N_("Choose the status that this belongs to.")
NO_WORDS = N_("Write a few words to the reporter as well.")
NO_PHENOMENON = N_("Choose the phenomenon to join this to.")
ONE_OF_TWO = N_("Joining sets the status by itself: leave the status as it is, or choose no phenomenon.")
NO_SUCH_STEP = N_("This status cannot follow the present one.")
NOT_BEFORE_TODAY = N_("Choose a day after today.")
TOO_LONG = N_("This is too long. Please shorten it.")


@dataclass(frozen=True, slots=True)
class Step:
    """What a coordinator wants to be done: a new status ("" leaves it), what it needs, words to the reporter."""

    status: str = ""
    reason: str = ""
    receiver: str = ""
    review_on: date | None = None
    reply: str = ""
    phenomenon: str = ""  # number of the one to join it to
    confirmed: frozenset[str] = frozenset()  # marks of the guard's warnings that were seen


def reply_kind(status: str) -> str:
    """The kind of the wording that a reporter gets where the coordinator wrote nothing."""
    return f"reply:{status}"


def following(status: str, *, phenomenon: bool = False) -> tuple[str, ...]:
    """The statuses that may follow; a closed one is reopened. Deleting is an act of its own, at any time."""
    if status in GONE:
        return ()
    steps = ("kasittelyssa",) if status in CLOSED else STEPS[status]
    return tuple(step for step in steps if step in OF_PHENOMENA) if phenomenon else steps


def joining(status: str) -> tuple[str, ...]:
    """The steps, one or two, by which an observation is joined to a phenomenon; none where none lead there."""
    steps = following(status)
    if "yhdistetty" in steps:
        return ("yhdistetty",)
    return ("kasittelyssa", "yhdistetty") if "kasittelyssa" in steps else ()


def mistakes(status: str, step: Step, today: date, *, phenomenon: bool = False) -> dict[str, str]:
    """Field -> message id for what keeps the step from being taken; empty where nothing does."""
    if step.status and step.status not in following(status, phenomenon=phenomenon):
        return {"status": NO_SUCH_STEP}
    wrong = {name: TOO_LONG for name in ("reason", "receiver") if len(getattr(step, name)) > LONGEST_LINE}
    wrong |= {"reply": TOO_LONG} if len(step.reply) > LONGEST else {}
    wrong |= {} if step.status else _without_status(status, step)
    needed = "reason" if status in CLOSED and step.status else NEEDED.get(step.status)
    if needed and not (step.review_on if needed == "review_date" else getattr(step, needed).strip()):
        wrong[needed] = MISSING[needed]
    if step.review_on and step.review_on <= today:
        wrong["review_date"] = NOT_BEFORE_TODAY
    return wrong


def why_fixed(row: Observation, counted_until: int) -> type[NoLongerEditable] | None:
    """Why its writer may edit the observation no more (product, Afterwards); None where they may.

    `counted_until` is the last ISO week (year * 100 + week) that a digest has counted.
    """
    if row.status in GONE:
        return AlreadyGone
    if row.status != "uusi":
        return NoLongerEditable
    if row.opened_on is not None:
        return AlreadyOpened
    return AlreadyCounted if row.week <= counted_until else None


def _without_status(status: str, step: Step) -> dict[str, str]:
    """What is only said together with a status would be lost; a new day goes with words to the reporter."""
    if step.reason or step.receiver or (step.review_on and status != "seurannassa"):
        return {"status": NO_STATUS}
    return {"reply": NO_WORDS} if step.review_on and not step.reply else {}


def joining_mistakes(status: str, step: Step, today: date) -> dict[str, str]:
    """Field -> message id for what keeps an observation from being joined; a closed one is reopened with a reason."""
    steps = joining(status)
    if step.status not in ("", "yhdistetty"):
        return {"phenomenon": ONE_OF_TWO}
    return mistakes(status, replace(step, status=steps[0]), today) if steps else {"phenomenon": NO_SUCH_STEP}


def is_late(status: str, since: date, review_on: date | None, today: date) -> bool:
    """Whether no coordinator has said a word for too long; `since` is the day of the last one, at first of its filing.

    What is followed is late on its day already, since then it is looked at again.
    """
    day = due_on(status, since, review_on)
    return day is not None and (day < today or (status == "seurannassa" and day == today))


def last_words_before(today: date) -> tuple[date, date]:
    """Before which day a coordinator's last word is too long ago: of a received one (its filing), and of others."""
    return today - FIRST_WORD, today - NEXT_WORD


def due_on(status: str, noted_on: date, review_on: date | None = None) -> date | None:
    """The day by which a coordinator's word is due: 14 days for the first one, 60 for the next; None when closed.

    `noted_on` is the day of the last word, at first that of its filing. What is followed is due on its day.
    """
    if status not in OPEN:
        return None
    if status == "seurannassa" and review_on:
        return review_on
    return noted_on + (FIRST_WORD if status == "uusi" else NEXT_WORD)

"""The way of an observation or a phenomenon: its statuses, the steps between them, and when a word on it is due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Self

from bot.errors import N_, AlreadyCounted, AlreadyGone, AlreadyOpened, NoLongerEditable
from bot.rules.observations import LONGEST
from storage.models import Observation


class Stage(Enum):
    """Where a status stands: a word on it is due, it is over and can be reopened, or its words are gone for good."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


class Outcome(StrEnum):
    """What the network is told of what followed from its observations."""

    CARRIED = "carried"
    FORWARD = "forward"
    HANDLED = "handled"
    CLOSED = "closed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """All that is asked of a status anywhere. `said` is its name, `reply` what the reporter gets without other words.

    `needs` is the field that a coordinator has to fill in with it, "" for none.
    """

    said: str
    stage: Stage
    outcome: Outcome | None = None
    reply: str = ""
    needs: str = ""
    is_told: bool = True  # the reporter gets a message
    is_of_phenomena: bool = True


class Status(StrEnum):
    """The codes of all statuses, with their traits."""

    traits: Traits

    def __new__(cls, code: str, traits: Traits) -> Self:
        status = str.__new__(cls, code)
        status._value_, status.traits = code, traits
        return status

    RECEIVED = (
        "uusi",
        Traits(said=N_("Received"), stage=Stage.OPEN, outcome=Outcome.WAITING, is_told=False, is_of_phenomena=False),
    )
    IN_HAND = (
        "kasittelyssa",
        Traits(
            said=N_("In progress"),
            stage=Stage.OPEN,
            outcome=Outcome.HANDLED,
            reply=N_("Thank you for telling. A coordinator is looking into this. You get a message when it moves on."),
        ),
    )
    FOLLOWED = (
        "seurannassa",
        Traits(
            said=N_("Being followed"),
            stage=Stage.OPEN,
            outcome=Outcome.HANDLED,
            needs="review_date",
            reply=N_(
                "Nothing is done about this just now, but it is kept in view and looked at again. Tell us if you notice"
                " more."
            ),
        ),
    )
    TAKEN_FORWARD = (
        "viety",
        Traits(
            said=N_("Taken forward"),
            stage=Stage.OPEN,
            outcome=Outcome.FORWARD,
            needs="receiver",
            reply=N_(
                "What you noticed has been passed on. Nobody can promise what comes of it. You get a message when"
                " something is known."
            ),
        ),
    )
    CARRIED_OUT = (
        "toteutunut",
        Traits(
            said=N_("Carried out"),
            stage=Stage.CLOSED,
            outcome=Outcome.CARRIED,
            reply=N_("Something has changed. Thank you: your observation was part of it."),
        ),
    )
    PARTLY = (
        "osin",
        Traits(
            said=N_("Partly carried out"),
            stage=Stage.CLOSED,
            outcome=Outcome.CARRIED,
            reply=N_("A part of this has changed. Thank you: your observation was part of it."),
        ),
    )
    SHARED = (
        "jaettu",
        Traits(
            said=N_("Shared as good practice"),
            stage=Stage.CLOSED,
            outcome=Outcome.CARRIED,
            reply=N_("What works well where you are has been told to others in the network. Thank you for sharing it."),
        ),
    )
    JOINED = (
        "yhdistetty",
        Traits(
            said=N_("Joined to a phenomenon"),
            stage=Stage.CLOSED,
            outcome=Outcome.HANDLED,
            is_of_phenomena=False,
            reply=N_(
                "Your observation is now looked at as a part of this phenomenon. You get a message when it moves on."
            ),
        ),
    )
    NO_ACTION = (
        "ei_toimia",
        Traits(
            said=N_("Does not lead to action"),
            stage=Stage.CLOSED,
            outcome=Outcome.CLOSED,
            needs="reason",
            reply=N_(
                "This does not lead to action now. Your observation still counts in the network's summary. If something"
                " was understood wrongly, please reply."
            ),
        ),
    )
    DIRECTED = (
        "ohjattu",
        Traits(
            said=N_("Directed to the right channel"),
            stage=Stage.CLOSED,
            outcome=Outcome.CLOSED,
            needs="receiver",
            is_of_phenomena=False,
            reply=N_(
                "This belongs to another place, which is named here. Raportoi does not send it on, so please take it"
                " there yourself."
            ),
        ),
    )
    WITHDRAWN = (
        "peruttu",
        Traits(said=N_("Withdrawn"), stage=Stage.GONE, is_told=False, is_of_phenomena=False),
    )
    DELETED = (
        "poistettu",
        Traits(
            said=N_("Deleted"),
            stage=Stage.GONE,
            is_of_phenomena=False,
            reply=N_(
                "Thank you for telling all the same. If the matter is still current, you are welcome to file it anew on"
                " a general level: /raportoi."
            ),
        ),
    )


STEPS: Mapping[str, tuple[Status, ...]] = {
    Status.RECEIVED: (Status.IN_HAND, Status.DIRECTED),
    Status.IN_HAND: (Status.TAKEN_FORWARD, Status.FOLLOWED, Status.SHARED, Status.JOINED, Status.NO_ACTION),
    Status.FOLLOWED: (
        Status.IN_HAND,
        Status.CARRIED_OUT,
        Status.PARTLY,
        Status.SHARED,
        Status.JOINED,
        Status.NO_ACTION,
    ),
    Status.TAKEN_FORWARD: (Status.CARRIED_OUT, Status.PARTLY),
}
NAMES: Mapping[str, str] = {status: status.traits.said for status in Status}
REPLIES: dict[str, str] = {status: status.traits.reply for status in Status if status.traits.reply}
OUTCOMES: Mapping[str, Outcome] = {status: status.traits.outcome for status in Status if status.traits.outcome}
NEEDED: Mapping[str, str] = {status: status.traits.needs for status in Status if status.traits.needs}
OPEN, CLOSED, GONE = (tuple(status for status in Status if status.traits.stage is stage) for stage in Stage)
TOLD = tuple(status for status in Status if status.traits.is_told)
OF_PHENOMENA = tuple(status for status in Status if status.traits.is_of_phenomena)
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


def path(status: str, to: str) -> tuple[str, ...]:
    """The drawn steps, one or two, that lead there: being in hand may lie between; () where none do.

    A closed one is reopened by the first. Deleting is an act of its own, at any time.
    """
    steps = (Status.IN_HAND,) if status in CLOSED else STEPS.get(status, ())
    if to in steps:
        return (to,)
    return (Status.IN_HAND, to) if Status.IN_HAND in steps and to in STEPS[Status.IN_HAND] else ()


def following(status: str, *, phenomenon: bool = False) -> tuple[str, ...]:
    """The statuses that may be chosen next; the program writes the step between."""
    steps = (one for one in Status if one != status and path(status, one))
    return tuple(one for one in steps if one in OF_PHENOMENA or not phenomenon)


def joining(status: str) -> tuple[str, ...]:
    """The steps by which an observation is joined to a phenomenon, or to another one."""
    return path(status, Status.JOINED)


def needs(status: str, chosen: str) -> frozenset[str]:
    """The fields that must be filled in with the chosen status; the reporter reads why a closed one is reopened."""
    if not chosen:
        return frozenset()
    return frozenset(filter(None, (NEEDED.get(chosen), "reason" if status in CLOSED else "")))


def mistakes(status: str, step: Step, today: date, *, phenomenon: bool = False) -> dict[str, str]:
    """Field -> message id for what keeps the step from being taken; empty where nothing does."""
    if step.status and step.status not in following(status, phenomenon=phenomenon):
        return {"status": NO_SUCH_STEP}
    wrong = {name: TOO_LONG for name in ("reason", "receiver") if len(getattr(step, name)) > LONGEST_LINE}
    wrong |= {"reply": TOO_LONG} if len(step.reply) > LONGEST else {}
    wrong |= {} if step.status else _without_status(status, step)
    given = {"reason": step.reason.strip(), "receiver": step.receiver.strip(), "review_date": step.review_on}
    wrong |= {name: MISSING[name] for name in needs(status, step.status) if not given[name]}
    if step.review_on and step.review_on <= today:
        wrong["review_date"] = NOT_BEFORE_TODAY
    return wrong


def why_fixed(row: Observation, counted_until: int) -> type[NoLongerEditable] | None:
    """Why its writer may edit the observation no more (docs/ohje.md); None if they may.

    `counted_until` is the last ISO week (year * 100 + week) that a digest has counted.
    """
    if row.status in GONE:
        return AlreadyGone
    if row.status != Status.RECEIVED:
        return NoLongerEditable
    if row.opened_on is not None:
        return AlreadyOpened
    return AlreadyCounted if row.week <= counted_until else None


def _without_status(status: str, step: Step) -> dict[str, str]:
    """What is only said together with a status would be lost; a new day goes with words to the reporter."""
    if step.reason or step.receiver or (step.review_on and status != Status.FOLLOWED):
        return {"status": NO_STATUS}
    return {"reply": NO_WORDS} if step.review_on and not step.reply else {}


def joining_mistakes(status: str, step: Step, today: date) -> dict[str, str]:
    """Field -> message id for what keeps an observation from being joined; a closed one is reopened with a reason."""
    steps = joining(status)
    if step.status not in ("", Status.JOINED):
        return {"status": NO_SUCH_STEP}
    return mistakes(status, replace(step, status=steps[0]), today) if steps else {"phenomenon": NO_SUCH_STEP}


def is_late(status: str, since: date, review_on: date | None, today: date) -> bool:
    """Whether no coordinator has said a word for too long; `since` is the day of the last one, at first of its filing.

    What is followed is late on its day already, since then it is looked at again.
    """
    day = due_on(status, since, review_on)
    return day is not None and (day < today or (status == Status.FOLLOWED and day == today))


def last_words_before(today: date) -> tuple[date, date]:
    """Before which day a coordinator's last word is too long ago: of a received one (its filing), and of others."""
    return today - FIRST_WORD, today - NEXT_WORD


def deed(of: str, status: str) -> str:
    """What the audit trail says of a step: "observation.moved:viety", or that somebody was answered."""
    return f"{of}.moved:{status}" if status else f"{of}.answered"


def due_on(status: str, noted_on: date, review_on: date | None = None) -> date | None:
    """The day by which a coordinator's word is due: 14 days for the first one, 60 for the next; None when closed.

    `noted_on` is the day of the last word, at first that of its filing. What is followed is due on its day.
    """
    if status not in OPEN:
        return None
    if status == Status.FOLLOWED and review_on:
        return review_on
    return noted_on + (FIRST_WORD if status == Status.RECEIVED else NEXT_WORD)


def note_word(row: Observation, today: date) -> None:
    """Sets on the row that a coordinator's word was given today, when the next is due, and the next version."""
    row.noted_on, row.due_on = today, due_on(row.status, today, row.review_on)
    row.version += 1

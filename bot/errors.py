"""What can go wrong, by name: each carries a message id that the texts room says in the person's language."""

from collections.abc import Mapping
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "to be translated later"
    """Marks a message for the catalogues; it is translated where it is said."""
    return message


class Problem(Exception):
    """Something a person can be told, with what to do next."""

    message: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)  # never a text or a name: this is what a log may show
        self.values = values


class DatabaseUnavailable(Problem):
    message = N_("Saving took too long. Your words are not lost. Please try again in a minute.")


class NotAMember(Problem):
    message = N_("This is for the members of the network. Ask a coordinator of your network to add you to its channel.")


class PersonUnknown(Problem):
    message = N_("I could not check with Slack that you are a member of the network. Please try again in a moment.")


class TriggerExpired(Problem):
    message = N_("Slack was slow and the form did not open in time. Your words are safe for an hour.")


class WordsGone(Problem):
    message = N_("I no longer have those words: they are held for an hour only. Please write them again.")


class NotACoordinator(Problem):
    message = N_("This is for the coordinators of the network.")


class NotFound(Problem):
    message = N_("I could not find that observation. It may have been withdrawn.")


class GoneForGood(Problem):
    message = N_("The words of this observation are no longer stored: it cannot be brought back.")


class ChangedMeanwhile(Problem):
    message = N_("This has changed meanwhile. Nothing of yours is stored yet: please look again and send it once more.")


class PhenomenonGone(Problem):
    message = N_("This phenomenon is no longer here.")


class NoChannel(Problem):
    message = N_("There is no discussion channel yet. Choose one in the network settings.")


class NotYourMessage(Problem):
    message = N_("Only your own message can be made into an observation.")


class NoLongerEditable(Problem):
    """The observation (`number`) stands as it is; each kind says why, and what can be done instead."""

    message = N_(
        "Observation {number} can no longer be edited, since it is already being handled. You can still add to it with"
        " the button “Write to the coordinator”."
    )


class AlreadyOpened(NoLongerEditable):
    message = N_(
        "Observation {number} can no longer be edited, since a coordinator has read it. You can still add to it with"
        " the button “Write to the coordinator”."
    )


class AlreadyCounted(NoLongerEditable):
    message = N_(
        "Observation {number} can no longer be edited, since it has been in a weekly digest. You can still add to it"
        " with the button “Write to the coordinator”."
    )


class AlreadyGone(NoLongerEditable):
    message = N_("Observation {number} has been withdrawn or deleted. You are welcome to file a new one: `/raportoi`.")


class NotReadable(Problem):
    message = N_("This message is not about your observations.")


class NotACode(Problem):
    message = N_(
        "Write the receipt code of 12 characters after it: `/raportoi tila ABCD-EFGH-JKMN`. What you filed with your"
        " name is shown by `/raportoi omat`."
    )


class CodeNotFound(Problem):
    message = N_("There is no observation with this code. Please check whether there is a typing error in it.")


class LineTooShort(Problem):
    message = N_(
        "Line {line} is too short. Nothing was stored. Send the lines again, or send them from here as one observation."
    )


class TooManyGuesses(Problem):
    message = N_("Too many tries with a code. Please try again in an hour.")


class TooManyLines(Problem):
    message = N_(
        "At most {most} observations fit in one command, one a line. Nothing was stored. Send the lines in parts, or"
        " send them from here as one observation."
    )


class NoSuchMeeting(Problem):
    message = N_("I could not find that meeting.")


class MeetingOver(Problem):
    message = N_("This meeting has begun or was cancelled. Nothing was changed.")


class InvalidDraft(Problem):
    """Fields that do not pass: field name -> message id. Nothing was stored."""

    message = N_("Something in the form needs another look.")

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        self.fields = dict(fields)


class PersonalDataFound(Problem):
    """The privacy guard stopped a text: field -> kinds of finding, never the findings. Nothing was stored.

    `seen` are marks of all that it warns of in the form as it is now: what is confirmed when that is sent anyway.
    """

    message = N_("The text seems to hold something that could identify a person. It was not stored.")

    def __init__(
        self,
        blocked: Mapping[str, tuple[str, ...]],
        warned: Mapping[str, tuple[str, ...]],
        seen: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.blocked, self.warned, self.seen = dict(blocked), dict(warned), seen


class SlackError(Exception):
    """Slack answered no; `code` is its own word for why, `needed` the scopes it misses."""

    def __init__(self, code: str, needed: str = "") -> None:
        super().__init__(code)
        self.code, self.needed = code, frozenset(needed.replace(",", " ").split())


class ViewClosed(SlackError):
    """The person has closed the view that was to be drawn."""


class SlackUnclear(SlackError):
    """Nobody knows whether Slack did it: a time-out, a reset, a fault on its side."""


class SlackUnreachable(SlackUnclear):
    """No connection came about, so that nothing was done."""


class SlackLater(SlackError):
    """A sure no for now: not before `seconds` have passed."""

    def __init__(self, code: str, seconds: float, needed: str = "") -> None:
        super().__init__(code, needed)
        self.seconds = seconds


class SettingsError(Exception):
    """One sentence that names the setting and says where to get it; the program does not start."""

"""What can go wrong, by name: each carries a message id that the texts room says in the person's language."""

import errno
from collections.abc import Mapping
from enum import StrEnum
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
    message = N_("Saving did not work just now. Your words are not lost. Please try again in a minute.")

    def cause(self) -> str:
        """The error's own code, or the system's word for it, "" where there is none."""
        error = self.__cause__
        return errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else getattr(error, "code", "")


class NotAMember(Problem):
    message = N_("This is for the members of the network. Ask a coordinator of your network to add you to its channel.")


class PersonUnknown(Problem):
    message = N_("I could not check with Slack that you are a member of the network. Please try again in a moment.")


class ChannelLost(PersonUnknown):
    message = N_(
        "I no longer see the network's discussion channel, so I cannot tell who belongs to the network. Please tell a"
        " coordinator of your network: they can invite me there again (`/invite @Raportoi`), or choose another channel"
        " (`/kooste asetukset`)."
    )


class AppRefused(PersonUnknown):
    message = N_(
        "Slack does not let me see who belongs to the network: something is wrong with how I am installed. Please tell"
        " a coordinator of your network, who can ask whoever runs the bot."
    )


class TriggerExpired(Problem):
    message = N_("Slack was slow and the form did not open in time. Your words are safe for an hour.")


class WordsGone(Problem):
    message = N_("I no longer have those words: they are held for an hour only. Please write them again.")


class NotACoordinator(Problem):
    message = N_("This is for the coordinators of the network.")


class LastCoordinator(Problem):
    message = N_(
        "The network would be left without a coordinator. Appoint another one in the network settings first; then this"
        " can be done."
    )


class NotFound(Problem):
    message = N_("I could not find that observation. It may have been withdrawn.")


class GoneForGood(Problem):
    message = N_("The words of this observation are no longer stored: it cannot be brought back.")


class ChangedMeanwhile(Problem):
    message = N_("This has changed meanwhile. Nothing of yours is stored yet: please look again and send it once more.")


class WordsTakenOut(Problem):
    """`times`: how often by now; `marks`: of the form as it comes back, so that what is left alone in it goes."""

    message = N_(
        "Words by which somebody might be known were taken out of the observation that this began from. Nothing of"
        " yours is stored yet. Take them out here too and send again; a field that you leave as it is gets the text"
        " without them."
    )

    def __init__(self, times: int, marks: Mapping[str, str]) -> None:
        super().__init__()
        self.times, self.marks = times, marks


class CannotNudge(Problem):
    message = N_(
        "Nobody was nudged: it is done once a round, on a working day, from the third working day after the round on."
    )


class PhenomenonGone(Problem):
    message = N_("This phenomenon is no longer here.")


class PracticeGone(Problem):
    message = N_("This practice card is no longer here. `/raportoi malli` shows those that are.")


class PracticeWaits(Problem):
    message = N_("A new version of this card already waits for a coordinator. You can open it in `/raportoi malli`.")


class NotAskable(Problem):
    message = N_(
        "A practice card can be asked for only of a positive observation that was filed with a name and still has its"
        " words."
    )


class AlreadyTaken(Problem):
    message = N_("Another coordinator has taken this observation. They can let it go, or hand it over to you.")


class NoHandler(Problem):
    message = N_("Only a coordinator can go on with an observation. Choose another person.")


class PostGoing(Problem):
    message = N_("The earlier post is still being taken down. Please try again in a minute.")


class NotOverYet(Problem):
    message = N_(
        "This period is not over yet. Its numbers can be told from {day} on, so that nobody can be known by them."
    )


class CorrectionTooSmall(Problem):
    message = N_(
        "The numbers stay as they are: the correction concerns so few people that it could point to them. It will be"
        " counted in the next half-year."
    )


class NotTaken(Problem):
    message = N_("Slack did not take the message with the files. Nothing is lost: please try again in a while.")


class FilesNotAllowed(NotTaken):
    message = N_(
        "I may not send files in this workspace: the permission `files:write` was left out when I was installed."
        " Whoever runs the bot can grant it; then try again."
    )


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


class FileThere(Problem):
    message = N_("{path} is there already, and stays as it is. Choose another name for the file.")


class FileNotWritten(Problem):
    message = N_("The file could not be written, and nothing of it is left. Is the disk full? Please try again later.")


class TemplateGone(Problem):
    message = N_("The file could not be made: a part of this program is missing. Please tell whoever runs the bot.")


class NotReadable(Problem):
    message = N_("This message is not about your observations.")


class NotACode(Problem):
    message = N_(
        "Write the receipt code of 12 characters after it: `/raportoi tila ABCD-EFGH-JKMN`. What you filed with your"
        " name is shown by `/raportoi omat`."
    )


class NeverACode(NotACode):
    message = N_(
        "There is no such code: a receipt code never has the letters I, L, O and U, nor the figures 0 and 1. Please"
        " check how it was written."
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


class NotKnown(Problem):
    """A button, a command or a shortcut of another release."""

    message = N_(
        "I have been updated, and this button or command is no longer in use. Type `/raportoi help` to see what I can"
        " do."
    )


class FormNotKnown(NotKnown):
    message = N_(
        "I was updated while this form was open, and it can no longer be sent. Nothing was stored. Your text is below:"
        " copy it, close this form and open a new one."
    )


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


class No(StrEnum):
    """What Slack's no is about, and so what becomes of what was asked (`bot.slack` judges by the word)."""

    NOW = "now"  # this moment: the same goes through soon
    APP = "app"  # the token, its scopes, the workspace's rules for apps: it waits, and the operator is told
    CHANNEL = "channel"  # the channel is archived, or the bot is not in it: it waits until that is mended
    PERSON = "person"  # whoever it was for cannot be reached
    FOR_GOOD = "for good"  # this very message or call: trying again is of no use


class SlackError(Exception):
    """Slack answered no; `code` is its own word for why, `no` what that is about, `needed` the scopes it misses."""

    def __init__(self, code: str, needed: str = "", no: No = No.FOR_GOOD) -> None:
        super().__init__(code)
        self.code, self.needed, self.no = code, frozenset(needed.replace(",", " ").split()), no

    @property
    def no_files(self) -> bool:
        """Whether the bot may not send files at all."""
        return "files:write" in self.needed

    @property
    def passes(self) -> bool:
        """Whether the same may go through later."""
        return self.no in (No.NOW, No.APP, No.CHANNEL)


class ViewClosed(SlackError):
    """The person has closed the view that was to be drawn."""


class SlackUnclear(SlackError):
    """Nobody knows whether Slack did it: a time-out, a reset, a fault on its side."""

    def __init__(self, code: str, needed: str = "", no: No = No.NOW) -> None:
        super().__init__(code, needed, no)


class SlackUnreachable(SlackUnclear):
    """No connection came about, so that nothing was done."""


class SlackLater(SlackError):
    """A sure no for now, to everything of the kind: not before `seconds` have passed."""

    def __init__(self, code: str, seconds: float, needed: str = "", no: No = No.NOW) -> None:
        super().__init__(code, needed, no)
        self.seconds = seconds


class SettingsError(Exception):
    """One sentence that names the setting and says where to get it; the program does not start."""


class Refused(Exception):
    """What an operator has asked for cannot be done: one sentence on why, and what to do; nothing was changed."""

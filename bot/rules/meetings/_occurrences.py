"""What a message about a meeting tells of, as the ledger's key has it: made here and read here, and nowhere else."""

from dataclasses import dataclass
from typing import Self

from storage.models import Meeting

AFTER, MINUTES, FOLLOWED_ONCE = "after", "minutes", "followed"  # what is told once, whatever the version


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A meeting by its key, the version that is told of (None where that does not matter), and what of it.

    Written as `<key>`, `v<version>` and `of` with colons between; `of` is a reminder's name, a seat, or what is told
    once. No part holds a colon.
    """

    meeting: str
    version: int | None = None
    of: str = ""

    @classmethod
    def as_it_stands(cls, meeting: Meeting, of: str = "") -> Self:
        """Of the meeting in its present version."""
        return cls(meeting.key, meeting.version, of)

    @classmethod
    def read(cls, written: str) -> Self:
        key, *rest = written.split(":")
        version = int(rest.pop(0)[1:]) if rest and rest[0][:1] == "v" and rest[0][1:].isdecimal() else None
        return cls(key, version, ":".join(rest))

    def __str__(self) -> str:
        version = "" if self.version is None else f"v{self.version}"
        return ":".join(part for part in (self.meeting, version, self.of) if part)

    def is_present(self, meeting: Meeting) -> bool:
        """Whether a message of this occurrence tells of the meeting as it stands now."""
        return self.version == meeting.version

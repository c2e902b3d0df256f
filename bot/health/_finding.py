"""What one step of the check-up found."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One step of the check-up: whether it is well, and what it says or what to do."""

    step: str
    well: bool
    words: str

    def as_line(self) -> str:
        return f"{'ok  ' if self.well else 'BAD '} {self.step}: {self.words}"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

"""What one step of the check-up found."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One step of the check-up: whether it is well, and what it says or what to do; what is well may still warn."""

    step: str
    well: bool
    words: str
    warns: bool = False

    def as_line(self) -> str:
        mark = "BAD " if not self.well else "WARN" if self.warns else "ok  "
        return f"{mark} {self.step}: {self.words}"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

"""What a person's and a network's settings may be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import N_
from bot.rules import hashes
from storage.models import Network

LONGEST_ABSENCE = timedelta(days=731)
CADENCES = ("weekly", "biweekly", "monthly", "off")
PLACES = ("private", "channel")
NEW_BLOCKS = ("off", "on", "refused")  # Slack's own tables and charts; refused by Slack, and remembered
WEEKDAYS = range(5)
LONGEST_WORDING = 450  # characters of a text in place of a shipped one
SMALLEST_GROUP, LARGEST_GROUP = 5, 50
FIRST_QUARTER, LAST_QUARTER = 8 * 4, 17 * 4 - 1  # messages go out between 08:00 and 17:00
TIMES = tuple(f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in range(FIRST_QUARTER, LAST_QUARTER + 1))
CHOOSE = N_("Please choose one.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has chosen in their settings. `language` is None where Slack's locale is to decide."""

    language: str | None = None
    reminders: bool = True
    absence_start: date | None = None
    absence_end: date | None = None
    area: str | None = None


def absence_mistakes(start: date | None, end: date | None, today: date) -> dict[str, str]:
    """Field -> message id of what is wrong with the dates; both or none of them belong."""
    if (start is None) != (end is None):
        missing = "absence_start" if start is None else "absence_end"
        return {missing: N_("Please give both the first and the last day.")}
    if start is None or end is None:
        return {}
    if end < start:
        return {"absence_end": N_("The last day is before the first one.")}
    if end < today:
        return {"absence_end": N_("This day has passed already.")}
    return {"absence_end": N_("At most two years fit here.")} if end - start > LONGEST_ABSENCE else {}


def pause_mistake(until: date | None, today: date) -> str | None:
    """The message id of what is wrong with the last day of a pause, or None."""
    if until is None:
        return CHOOSE
    if until < today:
        return N_("This day has passed already.")
    return N_("At most two years fit here.") if until - today > LONGEST_ABSENCE else None


def network_mistakes(network: Network, languages: tuple[str, ...]) -> dict[str, str]:
    """Field -> message id of what cannot be the settings of a network, whatever the form offered."""
    allowed: dict[str, bool] = {
        "reminder_cadence": network.reminder_cadence in CADENCES,
        "reminder_weekday": network.reminder_weekday in WEEKDAYS,
        "reminder_time": network.reminder_time in TIMES,
        "reminder_place": network.reminder_place in PLACES,
        "digest_weekday": network.digest_weekday in WEEKDAYS,
        "digest_time": network.digest_time in TIMES,
        "language": network.language in languages,
        "second_language": network.second_language in ("", *languages),
        "new_blocks": network.new_blocks in NEW_BLOCKS,
    }
    wrong = {name: CHOOSE for name, fits in allowed.items() if not fits}
    if not SMALLEST_GROUP <= network.min_group <= LARGEST_GROUP:
        wrong["min_group"] = N_("A number from 5 to 50, please: smaller groups could point to a person.")
    return wrong


def marks(network: Network, coordinators: Collection[str]) -> dict[str, str]:
    """As `hashes.marks`, of all that the form of the network's settings holds."""
    return hashes.marks({**network.model_dump(exclude={"workspace"}), "coordinators": sorted(coordinators)})

"""The draft of the close-the-loop post: what became of the half-year's observations, in sentences to edit."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.blocks.observations import status_inside
from bot.errors import N_
from bot.rules.statuses import Outcome
from bot.rules.summaries import Table
from bot.texts import Texts
from storage.models import Phenomenon

OUTCOMES: Mapping[str, str] = {
    Outcome.CARRIED: N_("Carried out or shared: {count}"),
    Outcome.FORWARD: N_("Taken forward: {count}"),
    Outcome.HANDLED: N_("Being handled or followed: {count}"),
    Outcome.CLOSED: N_("Did not lead to action here, or was directed elsewhere: {count}"),
    Outcome.WAITING: N_("Not begun yet: {count}"),
}


def drafted(t: Texts, days: tuple[date, date], outcomes: Table, phenomena: Iterable[Phenomenon], limit: int) -> str:
    """The whole draft, at most so many characters; of a few observations no number is told."""
    first, last = days
    lines = [t("What followed from the observations of {first} – {last}:", first=t.date(first), last=t.date(last)), ""]
    lines += [f"• {t(OUTCOMES[name or ''], count=count)}" for name, count in outcomes.rows]
    if outcomes.merged is not None:
        lines.append("• " + t("Otherwise: {count}", count=outcomes.merged))
    elif not outcomes.rows:
        lines.append(t("Too few observations were filed for numbers to be told."))
    told = [_told(t, one) for one in phenomena]
    lines += ["", t("Phenomena:"), *told] if told else []
    lines += ["", t("Thank you for your observations. They are talked about at the meeting.")]
    while len("\n".join(lines)) > limit and told:
        lines.remove(told.pop())
    return "\n".join(lines)


def _told(t: Texts, one: Phenomenon) -> str:
    """The coordinators' own words: title, status, receiver, outcome."""
    state = status_inside(t, one.status)
    receiver = f" ({one.receiver})" if one.receiver else ""
    outcome = f" {one.outcome}" if one.outcome else ""
    return f"• {one.title}: {state}{receiver}.{outcome}"

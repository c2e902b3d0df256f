"""How the audit trail reads: who did what to what and when, in words."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.blocks.parts import Block, context, modal, section, shown
from bot.blocks.submissions import carried_in, carrying
from bot.errors import N_
from bot.rules.own_data import GONE
from bot.rules.statuses import NAMES
from bot.rules.weeks import HOME
from bot.texts import Texts
from storage.models import Audit

CALLBACK = "audits.page"
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
A_SECTION = 10  # deeds; a section holds 3,000 characters
DEEDS = {
    "observation.opened": N_("opened observation {subject}"),
    "observation.moved": N_("took observation {subject} further"),
    "observation.answered": N_("answered about observation {subject}"),
    "observation.deleted": N_("deleted the words of observation {subject}"),
    "observation.corrected": N_("corrected the classification of observation {subject}"),
    "observation.redacted": N_("took words out of observation {subject}"),
    "observation.taken": N_("took observation {subject} to go on with it"),
    "observation.let_go": N_("let go of observation {subject}"),
    "observation.handed_over": N_("handed over observation {subject} to another coordinator"),
    "observation.hidden": N_("deleted observation {subject}, which can come back for a day"),
    "observation.restored": N_("brought back observation {subject}"),
    "observation.erased": N_("had deleted observation {subject}: its words went for good"),
    "phenomenon.created": N_("made phenomenon {subject}"),
    "phenomenon.moved": N_("took phenomenon {subject} further"),
    "phenomenon.answered": N_("told what is new in phenomenon {subject}"),
    "phenomenon.edited": N_("edited phenomenon {subject}"),
    "phenomenon.published": N_("published phenomenon {subject}"),
    "practice.requested": N_("asked the writer of observation {subject} for a practice card"),
    "practice.published": N_("published practice card {subject}"),
    "practice.returned": N_("gave back practice card {subject} with words"),
    "practice.taken_down": N_("took down practice card {subject}"),
    "practice.versions_dropped": N_("deleted the earlier versions of practice card {subject}"),
    "sentence.removed": N_("took out a sentence that was written of {subject}"),
    "phenomenon.taken_down": N_("took the post of phenomenon {subject} down"),
    "meeting.planned": N_("planned the meeting of {subject}"),
    "meeting.changed": N_("moved or edited the meeting of {subject}"),
    "meeting.cancelled": N_("cancelled the meeting of {subject}"),
    "meeting.agenda": N_("made the agenda of the meeting of {subject}"),
    "meeting.followed": N_("published what followed, for the meeting of {subject}"),
    "meeting.minutes": N_("gave the minutes of the meeting of {subject}"),
    "summary.written": N_("wrote for the summary of the half-year from {subject} on"),
    "summary.corrected": N_("had the numbers of the half-year from {subject} on counted again"),
    "summary.made": N_("made the files of the summary from {subject} on"),
    "settings.changed": N_("changed the network's settings"),
    "coordinators.changed": N_("changed who the coordinators are"),
    "export.rows": N_("took out observations: {subject}"),
    "person.erasure_asked": N_("asked that the data of one person be deleted"),
    "person.erased": N_("the data of one person was deleted"),
    "wording.changed": N_("changed a wording: {subject}"),
}

MOVED = {
    "observation.moved": N_("marked observation {subject} as “{status}”"),
    "phenomenon.moved": N_("marked phenomenon {subject} as “{status}”"),
}


def page(t: Texts, rows: Sequence[Audit], full: int) -> Block:
    """One page; where as many deeds stand on it as fit (`full`), its button shows older ones."""
    lines = [_line(t, row) for row in rows]
    blocks = [section("\n".join(lines[start : start + A_SECTION])) for start in range(0, len(lines), A_SECTION)]
    note = context(t("Texts are never kept here. Nobody can change what stands here; it goes after 24 months."))
    older = t("Older") if len(rows) >= full else None
    view = modal(
        CALLBACK, t("What has been done"), t("Close"), [*(blocks or [section(t("Nothing here yet."))]), note], older
    )
    after = {"at": rows[-1].at.isoformat(), "key": rows[-1].key} if rows else {}
    return carrying(view, after)


def read_page(view: object) -> tuple[datetime, str] | None:
    """The instant and key of the last deed on a page."""
    carried = carried_in(view)
    try:
        at = datetime.fromisoformat(str(carried.get("at")))
        return (at.astimezone(UTC), str(carried.get("key") or "")) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _line(t: Texts, row: Audit) -> str:
    local = row.at.astimezone(HOME)
    return f"{t.day(local.date())} {t.clock(local.time())} · {who(t, row.who)} · {deed(t, row.what, row.subject)}"


def deed(t: Texts, what: str, subject: str) -> str:
    """What was done to what, in words; of a deed that has none, its name."""
    name, _, status = what.partition(":")
    said = MOVED.get(name) if status in NAMES else DEEDS.get(name)
    status = t(NAMES[status]) if status in NAMES else ""
    return t(said, subject=_subject(t, subject), status=status) if said else shown(what, 60)


def who(t: Texts, user: str) -> str:
    """The person; the operator, who is none; or that their data was deleted."""
    if user.startswith(GONE):
        return t("somebody whose data was deleted")
    return f"<@{user}>" if user[:1] in "UW" else t("The operator")


def _subject(t: Texts, subject: str) -> str:
    """A public number as it is; a day, a status and a kind of wording in words."""
    if A_DAY.fullmatch(subject):
        return t.day(date.fromisoformat(subject))
    if len(parts := subject.split("/")) == 3 and all(map(A_DAY.fullmatch, parts[:2])):  # noqa: PLR2004 - days, and how many
        first, last = (t.date(date.fromisoformat(part)) for part in parts[:2])
        return t("{first} – {last}, {count} in all", first=first, last=last, count=parts[2])
    status = subject.removeprefix("reply:")
    if status in NAMES:
        return t("the ready-made answer “{status}”", status=t(NAMES[status]))
    return t("the reminder to report") if subject == "report_reminder" else shown(subject, 20)

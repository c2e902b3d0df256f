"""Codes that stand in a person's rows, as words: kinds and states of messages, languages, choices from lists."""

from bot.blocks.people import NAMES
from bot.errors import N_
from bot.rules.kinds import Kind
from bot.rules.vocabularies import Vocabularies
from bot.texts import Texts

MEETING, REMINDING = N_("about a meeting"), N_("reminds you to report")
MESSAGES: dict[str, str] = {
    Kind.CANCELLED: MEETING,
    Kind.MOVED: MEETING,
    Kind.SEAT: MEETING,
    Kind.MEETING_REMINDER: MEETING,
    Kind.NOTICE: MEETING,
    Kind.MISSING: MEETING,
    Kind.FOLLOWUP: MEETING,
    Kind.FOLLOWED: MEETING,
    Kind.FEEDBACK: N_("what became of an observation"),
    Kind.RECEIPT: N_("the receipt of an observation"),
    Kind.PRACTICE: N_("about a practice card"),
    Kind.PRACTICE_POST: N_("about a practice card"),
    Kind.CHANGED: N_("asks whether something has changed"),
    Kind.FOLLOWING: N_("about a phenomenon"),
    Kind.PHENOMENON: N_("about a phenomenon"),
    Kind.DIGEST: N_("the weekly digest"),
    Kind.SUMMARY: N_("the half-year summary"),
    Kind.NEWS: N_("what waits for coordinators"),
    Kind.TEXTS_GO: N_("that old texts go"),
    Kind.TOMORROW: REMINDING,
    Kind.REMINDER: REMINDING,
    Kind.NUDGE: REMINDING,
}
UNDER_WAY = N_("being sent")
STATES = {
    "sent": N_("sent"),
    "pending": N_("waits to be sent"),
    "sending": UNDER_WAY,
    "unknown": UNDER_WAY,
    "verifying": UNDER_WAY,
    "skipped": N_("was not needed"),
    "failed": N_("could not be sent"),
    "expired": N_("was too late to be sent"),
}


def label(t: Texts, vocabularies: Vocabularies, vocabulary: str, code: str) -> str:
    """The entry of the list; of one that the list has no more, the code."""
    return dict(vocabularies.options(vocabulary, t.language)).get(code, code)


def language(t: Texts, code: str | None) -> str:
    """The language in itself, or that Slack decides."""
    return NAMES.get(code, code) if code else t("As in Slack")


def message(t: Texts, kind: str, state: str) -> str:
    return f"{t(MESSAGES.get(kind, kind))} · {t(STATES.get(state, state))}"

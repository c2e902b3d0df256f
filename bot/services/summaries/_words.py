"""What coordinators write for the summary of a half-year: read, and stored field by field behind the guard."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import ChangedMeanwhile, InvalidDraft
from bot.rules import hashes
from bot.rules import summaries as rules
from bot.rules.observations import tidy
from bot.rules.privacy import found_in, refuse
from bot.rules.summaries import Period, Words
from bot.services import networks
from bot.services.permissions import Coordinator, for_coordinators
from bot.texts import LANGUAGES
from storage import audits
from storage import summaries as table
from storage.models import SummaryWords


@for_coordinators
def words(deps: Deps, _user: Coordinator, period: Period, language: str) -> Words:
    """What is written in this language. Raises NotACoordinator, NotAMember, PersonUnknown, DatabaseUnavailable."""
    with deps.read() as session:
        return _stands(session, deps, period, language)


def _stands(session: Session, deps: Deps, period: Period, language: str) -> Words:
    """What is written; where nothing is, the sender of the last summary."""
    if row := table.words(session, deps.workspace, period.first).get(language):
        return rules.words_of(row)
    return Words(sender=table.senders(session, deps.workspace, period.first).get(language, ""))


@for_coordinators
def write(
    deps: Deps, user: Coordinator, period: Period, language: str, typed: Words, opened: Mapping[str, str] | None = None
) -> Words:
    """Stores what was changed of the words, and answers how they stand then.

    `opened` are the marks of what the form was opened with: a field that it left alone stays as another coordinator has
    put it meanwhile. Raises NotACoordinator, NotAMember, PersonUnknown, InvalidDraft, PersonalDataFound, and
    ChangedMeanwhile where both have changed the same field; then nothing was stored.
    """
    if language not in LANGUAGES:
        raise InvalidDraft({})
    texts = {name: tidy(text) for name, text in typed.texts().items()}
    typed = rules.with_texts(typed, texts)
    with deps.write() as session:
        if wrong := rules.mistakes(typed):
            raise InvalidDraft(wrong)
        found = rules.with_small_numbers(found_in(texts), texts, networks.floor(session, deps))
        found["sender"] = {kind: some for kind, some in found["sender"].items() if kind not in rules.CONTACT}
        refuse(found, deps.key, typed.confirmed)
        stands = _stands(session, deps, period, language)
        written = _together(texts, stands, opened)
        if written != stands:
            place: dict[str, Any] = {"workspace": deps.workspace, "first": period.first, "language": language}
            table.put_words(session, SummaryWords(**place | written.texts()))
            audits.add(session, deps.workspace, deps.now(), user, "summary.written", f"{period.first}")
    return written


def _together(texts: Mapping[str, str], stands: Words, opened: Mapping[str, str] | None) -> Words:
    """The fields that the form has changed as it has them, the others as they stand."""
    if opened is None:
        return rules.with_texts(stands, texts)
    left = hashes.left_alone(hashes.marks(texts), opened)
    moved = stands.texts().keys() - hashes.left_alone(hashes.marks(stands.texts()), opened)
    if any(texts[name] != getattr(stands, name) for name in moved - left):
        raise ChangedMeanwhile
    return rules.with_texts(stands, {name: text for name, text in texts.items() if name not in left})

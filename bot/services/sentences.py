"""One sentence that a member wrote beside a practice card, or beside an answer, is taken out by a coordinator."""

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import ChangedMeanwhile
from bot.rules.hashes import marks
from bot.rules.loop import answerer
from bot.rules.practices import trier
from bot.services.erasures import SENTENCE, note_erasure
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits, loop, observations, practices
from storage.models import Changed, PracticeTried


@for_coordinators
def take_out(deps: Deps, user: Coordinator, number: str, who: str, mark: str) -> str:
    """The words go for good, and who wrote them counts as before; answers the key of what they were written of.

    `who` is the hash that stands for the writer, `mark` that of the words as they were read. Raises NotACoordinator,
    and ChangedMeanwhile where other words stand there by now, or none; then nothing was done.
    """
    with deps.write() as session:
        key, row = _locked(session, deps, number, who)
        if row is None or not row.words or marks({"words": row.words})["words"] != mark:
            raise ChangedMeanwhile
        note_erasure(deps, SENTENCE, f"{key}.{who}")
        row.words = ""
        session.add(row)
        audits.add(session, deps.workspace, deps.now(), user, "sentence.removed", number)
    return key


def _locked(session: Session, deps: Deps, number: str, who: str) -> tuple[str, PracticeTried | Changed | None]:
    """The key of the card, phenomenon or observation of this number, and what this person said of it."""
    where = session, deps.workspace
    if card := practices.get_card(*where, number):
        return card.key, practices.lock_tried(*where, card.key, who)
    row = loop.phenomenon(*where, number) or observations.get_by_number(*where, number)
    return (row.key, loop.lock_answer(*where, row.key, who)) if row else ("", None)


def writer(deps: Deps, key: str, who: str) -> str | None:
    """The member for whom this hash stands; None where they have left. To be stored nowhere. Raises SlackError."""
    ids = (member.user for member in deps.people.everyone())
    return next((one for one in ids if who in (trier(deps.key, key, one), answerer(deps.key, key, one))), None)

"""A member has tried what a card tells of ("Kokeilimme tätä")."""

from dataclasses import replace

from bot.deps import Deps
from bot.errors import InvalidDraft, PracticeGone
from bot.rules import practices as rules
from bot.rules.observations import tidy
from bot.rules.practices import Tried
from bot.rules.statuses import TOO_LONG
from bot.services.permissions import Actor
from storage import practices as table
from storage.models import PracticeTried


def say_tried(deps: Deps, user: Actor, number: str, tried: Tried) -> bool:
    """Stores it once for each member, with their newest words; answers whether they are new.

    Raises InvalidDraft, PersonalDataFound, PracticeGone.
    """
    tried = replace(tried, words=tidy(tried.words))
    if len(tried.words) > rules.LONGEST_TRIED:
        raise InvalidDraft({"words": TOO_LONG})
    rules.guard({"words": tried.words}, deps.key, tried.confirmed)
    with deps.write() as session:
        row = table.lock_card(session, deps.workspace, number)
        if row is None or not row.name:
            raise PracticeGone
        who = rules.trier(deps.key, row.key, user)
        named = user if tried.named else None
        mine = PracticeTried(workspace=deps.workspace, practice=row.key, who=who, named=named, words=tried.words)
        return table.put_tried(session, mine)

"""By how many people a phenomenon was met: counted here for the receipt, the post, App Home and the summary alike."""

from collections.abc import Collection
from contextlib import suppress

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import DatabaseUnavailable
from bot.rules.phenomena import Met, met_by_people
from bot.services import networks
from storage import phenomena as table


def draw_posts_again(deps: Deps, before: str | None, after: str | None) -> None:
    """Marks the post of the phenomenon that an observation has left: its count has changed.

    In a transaction of its own, since a phenomenon is locked before its observations; where it fails, the post shows
    the earlier count until something else changes.
    """
    if before and before != after:
        with suppress(DatabaseUnavailable), deps.write() as session:
            table.mark_stale_by_key(session, deps.workspace, before)


def met_by(session: Session, deps: Deps, keys: Collection[str]) -> dict[str, Met]:
    """Key of a phenomenon -> who has met it, of all these keys; two questions, however many they are."""
    joined, pressed = table.joined_by(session, deps.workspace, keys), table.pressed_by(session, deps.workspace, keys)
    floor = networks.floor(session, deps)
    are_told_for = any(people > 1 for found in joined.values() for *_, people, _ in found)
    most = deps.people.count_known() if are_told_for else 0
    return {key: met_by_people(deps.key, key, joined.get(key, ()), pressed.get(key, ()), floor, most) for key in keys}

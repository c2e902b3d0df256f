"""What the clock does for observations: messages whose words are gone, or are back, and deletions that are final."""

from functools import partial

from bot.blocks import digests as digest_blocks
from bot.blocks import feedback as feedback_blocks
from bot.blocks.observations import receipt, withdrawn
from bot.blocks.parts import Block, Message
from bot.deps import Deps
from bot.errors import NotFound
from bot.rules.digests import KIND, Shown
from bot.services import observations
from bot.texts import Texts
from storage.models import Observation


def knock(deps: Deps) -> None:
    """Cheap where nothing waits. Raises DatabaseUnavailable."""
    if not deps.slack.removed:
        observations.clean_messages(deps, withdrawn)
        observations.put_back_messages(deps, partial(_receipt, deps), partial(_entry, deps))


def finish(deps: Deps) -> None:
    """What a coordinator deleted a day ago goes for good. Raises DatabaseUnavailable."""
    observations.finish_deletions(deps)


def _receipt(deps: Deps, t: Texts, row: Observation) -> Message:
    try:
        own = observations.one_of(deps, row.author or "", row.number)
    except NotFound:  # it has gone again: what this draws is put right by that
        return withdrawn(t, row)
    fixed = t(own.fixed.message, number=row.number) if own.fixed else ""
    return receipt(t, deps.vocabularies, own.row, (), fixed)


def _entry(deps: Deps, t: Texts, row: Observation, kind: str) -> Block:
    """With its words, as a digest or a reporter's message shows it."""
    if kind != KIND:
        return feedback_blocks.named(t, row)
    one = Shown(row.number, row.kind, row.theme, row.area, row.status, row.text)
    return digest_blocks.entry(t, deps.vocabularies, one)

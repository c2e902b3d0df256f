"""What belongs to other channels: somebody in danger (112), a statutory notice, worry about one person or one unit."""

import re

from bot.rules import learned

LOUD = 0.5  # a sum below it is let pass: a question in vain costs the trust that filing takes no time
SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")


def urgent(text: str) -> set[str]:
    """The sentences that sound like one person or one unit at hand, rather than like an observation of many."""
    return set(_heard(text))


def notices(text: str) -> set[str]:
    """Those of the urgent sentences that sound like a notice or like worry, rather than like danger."""
    return {sentence for sentence, (_, danger, notice) in _heard(text).items() if notice > danger}


def _heard(text: str) -> dict[str, list[float]]:
    told = {sentence: learned.sums("channel", sentence) for sentence in SENTENCES.split(text)}
    return {sentence: sums for sentence, sums in told.items() if sums[0] > LOUD}

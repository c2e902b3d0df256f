"""What belongs to other channels: somebody in danger (112), a statutory notice, worry about one person or one unit."""

import re

from bot.rules import learned

LOUD = 0.5  # a sum below it is let pass: a question in vain costs the trust that filing takes no time
SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")


def urgent(text: str) -> set[str]:
    """The sentences that sound like one person or one unit at hand, rather than like an observation of many."""
    return {sentence for sentence in SENTENCES.split(text) if learned.sums("channel", sentence)[0] > LOUD}


def notices(text: str) -> set[str]:
    """Those of the urgent sentences that sound like a notice or like worry, rather than like danger."""
    told = {sentence: learned.sums("channel", sentence) for sentence in urgent(text)}
    return {sentence for sentence, (_, danger, notice) in told.items() if notice > danger}

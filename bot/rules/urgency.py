"""What seems to be happening to one person right now: it belongs to other channels, and 112 may be the right one."""

import re

# Phrases of one case at hand, not of a phenomenon: "löi" but not "väkivalta lisääntyy". Casefolded; a row a phrase.
# What stands between two words has a bound: else a long text of one word over and over takes seconds.
PHRASES = (
    r"tappa\w{0,12} (?:itse|häne|lapse|vaimo|miehe)",
    r"(?:yritti|yrittää|tekee|teki|uhkaa) itsemurha",
    r"uhka(?:a|ilee)\b.{0,200}\b(?:nyt|parhaillaan)\b",
    r"hengenvaara(?:ssa|n)\b",
    r"\b(?:löi|potki|hakkasi|hakkaa|hakataan|puukotti)\b",
    r"\b(?:teen|tehdä|tekisin|jättää|jätän) (?:\w+ )?(?:huoli-?|lastensuojelu|epäkohta)ilmoitu",
    r"\b(?:ta|tar|tog) (?:sitt liv|livet av sig)",
    r"\b(?:försöker|försökte|hotar) (?:med |begå )?självmord",
    r"\bhotar\b.{0,200}\bjust nu\b",
    r"\blivsfara\b",
    r"\b(?:slog|sparkade|misshandlar|misshandlas|misshandlade)\b",
    r"\bgöra (?:en )?(?:oros|barnskydds)anmälan",
)
URGENT = re.compile("|".join(PHRASES))


def urgent(text: str) -> set[str]:
    """The words that sound like an emergency or a notice about one person, rather than an observation."""
    return {found[0] for found in URGENT.finditer(text.casefold())}

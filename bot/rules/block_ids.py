"""The ids of blocks that show an observation's words, and of those that stand where words stood.

Words leave the bot's messages by these ids alone: a block without one keeps what it shows.
"""

WORDS, GONE = "words", "gone"


def of_words(number: str) -> str:
    return f"{WORDS}.{number}"


def of_gone(number: str) -> str:
    return f"{GONE}.{number}"


def what_and_whose(block_id: object) -> tuple[str, str]:
    """(WORDS, GONE or what else the id begins with, the number of the observation) of a block's id."""
    what, _, number = str(block_id or "").partition(".")
    return what, number

"""The weekly digest: opened when it is due, gathered, told so far; and the network's own picture of the last year."""

from bot.services.digests._figures import content_of, so_far
from bot.services.digests._published import Picture, published
from bot.services.digests._runs import is_late, look_around, open_due, rule_and_past, still_wanted

__all__ = [
    "Picture",
    "content_of",
    "is_late",
    "look_around",
    "open_due",
    "published",
    "rule_and_past",
    "so_far",
    "still_wanted",
]

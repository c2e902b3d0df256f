"""The ledger of messages that the clock sends: nothing lost, nothing twice (docs/operating.md says how)."""

from bot.services.deliveries._alone import OnlySender
from bot.services.deliveries._claim import ClocksDisagree, StillWanted, claim, clock_trouble
from bot.services.deliveries._queue import Standing, cancel, enqueue, failures, undelivered
from bot.services.deliveries._record import later, never, put_off, sent, unclear, unwanted
from bot.services.deliveries._threads import after_main, place_of
from bot.services.deliveries._verify import absent, take_doubtful, unseen

__all__ = [
    "ClocksDisagree",
    "OnlySender",
    "Standing",
    "StillWanted",
    "absent",
    "after_main",
    "cancel",
    "claim",
    "clock_trouble",
    "enqueue",
    "failures",
    "later",
    "never",
    "place_of",
    "put_off",
    "sent",
    "take_doubtful",
    "unclear",
    "undelivered",
    "unseen",
    "unwanted",
]

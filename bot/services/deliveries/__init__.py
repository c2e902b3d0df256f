"""The ledger of messages that the clock sends: nothing lost, nothing twice (docs/operating.md says how)."""

from bot.services.deliveries._alone import OnlySender, lock_trouble
from bot.services.deliveries._claim import ClocksDisagree, StillWanted, claim, clock_trouble
from bot.services.deliveries._forget import forget_old
from bot.services.deliveries._looking import look_around, recipient, to_coordinator
from bot.services.deliveries._queue import Standing, cancel, enqueue, failures, mark_of, take_over, undelivered
from bot.services.deliveries._record import later, never, put_off, refused_to_all, sent, unclear, unwanted, wait
from bot.services.deliveries._threads import after_main, place_of, waits_for_main
from bot.services.deliveries._verify import absent, stood_before, take_doubtful, unseen

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
    "forget_old",
    "later",
    "lock_trouble",
    "look_around",
    "mark_of",
    "never",
    "place_of",
    "put_off",
    "recipient",
    "refused_to_all",
    "sent",
    "stood_before",
    "take_doubtful",
    "take_over",
    "to_coordinator",
    "unclear",
    "undelivered",
    "unseen",
    "unwanted",
    "wait",
    "waits_for_main",
]

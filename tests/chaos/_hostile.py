"""A Slack that refuses, hangs, lies and forgets: about one call in six goes wrong, most of those after the deed."""

import random
from typing import Any

from tests.fakes import FakeSlack

LAG = 1.5  # seconds until a message shows in the history, at most
# (method, how often, what): the client gives up after a second, so that some are accepted after that.
FAULTS: tuple[tuple[str, float, dict[str, Any]], ...] = (
    ("chat.postMessage", 0.01, {"retry_after": 1}),
    ("chat.postMessage", 0.02, {"status": 503}),
    ("chat.postMessage", 0.05, {"status": 500, "drop": "after"}),
    ("chat.postMessage", 0.02, {"drop": "after"}),
    ("chat.postMessage", 0.01, {"drop": "before"}),
    ("chat.postMessage", 0.015, {"hangs": 1.4}),
    ("chat.postMessage", 0.015, {"delay": 1.4}),
    ("chat.postMessage", 0.02, {"error": "internal_error", "drop": "after"}),
    ("chat.postMessage", 0.01, {"error": "fatal_error"}),
    ("chat.postMessage", 0.10, {"delay": 0.2}),
    ("conversations.history", 0.03, {"status": 500}),
    ("conversations.open", 0.03, {"drop": "before"}),
)


def hostile_slack(seed: int, slowness: float, *, calm: bool = False) -> FakeSlack:
    """The workspace with its faults laid out; a calm one has none. A seed gives the same dice, not the same round."""
    slack = FakeSlack(history_lag=LAG * slowness)
    dice = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    for method, share, how in () if calm else FAULTS:
        waits = {key: how[key] * slowness for key in ("hangs", "delay") if key in how}
        slack.fault(method, times=None, when=lambda _args, share=share: dice.random() < share, **how | waits)
    slack.expects_refusal("called_during_retry_after")  # what was on its way when the other call was turned away
    return slack

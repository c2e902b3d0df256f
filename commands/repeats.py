"""What Slack delivers a second time is acknowledged and not done again."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltResponse

from bot.deps import Deps


def register(app: App, deps: Deps) -> None:
    """Commands, presses and shortcuts by their triggers. A form that comes again gets the same answer again."""

    @app.middleware
    def stop_repeats(body: dict[str, Any], ack: Ack, next: Callable[[], None]) -> BoltResponse | None:  # noqa: A002 - Bolt's name
        trigger = "" if body.get("type") == "view_submission" else str(body.get("trigger_id") or "")
        if trigger and not deps.seen.first(trigger):
            return ack()
        next()
        return None

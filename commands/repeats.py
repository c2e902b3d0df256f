"""What Slack delivers a second time is acknowledged and not done again."""

from collections.abc import Callable

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from bot.deps import Deps, Seen


def register(app: App, deps: Deps) -> None:
    """Commands, presses and shortcuts by their triggers. A form that comes again gets the same answer again."""
    app.use(_Once(deps.seen))


class _Once(Middleware):
    """A class of Bolt's own kind: for a plain function Bolt looks through the whole body at each request."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def process(self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]) -> BoltResponse | None:  # noqa: A002, ARG002 - as Bolt calls it
        trigger = "" if req.body.get("type") == "view_submission" else str(req.body.get("trigger_id") or "")
        return next() if not trigger or self._seen.first(trigger) else req.context.ack()

"""What tests see and do from outside the workspace: sockets cut, faults laid out, what was said and refused."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

from ._chat import judge_message
from ._faults import Fault, Faults
from ._limits import strings
from ._seen import SECONDS
from ._socket_mode import SocketMode
from ._state import Call, Json, Refusal, RefusedError, World

Result = TypeVar("Result")


class Watched:
    """The half of the workspace that tests hold on to: its connections, its faults, and its record."""

    def __init__(self, world: World, ping_every: float) -> None:
        self.world = world
        self.faults = Faults()
        self.sockets = SocketMode(world, ping_every)
        self.busy: Callable[[], object] | None = None
        self._expected: set[str] = set()
        self._loop = asyncio.new_event_loop()

    def _on_loop(self, work: Coroutine[Any, Any, Result]) -> Result:
        future: Future[Result] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(60)

    def rings(self) -> None:
        """Tell whoever looks that something has changed."""
        with self.world.changed:
            self.world.changed.notify_all()

    # Sockets

    @property
    def live_sockets(self) -> int:
        """How many sockets are open now."""
        return len(self.sockets.links)

    @property
    def socket_history(self) -> list[tuple[float, int]]:
        """How many sockets were open from when on: pairs of monotonic seconds and count."""
        return list(self.sockets.history)

    @property
    def most_live_sockets(self) -> int:
        """The most sockets that were ever open at once."""
        return max((count for _at, count in self.sockets.history), default=0)

    @property
    def close_frames(self) -> list[int]:
        """The codes of the close frames that the bot has sent."""
        return list(self.sockets.close_codes)

    def says_disconnect(self, reason: str = "refresh_requested", *, then_close: bool = False) -> None:
        """Announce the end of every socket: warning, refresh_requested, link_disabled, too_many_websockets."""
        self._on_loop(self.sockets.say_disconnect(reason, then_close=then_close))

    def sends_frame(self, frame: str) -> None:
        """Send a text frame of any content on every socket."""
        self._on_loop(self.sockets.send_text(frame))

    def drops_sockets(self) -> int:
        """Cut every socket's TCP without a close frame and return how many there were."""
        return self._on_loop(self.sockets.drop())

    def falls_silent(self, *, silent: bool = True) -> None:
        """Keep the sockets open but send no pings and answer none, until told otherwise."""
        self._on_loop(self.sockets.be_silent(silent=silent))

    def switches_sockets_off(self, *, off: bool = True) -> None:
        """Let no socket be, as when Socket Mode is switched off in the app's settings, until told otherwise."""
        self.sockets.is_off = off
        if off:
            self.says_disconnect("link_disabled", then_close=True)

    def lingers(self) -> None:
        """Answer close frames from now on, and never close TCP."""
        self.sockets.lingers = True

    # Faults

    def fault(self, method: str, **how: Any) -> Fault:
        """Lay out a fault for a method (``*`` for all, ``response_url`` too) and return it; it strikes once by default.

        ``error="is_archived"``, ``status=500``, ``retry_after=7`` (a 429), ``drop="before"`` or ``"after"`` it was
        done, ``delay=1.5`` (alone or with the others), ``hangs=1.5`` between the deed and its answer; with
        ``drop="after"`` a status or error is the answer to what was done all the same. ``times=None`` for ever,
        ``until=event`` holds it back until the story sets the event, ``answers=event`` only what it answers.
        ``skip=30`` leaves the first 30 alone, ``when=lambda args: …`` picks calls.
        """
        return self.faults.lay(Fault(method, **how))

    # What was said and refused

    @property
    def calls(self) -> list[Call]:
        """Every request of the bot so far, oldest first."""
        with self.world.changed:
            return list(self.world.calls)

    def calls_to(self, method: str) -> list[Call]:
        """The requests to one method (or ``response_url``), oldest first."""
        return [call for call in self.calls if call.method == method]

    def waits_for_call(self, method: str, *, times: int = 1, within: float = SECONDS) -> Call:
        """Return the call that makes so many to this method, once it has been answered."""
        self.world.wait_for(lambda: len(self.calls_to(method)) >= times, within, lambda: f"{times} x {method}")
        return self.calls_to(method)[times - 1]

    def settles(self, quiet: float | None = None, within: float = SECONDS) -> None:
        """Wait until the bot has nothing in hand, where `busy` can tell, and has asked nothing for so many seconds."""
        quiet = quiet or (0.01 if self.busy else 0.3)
        deadline = time.monotonic() + within
        with self.world.changed:
            while self.world.changed.wait(quiet) or (self.busy and self.busy()):
                if time.monotonic() >= deadline:
                    raise AssertionError(f"the bot does not come to rest: {self._state()}")

    def outgoing_strings(self) -> Iterator[str]:
        """Yield every string that the bot has sent: Web API arguments, response_url posts, acknowledgements."""
        with self.world.changed:
            said = list(self.world.said)
        for one in said:
            yield from strings(one)

    @property
    def refusals(self) -> list[Refusal]:
        """What Slack would have refused, or the project forbids, and the test has not said it expects."""
        return [one for one in self.world.refusals if one.error not in self._expected]

    def expects_refusal(self, *errors: str) -> None:
        """Say that these errors belong to the story."""
        self._expected.update(errors)

    def assert_no_refusals(self) -> None:
        """Fail with all refusals that the test has not expected."""
        if self.refusals:
            raise AssertionError("\n".join(str(one) for one in self.refusals))

    @contextlib.contextmanager
    def writing_down_refusals(self, where: str) -> Iterator[None]:
        """Turn a refusal inside into an entry in the list of refusals."""
        try:
            yield
        except RefusedError as refused:
            self.world.refuse(where, refused.error, *refused.details)

    def judge(self, message: Json) -> None:
        """Refuse a message that Slack would not take."""
        judge_message(self.world, message)

    def _state(self) -> str:
        last = [(call.method, call.answer.get("error", "ok")) for call in self.world.calls[-6:]]
        return f"{self.live_sockets} sockets, last calls {last}, refusals {[str(one) for one in self.world.refusals]}"

"""Sending what the ledger holds: threads that take a row, draw it, post it and write down what became of it."""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.blocks.parts import Block, Message
from bot.deps import Deps
from bot.errors import DatabaseUnavailable, No, SlackError, SlackLater, SlackUnclear, SlackUnreachable
from bot.logs import trace
from bot.rules.deliveries import Terms, Verdict, breaker, is_person
from bot.rules.kinds import TRAITS
from bot.services import deliveries as ledger
from bot.slack import is_strange, uptime
from storage.models import Delivery

THREADS = 2
STOP_SECONDS = 15  # longer than one post can take
PAUSE = 5.0  # where something is wrong that passes by itself, or by an operator
BEFORE_INTENT = timedelta(minutes=10)
Result = TypeVar("Result")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Handler:
    """What the ledger needs to know of a kind. None of them may post; `still_wanted` may not ask Slack either.

    draw: words and blocks, drawn at sending, in the recipient's language; raises NotWanted where it should not go.
    still_wanted: whether it goes now, later or never; it runs inside the transaction that takes the row.
    sent: called after a yes, once at most.
    """

    draw: Callable[[Deps, Delivery], Message]
    still_wanted: Callable[[Deps, Session, Delivery, datetime], Verdict]
    sent: Callable[[Deps, Delivery], None] | None = None


Handlers = dict[str, Handler]
"""By kind."""


class NotWanted(Exception):
    """Drawing has found that the message should not go; the word is the reason that is written down."""


class _CheckFailed(Exception):
    def __init__(self, row: Delivery) -> None:
        super().__init__()
        self.row = row


class Sender:
    """Sends and verifies in threads of its own from `start` to `stop`; on SQLite in one process only.

    `handlers` are by kind: a kind without one is left as it is, so that an older release leaves a newer one's messages
    alone. `trouble` is why nothing is sent, "" where all is well.
    """

    def __init__(
        self,
        deps: Deps,
        terms: Terms | None,
        handlers: Handlers,
        right: ledger.OnlySender | None = None,
    ) -> None:
        self._deps, self._terms, self._handlers = deps, terms or Terms(), handlers
        self._owner = secrets.token_hex(8)
        self._right, self._is_lent = right or ledger.OnlySender(deps), right is not None
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._unclear = 0  # in a row
        self.trouble = ""

    def start(self) -> None:
        for turn in (*[self.send_one] * THREADS, self.check_doubtful):
            thread = threading.Thread(target=self._repeat, args=(turn,), name=turn.__name__, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """What is being posted is finished; what is not claimed waits for the next start."""
        self._stopping.set()
        until = uptime() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - uptime()))
        if not self._is_lent:
            self._right.release()

    def _repeat(self, turn: Callable[[], float]) -> None:
        while not self._stopping.is_set():
            self._stopping.wait(self._careful(turn))

    def _careful(self, turn: Callable[[], float]) -> float:
        try:
            return turn() if self._right.granted() else self._stand_still(self._right.trouble)
        except DatabaseUnavailable:  # the door to it has logged why
            return self._terms.poll
        except Exception as error:  # noqa: BLE001 - the thread must live on; an unfinished row is verified later
            log.error("sending went wrong: %s", trace(error))  # noqa: TRY400 - the words of errors are not logged
            return PAUSE

    def send_one(self) -> float:
        """Takes the next message through to its end; returns the seconds until it is worth asking again."""
        if not self._deps.slack.works():
            return PAUSE
        started = uptime()
        try:
            taken = ledger.claim(self._deps, self._terms, self._owner, self._questions())
        except ledger.ClocksDisagree as error:
            return self._stand_still(f"our clock and that of {error} are more than {self._terms.most_skew} apart")
        except _CheckFailed as error:
            log.error("a message of kind %s could not be judged: %s", error.row.kind, trace(error.__cause__))  # noqa: TRY400
            ledger.put_off(self._deps, self._terms, error.row, "check")
            return 0.0
        self.trouble = ""
        if not isinstance(taken, Delivery):
            return taken
        self._write_down(self._posted(taken, started))
        return 0.0

    def _stand_still(self, why: str) -> float:
        if why != self.trouble:
            log.error("nothing is sent: %s", why)
        self.trouble = why
        return PAUSE

    def _questions(self) -> dict[str, ledger.StillWanted]:
        return {kind: self._question(handler) for kind, handler in self._handlers.items()}

    def _question(self, handler: Handler) -> ledger.StillWanted:
        def still_wanted(session: Session, row: Delivery, now: datetime) -> Verdict:
            try:
                return handler.still_wanted(self._deps, session, row, now)
            except (OperationalError, DatabaseUnavailable):
                raise
            except Exception as error:  # one bad row must not stop the others
                session.expunge(row)
                raise _CheckFailed(row) from error

        return still_wanted

    def _posted(self, row: Delivery, started: float) -> Callable[[], object]:
        """Draws and posts, and returns how to write down what became of it."""
        deps, terms = self._deps, self._terms
        try:
            text, blocks = self._handlers[row.kind].draw(deps, row)
            place = ledger.place_of(deps, row)
        except NotWanted as error:
            reason = str(error)
            return lambda: ledger.unwanted(deps, row, reason)
        except DatabaseUnavailable:
            return lambda: ledger.later(deps, row, terms.poll)
        except Exception as error:  # noqa: BLE001 - nothing was posted; one bad row must not stop the others
            log.error("a message of kind %s could not be drawn: %s", row.kind, trace(error))  # noqa: TRY400
            return lambda: ledger.put_off(deps, terms, row, "draw")
        if uptime() - started > terms.frozen:  # somebody else may have the row by now
            return lambda: ledger.later(deps, row, 0)
        return self._said(row, text, blocks, place)

    def _said(self, row: Delivery, text: str, blocks: list[Block], place: tuple[str, str]) -> Callable[[], object]:
        deps, unclear = self._deps, self._unclear + 1
        try:
            to, thread = place
            channel, ts = deps.slack.deliver(to, text, blocks, (row.key, row.kind), thread)
        except SlackLater as error:
            seconds, code = error.seconds, error.code
            if error.no is No.APP:
                return lambda: ledger.refused_to_all(deps, row, seconds, code)
            return lambda: ledger.later(deps, row, seconds)
        except SlackUnreachable:
            self._unclear = unclear
            return lambda: ledger.later(deps, row, max(1.0, breaker(unclear)))
        except SlackUnclear as error:
            self._unclear, code = unclear, error.code
            return lambda: ledger.unclear(deps, row, code, breaker(unclear))
        except SlackError as error:
            self._unclear = 0
            return self._refused(row, error)
        self._unclear = 0
        return lambda: self._arrived(row, channel, ts, "reply")

    def _refused(self, row: Delivery, error: SlackError) -> Callable[[], object]:
        """Slack's no to this message alone: it waits, is given up, or is tried some times more."""
        deps, terms, code = self._deps, self._terms, error.code
        log.warning("a message of kind %s was refused: %s", row.kind, code)
        if is_strange(error) and error.no is No.NOW:
            return lambda: ledger.put_off(deps, terms, row, code)
        if error.passes and not (error.no is No.CHANNEL and TRAITS[row.kind].given_back):
            return lambda: ledger.wait(deps, terms, row, code)
        return lambda: ledger.never(deps, row, code)

    def _arrived(self, row: Delivery, channel: str, ts: str, evidence: str) -> None:
        handler = self._handlers.get(row.kind)
        if not ledger.sent(self._deps, row, channel, ts, evidence) or handler is None or handler.sent is None:
            return
        row.channel, row.ts = channel, ts
        try:
            handler.sent(self._deps, row)
        except Exception as error:  # noqa: BLE001 - the message stands
            log.error("what follows a message of kind %s failed: %s", row.kind, trace(error))  # noqa: TRY400

    def _write_down(self, outcome: Callable[[], Result]) -> Result:
        """Tries until the database takes it: a yes is worth keeping, however late. When stopping, the lease must do."""
        while True:
            try:
                return outcome()
            except DatabaseUnavailable:
                if self._stopping.wait(self._terms.poll):
                    raise

    def check_doubtful(self) -> float:
        """Looks in the history for what may have arrived; returns the seconds until it is worth asking again."""
        if not self._deps.slack.works():
            return PAUSE
        rows = ledger.take_doubtful(self._deps, self._terms, self._owner)
        if not rows:
            return self._terms.poll
        self._stopping.wait(self._terms.settle)
        for row in rows:
            if self._stopping.is_set():
                break
            self._write_down(self._looked_for(row))
        return 0.0

    def _looked_for(self, row: Delivery) -> Callable[[], object]:
        deps, slack = self._deps, self._deps.slack
        since = row.first_intent_at or row.not_before
        try:
            if ledger.waits_for_main(deps, row):
                return lambda: ledger.unseen(deps, self._terms, row, row.error or "", counts=False)
            place, thread = ledger.place_of(deps, row)
            channel = slack.open_conversation(place) if is_person(place) else place
            ts = slack.find_delivery(channel, row.key, (since - BEFORE_INTENT).timestamp(), thread)
        except SlackError as error:
            code = error.code
            counts = code == "missing_scope" or error.no not in (No.APP, No.CHANNEL, No.PERSON)
            return lambda: ledger.unseen(deps, self._terms, row, code, counts=counts)
        if ts is None:
            return lambda: ledger.absent(deps, self._terms, row)
        return lambda: self._arrived(row, channel, ts, "history")

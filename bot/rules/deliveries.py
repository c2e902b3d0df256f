"""What is sent to whom, how fast and how often it is tried, and what may keep a message from going."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.rules.kinds import Kind
from storage.models import RateGate

NOT_NEEDED = "not_needed"  # the one reason that is given for what was not sent to a person: it tells nothing of them
WORDS_KEPT, KEYS_KEPT = 6, 13  # months (docs/tietosuoja.md): what a delivery says and to whom; that there was one
UNCLEAR, NEVER_SEEN, STALE = "unclear", "never_seen", "stale"
OF_AN_ACT = ("feedback", "receipt")  # kinds that nothing plans a second time: no copy knows the act that did
WAITING = ("pending", "sending", "unknown", "verifying")  # the states of what may still arrive


def is_person(recipient: str) -> bool:
    """Whether the id is a person's; other recipients are conversations."""
    return recipient.startswith(("U", "W"))


def edit_of(channel: str, ts: str) -> str:
    """What edits of the message at this place are remembered by, where they fail."""
    return f"edit {channel} {ts}"


@dataclass(frozen=True, slots=True)
class Due:
    """One message to one recipient (U… or C…), to be entered into the ledger.

    `occurrence` is a local date, a week or a version, never an instant: kind, occurrence and recipient are the key that
    makes entering twice harmless. `params` are what the renderer needs (ids; no words). `priority` None: as its kind.
    """

    kind: Kind
    occurrence: str
    recipient: str
    not_before: datetime
    expires_at: datetime
    params: dict[str, Any] = field(default_factory=dict)
    priority: int | None = None
    key: str = ""  # of the delivery; "" where nobody needs to know it
    thread_of: str | None = None  # key of the delivery in whose thread it goes


@dataclass(frozen=True, slots=True)
class Send:
    """The message is still wanted, and goes now."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """The message is asked about again at this instant."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """The message is not sent, for this reason; for messages to persons it tells nothing of them."""

    reason: str = NOT_NEEDED


Verdict = Send | PutOff | Skip
"""What the ledger is told at the moment of sending, inside the transaction that takes the row."""


def send_from(opens: datetime, now: datetime) -> Send | PutOff:
    return PutOff(opens) if opens > now else Send()


@dataclass(frozen=True, slots=True)
class Terms:
    """The measures of sending. Production's are chosen with margin; tests shorten them.

    `settle` must be longer than a post can be under way (`frozen` and the time-out of 10 s) plus the time until what
    was posted is seen in the history, and `lease` longer than a post can be under way.
    """

    pace: float = 1.0  # messages a second and workspace: Slack's "about one a second"
    burst: int = 10
    between: timedelta = timedelta(seconds=1.05)  # messages to one recipient
    lease: timedelta = timedelta(seconds=60)
    check_lease: timedelta = timedelta(seconds=60)  # on top of the settle time
    settle: float = 30.0
    frozen: float = 5.0  # seconds from claim to post; beyond, the process is thought to have stood still
    poll: float = 1.0
    most_attempts: int = 8  # by our own faults, by words that nobody knows, or where the history cannot be read
    again: timedelta = timedelta(seconds=30)  # before the second attempt or check; doubled each time
    longest_pause: timedelta = timedelta(minutes=15)
    put_off: timedelta = timedelta(minutes=5)  # after our own drawing or checking has failed, or a no that may pass
    most_skew: timedelta = timedelta(seconds=60)
    late: timedelta = timedelta(minutes=30)

    @property
    def interval(self) -> timedelta:
        return timedelta(seconds=1 / self.pace)


def possible_tat(gate: RateGate, clock: datetime, terms: Terms) -> datetime:
    """The bucket's theoretical time; one further ahead than sending can bring it was set by a clock that was wrong."""
    return min(gate.tat, clock + terms.burst * terms.interval)


def seconds_to_wait(gate: RateGate, clock: datetime, terms: Terms) -> float:
    """How long no message may go: until Slack's own wish has passed and the bucket (GCRA) has room."""
    room = possible_tat(gate, clock, terms) - (terms.burst - 1) * terms.interval
    open_at = max(room, gate.blocked_until or room)
    return max(0.0, (open_at - clock).total_seconds())


def after_one_more(gate: RateGate, clock: datetime, terms: Terms) -> datetime:
    """The bucket's theoretical time once one more message has gone."""
    return max(possible_tat(gate, clock, terms), clock) + terms.interval


def pause_after(times: int, terms: Terms) -> timedelta:
    """How long to let it be after so many attempts or checks: twice as long each time, to a limit."""
    doublings: int = 2 ** min(max(times - 1, 0), 20)
    return min(terms.again * doublings, terms.longest_pause)


def breaker(unclear_in_a_row: int) -> float:
    """Seconds for which nothing is sent after so many unclear answers in a row: 0 up to four, then 1, 2, 4 … 30."""
    return 0.0 if unclear_in_a_row < 5 else min(30.0, 2.0 ** min(unclear_in_a_row - 5, 5))  # noqa: PLR2004 - five in a row


def skew(one: datetime, other: datetime | None, terms: Terms) -> bool:
    """Whether two clocks are too far apart to send by; one that is not known disagrees with nobody."""
    return other is not None and abs(one - other) > terms.most_skew

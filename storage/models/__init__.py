"""The tables: what is remembered, about whom, and for how long."""

from storage.models._deliveries import WEEKLY_DIGEST, Answered, ChannelGate, Delivery, Handled, RateGate, Run
from storage.models._forgetting import Clearing, Departure, Forgetting
from storage.models._installations import Installation
from storage.models._kept import CLOSED, WITH_TEXT, Kept, kept, naming
from storage.models._loop import Changed, Follower, Handling
from storage.models._meetings import AgendaItem, Meeting, Rsvp, Useful
from storage.models._networks import Audit, Coordinator, Hearing, Membership, Network, News, Person, Term, Wording
from storage.models._observations import Erasure, Hidden, Move, Observation, Phenomenon, Same, Word
from storage.models._practices import Practice, PracticeDraft, PracticeTried, PracticeVersion
from storage.models._summaries import Published, PublishedCell, PublishedMember, SummaryWords
from storage.models._types import Utc

__all__ = [
    "CLOSED",
    "WEEKLY_DIGEST",
    "WITH_TEXT",
    "AgendaItem",
    "Answered",
    "Audit",
    "Changed",
    "ChannelGate",
    "Clearing",
    "Coordinator",
    "Delivery",
    "Departure",
    "Erasure",
    "Follower",
    "Forgetting",
    "Handled",
    "Handling",
    "Hearing",
    "Hidden",
    "Installation",
    "Kept",
    "Meeting",
    "Membership",
    "Move",
    "Network",
    "News",
    "Observation",
    "Person",
    "Phenomenon",
    "Practice",
    "PracticeDraft",
    "PracticeTried",
    "PracticeVersion",
    "Published",
    "PublishedCell",
    "PublishedMember",
    "RateGate",
    "Rsvp",
    "Run",
    "Same",
    "SummaryWords",
    "Term",
    "Useful",
    "Utc",
    "Word",
    "Wording",
    "kept",
    "naming",
]

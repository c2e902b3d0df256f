"""A Slack of our own: one workspace on loopback, for one bot, with real sockets, as strict as Slack says it is.

The demo puts a page before it, and the tests drive it without one (`tests/fakes`). What Slack would refuse is answered
as Slack does. Nothing here is imported by the program that serves.
"""

from ._faults import Fault
from ._forms import CannotDoError, complaints, state_of, usable
from ._http_mode import signature
from ._limits import message_faults, surrogate_faults, text_faults, view_faults
from ._payloads import event
from ._people import HOME_CHANNEL, Person
from ._seen import SECONDS, Outcome, SeenMessage, SeenModal, SeenView
from ._socket_mode import Delivery
from ._state import Call, Channel, Json, Note, Refusal, View, World
from ._workspace import PracticeSlack

__all__ = [
    "HOME_CHANNEL",
    "SECONDS",
    "Call",
    "CannotDoError",
    "Channel",
    "Delivery",
    "Fault",
    "Json",
    "Note",
    "Outcome",
    "Person",
    "PracticeSlack",
    "Refusal",
    "SeenMessage",
    "SeenModal",
    "SeenView",
    "View",
    "World",
    "complaints",
    "event",
    "message_faults",
    "signature",
    "state_of",
    "surrogate_faults",
    "text_faults",
    "usable",
    "view_faults",
]

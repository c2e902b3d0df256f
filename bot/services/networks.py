"""The network's settings, who its coordinators are, and the texts that they put in place of the shipped ones."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import (
    N_,
    DatabaseUnavailable,
    InvalidDraft,
    No,
    NotAMember,
    PersonalDataFound,
    SlackError,
)
from bot.rules import hashes
from bot.rules import observations as forms
from bot.rules import people as rules
from bot.rules.privacy import examine
from bot.rules.reminders import REMINDER, Rule
from bot.rules.statuses import TOLD, reply_kind
from bot.services import people, permissions
from bot.services.permissions import Actor, Coordinator, Keeper, for_coordinators, for_keepers
from bot.slack import Act
from bot.texts import LANGUAGES, Texts
from storage import audits, memberships, reminders
from storage import networks as table
from storage.database import Database, Unavailable
from storage.models import Network

CHANNEL_NOT_ALLOWED = N_(
    "I cannot see that channel. I may see public ones only: the permission `groups:read` was left out when I was"
    " installed, and whoever runs the bot can grant it. To a public channel, invite me first with /invite @Raportoi."
)
TOO_LONG = N_("At most 450 characters fit here.")
log = logging.getLogger(__name__)
WORDED = (REMINDER, *(reply_kind(status) for status in TOLD))


def floor(session: Session, deps: Deps) -> int:
    """The smallest group of which numbers are shown; settings may only raise it."""
    return max(rules.SMALLEST_GROUP, table.get_network(session, deps.workspace).min_group)


def kept_channel(database: Database, workspace: str, named: str | None) -> str | None:
    """The channel that the program's setting led to first; None where it never did. Raises DatabaseUnavailable."""
    try:
        with database.read() as session:
            return memberships.kept_channel(session, workspace, named or "")
    except Unavailable as error:
        raise DatabaseUnavailable from error


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands in the settings of the network."""

    network: Network
    coordinators: tuple[str, ...]  # the appointed ones; those of the program's settings stand beside them
    wordings: Mapping[str, str]


def settings(deps: Deps) -> Chosen:
    """The network's settings as they stand; the channel is the one in use."""
    with deps.read() as session:
        network = table.get_network(session, deps.workspace)
        network = network.model_copy(update={"channel": network.channel or deps.people.channel})
        appointed = tuple(sorted(table.coordinators(session, deps.workspace)))
        return Chosen(network, appointed, table.wordings(session, deps.workspace, REMINDER))


@for_keepers
def choose(
    deps: Deps, user: Keeper, network: Network, coordinators: Collection[str], opened: Mapping[str, str] | None = None
) -> frozenset[str]:
    """Stores settings and appointed coordinators, who must be members; returns who is no coordinator any more.

    `opened` are the marks that the form was opened with: what it left alone stays as another coordinator has put it.
    A new rule of reminders holds from now on: it calls up no earlier round.
    Raises NotACoordinator, NotAMember, PersonUnknown, InvalidDraft, DatabaseUnavailable.
    """
    if wrong := _mistakes(deps, user, network, coordinators):
        raise InvalidDraft(wrong)
    with deps.write() as session:
        before = table.get_network(session, deps.workspace)
        left = hashes.left_alone(rules.marks(network, coordinators), opened or {})
        if network.channel in (None, deps.people.channel):  # left as it is; the program's settings may go on naming it
            left.add("channel")
        network = network.model_copy(update={name: getattr(before, name) for name in left - {"coordinators"}})
        old, new = Rule.of(before), Rule.of(network)
        earlier = table.coordinators(session, deps.workspace)
        appointed = earlier if "coordinators" in left else set(coordinators) - deps.first_coordinators
        if appointed != earlier:
            audits.add(session, deps.workspace, deps.now(), user, "coordinators.changed")
        if network.model_dump() != before.model_dump():
            audits.add(session, deps.workspace, deps.now(), user, "settings.changed")
        table.put(session, network)
        table.appoint(session, deps.workspace, appointed)
        if network.channel != before.channel:
            memberships.add_change(session, deps.workspace)
        if new != old:
            reminders.set_rule_since(session, deps.workspace, deps.now())
    people.read_languages(deps)
    return earlier - appointed - deps.first_coordinators


def _mistakes(deps: Deps, user: str, network: Network, coordinators: Collection[str]) -> dict[str, str]:
    wrong = rules.network_mistakes(network, LANGUAGES)
    if network.channel and network.channel != deps.people.channel:
        wrong |= _channel_mistake(deps, network.channel, user)
    if not all(_belongs(deps, one) for one in coordinators):
        wrong["coordinators"] = N_("Only members of the network can be coordinators.")
    return wrong


def _belongs(deps: Deps, user: str) -> bool:
    try:
        permissions.account(deps, user)
    except NotAMember:
        return False
    return True


def _channel_mistake(deps: Deps, channel: str, user: str) -> dict[str, str]:
    """Who chooses a channel is in it: else there might be nobody left who may choose another."""
    try:
        if deps.slack.find_channel(channel) is not None:
            inside = user in deps.slack.channel_members(channel)
            return {} if inside else {"channel": N_("You are not in that channel. Join it first.")}
    except SlackError as error:
        log.warning("a channel could not be looked up: %s", error.code)
        if error.no is No.NOW:
            return {"channel": N_("Slack did not answer just now. Please try again in a moment.")}
    if deps.slack.lacks("groups:read"):
        return {"channel": CHANNEL_NOT_ALLOWED}
    return {"channel": N_("I cannot see that channel. Invite me there first with /invite @Raportoi.")}


def send_newest(deps: Deps, send: Callable[[bool], object]) -> None:
    """Sends with Slack's own tables and charts (True) where the network wants them, else without.

    Where Slack refuses these, nothing was posted: the same goes once more without them, and that is remembered. Writes.
    """
    with deps.read() as session:
        if table.get_network(session, deps.workspace).new_blocks != "on":
            send(False)
            return
    try:
        send(True)
    except SlackError as error:
        if error.code != "invalid_blocks":
            raise
        send(False)
        log.warning("Slack refuses its own tables and charts; from now on they are sent as text")
        with deps.write() as session:
            network = table.get_network(session, deps.workspace)
            table.put(session, network.model_copy(update={"new_blocks": "refused"}))


def examine_wording(deps: Deps, texts: Mapping[str, str]) -> PersonalDataFound | None:
    """What of the texts may identify a person and has to be confirmed; texts by language, "" for the shipped one.

    Raises InvalidDraft for a text that is too long, PersonalDataFound for what is never stored.
    """
    if long := {f"text_{name}": TOO_LONG for name, text in texts.items() if len(text) > rules.LONGEST_WORDING}:
        raise InvalidDraft(long)
    try:
        examine({f"text_{name}": text for name, text in texts.items()}, deps.key)
    except PersonalDataFound as problem:
        if problem.blocked:
            raise
        return problem
    return None


@for_coordinators
def wordings(deps: Deps, _user: Coordinator, kind: str) -> Mapping[str, str]:
    """Language -> the text that stands in place of the shipped one, for a coordinator. Raises as `word`."""
    if kind not in WORDED:
        raise InvalidDraft({"status": forms.CHOICE_GONE})
    with deps.read() as session:
        return table.wordings(session, deps.workspace, kind)


@for_coordinators
def put_wording(deps: Deps, user: Coordinator, texts: Mapping[str, str], kind: str = REMINDER) -> None:
    """Puts the texts in place of the shipped ones of this kind; an empty one brings the shipped one back.

    What they warn of was confirmed at the preview. Raises NotACoordinator, InvalidDraft for a kind that has no texts,
    and what examine_wording raises.
    """
    if kind not in WORDED:
        raise InvalidDraft({"status": forms.CHOICE_GONE})
    tidied = {language: forms.tidy(text) for language, text in texts.items() if language in LANGUAGES}
    examine_wording(deps, tidied)
    with deps.write() as session:
        if any(text != table.wordings(session, deps.workspace, kind).get(name, "") for name, text in tidied.items()):
            audits.add(session, deps.workspace, deps.now(), user, "wording.changed", kind)
        for language, text in tidied.items():
            table.put_wording(session, deps.workspace, kind, language, text)


def welcome_coordinator(deps: Deps, act: Act) -> tuple[Texts, Actor]:
    """The words for the acting coordinator, and their permission. Raises NotACoordinator, NotAMember, PersonUnknown."""
    t, who = people.welcome(deps, act)
    permissions.coordinator(deps, who)
    return t, who


def welcome_keeper(deps: Deps, act: Act) -> tuple[Texts, Actor]:
    """As `welcome_coordinator`, for whoever may change the network's settings."""
    who = permissions.by_account(deps, act)
    permissions.keeper(deps, who)
    return people.texts(deps, act), who

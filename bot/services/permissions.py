"""Who may do what: deeds take an Actor or a Coordinator, which only the checks of this module make."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NewType, ParamSpec, TypeVar

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import ChannelLost, NotACoordinator
from bot.slack import Act, Member
from storage import networks as table

Actor = NewType("Actor", str)
"""The id of a person who was found to be a member of the network, in the workspace that they act in."""
Coordinator = NewType("Coordinator", Actor)
"""An Actor who was found to be a coordinator, just before the deed."""
Keeper = NewType("Keeper", Actor)
"""An Actor who may change the network's settings: a coordinator, also while nobody can read who is in the channel."""
P = ParamSpec("P")
R = TypeVar("R")


def known_actor(deps: Deps, act: Act) -> Actor | None:
    """The acting member where Slack need not be asked; None where it must be. For drawing: storing asks again."""
    return Actor(act.user) if deps.people.known(act.user, act.team) else None


def actor(deps: Deps, act: Act) -> Actor:
    """The acting member as Slack has it now. Raises NotAMember, PersonUnknown."""
    return Actor(deps.people.member(act.user, act.team).user)


def by_account(deps: Deps, act: Act) -> Actor:
    """The acting person by their account in this workspace alone, for what is open while the channel is lost.

    Raises NotAMember, PersonUnknown.
    """
    return Actor(deps.people.account(act.user, act.team).user)


def coordinators(session: Session, deps: Deps) -> frozenset[str]:
    """Those named in the program's settings, and those whom they have appointed."""
    return deps.first_coordinators | table.coordinators(session, deps.workspace)


def is_coordinator(deps: Deps, user: str) -> bool:
    """Whether the person is one now. Raises DatabaseUnavailable."""
    if user in deps.first_coordinators:
        return True
    with deps.read() as session:
        return user in coordinators(session, deps)


def coordinator(deps: Deps, user: str) -> Coordinator:
    """The member who is a coordinator at this moment. Raises NotACoordinator, NotAMember, PersonUnknown."""
    deps.people.member(user)
    return Coordinator(_appointed(deps, user))


def keeper(deps: Deps, user: str) -> Keeper:
    """Who may change the network's settings; the account is enough while the bot does not see the channel.

    Else nobody could choose another channel. Raises as `coordinator`.
    """
    account(deps, user)
    return Keeper(_appointed(deps, user))


def _appointed(deps: Deps, user: str) -> Actor:
    if not is_coordinator(deps, user):
        raise NotACoordinator
    return Actor(user)


def account(deps: Deps, user: str) -> Member:
    """The member; by the account alone while the bot does not see the channel. Raises NotAMember, PersonUnknown."""
    try:
        return deps.people.member(user)
    except ChannelLost:
        return deps.people.account(user)


def for_coordinators(
    deed: Callable[Concatenate[Deps, Coordinator, P], R],
) -> Callable[Concatenate[Deps, Actor, P], R]:
    """The deed, after a check that the actor is a coordinator at this moment.

    It raises NotACoordinator, NotAMember, PersonUnknown besides what the deed raises; then nothing was done.
    """

    @wraps(deed)
    def checked(deps: Deps, user: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return deed(deps, coordinator(deps, user), *args, **kwargs)

    return checked


def for_keepers(deed: Callable[Concatenate[Deps, Keeper, P], R]) -> Callable[Concatenate[Deps, Actor, P], R]:
    """The deed, after a check that the actor may change the network's settings at this moment; else as above."""

    @wraps(deed)
    def checked(deps: Deps, user: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return deed(deps, keeper(deps, user), *args, **kwargs)

    return checked

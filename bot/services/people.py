"""Who acts: a member of the network, and the language to speak with them."""

from bot.deps import Deps
from bot.errors import NotAMember
from bot.slack import Act, Member
from bot.texts import Texts, language_of


def known(deps: Deps, act: Act) -> Member | None:
    """The acting member where it is known without asking Slack; None where it is not."""
    return deps.people.known(act.user) if act.team in ("", deps.workspace) else None


def member(deps: Deps, act: Act) -> Member:
    """The acting member as Slack has it now. Raises NotAMember, PersonUnknown."""
    if act.team not in ("", deps.workspace):
        raise NotAMember
    return deps.people.member(act.user)


def speak_to(deps: Deps, act: Act, *, at_once: bool = False) -> Texts:
    """The member's words. `at_once` takes what is known already, so that nothing is waited for; storing asks again.

    Raises NotAMember, PersonUnknown.
    """
    person = (known(deps, act) if at_once else None) or member(deps, act)
    return Texts(language_of(person.locale))


def texts(deps: Deps, act: Act) -> Texts:
    """The words in the acting person's language, as far as it is known."""
    person = known(deps, act)
    return Texts(language_of(person.locale if person else None))

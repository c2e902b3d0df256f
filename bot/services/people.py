"""Who acts: a member of the network, the language to speak with them, and what they have chosen."""

from contextlib import suppress
from dataclasses import asdict

from bot.deps import Deps
from bot.errors import DatabaseUnavailable, InvalidDraft
from bot.rules import observations as forms
from bot.rules import people as rules
from bot.rules.commands import spoken_by
from bot.rules.deliveries import is_person
from bot.rules.people import Choices
from bot.rules.weeks import local_day
from bot.services import permissions
from bot.services.permissions import Actor
from bot.slack import Act, Member
from bot.texts import DEFAULT, LANGUAGES, Texts, language_of
from storage import memberships, networks
from storage import people as table
from storage.models import Person


def known_member(deps: Deps, act: Act) -> Member | None:
    """The acting member where it is known without asking Slack; None where it is not."""
    return deps.people.known(act.user, act.team)


def member(deps: Deps, act: Act) -> Member:
    """The acting member as Slack has it now. Raises NotAMember, PersonUnknown."""
    return deps.people.member(act.user, act.team)


def welcome(deps: Deps, act: Act, *, at_once: bool = False) -> tuple[Texts, Actor]:
    """The member's words, and their permission to act. Raises NotAMember, PersonUnknown.

    `at_once` takes what is known already, so that nothing is waited for; storing asks again.
    """
    who = (permissions.known_actor(deps, act) if at_once else None) or permissions.actor(deps, act)
    return texts(deps, act), who


def texts(deps: Deps, act: Act) -> Texts:
    """The words in the acting person's language, as far as it is known: a command's name tells it for its answer."""
    return words_of(deps, known_member(deps, act) or Member(act.user, ""), spoken_by(act.command))


def words_for(deps: Deps, user: str) -> Texts:
    """The words for somebody who is written to, as far as their language is known without asking Slack."""
    return words_of(deps, deps.people.known(user) or Member(user, ""))


def channel_words(deps: Deps) -> tuple[Texts, ...]:
    """The words for what stands in the discussion channel: in the network's language, and in its second one if any."""
    first = words_for(deps, "")
    second = deps.languages.second
    return (first, Texts(second)) if second and second != first.language else (first,)


def words_for_all(deps: Deps, recipient: str) -> tuple[Texts, ...]:
    """The words for a person, or for the channel."""
    return (words_for(deps, recipient),) if is_person(recipient) else channel_words(deps)


def words_of(deps: Deps, person: Member, spoken: str = "") -> Texts:
    """The words in the person's language: the stored one, else what is `spoken` now, Slack's locale, the network's.

    They come from memory; where that is a minute old it is read again beside, for the next time.
    """
    if deps.languages.take_turn_to_read():
        deps.workers.submit(read_languages, deps)
    own = deps.languages.chosen(person.user) or spoken
    return Texts(own or language_of(person.locale, deps.languages.default))


def read_languages(deps: Deps) -> None:
    """Brings languages and channel in memory up to date; where the database does not answer they stay as they are."""
    try:
        with deps.read() as session:
            chosen = table.languages(session, deps.workspace)
            network = networks.get_network(session, deps.workspace)
    except DatabaseUnavailable:
        return
    known_ones = {user: language for user, language in chosen.items() if language in LANGUAGES}
    second = network.second_language if network.second_language in LANGUAGES else ""
    deps.languages.fill(known_ones, network.language if network.language in LANGUAGES else DEFAULT, second)
    if network.channel:
        deps.people.follow(network.channel)


def keep_language(deps: Deps, act: Act) -> None:
    """Stores the language that the act's command tells as the one the person has chosen, unless they have set one.

    For acts that a person is known by anyway: the language of who filed without a name must not tell of it.
    """
    language = spoken_by(act.command)
    if not language or deps.languages.chosen(act.user):
        return
    with deps.write() as session:
        person = table.get_person(session, deps.workspace, act.user)
        if person is None or person.language is None:
            table.put(session, deps.workspace, act.user, {"language": language})
    read_languages(deps)


def note_change(deps: Deps) -> None:
    """Writes down that members have changed, so that every process asks Slack before it writes to anybody."""
    with suppress(DatabaseUnavailable), deps.write() as session:  # they ask every other minute all the same
        memberships.add_change(session, deps.workspace)


def row_of(deps: Deps, user: str) -> Person | None:
    """The person's row, None where nothing was chosen. Raises DatabaseUnavailable."""
    with deps.read() as session:
        return table.get_person(session, deps.workspace, user)


def choices_of(deps: Deps, user: str) -> Choices:
    """What the person has chosen; an absence or a pause that is over is not shown any more."""
    return choices_in(deps, row_of(deps, user))


def choices_in(deps: Deps, row: Person | None) -> Choices:
    """The same of a row that was read already."""
    today = local_day(deps.now())
    if row is None:
        return Choices()
    over = row.absence_end is None or row.absence_end < today
    return Choices(
        language=row.language,
        reminders=_reminded(deps, row),
        absence_start=None if over else row.absence_start,
        absence_end=None if over else row.absence_end,
        area=row.area if row.area_set else None,
    )


def choose(deps: Deps, user: Actor, choices: Choices) -> None:
    """Stores the person's settings. Reminders that are on end a pause. Raises InvalidDraft, DatabaseUnavailable."""
    wrong = rules.absence_mistakes(choices.absence_start, choices.absence_end, local_day(deps.now()))
    if choices.area is not None and choices.area not in deps.vocabularies.codes("area"):
        wrong["area"] = forms.CHOICE_GONE
    if choices.language is not None and choices.language not in LANGUAGES:
        wrong["language"] = rules.CHOOSE
    if wrong:
        raise InvalidDraft(wrong)
    with deps.write() as session:
        was = table.get_person(session, deps.workspace, user) or Person(workspace=deps.workspace, user=user)
        values = asdict(choices)
        if choices.reminders != _reminded(deps, was):  # what the form showed was left alone otherwise: a pause stays
            values["paused_until"] = None
        else:
            values["reminders"] = was.reminders
        if choices.area is None and not was.area_set:  # nothing was set before either: the area of a form stays
            values["area"] = was.area
        values["area_set"] = choices.area is not None
        table.put(session, deps.workspace, user, values)
    read_languages(deps)


def _reminded(deps: Deps, row: Person) -> bool:
    return row.reminders and not (row.paused_until and row.paused_until >= local_day(deps.now()))

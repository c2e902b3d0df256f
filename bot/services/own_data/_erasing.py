"""Erasing a person: asked for, taken back within a day, done in one transaction, and told when nothing is left."""

import logging
import secrets
from collections.abc import Callable

from bot.deps import Deps
from bot.errors import InvalidDraft, LastCoordinator, Refused, SlackError
from bot.rules import own_data as rules
from bot.rules.own_data import GONE, GRACE, TEXTS, WHAT
from bot.rules.people import CHOOSE
from bot.rules.weeks import local_day
from bot.services import meetings, practices
from bot.services.erasures import erase_rows, erased_before, note_erasure
from bot.services.own_data._stored import stored
from bot.services.people import read_languages, words_for
from bot.services.permissions import Actor, Coordinator, coordinators, for_coordinators
from bot.slack import Act
from bot.texts import Texts
from storage import audits
from storage import own_data as table
from storage.models import Forgetting

NOTHING = "Nothing is stored of {user}. If you expected something, check the id."
ALREADY = "Already erased on {day}{stay}. Nothing more is stored of {user}."
STAY = ": their texts stay, without their writer, and cannot be found through this id any more"
Message = tuple[str, list[dict[str, object]]]
log = logging.getLogger(__name__)


def look_before(deps: Deps, user: str) -> rules.Stored:
    """What is stored, to be shown before it goes. Raises LastCoordinator, DatabaseUnavailable."""
    _require_another(deps, user)
    return stored(deps, user)


def _require_another(deps: Deps, user: str) -> None:
    with deps.read() as session:
        if coordinators(session, deps) == {user}:
            raise LastCoordinator


def ask(deps: Deps, user: Actor, what: str) -> Forgetting:
    """The person is erased in a day, unless they take it back; a second time changes nothing but what goes.

    Raises InvalidDraft, LastCoordinator.
    """
    return _ask(deps, user, what)


@for_coordinators
def ask_for(deps: Deps, by: Coordinator, user: str, what: str) -> Forgetting:
    """The same by a coordinator, for another person. Raises NotACoordinator, NotAMember, PersonUnknown besides."""
    return _ask(deps, user, what, by)


def _ask(deps: Deps, user: str, what: str, by: str = "") -> Forgetting:
    if what not in WHAT:
        raise InvalidDraft({"what": CHOOSE})
    _require_another(deps, user)
    place = {"key": secrets.token_hex(16), "workspace": deps.workspace, "user": user}
    new = Forgetting(**place, what=what, due_at=deps.now() + GRACE, language=words_for(deps, user).language)
    with deps.write() as session:
        row = table.ask(session, new)
        if by and row.key == new.key:
            audits.add(session, deps.workspace, deps.now(), by, "person.erasure_asked")
    return row


def keep(deps: Deps, user: str) -> bool:
    """Takes the erasure back; answers whether there was one that had not been done."""
    with deps.write() as session:
        row = table.of_user(session, deps.workspace, user)
        if row is None or row.state != table.WAITING:
            return False
        session.delete(row)
    return True


def tell(deps: Deps, draw: Callable[[Texts, Forgetting], Message]) -> None:
    """Sends one message with the way back to each who is to be erased, and stores where it stands.

    Takes its message back where another was sent meanwhile, or nothing is to be erased any more. Raises
    DatabaseUnavailable.
    """
    with deps.read() as session:
        rows = table.untold(session, deps.workspace, deps.now())
    for row in rows:
        if not deps.patience.allows(row.key):
            continue
        try:
            channel, ts = deps.slack.post(row.user, *draw(Texts(row.language), row))
        except SlackError as error:
            log.info("that somebody is to be erased could not be told: %s", error.code)
            deps.patience.failed(row.key)
            continue
        with deps.write() as session:
            what = table.is_told(session, row.key, channel, ts)
        if what is None:
            deps.slack.delete(channel, ts)
        elif what != row.what:
            tell_anew(deps, draw, row.model_copy(update={"what": what, "channel": channel, "ts": ts}))


def tell_anew(deps: Deps, draw: Callable[[Texts, Forgetting], Message], row: Forgetting) -> None:
    """Says in the message with the way back what is to go now, after another choice. Raises SlackError."""
    if row.channel and row.ts:
        deps.slack.edit(row.channel, row.ts, *draw(Texts(row.language), row))


def finish(deps: Deps, receipt: Callable[[Texts], Message]) -> None:
    """Erases those whose day is over, and then tells so where the way back stood. What fails is tried again.

    Raises DatabaseUnavailable.
    """
    with deps.read() as session:
        rows = table.waiting(session, deps.workspace, deps.now())
    for row in rows:
        if row.state == table.WAITING and not erase_now(deps, row.user, texts=row.what == TEXTS, if_waiting=True):
            continue
        if row.channel and row.ts and not _is_told(deps, row, receipt(Texts(row.language))):
            continue
        with deps.write() as session:
            table.is_over(session, row.key)


def _is_told(deps: Deps, row: Forgetting, message: Message) -> bool:
    if not deps.patience.allows(row.key):
        return False
    try:
        deps.slack.edit(row.channel or "", row.ts or "", *message)
    except SlackError as error:
        log.info("that somebody was erased could not be told: %s", error.code)
        deps.patience.failed(row.key)
        return not error.passes
    return True


def erase_for_operator(deps: Deps, user: str, *, texts: bool) -> rules.Stored:
    """Erases the person at once, and answers what was stored. Raises Refused, DatabaseUnavailable."""
    try:
        found = look_before(deps, user)
    except LastCoordinator as error:
        raise Refused(error.message) from error
    if found.is_nothing:
        before = erased_before(deps, user)
        stay = STAY if before and before.what != TEXTS else ""
        raise Refused(ALREADY.format(day=before.day, stay=stay, user=user) if before else NOTHING.format(user=user))
    if not erase_now(deps, user, texts=texts):
        raise Refused("A message to this person is being sent at this moment. Nothing was changed: try again.")
    return found


def erase_now(deps: Deps, user: str, *, texts: bool, has_left: bool = False, if_waiting: bool = False) -> bool:
    """Nothing in the tables leads to the person any more; the bot's messages follow. A second time changes nothing.

    That a member wants no reminders stays, since they would be reminded again. False where nothing was done: a
    message to them is under way at this moment, and it is to be tried again; or, with `if_waiting`, they have just
    taken it back, or it has just been done.
    """
    language = words_for(deps, user).language
    with deps.write() as session:
        if table.of_user(session, deps.workspace, user) is None and if_waiting:
            return False
        meetings.leave_all(session, deps, user)
        if table.is_under_way(session, deps.workspace, user):
            session.rollback()
            return False
        note_erasure(deps, TEXTS if texts else rules.AUTHOR, user)
        if texts:
            practices.take_down_all(session, deps, user)
        table.mark_messages(session, deps.workspace, user, language, deps.now(), lambda: secrets.token_hex(16))
        today = None if has_left else local_day(deps.now())
        erase_rows(session, deps.key, user, GONE + secrets.token_hex(4), texts=texts, silent_on=today)
        audits.add(session, deps.workspace, deps.now(), GONE, "person.erased")
    deps.forget_words_of(user)
    read_languages(deps)
    deps.redraw_home(Act(user, deps.workspace))
    return True

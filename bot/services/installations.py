"""What ties a database to one workspace and one key, so that nothing in it is lost sight of without a word."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.deps import cannot_be_used
from bot.errors import SettingsError
from bot.rules.hashes import keyed
from bot.settings import KEY_BACK, Store
from storage import installations as table
from storage import memberships, networks
from storage.database import Database, Unavailable

OTHER_KEY = (
    "RAPORTOI_KEY is not the key that this database was made with: with it, the receipt codes given so far are worth"
    " nothing."
)
OTHER_WORKSPACE = (
    "SLACK_BOT_TOKEN is of the workspace {ours}, and the observations in this database are of {theirs}: nobody would"
    " see them, and nothing would forget them. Take the token of {theirs}; for {ours} set another DATABASE_URL or"
    " RAPORTOI_DATA, and leave this database as it is."
)


def needs_its_key(session: Session) -> bool:
    """Whether codes may have been given that only the key of this database knows; writes nothing."""
    return table.of_database(session) is not None or bool(table.workspaces(session))


def mistake_in_key(session: Session, settings: Store) -> str:
    """The sentence where the key is missing or not the database's, "" where all is well; writes nothing."""
    try:
        given = check_of(settings.key)
    except SettingsError as error:
        return str(error) if needs_its_key(session) else ""
    tied = table.of_database(session)
    return f"{OTHER_KEY} {KEY_BACK}" if tied and tied.key_check != given else ""


def mistake_in_workspace(session: Session, workspace: str) -> str:
    """The sentence where the database holds the observations of another workspace, else ""; writes nothing.

    Without observations it takes any. One of an older release, which is not tied yet, is that of the observations in
    it; where these are of several, it is this one's if this one is among them.
    """
    tied = table.of_database(session)
    if tied and tied.workspace == workspace:
        return ""
    found = table.workspaces(session)
    theirs = found & {tied.workspace} if tied else found - {workspace} if workspace not in found else set()
    return OTHER_WORKSPACE.format(ours=workspace, theirs=", ".join(sorted(theirs))) if theirs else ""


def is_ours(session: Session, workspace: str, key: bytes) -> bool:
    """Whether the database is still that of this workspace and key; while the bot runs it may become another's."""
    tied = table.of_database(session)
    return tied is None or (tied.workspace, tied.key_check) == (workspace, check_of(key))


def tie(session: Session, workspace: str, key: bytes) -> None:
    """From here on the database is this workspace's and needs this key; writes only where that is news."""
    table.tie(session, workspace, check_of(key))


def take_key(database: Database, settings: Store) -> None:
    """Ties the database to the key that is set or kept, made if there is none.

    What was made with the one before is worth nothing then. Writes; raises SettingsError.
    """
    settings.make_key()
    try:
        with database.write() as session:
            if tied := table.of_database(session):
                table.tie(session, tied.workspace, check_of(settings.key))
    except Unavailable as error:
        raise SettingsError(cannot_be_used(settings.database, error)) from error


def check_of(key: bytes) -> str:
    """What tells a key from another, and nothing of either."""
    return keyed(key, "installation").hex()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a network has chosen in place of the program's settings."""

    channel: str | None = None
    coordinators: frozenset[str] = frozenset()
    kept: str | None = None  # the channel that the program's setting led to first


@dataclass(frozen=True, slots=True)
class Examined:
    """A sentence on what is wrong with writing, key and workspace, "" where nothing is; and the network's choices."""

    writing: str
    key: str
    workspace: str
    choices: Choices = Choices()
    key_kept_on: date | None = None


def examine(database: Database, settings: Store, workspace: str | None, named: str = "") -> Examined:
    """What the database says of itself, asked by reading and by one small write. None is no workspace to compare.

    `named` is the channel in the program's settings. Raises SettingsError where it does not answer.
    """
    try:
        with database.read() as session:
            key = mistake_in_key(session, settings)
            other = mistake_in_workspace(session, workspace) if workspace else ""
            network = networks.get_network(session, workspace or "")
            tied = table.of_database(session)
            kept_on = tied.key_kept_on if tied else None
            kept = memberships.kept_channel(session, network.workspace, named)
            chosen = Choices(network.channel, networks.coordinators(session, network.workspace), kept)
    except Unavailable as error:
        raise SettingsError(cannot_be_used(settings.database, error)) from error
    try:
        with database.write() as session:
            table.beat(session)
    except Unavailable as error:
        return Examined(cannot_be_used(settings.database, error), key, other, chosen, kept_on)
    return Examined("", key, other, chosen, kept_on)


def note_key_copy(database: Database, settings: Store, day: date) -> None:
    """Remembers when a copy of the key was last kept apart. Raises SettingsError."""
    try:
        with database.write() as session:
            table.note_key_copy(session, day)
    except Unavailable as error:
        raise SettingsError(cannot_be_used(settings.database, error)) from error

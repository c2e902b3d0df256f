"""Every environment variable, typed, with what it is for and where to get it."""

import contextlib
import os
import re
import secrets
import tomllib
from functools import cache, cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError
from storage import files


def _starts_with(prefix: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(prefix + r"[\w-]+", value):
            raise ValueError(prefix)
        return value

    return AfterValidator(check)


def _database(value: str | None) -> str | None:
    """The URL for our drivers; one of a database that is not there after a restart (in memory) is refused."""
    if value is None:
        return None
    try:
        url = make_url(re.sub("^postgres(ql)?://", "postgresql+psycopg://", value))
    except ArgumentError as error:
        raise ValueError(value) from error
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        lasts = url.database not in (None, "", ":memory:") and not url.database.startswith("file:")
        if url.host or url.query or not lasts:
            raise ValueError(value)
    elif url.drivername != "postgresql+psycopg":
        raise ValueError(value)
    return url.render_as_string(hide_password=False)


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(value)
    return value


def _address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host.strip("[]") or not port.isdecimal() or int(port) > 65535:  # noqa: PLR2004 - the last port there is
        raise ValueError(value)
    return value


def _user_ids(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The ids, of `<@U…>` too; a handle or a name is no id."""
    parts = value.replace(",", " ").split() if isinstance(value, str) else value
    found = tuple(re.sub(r"^<@(\w+)(\|.*)?>$", r"\1", part.strip("\"'")) for part in parts)
    if not all(re.fullmatch(r"[UW][A-Z0-9]+", one) for one in found):
        raise ValueError(value)
    return found


PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_DEFAULT_HTTP = "127.0.0.1:8080"
SHORTEST_KEY = 32
KEY_BACK = (
    "Bring it back from its copy: receipt codes need it. Where it is lost for good, `python -m bot migrate --new-key`"
    " takes another one, and the codes given so far are worth nothing."
)
OF_DATABASE = (
    "Bring back the one that this database was made with{there}. Receipt codes need it. Where it is lost for good, set"
    " another and give `python -m bot migrate --new-key`: the codes given so far are worth nothing then."
)
STAND_INS = {"slack_bot_token": "xoxb-0", "slack_app_token": "xapp-0", "slack_signing_secret": "0" * 16}
STAND_INS |= {"raportoi_key": "0" * SHORTEST_KEY, "raportoi_http": "127.0.0.1:0", "port": "0"}
Kind = TypeVar("Kind", bound="Store")


class Store(BaseSettings):
    """What the database alone needs. Each field's description says where its value is found."""

    model_config = SettingsConfigDict(env_ignore_empty=True)

    database_url: Annotated[str | None, AfterValidator(_database)] = Field(
        None, repr=False, description="sqlite:///… or postgresql://user:password@host/database."
    )
    raportoi_data: Path = Field(Path("data"), description="Folder for the default database and the key.")
    raportoi_key: Annotated[str, Field(min_length=SHORTEST_KEY)] | None = Field(
        None,
        repr=False,
        validate_default=True,
        description="Secret for keyed hashes, 32 characters or more, the same in every process: make one with"
        " `python3 -c 'import secrets; print(secrets.token_hex(32))'`.",
    )
    raportoi_backups_kept: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=90, description="Days for which backups are kept at most: so long it is remembered what was erased."
    )
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )

    @model_validator(mode="before")
    @classmethod
    def _unquoted(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Some programs that read env files keep the quotes. The key stays as it is: its codes were made with them."""
        plain = {name: _without_quotes(value) for name, value in values.items() if name != "raportoi_key"}
        return {name: value for name, value in {**values, **plain}.items() if value != ""}

    @cached_property
    def database(self) -> str:
        """The database's URL; the folder of the default one is made where it is missing."""
        if self.database_url:
            return self.database_url
        try:
            self.raportoi_data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(_sentence("raportoi_data", f"is wrong ({error.strerror})")) from error
        file = self.raportoi_data.resolve() / "raportoi.db"
        return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)

    @cached_property
    def key(self) -> bytes:
        """The secret of keyed hashes, as set or as kept in the data folder. Raises SettingsError."""
        if self.raportoi_key:
            return self.raportoi_key.encode()
        try:
            files.mend(self.key_file)
            key = self.key_file.read_bytes().strip()
        except FileNotFoundError:
            message = f"RAPORTOI_KEY is missing: this database needs its key, and {self.key_file} is not there."
            raise SettingsError(f"{message} {KEY_BACK}") from None
        except OSError as error:
            raise SettingsError(_no_key_there(error)) from error
        if len(key) < SHORTEST_KEY:
            raise SettingsError(f"RAPORTOI_KEY: the file {self.key_file} is damaged. {KEY_BACK}")
        return key

    @property
    def key_file(self) -> Path:
        """Where the key is kept on SQLite where none is set."""
        return (self.raportoi_data / "raportoi.key").absolute()

    @property
    def database_file(self) -> Path | None:
        """SQLite's file, None on PostgreSQL."""
        return files.database(self.database)

    @property
    def beside(self) -> Path:
        """The folder for what is kept beside the database: that of SQLite's file, else the data folder."""
        file = self.database_file
        return file.resolve().parent if file else self.raportoi_data.absolute()

    @property
    def lost_database(self) -> Path | None:
        """SQLite's file where it is not there, or empty, though its key is; else None."""
        file = self.database_file
        is_lost = file and not self.raportoi_key and files.size(self.key_file) and not files.size(file)
        return file if is_lost else None

    def make_key(self) -> None:
        """A key is made in the data folder where none is set or kept, readable by its owner only.

        For a database that has none yet: beside an older one a new key would make its receipt codes worthless.
        """
        if self.raportoi_key or (self.database_file and files.size(self.key_file)):
            return
        if self.database_file is None:
            raise SettingsError(_sentence("raportoi_key", "is missing"))
        self.keep_key(secrets.token_hex(32))

    def keep_key(self, key: str) -> None:
        """Writes the key to its file, unless one is there. Raises SettingsError."""
        try:
            _make_key(self.key_file, key)
        except OSError as error:
            raise SettingsError(_no_key_there(error)) from error


class Settings(Store):
    """All that the operator decides."""

    slack_bot_token: Annotated[str, _starts_with("xoxb-")] = Field(
        repr=False,
        description="The bot token (xoxb-…): in your Slack app under OAuth & Permissions, after Install to Workspace.",
    )
    slack_signing_secret: Annotated[str, Field(min_length=16)] | None = Field(
        default=None,
        repr=False,
        description="The signing secret: in your Slack app under Basic Information, App Credentials. With PORT and"
        " without an app token it means that Slack sends its requests over HTTP.",
    )
    raportoi_http: Annotated[str, AfterValidator(_address)] = Field(
        default=_DEFAULT_HTTP,
        description="Address of /healthz and /metrics, and in HTTP mode of Slack's requests, as host:port.",
    )
    port: Annotated[int, Field(ge=0, le=65535)] | None = Field(
        default=None,
        description="The port to listen on, on all interfaces, in place of RAPORTOI_HTTP; hosting services set it.",
    )
    slack_app_token: Annotated[str, _starts_with("xapp-")] | None = Field(
        default=None,
        repr=False,
        validate_default=True,
        description="The app-level token (xapp-…): in your Slack app under Basic Information, App-Level Tokens,"
        " with the scope connections:write. (Or give SLACK_SIGNING_SECRET and PORT, for requests over HTTP.)",
    )
    slack_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://slack.com/api/",
        description="Base of the Web API, as in https://slack.com/api/; only a local workspace needs another one.",
    )
    raportoi_channel: str | None = Field(
        None, description="The discussion channel, id or name; its members are the network."
    )
    raportoi_coordinators: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_user_ids)] = Field(
        (),
        description="User ids (U…, no names or @handles) of the first coordinators, comma-separated: in Slack, a"
        " profile's menu, Copy member ID.",
    )

    @field_validator("raportoi_key", mode="after")
    @classmethod
    def _given(cls, key: str | None, info: ValidationInfo) -> str | None:
        """Processes on one PostgreSQL may stand on several machines: no file is there for all of them."""
        if key is None and str(info.data.get("database_url")).startswith("postgresql"):
            raise PydanticCustomError("missing", "PostgreSQL needs a key that is given")
        return key

    @field_validator("slack_app_token", mode="after")
    @classmethod
    def _reachable(cls, token: str | None, info: ValidationInfo) -> str | None:
        """Slack must be able to reach us in one way or the other; an address nobody chose is not one.

        What is wrong itself is missing in the data; it was meant, and is told already.
        """
        secret, port, http = (info.data.get(name, "") for name in ("slack_signing_secret", "port", "raportoi_http"))
        if token is None and (secret is None or (port is None and http == _DEFAULT_HTTP)):
            raise PydanticCustomError("missing", "neither an app token nor a signing secret with an address")
        return token

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on; "" is every interface."""
        if self.port is not None:
            return "", self.port
        host, _, port = self.raportoi_http.rpartition(":")
        return host.strip("[]"), int(port)


@cache
def version() -> str:
    """The version of this program."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def load(kind: type[Kind]) -> Kind:
    """The settings of this process, or SettingsError: one sentence a line for each that is missing or wrong."""
    found, wrong = examine(kind)
    if wrong:
        raise SettingsError("\n".join(wrong.values()))
    return found


def examine(kind: type[Kind]) -> tuple[Kind, dict[str, str]]:
    """The settings of this process, and of each that is missing or wrong the sentence for it, by the field's name.

    In place of these stand their defaults, or what has the right form and opens nothing.
    """
    try:
        return kind(), {}  # type: ignore[call-arg,unused-ignore]  # the values come from the environment
    except ValidationError as error:
        found = error.errors(include_input=False)
    states = {str(one["loc"][0]): "is missing" if one["type"] == "missing" else "is wrong" for one in found}
    instead = {name: STAND_INS.get(name, kind.model_fields[name].default) for name in states}
    read, sentences = kind(**instead), {name: _sentence(name, state) for name, state in states.items()}
    if "raportoi_key" in states and not {"database_url", "raportoi_data"} & states.keys() and _needs_its_key(read):
        there = f": {read.key_file} is there, set RAPORTOI_KEY to what stands in it" if read.key_file.exists() else ""
        sentences["raportoi_key"] = f"RAPORTOI_KEY {states['raportoi_key']}. {OF_DATABASE.format(there=there)}"
    return read, sentences


def _needs_its_key(read: Store) -> bool:
    from storage.installations import needs_key  # noqa: PLC0415 - the database's libraries, for a start that is refused

    is_there = read.database_url or (read.raportoi_data / "raportoi.db").exists()
    return bool(is_there) and needs_key(read.database)


def _without_quotes(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    quoted = re.fullmatch(r"""\s*(["'])((?:(?!\1).)*)\1\s*""", value)
    return (quoted[2] if quoted else value).strip()


def _make_key(path: Path, key: str) -> None:
    """The key in its file, whole or not at all; of two processes that start at once, the first one's counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix="key-", encoding="ascii") as file:  # mode 600 by itself
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def _no_key_there(error: OSError) -> str:
    return f"RAPORTOI_DATA is wrong: no key can be kept there ({error.strerror}). Name a folder to write in."


def _sentence(name: str, state: str) -> str:
    return f"{name.upper()} {state}. {Settings.model_fields[name].description}"

"""Every environment variable, typed, with what it is for and where to get it."""

import contextlib
import os
import re
import secrets
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
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
    url = make_url(re.sub("^postgres(ql)?://", "postgresql+psycopg://", value))
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


def _names(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


_DEFAULT_HTTP = "127.0.0.1:8080"
SHORTEST_KEY = 32
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
        description="Secret for keyed hashes, 32 characters or more, the same in every process: make one with"
        " `python3 -c 'import secrets; print(secrets.token_hex(32))'`.",
    )
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )

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

    @property
    def key_file(self) -> Path:
        """Where the key is kept if no setting gives it."""
        return self.raportoi_data / "raportoi.key"

    @cached_property
    def key(self) -> bytes:
        """The secret of keyed hashes; on SQLite it is made once in the data folder, readable by its owner only."""
        if self.raportoi_key:
            return self.raportoi_key.encode()
        if not self.database.startswith("sqlite"):
            raise SettingsError(_sentence("raportoi_key", "is missing"))
        path = self.key_file
        try:
            if not path.exists():
                _make_key(path)
            files.mend(path)
            key = path.read_bytes().strip()
        except OSError as error:
            message = f"RAPORTOI_DATA is wrong: no key can be kept there ({error.strerror}). Name a folder to write in."
            raise SettingsError(message) from error
        if len(key) < SHORTEST_KEY:
            message = f"RAPORTOI_KEY: the file {path} is damaged. Bring it back from a copy; receipt codes need it."
            raise SettingsError(message)
        return key


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
    raportoi_coordinators: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = Field(
        (),
        description="User ids of the first coordinators, comma-separated: in Slack, a profile's menu, Copy member ID.",
    )

    @field_validator("slack_app_token", mode="after")
    @classmethod
    def _reachable(cls, token: str | None, info: ValidationInfo) -> str | None:
        """Slack must be able to reach us in one way or the other; an address nobody chose is not one."""
        chosen = info.data.get("port") is not None or info.data.get("raportoi_http") != _DEFAULT_HTTP
        if token is None and not (info.data.get("slack_signing_secret") and chosen):
            raise PydanticCustomError("missing", "neither an app token nor a signing secret with an address")
        return token

    @property
    def address(self) -> tuple[str, int]:
        """Host and port to listen on; "" is every interface."""
        if self.port is not None:
            return "", self.port
        host, _, port = self.raportoi_http.rpartition(":")
        return host.strip("[]"), int(port)


def load(kind: type[Kind]) -> Kind:
    """The settings of this process, or SettingsError: one sentence that names the first that is wrong."""
    try:
        return kind()  # type: ignore[call-arg,unused-ignore]  # the values come from the environment
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        state = "is missing" if first["type"] == "missing" else "is wrong"
        raise SettingsError(_sentence(str(first["loc"][0]), state)) from None
    except ArgumentError:
        raise SettingsError(_sentence("database_url", "is wrong")) from None


def _make_key(path: Path) -> None:
    """A new key, whole or not at all; of two processes that start at once, the first one's counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix="key-", encoding="ascii") as file:  # mode 600 by itself
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def _sentence(name: str, state: str) -> str:
    return f"{name.upper()} {state}. {Settings.model_fields[name].description}"

"""One request to Slack's Web API, with what can become of it under our names."""

import re
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.errors import SlackError, SlackLater, SlackUnclear, SlackUnreachable
from bot.slack._refusals import UNCLEAR, judge, place_in

RETRY_AFTER_SECONDS = 30  # where Slack does not say


def response(client: WebClient, method: str, values: dict[str, Any]) -> Any:
    """Slack's answer, or SlackError, SlackLater (429), SlackUnreachable (nothing left this machine), SlackUnclear."""
    try:
        return client.api_call(method, json=values) if _speaks_json(method) else client.api_call(method, params=values)
    except SlackApiError as error:
        code = str(error.response.get("error") or "")
        if not re.fullmatch(r"[a-z0-9_]+", code):  # a page of something in between, which the SDK calls an error
            raise SlackUnclear("not_slack") from None
        if error.response.status_code == 429:  # noqa: PLR2004
            raise SlackLater(code, _retry_after(error.response)) from None
        if code in UNCLEAR or int(error.response.status_code or 0) >= 500:  # noqa: PLR2004
            raise SlackUnclear(code) from None
        needed = str(error.response.get("needed") or "") if code == "missing_scope" else ""
        raise SlackError(code, needed, judge(method, code, place_in(values))) from None
    except URLError as error:
        nothing_left = isinstance(error.reason, ConnectionRefusedError | gaierror)
        raise (SlackUnreachable if nothing_left else SlackUnclear)(type(error.reason).__name__) from None
    except (OSError, HTTPException, SlackClientError, ValueError) as error:  # what the answer was, nobody knows
        raise SlackUnclear(type(error).__name__) from None


def header(answer: Any, name: str) -> str | None:
    """A header of an answer, whatever its case: the SDK keeps them in a plain dict."""
    return next((str(value) for key, value in answer.headers.items() if key.lower() == name), None)


def _retry_after(answer: Any) -> float:
    told = header(answer, "retry-after") or ""
    return float(told) if told.isdecimal() else RETRY_AFTER_SECONDS


def _speaks_json(method: str) -> bool:
    return method.startswith(("views.", "chat."))


def data(answer: Any) -> dict[str, Any]:
    return dict(answer.data)

"""Slack's own judge of what is drawn (`blocks.validate`): nothing is posted, and no scope is needed."""

import json
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.errors import SlackError, SlackUnclear
from bot.slack._tls import for_clients

REFUSALS = ("invalid_blocks", "invalid_message", "invalid_view")
PATIENCE = 20  # times that it is asked again after "too many requests"
TIMEOUT_SECONDS = 10


class Judge:
    """Asked about one view or message after another."""

    def __init__(self, token: str, api_url: str) -> None:
        patient = RateLimitErrorRetryHandler(max_retry_count=PATIENCE)
        self._client = WebClient(token, api_url, TIMEOUT_SECONDS, ssl=for_clients(), retry_handlers=[patient])

    def faults(self, surface: dict[str, Any]) -> list[str]:
        """What Slack finds wrong with a view, or with a message of text and blocks: where, and why. Raises SlackError.

        A why may quote what was drawn.
        """
        kind = "view" if surface["type"] in ("modal", "home") else "message"
        told = surface if kind == "view" else {key: value for key, value in surface.items() if key != "type"}
        try:
            self._client.api_call("blocks.validate", params={kind: json.dumps(told)})
        except SlackApiError as error:
            word = str(error.response.get("error"))
            if word not in REFUSALS:
                raise SlackError(word) from None
            return [f"{one.get('pointer')}: {one.get('message')}" for one in error.response.get("errors") or ()] or [
                word
            ]
        except (OSError, HTTPException, SlackClientError) as error:
            raise SlackUnclear(type(error).__name__) from None
        return []

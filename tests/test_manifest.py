"""The Slack app asks for exactly what the code uses."""

import ast
import re
from pathlib import Path
from typing import Any

import yaml

from bot.health import WITHOUT
from bot.rules.commands import Command

ROOT = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "bot/manifest.yaml").read_text(encoding="utf-8"))
SCOPES = {  # what each method of the Web API that the code calls needs, and why events and commands need theirs
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "conversations.history": {"channels:history", "groups:history", "im:history"},  # deliveries go to all of these
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.open": {"im:write"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.delete": {"files:write"},
    "auth.test": set(),
    "apps.connections.open": set(),
    "views.open": set(),
    "views.push": set(),
    "views.update": set(),
    "views.publish": set(),
    "message.im": {"im:history"},
    "member_joined_channel, member_left_channel": {"channels:read", "groups:read"},
    "team_join, user_change": {"users:read"},
    "commands and shortcuts": {"commands"},
}


def registered(kind: str, where: str = "commands/**/*.py") -> list[str]:
    """What the listeners are registered for: the first argument of app.command(…), app.shortcut(…), app.event(…)."""
    found = []
    for path in sorted(ROOT.glob(where)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == f"app.{kind}":
                first = node.args[0]
                constants = [part.value for part in ast.walk(first) if isinstance(part, ast.Constant)]
                found += [str(constant) for constant in constants]
    return found


def test_the_commands_are_those_that_are_answered() -> None:
    declared = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    assert sorted(declared) == sorted(name for command in Command for name, _ in command.value)
    assert registered("command") == []  # the grammar has them all


def test_the_shortcuts_are_those_that_are_answered() -> None:
    declared = [shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]]
    assert sorted(declared) == sorted(registered("shortcut"))


def test_the_events_are_those_that_are_answered() -> None:
    removal = ["app_uninstalled", "tokens_revoked"]
    declared = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    answered = {event.replace("message.im", "message") for event in declared} - set(removal)
    assert {*registered("event"), "message"} == answered
    assert sorted(registered("event", "bot/app/*.py")) == sorted([*removal, "message"])
    assert set(removal) < set(declared)


def test_the_scopes_are_those_of_the_methods_that_are_called() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/slack").glob("*.py"))
    called = set(re.findall(r'"((?:chat|conversations|users|auth|apps|views|files)\.[\w.]+)"', code)) | {
        "apps.connections.open"
    }
    assert called == {method for method in SCOPES if re.fullmatch(r"[a-z]+\.[a-zA-Z.]+", method)} - {"message.im"}
    asked_for = MANIFEST["oauth_config"]["scopes"]
    assert sorted([*asked_for["bot"], *asked_for["bot_optional"]]) == sorted(set().union(*SCOPES.values()))


def test_of_each_scope_that_may_be_left_out_it_is_known_what_is_missing_then() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) == set(WITHOUT)

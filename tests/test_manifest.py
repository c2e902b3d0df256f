"""The Slack app asks for exactly what the code uses."""

import ast
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "bot/manifest.yaml").read_text(encoding="utf-8"))
SCOPES = {  # what each method of the Web API that the code calls needs, and why events and commands need theirs
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "conversations.history": {"im:history"},  # read in conversations with the bot alone
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "auth.test": set(),
    "apps.connections.open": set(),
    "views.open": set(),
    "views.push": set(),
    "views.update": set(),
    "message.im": {"im:history"},
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
    (pattern,) = registered("command")
    declared = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    alternatives = re.search(r"\((.*)\)", pattern)
    assert alternatives is not None
    assert sorted(declared) == sorted(f"/{name}" for name in alternatives[1].split("|"))
    assert all(re.match(pattern, command) for command in declared)


def test_the_shortcuts_are_those_that_are_answered() -> None:
    declared = [shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]]
    assert sorted(declared) == sorted(registered("shortcut"))


def test_the_events_are_those_that_are_answered() -> None:
    removal = ["app_uninstalled", "tokens_revoked"]
    assert registered("event") == ["message"]
    assert registered("event", "bot/app.py") == removal
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == ["message.im", *removal]


def test_the_scopes_are_those_of_the_methods_that_are_called() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/slack").glob("*.py"))
    called = set(re.findall(r'"((?:chat|conversations|users|auth|apps|views)\.[\w.]+)"', code)) | {
        "apps.connections.open"
    }
    assert called == set(SCOPES) - {"message.im", "commands and shortcuts"}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set().union(*SCOPES.values())

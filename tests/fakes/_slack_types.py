"""Slack's own types as a judge: npm's `@slack/types`, made into a JSON schema when node_modules is set up.

They know which blocks and elements there are, and their keys; they know no lengths.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

import jsonschema_rs

from bot.demo.slack import Json

SCHEMA = Path(__file__).parents[2] / "node_modules/slack-types.json"
VIEWS = {"modal": "ModalView", "home": "HomeView"}
WITHOUT_TYPE = ("data_visualization",)  # known to Slack, and not yet to these types


def faults(surface: Json) -> list[str]:
    """What Slack's types do not allow in a view, or in a message's blocks; nothing where the schema was not made."""
    if not SCHEMA.exists():
        return []
    found = []
    if surface["type"] in VIEWS:
        found += _wrong(VIEWS[surface["type"]], json.dumps({**surface, "blocks": []}))
    for at, block in enumerate(surface["blocks"]):
        if block["type"] not in WITHOUT_TYPE:
            found += [f"blocks/{at}{fault}" for fault in _wrong(_kinds().get(block["type"], ""), json.dumps(block))]
    return found


@lru_cache(10_000)
def _wrong(name: str, as_json: str) -> tuple[str, ...]:
    if not name:
        return (": no such block",)
    return tuple(_told(error) for error in _judge(name).iter_errors(json.loads(as_json)))


def _told(error: jsonschema_rs.ValidationError) -> str:
    where = "".join(f"/{step}" for step in error.instance_path)
    return f"{where}: {error.message[:300]}"


@cache
def _judge(name: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": _definitions()})


@cache
def _definitions() -> dict[str, Json]:
    return dict(json.loads(SCHEMA.read_text("utf-8"))["definitions"])


@cache
def _kinds() -> dict[str, str]:
    """Which definition each type of block has."""
    named = [one["$ref"].rpartition("/")[2] for one in _definitions()["KnownBlock"]["anyOf"]]
    return {_type_of(_definitions()[name]): name for name in named}


def _type_of(definition: Json) -> str:
    """The `type` that the definition asks for; a block of several shapes has the same in each."""
    shapes = [definition, *definition.get("anyOf", []), *definition.get("allOf", [])]
    return next(str(one["properties"]["type"]["const"]) for one in shapes if "type" in one.get("properties", {}))

"""Slack's own judge of blocks, which posts nothing."""

from __future__ import annotations

import re

from ._limits import message_faults, view_faults
from ._methods import method
from ._state import Json, RefusedError, World

PLACE = re.compile(r"(blocks/\d+)?(?:: )?(.*)", re.DOTALL)


@method("blocks.validate")
def validate(_world: World, args: Json) -> Json:
    """Say what is wrong with blocks, a view or a message, and where."""
    given = [kind for kind in ("blocks", "message", "view") if args.get(kind)]
    if len(given) != 1:
        raise RefusedError("invalid_arguments", "must provide exactly one of `blocks`, `view`, or `message`")
    drawn = args[given[0]]
    faults = (
        view_faults(drawn) if given == ["view"] else message_faults(drawn if given == ["blocks"] else drawn["blocks"])
    )
    if faults:
        raise RefusedError(f"invalid_{given[0]}", *faults, errors=[_error(fault) for fault in faults])
    return {}


def _error(fault: str) -> Json:
    found = PLACE.fullmatch(fault)
    where, why = found.groups() if found else ("", fault)
    return {"code": "failed_constraint", "pointer": f"/{where or ''}", "message": why, "constraint": {}}

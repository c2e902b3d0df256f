"""What a person does at the page, by the names that the page sends; each waits for the bot as a Slack client does."""

import contextlib
import difflib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.demo.moving import Mover
from bot.demo.slack import (
    HOME_CHANNEL,
    CannotDoError,
    Json,
    Person,
    PracticeSlack,
    SeenMessage,
    SeenModal,
    SeenView,
    complaints,
)
from bot.errors import N_
from bot.texts import Texts, language_of

PALM_TREE = ":palm_tree:"
REQUIRED, TOO_LONG = N_("Fill in this field."), N_("The text is too long or too short: {wrong}.")
UNKNOWN = N_("There is no command {command} here. Type / to see those that there are.")
NEAREST = N_("There is no command {command} here. Did you mean {nearest}?")
GONE = N_("That is no longer there. Look at the newest message.")
SLOW = N_("Raportoi did not answer in time. Try again in a moment.")


@dataclass(frozen=True)
class Doer:
    """One person at the page, who does one thing at a time; `ends` is for whoever sits at the practice's machine."""

    slack: PracticeSlack
    mover: Mover
    user: str
    ends: threading.Event | None = None

    @property
    def person(self) -> Person:
        return self.slack.someone(self.user)

    @property
    def t(self) -> Texts:
        return Texts(language_of(self.person.record.get("locale")))

    def does(self, asked: Json) -> Json:
        """Does what was asked and says what came of it: {"errors": …} by field, {"trouble": …}, or what was wanted."""
        try:
            return ACTS[str(asked.get("do"))](self, asked) or {}
        except CannotDoError:
            return {"trouble": self.t(GONE)}
        except AssertionError:  # not acknowledged in time
            return {"trouble": self.t(SLOW)}
        finally:
            self.slack.rings()


def _write(doer: Doer, asked: Json) -> Json | None:
    text, place = str(asked["text"]), str(asked["place"])
    if not text.startswith("/"):
        doer.person.writes(text, channel=place)
        return None
    command, _, rest = text.partition(" ")
    commands = [one["command"] for one in doer.slack.features["slash_commands"]]
    if command not in commands:
        near = difflib.get_close_matches(command.lower(), commands, 1)
        return {"trouble": doer.t(NEAREST if near else UNKNOWN, command=command, nearest="".join(near))}
    doer.person.types(command, rest.strip(), channel=place)
    return None


def _open_home(doer: Doer, _asked: Json) -> None:
    doer.person.opens_home()


def _shortcut(doer: Doer, asked: Json) -> None:
    if "ts" in asked:
        doer.person.uses_message_shortcut(asked["name"], asked["place"], asked["ts"])
    else:
        doer.person.uses_shortcut(asked["name"])


def _seen(doer: Doer, asked: Json) -> SeenView | SeenMessage:
    """The view or message that the page names."""
    world = doer.slack.world
    if view := asked.get("view"):
        if view in [one.id for one in world.stacks[doer.user]]:
            return SeenModal(doer.slack, world.views[view])
        if doer.user in world.homes and world.homes[doer.user].id == view:
            return SeenView(doer.slack, world.homes[doer.user])
        raise CannotDoError(view)
    for note in world.notes:
        if note.id == asked.get("note") and note.user == doer.user:
            return SeenMessage(doer.slack, doer.user, note.message, note)
    channel = world.channels.get(str(asked.get("place")))
    message = world.message(channel.id, str(asked.get("ts"))) if channel and doer.user in channel.members else None
    if message is None:
        raise CannotDoError(str(asked.get("ts")))
    return SeenMessage(doer.slack, doer.user, message)


def _use(doer: Doer, asked: Json) -> None:
    _seen(doer, asked).use(asked["block"], asked["action"], asked.get("value"))


def _put(doer: Doer, asked: Json) -> None:
    with contextlib.suppress(CannotDoError):  # it was drawn anew, or closed, while the person typed
        _seen(doer, asked).put(asked["block"], asked["action"], asked.get("value"))


def _modal(doer: Doer, asked: Json) -> SeenModal:
    found = _seen(doer, asked)
    if not isinstance(found, SeenModal):
        raise CannotDoError(asked["view"])
    return found


def _submit(doer: Doer, asked: Json) -> Json:
    modal = _modal(doer, asked)
    for block, action, value in asked["values"]:
        modal.put(block, action, value)
    if wrong := complaints(modal.view):
        said = {key: REQUIRED if why == "required" else TOO_LONG for key, why in wrong.items()}
        return {"errors": {key: doer.t(words, wrong=wrong[key]) for key, words in said.items()}}
    return {"errors": modal.submit().errors}


def _close(doer: Doer, asked: Json) -> None:
    _modal(doer, asked).close(clear=bool(asked.get("all")))


def _change(doer: Doer, asked: Json) -> None:
    """Changes what Slack knows of the person, and tells the bot."""
    record, world = doer.person.record, doer.slack.world
    record.update({name: str(asked[name]) for name in ("locale", "tz") if name in asked})
    if "away" in asked:
        record["profile"]["status_emoji"] = PALM_TREE if asked["away"] else ""
    if "member" in asked:
        members, event = world.channels[HOME_CHANNEL].members, "joined" if asked["member"] else "left"
        if bool(asked["member"]) == (doer.user in members):
            return
        (members.append if asked["member"] else members.remove)(doer.user)
        about = {"user": doer.user, "channel": HOME_CHANNEL, "channel_type": "C", "team": world.team_id}
        doer.slack.send_event({"type": f"member_{event}_channel", **about})
        return
    doer.slack.send_event({"type": "user_change", "user": dict(record), "event_ts": world.new_ts()})


def _stops(doer: Doer, _asked: Json) -> Json:
    return {"stops": [{"name": one.name, "at": one.at.isoformat()} for one in doer.mover.stops()]}


def _move(doer: Doer, asked: Json) -> None:
    doer.mover.move_to(datetime.fromisoformat(asked["to"]))


def _start_over(doer: Doer, _asked: Json) -> None:
    if doer.ends is None:
        raise CannotDoError("at another machine")
    doer.ends.set()


ACTS: dict[str, Callable[[Doer, Json], Any]] = {
    "write": _write,
    "home": _open_home,
    "shortcut": _shortcut,
    "use": _use,
    "put": _put,
    "submit": _submit,
    "close": _close,
    "change": _change,
    "stops": _stops,
    "move": _move,
    "over": _start_over,
}

"""What one person sees of the practice Slack, in parts that are sent anew when they change."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.demo.clock import Clock
from bot.demo.network import COORDINATORS
from bot.demo.slack import Channel, Json, PracticeSlack, state_of

PICTURES = ("png", "jpg", "jpeg", "gif")


def parts(slack: PracticeSlack, clock: Clock, user: str) -> Json:
    """All that this person sees now, by the name of its part."""
    world = slack.world
    with world.changed:
        world.dm_of(user)
        mine = [one for one in world.channels.values() if user in one.members]
        return {
            "time": {"now": clock.now().isoformat()},
            "people": [_person(slack, one, record) for one, record in world.people.items()],
            "places": [_place(slack, one, user) for one in mine],
            "modal": [_view(one) for one in world.stacks[user]],
            "home": _view(world.homes[user]) if user in world.homes else None,
            "refused": [str(one) for one in slack.refusals],
            **{f"messages {one.id}": list(_messages(slack, one, user)) for one in mine},
        }


def _person(slack: PracticeSlack, user: str, record: Json) -> Json:
    profile = record["profile"]
    return {
        "id": user,
        "name": record["real_name"],
        "locale": record.get("locale"),
        "tz": record.get("tz"),
        "away": bool(profile.get("status_emoji")),
        "bot": bool(record.get("is_bot")),
        "coordinates": user in COORDINATORS,
        "member": any(user in one.members for one in slack.world.channels.values() if not one.is_im),
    }


def _place(slack: PracticeSlack, one: Channel, user: str) -> Json:
    said = [message["ts"] for message in slack.world.messages[one.id] if message["user"] != user]
    noted = [note.message["ts"] for note in slack.world.notes if (note.user, note.channel) == (user, one.id)]
    return {"id": one.id, "name": one.name, "dm": one.is_im, "newest": max([*said, *noted], key=_order, default="")}


def _order(ts: str) -> float:
    return float(ts)


def _view(view: Any) -> Json:
    return {"id": view.id, "drawn": view.drawn, "times": view.drawn_times, "values": state_of(view)}


def _messages(slack: PracticeSlack, channel: Channel, user: str) -> Iterator[Json]:
    """Messages, what is shown to this person alone, and files, oldest first; those of a thread after its root."""
    world = slack.world
    said = [{**one, "files": []} for one in world.messages[channel.id]]
    notes = [one for one in world.notes if (one.user, one.channel, one.deleted) == (user, channel.id, False)]
    said += [{**one.message, "user": world.bot_user, "note": one.id, "files": []} for one in notes]
    for key, file in world.files.items():
        if file.get("channel") == channel.id:
            said.append(_with_file(world.bot_user, key, file))
    told: Callable[[Json], Json] = lambda one: {k: v for k, v in one.items() if k not in ("metadata", "channel")}  # noqa: E731
    yield from (told(one) for one in sorted(said, key=lambda one: _order(one["ts"])))


def _with_file(bot: str, key: str, file: Json) -> Json:
    kind = file["name"].rpartition(".")[2].lower()
    about = {"id": key, "name": file["name"], "title": file.get("title") or file["name"], "size": file["length"]}
    about |= {"picture": kind in PICTURES, "page": kind == "html", "alt": file.get("alt") or file["name"]}
    comment = file.get("comment") or ""
    return {"user": bot, "ts": file["ts"], "thread_ts": file.get("thread_ts"), "text": comment, "files": [about]}

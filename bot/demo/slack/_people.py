"""A person at a Slack client: what they do, and what they see within a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import _payloads
from ._forms import CannotDoError
from ._hooks import judge_response_type, say
from ._seen import SECONDS, SeenMessage, SeenModal, SeenView
from ._socket_mode import Delivery
from ._state import Json

if TYPE_CHECKING:
    from ._workspace import PracticeSlack

HOME_CHANNEL = "C0KESKUST1"
Listing = Callable[[], list[SeenMessage]]


class Person:
    """Somebody in the workspace: ``aino.types(...)``, ``aino.sees_modal()``."""

    def __init__(self, slack: PracticeSlack, user: str) -> None:
        self._slack, self._world, self.id = slack, slack.world, user
        self._home_drawn = 0  # how often the home was drawn when it was last opened

    @property
    def record(self) -> Json:
        """The person as ``users.info`` tells of them; change it in place to change the person."""
        return self._world.people[self.id]

    def types(
        self,
        command: str,
        text: str = "",
        *,
        channel: str = HOME_CHANNEL,
        within: float = SECONDS,
        channel_name: str = "",
    ) -> Delivery:
        """Send a slash command and wait for its acknowledgement; what that says is shown where it belongs."""
        self._slack.declared("slash_commands", "command", command)
        self._slack.wait_until_connected()
        payload = _payloads.command(self._world, self.id, command, text, channel, channel_name=channel_name)
        return self._slack.deliver("slash_commands", payload, within=within, on_ack=self.take_command_answer)

    def take_command_answer(self, delivery: Delivery) -> None:
        """Show what a command was acknowledged with."""
        answer = delivery.ack_payload
        if answer:
            with self._slack.writing_down_refusals("ack"):
                judge_response_type(self._world, answer)
                self._slack.judge(answer)
                say(self._world, self.id, delivery.payload["channel_id"], answer)

    def writes(self, text: str, *, channel: str | None = None, tell_bot: bool | None = None) -> str:
        """Write a message (to the bot itself without a channel) and return its ts; in a DM the bot is told of it."""
        place = self._world.channels[channel] if channel else self._world.dm_of(self.id)
        message = {"type": "message", "user": self.id, "text": text, "ts": self._world.new_ts(), "channel": place.id}
        message |= {"team": self.record.get("team_id", self._world.team_id)}
        with self._world.changed:
            self._world.messages[place.id].append(message)
        if tell_bot if tell_bot is not None else place.is_im:
            kind = "im" if place.is_im else "group" if place.is_private else "channel"
            self._slack.send_event({**message, "channel_type": kind, "event_ts": message["ts"]})
        return str(message["ts"])

    def opens_home(self, tab: str = "home") -> Delivery:
        """Open the bot's home and wait until the bot has acknowledged that."""
        inner: Json = {"type": "app_home_opened", "user": self.id, "channel": self._world.dm_of(self.id).id, "tab": tab}
        home = self._world.homes.get(self.id)
        if tab == "home":
            self._home_drawn = home.drawn_times if home else 0
        inner |= {"event_ts": self._world.new_ts()} | ({"view": {"id": home.id, "hash": home.hash}} if home else {})
        return self._slack.send_event(inner)

    def uses_shortcut(self, callback_id: str) -> Delivery:
        """Use a global shortcut and wait for its acknowledgement."""
        self._slack.declared("shortcuts", "callback_id", callback_id)
        self._slack.wait_until_connected()
        return self._slack.deliver("interactive", _payloads.shortcut(self._world, self.id, callback_id))

    def uses_message_shortcut(self, callback_id: str, channel: str, ts: str) -> Delivery:
        """Use a message shortcut on the message with this timestamp and wait for its acknowledgement."""
        self._slack.declared("shortcuts", "callback_id", callback_id)
        message = self._world.message(channel, ts)
        if message is None:
            raise CannotDoError(f"no message {ts} in {channel}")
        self._slack.wait_until_connected()
        payload = _payloads.message_shortcut(self._world, self.id, callback_id, channel, message)
        return self._slack.deliver("interactive", payload)

    @property
    def modal(self) -> SeenModal | None:
        """The modal on top of this person's stack, or None."""
        return self._slack.top_modal(self.id)

    @property
    def notes(self) -> list[SeenMessage]:
        """The ephemeral messages that this person sees, oldest first."""
        mine = [note for note in self._world.notes if note.user == self.id and not note.deleted]
        return [SeenMessage(self._slack, self.id, note.message, note) for note in mine]

    @property
    def dms(self) -> list[SeenMessage]:
        """The bot's messages in its conversation with this person, oldest first."""
        return self.messages_in(self._world.dm_of(self.id).id)

    def messages_in(self, channel: str) -> list[SeenMessage]:
        """The bot's messages in a conversation, oldest first."""
        kept = [one for one in self._world.messages[channel] if one.get("bot_id") == self._world.bot_id]
        return [SeenMessage(self._slack, self.id, one) for one in kept]

    def sees_modal(self, containing: str = "", *, callback_id: str = "", within: float = SECONDS) -> SeenModal:
        """Return the top modal once it has these words and this callback_id."""

        def look() -> SeenModal | None:
            top = self.modal
            return top if top and containing in top.words and callback_id in ("", top.callback_id) else None

        found: SeenModal = self._world.wait_for(
            look, within, lambda: self._instead(f"a modal {callback_id}", containing)
        )
        return found

    def sees_home(self, containing: str = "", *, within: float = SECONDS) -> SeenView:
        """Return this person's home once it has these words; after it was opened, only as it is drawn from then on."""

        def look() -> SeenView | None:
            home = self._world.homes.get(self.id)
            seen = SeenView(self._slack, home) if home and home.drawn_times > self._home_drawn else None
            return seen if seen and containing in seen.words else None

        found: SeenView = self._world.wait_for(look, within, lambda: self._instead("a home", containing))
        return found

    def sees_ephemeral(self, containing: str = "", *, within: float = SECONDS) -> SeenMessage:
        """Return the newest ephemeral message to this person with these words."""
        return self._newest(lambda: self.notes, "an ephemeral message", containing, within)

    def sees_dm(self, containing: str = "", *, within: float = SECONDS) -> SeenMessage:
        """Return the bot's newest private message to this person with these words."""
        return self._newest(lambda: self.dms, "a private message", containing, within)

    def sees_in(self, channel: str, containing: str = "", *, within: float = SECONDS) -> SeenMessage:
        """Return the bot's newest message in the channel with these words."""
        return self._newest(lambda: self.messages_in(channel), f"a message in {channel}", containing, within)

    def _newest(self, listed: Listing, what: str, containing: str, within: float) -> SeenMessage:
        def look() -> SeenMessage | None:
            return next((one for one in reversed(listed()) if containing in one.words), None)

        found: SeenMessage = self._world.wait_for(look, within, lambda: self._instead(what, containing))
        return found

    def _instead(self, what: str, containing: str) -> str:
        top = self.modal
        return (
            f"{self.id} sees {what} with {containing!r}; instead: modal {top.words if top else None!r}, "
            f"notes {[one.words for one in self.notes]}, private {[one.words for one in self.dms]}, "
            f"refusals {[str(one) for one in self._world.refusals]}, "
            f"last calls {[(call.method, call.answer.get('error', 'ok')) for call in self._world.calls[-6:]]}"
        )

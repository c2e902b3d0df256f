"""What a person sees and can act on: modals, homes, messages; each is live and shows its present state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import _payloads
from ._forms import CannotDoError, complaints, filled, state_of, usable
from ._socket_mode import Delivery
from ._state import Json, Note, View
from ._views import answer_submission

if TYPE_CHECKING:
    from ._workspace import PracticeSlack

SECONDS = 60.0  # a look ends at once when it sees; only one that fails takes so long, however busy the machine
Change = Callable[[Json], Any]
"""Alters a payload in place before it goes out, for hostile tests."""


class Seen:
    """Something with blocks: its words, and its buttons and menus."""

    def __init__(self, slack: PracticeSlack, user: str) -> None:
        self._slack, self._world, self.user = slack, slack.world, user

    @property
    def drawn(self) -> Json:
        """The view or message itself, as the bot sent it last."""
        raise NotImplementedError

    @property
    def blocks(self) -> list[Json]:
        """Its blocks as the bot sent them last."""
        return self.drawn.get("blocks") or []

    @property
    def words(self) -> str:
        """Everything that is written in it, line by line: top-level text, titles, blocks, labels, options."""
        return "\n".join(_words(self.drawn))

    @property
    def actions(self) -> list[str]:
        """The action ids of all buttons, menus and fields, in order."""
        return [element["action_id"] for _block, element in usable(self.drawn)]

    def press(self, action_id: str, *, value: str | None = None, within: float = SECONDS) -> Delivery:
        """Press the button (with this value, if several have the id) and return the acknowledged delivery."""
        block, button = self._find(action_id, value)
        return self._act(block, button, {key: button[key] for key in ("text", "value") if key in button}, within)

    def choose(self, action_id: str, chosen: Any, *, within: float = SECONDS) -> Delivery:
        """Choose an option by its value (a date in a date picker) and return the acknowledged delivery."""
        block, element = self._find(action_id)
        value = filled(element, chosen)
        self._remember((block["block_id"], action_id), value)
        return self._act(block, element, value, within)

    def use(self, block_id: str, action_id: str, value: Any = None, *, within: float = SECONDS) -> Delivery:
        """Press, or choose this value, in that block: a page names both, as Slack's clients do."""
        block, element = self.element(block_id, action_id)
        if element["type"] == "button":
            return self._act(block, element, {key: element[key] for key in ("text", "value") if key in element}, within)
        chosen = filled(element, value)
        self._remember((block_id, action_id), chosen)
        return self._act(block, element, chosen, within)

    def put(self, block_id: str, action_id: str, value: Any) -> None:
        """Put this value into the field, without telling the bot."""
        self._remember((block_id, action_id), filled(self.element(block_id, action_id)[1], value))

    def element(self, block_id: str, action_id: str) -> tuple[Json, Json]:
        """Return the block and the element in it that have these ids."""
        for block, element in usable(self.drawn):
            if (block["block_id"], element["action_id"]) == (block_id, action_id):
                return block, element
        raise CannotDoError(f"no {action_id} in {block_id}")

    def _find(self, action_id: str, value: str | None = None) -> tuple[Json, Json]:
        found = [(b, e) for b, e in usable(self.drawn) if e["action_id"] == action_id]
        found = [(b, e) for b, e in found if value is None or e.get("value") == value]
        if len(found) != 1:
            raise CannotDoError(f"{len(found)} of {action_id} (value {value}) among {self.actions}")
        return found[0]

    def _act(self, block: Json, element: Json, value: Json, within: float) -> Delivery:
        action = {**value, "type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
        self._slack.wait_until_connected()
        return self._slack.deliver("interactive", self._action_payload(action), within=within)

    def _action_payload(self, action: Json) -> Json:
        raise NotImplementedError

    def _remember(self, key: tuple[str, str], value: Json) -> None:
        raise NotImplementedError


class SeenView(Seen):
    """A person's home, and what homes and modals have in common."""

    def __init__(self, slack: PracticeSlack, view: View) -> None:
        super().__init__(slack, view.user)
        self.view = view
        self._drawn_before = view.drawn_times

    @property
    def drawn(self) -> Json:
        """The view as the bot drew it last."""
        return self.view.drawn

    def waits_for_redraw(self, within: float = SECONDS) -> None:
        """Wait until the bot has drawn the view anew since this person last acted on it."""
        before = self._drawn_before
        self._world.wait_for(lambda: self.view.drawn_times > before, within, lambda: f"no redraw of {self.words!r}")

    def _act(self, block: Json, element: Json, value: Json, within: float) -> Delivery:
        self._drawn_before = self.view.drawn_times
        return super()._act(block, element, value, within)

    def _action_payload(self, action: Json) -> Json:
        return _payloads.action_in_view(self._world, self.view, action)

    def _remember(self, key: tuple[str, str], value: Json) -> None:
        with self._world.changed:
            self.view.typed[key] = value


@dataclass(frozen=True)
class Outcome:
    """What came of sending a form: field errors, the view shown next (None when it closed), the acknowledgement."""

    errors: dict[str, str]
    view: SeenModal | None
    closed: bool
    delivery: Delivery

    @property
    def words(self) -> str:
        """What the view that is shown next says; "" where the form closed."""
        return self.view.words if self.view else ""

    @property
    def ack_payload(self) -> Json | None:
        """What the bot acknowledged with."""
        return self.delivery.ack_payload

    @property
    def ack_seconds(self) -> float | None:
        """How long the acknowledgement took."""
        return self.delivery.ack_seconds


class SeenModal(SeenView):
    """A modal on the person's stack, to fill, send and close."""

    @property
    def title(self) -> str:
        """The words in its head."""
        return str(self.drawn["title"]["text"])

    @property
    def callback_id(self) -> str:
        """The id by which the bot knows the form."""
        return str(self.drawn.get("callback_id", ""))

    @property
    def is_open(self) -> bool:
        """Tell whether it is still on the person's stack."""
        return self.view in self._world.stacks[self.user]

    @property
    def values(self) -> dict[str, Any]:
        """What stands in each field, by block id: text, option value, list of values, date; None when empty."""
        state = state_of(self.view)
        return {block: _plain(next(iter(actions.values()))) for block, actions in state.items()}

    def field(self, block_id: str) -> Json:
        """Return the input block with this id."""
        for block in self.blocks:
            if block["block_id"] == block_id and block["type"] == "input":
                return block
        raise CannotDoError(f"no field {block_id} among {[b['block_id'] for b in self.blocks if b['type'] == 'input']}")

    def options(self, block_id: str) -> list[str]:
        """Return the option values of a field, in order."""
        element = self.field(block_id)["element"]
        groups = element.get("option_groups") or [{"options": element.get("options") or []}]
        return [option["value"] for group in groups for option in group["options"]]

    def fill(self, **values: Any) -> SeenModal:
        """Put values into fields by block id; a field that dispatches actions tells the bot at once. Returns itself."""
        for block_id, value in values.items():
            block = self.field(block_id)
            element = block["element"]
            self._remember((block_id, element["action_id"]), filled(element, value))
            if block.get("dispatch_action"):
                self._act(block, element, filled(element, value), SECONDS)
                self._slack.settles()  # the person goes on in the form that the bot has drawn
        return self

    def payload(self) -> Json:
        """Return the submission as it would go out now, with a fresh trigger_id."""
        return _payloads.submission(self._world, self.view)

    def submit(self, *, force: bool = False, change: Change | None = None, within: float = SECONDS) -> Outcome:
        """Send the form and return what came of it; what the client would not send fails, unless forced."""
        if not self.is_open or not self.drawn.get("submit"):
            raise CannotDoError(f"{self.title} is closed, or has no button to send it")
        if not force and (wrong := complaints(self.view)):
            raise CannotDoError(f"the client does not send the form: {wrong}")
        self._slack.wait_until_connected()
        payload = self.payload()
        if change is not None:
            change(payload)
        delivery = self._slack.deliver("interactive", payload, within=within, on_ack=self.take_answer)
        return self._outcome(delivery)

    def take_answer(self, delivery: Delivery) -> None:
        """Let the bot's answer to a submission happen to this modal, once."""
        with self._slack.writing_down_refusals("ack"):
            if self.is_open or (delivery.ack_payload or {}).get("response_action") == "errors":
                answer_submission(self._world, self.view, delivery.ack_payload or {})

    def _outcome(self, delivery: Delivery) -> Outcome:
        answer = delivery.ack_payload or {}
        top = self._slack.top_modal(self.user)
        kept = answer.get("response_action") in ("update", "push", "errors")
        return Outcome(dict(answer.get("errors") or {}), top if kept else None, not self.is_open, delivery)

    def close(self, *, clear: bool = False) -> Delivery | None:
        """Close it unsent (with all below, if asked); returns the delivery when the bot asked to be told."""
        stack = self._world.stacks[self.user]
        with self._world.changed:
            stack.clear() if clear or self.drawn.get("clear_on_close") else stack.remove(self.view)
        if not self.drawn.get("notify_on_close"):
            return None
        return self._slack.deliver("interactive", _payloads.closing(self._world, self.view, cleared=clear))


class SeenMessage(Seen):
    """A message in a conversation, or an ephemeral one; live, so that edits show."""

    def __init__(self, slack: PracticeSlack, user: str, message: Json, note: Note | None = None) -> None:
        super().__init__(slack, user)
        self.message, self.note, self.channel = message, note, str(message["channel"])
        self._chosen: dict[tuple[str, str], Json] = {}

    @property
    def drawn(self) -> Json:
        """The message as the bot wrote it last."""
        return self.message

    @property
    def ts(self) -> str:
        """Its timestamp."""
        return str(self.message["ts"])

    @property
    def text(self) -> str:
        """Its top-level text."""
        return str(self.message.get("text", ""))

    @property
    def metadata(self) -> Json | None:
        """Its metadata, or None."""
        return self.message.get("metadata")

    @property
    def is_gone(self) -> bool:
        """Tell whether it has been deleted."""
        return self.note.deleted if self.note else self.message not in self._world.messages[self.channel]

    def waits_for(self, words: str, within: float = SECONDS) -> SeenMessage:
        """Wait until the message says this, after an edit for instance, and return it."""
        self._world.wait_for(lambda: words in self.words, within, lambda: f"{words!r} in {self.words!r}")
        return self

    def _action_payload(self, action: Json) -> Json:
        world, hook = self._world, self._world.new_hook(self.user, self.channel, self.message, self.note)
        view = View("", self.user, self.message, "", dict(self._chosen))
        parts: Json = {"response_url": hook, "state": {"values": state_of(view)}}
        if self.note is None:
            parts["message"] = {key: value for key, value in self.message.items() if key != "channel"}
        return _payloads.action_in_message(world, self.user, self.channel, self.ts, action, **parts)

    def _remember(self, key: tuple[str, str], value: Json) -> None:
        self._chosen[key] = value

    def __repr__(self) -> str:
        return f"<{self.channel} {self.ts}: {self.words!r}>"


def _plain(value: Json) -> Any:
    content = next((inner for key, inner in value.items() if key != "type"), None)
    if isinstance(content, dict):
        return content["value"]
    return [one["value"] if isinstance(one, dict) else one for one in content] if isinstance(content, list) else content


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        yield from (alt for alt in [value.get("alt_text")] if alt)
        for key, inner in value.items():
            if key != "metadata":
                yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)

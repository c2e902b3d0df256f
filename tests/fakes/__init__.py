"""The practice Slack (`bot/demo/slack`) as tests use it, with two more judges: a workspace on loopback, for one bot.

A story reads as a conversation::

    with FakeSlack() as slack:                      # leaving it asserts that nothing was refused
        bot = start_bot(slack.settings_env())       # SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL, …
        aino = slack.person("U0AINO0001", "Aino Testinen", locale="fi-FI")
        answer = aino.types("/raportoi", "Asunnottomille nuorille ei löydy tukiasuntoja")
        form = aino.sees_modal(callback_id="observations.form")
        outcome = form.fill(kind="E", theme="SHL11-02", text="…").submit()
        note = aino.sees_ephemeral(containing="2026-")
        aino.sees_dm(containing="2026-").press("observations.undo")

**People.** ``slack.person(id, name, joins=[…], missing=["tz"], **fields)`` and ``slack.channel(id, name, …)``.
Acts wait for the acknowledgement and return a ``Delivery`` (``ack_seconds``, ``ack_payload``, ``payload``):
``types``, ``writes`` (returns the ts), ``opens_home``, ``uses_shortcut``, ``uses_message_shortcut``.
Looks wait for at most ``within`` seconds and fail with what was seen instead: ``sees_modal``, ``sees_home``,
``sees_ephemeral``, ``sees_dm``, ``sees_in(channel)`` give the newest that has the words. At once: ``modal``, ``notes``,
``dms``, ``messages_in``. ``record`` is what ``users.info`` tells; changing it changes the person.

**What is seen** is live. All: ``words``, ``blocks``, ``actions``, ``press(action_id, value=…)``,
``choose(action_id, option value)``. Modal: ``title``, ``values``, ``field``, ``options``, ``fill``, ``submit(force=…,
change=…)``, ``payload()``, ``close()``, ``waits_for_redraw()``, ``is_open``, ``view.hash``. Message: ``text``, ``ts``,
``metadata``, ``is_gone``, ``waits_for(words)``. ``fill`` dispatches to the bot where the block says so. What a client
would not do raises ``CannotDoError``. An ``Outcome`` has ``errors``, ``view``, ``closed``, ``ack_payload``.

**Hostile tests.** ``slack.command_payload(…)``, ``form.payload()``, ``submit(change=…)``,
``slack.send_envelope(payload, kind)``, ``slack.send_copies``, ``slack.send_event(…, event_id=…, retry_attempt=1)``,
``slack.deliver_http``; ``slack.request_url = "http://…"`` sends everything signed over HTTP instead of the sockets.

**Faults.** ``slack.fault(method, error= | status= | retry_after= | drop= | delay= | until= | answers=, times=, …)``;
``slack.says_disconnect(reason)``, ``slack.switches_sockets_off()``, ``slack.drops_sockets()``,
``slack.falls_silent()``, ``slack.lingers()``, ``slack.send_twice(…)``. Seen afterwards:
``live_sockets``, ``most_live_sockets``, ``socket_history``, ``close_frames``, ``sockets.pings_seen``,
``sockets.reused_tickets``.

**The record.** ``slack.calls``, ``calls_to(method)``, ``waits_for_call``, ``settles()``, ``outgoing_strings()``,
``refusals``, ``expects_refusal(error)``, ``assert_no_refusals()``. What Slack would refuse is answered as Slack does
and written down; so are breaches of the project's own rules: ``chat.update`` without blocks, an answer without
``response_type``, a call before ``Retry-After`` has passed, an acknowledgement after ``three_seconds``: Slack has
3, tests have more, since a busy machine is no fault. Races
that a sound program can lose (``hash_conflict``, ``not_found``, …) are answered only.

**Benchmarks.** ``FakeSlack(validate=False, record=False)`` and ``slack.burst(count, concurrency, user=…)``.
"""

from typing import Any

from bot.demo.slack import (
    HOME_CHANNEL,
    SECONDS,
    Call,
    CannotDoError,
    Delivery,
    Outcome,
    Person,
    PracticeSlack,
    Refusal,
    SeenMessage,
    SeenModal,
    SeenView,
    event,
    signature,
    text_faults,
)

from ._validators import opinions


class FakeSlack(PracticeSlack):
    """The practice Slack, which two libraries judge besides: what either of them refuses is refused."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"opinions": opinions, **how})


__all__ = [
    "HOME_CHANNEL",
    "SECONDS",
    "Call",
    "CannotDoError",
    "Delivery",
    "FakeSlack",
    "Outcome",
    "Person",
    "Refusal",
    "SeenMessage",
    "SeenModal",
    "SeenView",
    "event",
    "opinions",
    "signature",
    "text_faults",
]

"""What Slack sends is read, whatever its shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.observations import read_form
from bot.slack import as_typed, read_act

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("soita <tel:+358400000000|040 000 0000> tai <mailto:testi@example.org|testi@example.org> &amp; palaa",
         "soita 040 000 0000 tai testi@example.org & palaa"),
        ("<mailto:testi@example.org|klikkaa>", "klikkaa (testi@example.org)"),
        ("<https://example.org>", "https://example.org"),
        ("<https://example.org|pankki>", "pankki (https://example.org)"),
        ("<https://example.org|example.org>", "example.org"),
        ("a &lt; b &amp;lt; c", "a < b &lt; c"),
        ("a < b ja c > d", "a < b ja c > d"),
        ("<!here> <#C0KESKUST|keskustelu> <@U0AINO|aino>", "!here keskustelu aino"),
    ],
)  # fmt: skip
def test_b11_a_text_is_as_it_was_typed(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    as_typed(text)


@given(
    st.dictionaries(
        st.sampled_from(["user", "user_id", "team", "container", "view", "actions", "message", "channel"]), JSON
    )
)
def test_any_payload_is_read_as_an_act(body: dict[str, Any]) -> None:
    act = read_act(body)
    assert isinstance(act.user, str)


@given(st.dictionaries(st.sampled_from(["state", "blocks", "private_metadata"]), JSON))
def test_any_view_is_read_as_a_form(view: dict[str, Any]) -> None:
    assert isinstance(read_form(view).draft.text, str)


@pytest.mark.parametrize(("channel", "address"), [("C0KESKUST", "https://hooks.example/1"), ("", "")])
def test_an_answer_has_no_address_where_no_conversation_could_show_it(channel: str, address: str) -> None:
    act = read_act({"channel": {"id": channel}, "response_url": "https://hooks.example/1"})
    assert act.response_url == address

"""The other ways to the form: shortcuts, a message to the bot; and the way out to the right channel."""

from bot.deps import Deps
from tests.fakes import HOME_CHANNEL, FakeSlack, Person
from tests.stories.rows import stored

FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}


def test_the_global_shortcut_opens_the_form(deps: Deps, aino: Person) -> None:
    aino.uses_shortcut("observations.new")
    assert aino.sees_modal(callback_id="observations.form").fill(**FORM).submit().closed
    assert aino.sees_dm(containing="on kirjattu")
    assert len(stored(deps)) == 1


def test_an_own_message_becomes_the_forms_words(deps: Deps, aino: Person) -> None:
    ts = aino.writes("Velkaneuvontaan jonotetaan <#C0KAHVI|kahvihuone> &amp; pitkään", channel=HOME_CHANNEL)
    aino.uses_message_shortcut("observations.from_message", HOME_CHANNEL, ts)
    assert (
        aino.sees_modal(callback_id="observations.form").values["text"]
        == "Velkaneuvontaan jonotetaan kahvihuone & pitkään"
    )
    assert not stored(deps)


def test_another_persons_message_does_not(deps: Deps, aino: Person, cecilia: Person) -> None:
    ts = cecilia.writes("Jonot ovat pitkiä", channel=HOME_CHANNEL)
    aino.uses_message_shortcut("observations.from_message", HOME_CHANNEL, ts)
    aino.sees_ephemeral(containing="Vain omasta viestistäsi")
    assert aino.modal is None


def test_the_right_channel_is_one_press_away_and_the_words_stay(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    form.press("observations.wrong_channel")
    routing = aino.sees_modal(callback_id="observations.routing")
    for words in ("epäkohtailmoitus", "741/2023", "huoli-ilmoitus", "lastensuojeluilmoitus", "LVV", "112"):
        assert words in routing.words
    routing.close()
    assert aino.sees_modal(callback_id="observations.form").submit().closed
    assert stored(deps)[0].text == FORM["text"]


def test_in_a_channel_the_bot_says_nothing_to_messages(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.writes("Jonot ovat pitkiä", channel=HOME_CHANNEL, tell_bot=True)
    slack.settles()
    assert not aino.messages_in(HOME_CHANNEL)
    assert not aino.dms


def test_the_bots_own_messages_and_edits_are_not_answered(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    channel = slack.world.dm_of(aino.id).id
    for odd in ({"subtype": "message_changed"}, {"bot_id": "B0OTHER"}, {"user": None}):
        slack.send_event(
            {"type": "message", "channel": channel, "channel_type": "im", "user": aino.id, "text": "hei", "ts": "1.2"}
            | odd
        )
    slack.settles()
    assert not aino.dms

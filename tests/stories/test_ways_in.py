"""The other ways to the form: shortcuts, a message to the bot; and the way out to the right channel."""

import pytest

from bot.deps import Deps
from tests.fakes import HOME_CHANNEL, FakeSlack, Person
from tests.stories.rounds import answered
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
    danger, child, general = map(routing.words.index, ("Välitön vaara", "Huoli lapsesta", "Yleinen ilmiö"))
    assert danger < child < general
    routing.close()
    assert aino.sees_modal(callback_id="observations.form").submit().closed
    assert stored(deps)[0].text == FORM["text"]


NOTICE = "ilmoitus lastensuojeluun: lapsi on vaarassa"


@pytest.mark.parametrize("text", [NOTICE, "Miten teen huoli-ilmoituksen vanhuksesta?"])
def test_what_sounds_like_a_notice_shows_the_channels_before_anything_is_stored(
    slack: FakeSlack, deps: Deps, aino: Person, text: str
) -> None:
    aino.types("/raportoi", text)
    shown = aino.sees_modal(callback_id="observations.routing")
    for said in ("lastensuojeluilmoitus Varhan", "huoli-ilmoitus Varhan", "soita 112", "Tallenna silti havaintona"):
        assert said in shown.words
    slack.settles()
    assert not stored(deps)
    assert not [*aino.dms, *aino.notes]


def test_the_channels_are_shown_in_swedish_too(deps: Deps, cecilia: Person) -> None:
    cecilia.types("/rapportera", "Jag vill göra en barnskyddsanmälan")
    shown = cecilia.sees_modal(callback_id="observations.routing")
    assert "ring 112" in shown.words
    assert "Spara ändå som observation" in shown.words
    assert not stored(deps)


def test_it_is_filed_all_the_same_once_by_one_press(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", NOTICE)
    shown = aino.sees_modal(callback_id="observations.routing")
    press = shown.press("observations.file_anyway")
    aino.sees_modal(containing="Kirjattu:")
    slack.deliver("interactive", press.payload)
    slack.settles()
    (row,) = stored(deps)
    assert (row.text, row.author) == (NOTICE, aino.id)
    assert row.number in aino.sees_modal(containing="Kirjattu:").words
    assert len([one for one in aino.dms if row.number in one.words]) == 1
    slack.settles()  # what is done beside has been done
    assert answered(deps) == []  # the observation tells by itself who has answered


def test_what_else_the_guard_finds_in_it_comes_back_in_the_form(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", f"{NOTICE}, testi@example.org")
    aino.sees_modal(callback_id="observations.routing").press("observations.file_anyway")
    form = aino.sees_modal(callback_id="observations.form")
    assert "sähköpostiosoite" in form.words
    assert form.values["text"] == f"{NOTICE}, testi@example.org"
    assert not stored(deps)
    assert form.fill(kind="E", theme="SHL11-07").submit().closed
    assert len(stored(deps)) == 1


def test_words_that_were_not_filed_after_all_go_with_the_hour(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", NOTICE)
    shown = aino.sees_modal(callback_id="observations.routing")
    deps.shelf.drop(shown.blocks[-1]["elements"][0]["value"])
    shown.press("observations.file_anyway")
    aino.sees_dm(containing="säilytän sitä vain tunnin")
    assert not stored(deps)


@pytest.mark.parametrize("text", ["Lastensuojeluilmoitusten määrä kasvaa", "Huoli-ilmoituksia jää käsittelemättä"])
def test_a_sentence_about_notices_in_general_is_filed_without_a_question(deps: Deps, aino: Person, text: str) -> None:
    aino.types("/raportoi", text)
    aino.sees_dm(containing=text)
    assert [row.text for row in stored(deps)] == [text]
    assert aino.modal is None


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

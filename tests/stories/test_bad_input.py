"""Whatever is typed or sent: a clear sentence, nothing stored that should not be, nothing lost, no traceback."""

import re
import time
from typing import Any

import pytest

from bot.deps import Deps
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored

FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}
LONG_ENOUGH = "Kirjoita vähintään 10 merkkiä"


@pytest.mark.parametrize(
    "text", ["lyhyt", "\u200b\u2060\ufeff", "\u00a0" * 5, "a\u200bb\u200bc\u200bd\u200be\u200bf", "\u2800" * 20, "..."]
)
def test_b10_a_blank_or_short_line_opens_the_form_and_stores_nothing(deps: Deps, aino: Person, text: str) -> None:
    aino.types("/raportoi", text)
    aino.sees_modal(callback_id="observations.form")
    assert not stored(deps)


@pytest.mark.parametrize("text", ["", "\u200b\u2060\ufeff" * 5, "\u00a0" * 50, " \n\t ", "lyhyt", "\u3164" * 12])
def test_b10_a_blank_looking_text_is_an_error_at_its_field(deps: Deps, aino: Person, text: str) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**{**FORM, "text": text})
    outcome = form.submit(force=True)
    assert LONG_ENOUGH in outcome.errors["text"]
    assert not stored(deps)


def test_b10_a_sign_that_turns_the_line_does_not_turn_the_receipt(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "jonot ovat abc\u202edcb pitkiä")
    receipt = aino.sees_dm(containing="on kirjattu")
    assert "\u202e" not in receipt.words
    assert stored(deps)[0].text == "jonot ovat abc\u202edcb pitkiä"


def test_text_is_stored_as_typed(deps: Deps, aino: Person) -> None:
    typed = "Yhdistetty a\u0308a\u0308ni ja  kaksi väliä\nja toinen rivi"
    aino.types("/raportoi")
    aino.sees_modal(callback_id="observations.form").fill(**{**FORM, "text": typed}).submit()
    assert stored(deps)[0].text == typed


def test_controls_and_broken_halves_become_spaces_and_the_rest_is_kept(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)

    def broken(payload: dict[str, Any]) -> None:
        payload["view"]["state"]["values"]["text"]["text"]["value"] = (
            "Jonot\u000b ovat\u0000 pitkiä \ud83d kaikille\ufffe"
        )

    assert form.submit(change=broken).closed
    assert stored(deps)[0].text == "Jonot  ovat  pitkiä   kaikille"
    aino.sees_dm(containing="on kirjattu")


def test_too_long_texts_are_refused_at_their_fields(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)

    def lengthen(payload: dict[str, Any]) -> None:
        for name in ("text", "proposal"):
            payload["view"]["state"]["values"][name][name]["value"] = "pitkä " * 600

    errors = form.submit(change=lengthen, force=True).errors
    assert "3\N{NO-BREAK SPACE}000" in errors["text"]
    assert "3\N{NO-BREAK SPACE}000" in errors["proposal"]
    assert not stored(deps)


def test_a_line_over_3000_characters_opens_the_form_and_gives_the_rest_back(deps: Deps, aino: Person) -> None:
    text = "a" * 2999 + " " + "loppu ei katoa"
    aino.types("/raportoi", text)
    assert aino.sees_modal(callback_id="observations.form").values["text"].startswith("aaaa")
    assert "loppu ei katoa" in aino.sees_ephemeral(containing="ei mahtunut").words
    assert not stored(deps)


def test_ten_thousand_lines_are_answered_with_one_sentence(deps: Deps, aino: Person) -> None:
    used = time.process_time()
    aino.types("/raportoi", "\n".join(f"Havainto numero {n}" for n in range(10_000)))
    assert "enintään 10 havaintoa" in aino.sees_modal(callback_id="observations.form").words
    assert time.process_time() - used < 5  # not of the clock: others may be at work here
    assert not stored(deps)


def test_eleven_lines_store_none_and_ten_store_all(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    lines = [f"Havainto jonoista numero {n}" for n in range(11)]
    aino.types("/raportoi", "\n".join(lines))
    assert aino.sees_modal(callback_id="observations.form").values["text"] == "\n".join(lines)
    assert not stored(deps)
    aino.types("/raportoi", "\n".join(lines[:10]))
    aino.sees_ephemeral(containing="10 havaintoa kirjattu")
    slack.settles()
    assert len(stored(deps)) == 10
    assert len(aino.dms) == 10


def test_b09_markup_and_mentions_are_shown_as_typed_and_ping_nobody(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    typed = "Jono <!channel> <@U0VIC> a < b & c *x* &lt;"
    aino.types("/raportoi")
    aino.sees_modal(callback_id="observations.form").fill(**{**FORM, "text": typed}).submit()
    receipt = aino.sees_dm(containing="on kirjattu")
    receipt.press("observations.edit")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == typed
    assert stored(deps)[0].text == typed
    assert "&lt;!channel&gt; &lt;@U0VIC&gt; a &lt; b &amp; c *x* &amp;lt;" in receipt.words
    said = [text for text in slack.outgoing_strings() if text != typed]  # the field gets the words as they are
    ours = re.compile(r"<https://[\w-]+\.slack\.com/archives/\w+/p\d+\|2026-\w{4}>")  # leads to the receipt
    assert not [text for text in said if re.search(r"<[!@]|<http", ours.sub("", text))]


def test_b11_slacks_link_tokens_are_undone_and_what_hides_in_them_is_found(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "jonot &amp; <https://example.org|ohjeet> ovat &lt;pitkiä&gt;")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == "jonot & ohjeet (https://example.org) ovat <pitkiä>"
    assert "linkki" in form.words
    assert not stored(deps)


def test_b11_a_message_to_the_bot_is_not_stored_and_its_words_wait_in_the_form(deps: Deps, aino: Person) -> None:
    aino.writes("soita <tel:+358400000000|040 000 0000> &amp; palaa")
    aino.sees_dm(containing="Poista viestisi").press("observations.open_form")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == "soita 040 000 0000 & palaa"
    errors = form.fill(kind="E", theme="X-90").submit().errors
    assert "matkapuhelinnumero" in errors["text"]
    assert not stored(deps)


def test_a_greeting_to_the_bot_is_answered_with_help_and_other_words_with_the_form(deps: Deps, aino: Person) -> None:
    aino.writes("ohje")
    aino.sees_dm(containing="Kerro, mitä olet huomannut")
    aino.writes("Jonot ovat pitkiä kaikille")
    aino.sees_dm(containing="Tänne kirjoittamasi").press("observations.open_form")
    assert aino.sees_modal(callback_id="observations.form").values["text"] == "Jonot ovat pitkiä kaikille"
    assert not stored(deps)


def test_b04_a_submission_without_its_blocks_is_a_polite_error(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)
    for missing in ("text", "kind", "theme"):

        def leave_out(payload: dict[str, Any], name: str = missing) -> None:
            del payload["view"]["state"]["values"][name]

        assert missing in form.submit(change=leave_out).errors
    assert not stored(deps)


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": {"kind": {"selected_option": {"value": "Z"}}}},
        {"theme": {"theme": {"selected_option": {"value": "SHL11-77"}}}},
        {"area": {"area": {"selected_option": {"value": "999"}}}},
        {"text": {"text": {"value": 12}}},
        {"text": {"text": "vain teksti"}},
        {"text": []},
        {"kind": None},
    ],
)
def test_b04_odd_values_are_a_polite_error(deps: Deps, aino: Person, odd: dict[str, Any]) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)

    def twist(payload: dict[str, Any]) -> None:
        payload["view"]["state"]["values"].update(odd)

    assert form.submit(change=twist, force=True).errors.keys() == odd.keys()
    assert not stored(deps)


def test_b04_1200_characters_survive_a_warning_and_a_correction(deps: Deps, aino: Person) -> None:
    typed = "Jonot ovat pitkiä. " * 63 + "Kysy: info@example.org"
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**{**FORM, "text": typed})
    outcome = form.submit()
    assert outcome.view is not None
    assert "sähköpostiosoite" in outcome.view.words
    assert "info@example.org" not in outcome.view.words.replace(typed, "")
    assert outcome.view.fill(kind="M").submit().closed
    (row,) = stored(deps)
    assert (row.text, row.kind) == (typed, "M")


@pytest.mark.parametrize("section", ["state", "private_metadata", "blocks"])
def test_a_submission_without_its_parts_is_answered(slack: FakeSlack, deps: Deps, aino: Person, section: str) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM)

    def cut(payload: dict[str, Any]) -> None:
        payload["view"][section] = None

    outcome = form.submit(change=cut)
    assert outcome.errors if section == "state" else outcome.closed


def test_b13_strangers_are_refused_and_guests_are_welcome(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    stranger = slack.person("U0STRANGE1", "Outo Vieras", is_stranger=True)
    other_team = slack.person("U0OTHERTM1", "Toinen Tiimi", team_id="T0OTHER001")
    outsider = slack.person("U0OUTSIDE1", "Ulko Puolinen", joins=())
    gone = slack.person("U0GONE0001", "Poissa Oleva", deleted=True)
    for person in (stranger, other_team, outsider, gone):
        person.types("/raportoi", FORM["text"])
        person.sees_ephemeral(containing="verkoston jäsenille")
    assert not stored(deps)
    for number, flag in enumerate(("is_restricted", "is_ultra_restricted")):
        guest = slack.person(f"U0GUEST{number:03}", "Vierailija", **{flag: True})
        guest.types("/raportoi", FORM["text"])
        guest.sees_ephemeral(containing="Kirjattu")


def test_b13_a_stranger_from_another_workspace_is_refused_by_the_payload_alone(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    payload = slack.command_payload(aino.id, "/raportoi", FORM["text"]) | {"team_id": "T0OTHER001"}
    slack.deliver("slash_commands", payload)
    aino.sees_ephemeral(containing="verkoston jäsenille")
    assert not stored(deps)


@pytest.mark.parametrize("team", ["E0ORG00001", "T0OTHER001"])
def test_b13_a_member_by_way_of_an_organisation_is_welcome(
    slack: FakeSlack, deps: Deps, bertta: Person, team: str
) -> None:
    teams = {"enterprise_id": "E0ORG00001", "teams": ["T0OTHER001", slack.world.team_id]}
    person = slack.person("U0ORGAN001", "Orvokki Organisaatio", team_id=team, enterprise_user=teams)
    person.types("/raportoi", FORM["text"])
    person.sees_ephemeral(containing="Kirjattu")
    person.types("/raportoi")
    assert person.sees_modal(callback_id="observations.form").fill(**FORM).submit().closed
    person.opens_home()
    person.sees_home("Jonot")
    assert [row.author for row in stored(deps)] == [person.id, person.id]


def test_b13_when_the_look_up_fails_nobody_gets_in(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    slack.settles()
    late = slack.person("U0LATE0001", "Leena Myöhäinen")
    slack.fault("users.info", status=500, times=None)
    late.types("/raportoi", FORM["text"])
    late.sees_ephemeral(containing="En saanut Slackista varmistettua")
    assert not stored(deps)


def test_b12_people_with_missing_fields_may_file(slack: FakeSlack, deps: Deps) -> None:
    bare = slack.person("U0BARE0001", "", missing=["tz", "locale", "real_name", "display_name", "team_id", "is_bot"])
    bare.types("/raportoi", FORM["text"])
    bare.sees_ephemeral(containing="Kirjattu")
    assert stored(deps)[0].author == bare.id


@pytest.mark.parametrize("text", ["ohje", "OHJE", "hjälp", "help", " ohje ", "Ohje"])
def test_help_is_help(deps: Deps, aino: Person, text: str) -> None:
    aino.types("/raportoi", text)
    assert "Kerro, mitä olet huomannut" in aino.sees_ephemeral(containing="/raportoi").words


@pytest.mark.parametrize(
    "sentence",
    [
        "haku kestää liian kauan",
        "omat voimat eivät riitä",
        "tila on huono",
        "ohje puuttuu monelta",
        "malli ei toimi meillä",
    ],
)
def test_a_sentence_that_begins_with_a_word_of_its_own_meaning_is_offered_to_be_filed(
    deps: Deps, aino: Person, sentence: str
) -> None:
    aino.types("/raportoi", sentence)
    aino.sees_ephemeral(containing="Onko tämä havainto").press("observations.open_form")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == sentence
    assert not stored(deps)


def test_another_persons_words_and_observations_are_out_of_reach(
    slack: FakeSlack, deps: Deps, aino: Person, cecilia: Person
) -> None:
    aino.types("/raportoi", FORM["text"])
    receipt = aino.sees_dm(containing="on kirjattu")
    number = stored(deps)[0].number
    press = receipt.press("observations.undo")
    receipt.waits_for("on peruttu")
    aino.types("/raportoi", FORM["text"])
    slack.settles()
    mine = next(row for row in stored(deps) if row.status == "uusi")
    forged = press.payload | {"user": {"id": cecilia.id, "team_id": press.payload["user"]["team_id"]}}
    forged["actions"] = [{**press.payload["actions"][0], "value": mine.number}]
    slack.deliver("interactive", forged)
    slack.settles()
    assert {row.number: row.status for row in stored(deps)} == {number: "peruttu", mine.number: "uusi"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tila ABCD-1234-EFGH", "koodissa ei koskaan ole kirjaimia I, L, O ja U eikä numeroita 0 ja 1"),
        ("ABCD-EFGH-JKM0", "Tällaista tunnuskoodia ei ole"),
        ("omt", "Tarkoititko `/raportoi omat`?"),
        ("lopeta", "Tarkoititko `/raportoi asetukset`?"),
    ],
)
def test_a_mistyped_word_or_code_is_told_what_was_near(deps: Deps, aino: Person, typed: str, said: str) -> None:
    aino.types("/raportoi", typed)
    assert not aino.sees_ephemeral(containing=said).actions
    assert stored(deps) == []


@pytest.mark.parametrize("code", ["", "ABCD", "ABCD-EFGH-JK0", "abcd efgh jkm"])
def test_a_mistyped_code_is_said_to_be_one_and_never_offered_to_be_filed(deps: Deps, aino: Person, code: str) -> None:
    aino.types("/raportoi", f"tila {code}")
    note = aino.sees_ephemeral(containing="12 merkin tunnuskoodi")
    assert not note.actions


def test_guessing_codes_is_limited(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    for _ in range(10):
        aino.types("/raportoi", "tila 2222-3333-4444")
    slack.settles()
    assert "Tällä tunnuskoodilla ei löydy" in aino.notes[-1].words
    aino.types("/raportoi", "tila 2222-3333-4444")
    aino.sees_ephemeral(containing="Liian monta yritystä")

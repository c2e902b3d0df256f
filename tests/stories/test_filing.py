"""A practitioner files an observation: by one line, by form, with a name and without."""

from typing import Any

from bot.deps import Deps
from bot.settings import Settings
from tests.bots import bot_by
from tests.clocks import Clock
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored
from tests.stories.test_acknowledging import standing_still

WORDS = "Asunnottomille nuorille ei löydy tukiasuntoja Turusta"


def test_one_line_is_filed_guessed_and_receipted(deps: Deps, aino: Person) -> None:
    with standing_still(deps):
        aino.types("/raportoi", WORDS)  # is acknowledged meanwhile
    note = aino.sees_ephemeral(containing="Kirjattu")
    receipt = aino.sees_dm(containing="on kirjattu")

    (row,) = stored(deps)
    assert (row.kind, row.theme, row.area, row.text, row.author) == ("E", "SHL11-02", "853", WORDS, aino.id)
    assert f"|{row.number}>" in note.words  # a link to the receipt
    assert row.number in receipt.words
    assert "Asuminen" in receipt.words
    assert "14 päivässä" in receipt.words


def test_a_wrong_guess_costs_one_tap(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing="on kirjattu")

    for menu, code in (("theme", "SHL11-03"), ("kind", "H"), ("area", "445")):
        receipt.choose(f"observations.set_{menu}", code)
        slack.settles()

    (row,) = stored(deps)
    assert (row.kind, row.theme, row.area) == ("H", "SHL11-03", "445")
    assert "Heikko signaali · Toimeentulo ja talous · Parainen" in receipt.words


def test_what_the_words_do_not_tell_is_asked_first_and_stated_by_nobody(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi", "Taulun kehys on puinen")
    note = aino.sees_ephemeral(containing="Kirjattu")
    receipt = aino.sees_dm(containing="on kirjattu")

    assert "Havainnon laji ja teema jäivät auki: valitse ne vielä viestistä." in note.words
    assert "Mikä on havainnon laji, ja mihin teemaan se kuuluu?" in receipt.words
    assert "epäkohta" not in note.words
    assert "Muu" not in note.words
    kind, theme, *_ = menus(receipt.blocks)
    assert (kind["action_id"], theme["action_id"]) == ("observations.set_kind", "observations.set_theme")
    assert not any("initial_option" in menu for menu in (kind, theme))

    receipt.choose("observations.set_kind", "H")
    receipt.waits_for("Mihin teemaan tämä kuuluu?")
    receipt.choose("observations.set_theme", "X-90")
    receipt.waits_for("Heikko signaali · Palvelujärjestelmän toiminta")
    slack.settles()
    assert stored(deps)[0].asked == ""


def menus(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return next(block["elements"] for block in blocks if block.get("block_id", "").startswith("correct."))


def test_an_area_is_a_setting_where_it_was_set_and_the_receipt_says_where_it_comes_from(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    words = "Velkaneuvontaan ei pääse mistään"
    aino.types("/raportoi", "asetukset")
    assert aino.sees_modal(callback_id="people.settings").fill(area="680").submit().closed

    aino.types("/raportoi", WORDS)
    assert "Alue on poimittu tekstistäsi." in aino.sees_dm(containing="Turku").words
    aino.types("/raportoi", words)
    receipt = aino.sees_dm(containing=words)
    assert "Alue tulee asetuksistasi." in receipt.words

    receipt.choose("observations.set_area", "445")
    receipt.waits_for("talous · Parainen")
    slack.settles()
    assert "Alue tulee" not in receipt.words
    aino.types("/raportoi", words + " vieläkään")
    assert "talous · Raisio" in aino.sees_dm(containing="vieläkään").words


def test_undo_takes_the_words_away_and_keeps_the_number(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing="on kirjattu")
    number = stored(deps)[0].number

    receipt.press("observations.undo")
    receipt.waits_for("on peruttu")

    (row,) = stored(deps)
    assert (row.number, row.status, row.text, row.author, row.filed_at) == (number, "peruttu", "", None, None)
    assert WORDS not in receipt.words
    assert not receipt.actions


def test_edit_opens_the_form_with_the_words_and_changes_the_receipt(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", WORDS)
    receipt = aino.sees_dm(containing="on kirjattu")

    receipt.press("observations.edit")
    form = aino.sees_modal(callback_id="observations.form")
    assert form.values["text"] == WORDS
    outcome = form.fill(text="Tukiasuntoja tarvitaan lisää nuorille", theme="X-90").submit()
    assert outcome.closed
    receipt.waits_for("Tukiasuntoja tarvitaan lisää nuorille")

    (row,) = stored(deps)
    assert (row.text, row.theme) == ("Tukiasuntoja tarvitaan lisää nuorille", "X-90")


def test_the_form_files_with_a_name(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(
        kind="M", theme="X-90", text="Yhteinen päivystys toimii hyvin", proposal="Jatketaan", area="680",
        sector="SOS", group="nuoret", scale="6-20",
    )  # fmt: skip
    assert form.submit().closed
    receipt = aino.sees_dm(containing="on kirjattu")

    (row,) = stored(deps)
    assert (row.kind, row.theme, row.area, row.sector, row.client_group, row.scale) == (
        "M", "X-90", "680", "SOS", "nuoret", "6-20",
    )  # fmt: skip
    assert row.author == aino.id
    assert row.number in receipt.words
    assert row.number in aino.sees_ephemeral(containing="Kirjattu").words


def test_without_a_name_the_code_is_shown_once_in_the_modal_and_nothing_of_the_person_is_stored(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(kind="E", theme="X-90", text="Jonot ovat liian pitkiä kaikille", area="680", feedback="anonymous")
    outcome = form.submit()
    shown = aino.sees_modal(callback_id="observations.code")
    assert "Alue on merkitty laajempana" in shown.words
    slack.settles()

    (row,) = stored(deps)
    assert outcome.view is not None
    assert (row.author, row.filed_at, row.receipt_channel, row.receipt_ts) == (None, None, None, None)
    assert row.number in shown.words
    code = next(word for word in shown.words.replace("`", " ").replace("*", " ").split() if word.count("-") == 2)
    assert code not in row.once
    assert not aino.dms

    aino.types("/raportoi", f"tila {code.lower()}")
    assert "Vastaanotettu" in aino.sees_ephemeral(containing=row.number).words


def test_several_lines_are_several_observations(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "Jonot ovat liian pitkiä\n\n  Chat auttaa nuoria hyvin  \nVelkaneuvontaan ei pääse")
    assert "3 havaintoa kirjattu" in aino.sees_ephemeral(containing="kirjattu").words
    aino.sees_dm(containing="Velkaneuvontaan")
    assert sorted(row.text for row in stored(deps)) == [
        "Chat auttaa nuoria hyvin",
        "Jonot ovat liian pitkiä",
        "Velkaneuvontaan ei pääse",
    ]


def test_the_last_area_is_filled_in_beforehand(aino: Person, deps: Deps) -> None:
    for _ in range(2):
        aino.types("/raportoi")
        form = aino.sees_modal(callback_id="observations.form")
        last = form.values["area"]
        form.fill(kind="E", theme="X-90", text="Jonot ovat liian pitkiä", area="445").submit()
        aino.sees_dm(containing="on kirjattu")
    assert last == "445"


def test_swedish_by_slacks_locale(aino: Person, cecilia: Person, deps: Deps) -> None:
    cecilia.types("/rapportera", "Det finns för få stödbostäder för unga i Pargas")
    assert "Sparad" in cecilia.sees_ephemeral(containing="Sparad").words
    receipt = cecilia.sees_dm(containing="är sparad")
    assert "Pargas" in receipt.words
    cecilia.types("/rapportera")
    assert cecilia.sees_modal(callback_id="observations.form").title == "Rapportera observation"


def test_b39_what_a_person_chose_survives_a_restart(
    slack: FakeSlack, settings: Settings, clock: Clock, aino: Person
) -> None:
    for expected in (None, "304", "445"):
        bot = bot_by(clock, settings)
        bot.start()
        aino.types("/raportoi")
        form = aino.sees_modal(callback_id="observations.form")
        assert form.values["area"] == expected
        chosen = {None: "304", "304": "445"}.get(expected, "853")
        form.fill(kind="E", theme="X-90", text="Jonot ovat liian pitkiä", area=chosen).submit()
        slack.settles()
        bot.stop()

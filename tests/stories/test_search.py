"""A practitioner searches what was filed; a coordinator finds all; nobody finds what they may not see."""

from dataclasses import replace
from datetime import date

import pytest

from bot.deps import Deps
from bot.rules.observations import Draft
from bot.rules.searches import Found
from bot.services import observations, search
from storage import phenomena
from storage.models import Phenomenon
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored


def published(deps: Deps, number: str, title: str, text: str, *, on: date | None = date(2026, 11, 2)) -> Phenomenon:
    row = Phenomenon(
        key=number.replace("-", "0") * 4, workspace=deps.workspace, number=number, once=number, title=title, text=text,
        theme="SHL11-02", started_on=date(2026, 11, 1), noted_on=date(2026, 11, 1), published_on=on,
    )  # fmt: skip
    with deps.write() as session:
        phenomena.add(session, row)
        search.index(session, deps, row, new=True)
    return row


def file(deps: Deps, user: str, *lines: str) -> None:
    for line in lines:
        observations.file_lines(deps, line, user, f"{user} {line}")


def test_an_own_observation_is_found_by_any_form_of_its_words(deps: Deps, aino: Person) -> None:
    file(deps, aino.id, "Asunnot ovat nuorille liian kalliita", "Jonot velkaneuvontaan pitenevät")

    aino.types("/raportoi", "haku asunnottomuus")
    aino.sees_ephemeral(containing="Mitään ei löytynyt")
    aino.types("/raportoi", "haku asuntojen")
    found = aino.sees_ephemeral(containing="1 hakutulos").words

    assert "Asunnot ovat nuorille" in found
    assert next(row.number for row in stored(deps) if row.text.startswith("Asunnot")) in found
    assert "velkaneuvontaan" not in found
    assert "Vastaanotettu" in found


def test_b45_a_and_o_with_dots_are_found_in_any_case(deps: Deps, aino: Person) -> None:
    file(deps, aino.id, "Äiti jää kotiin ilman ryhmää", "ÄITI JA LAPSI EIVÄT SAA TUKEA")

    for typed in ("äiti", "ÄITI", "A\u0308iti"):
        aino.types("/raportoi", f"haku {typed}")
        found = aino.sees_ephemeral(containing="2 hakutulosta").words
        assert "Äiti jää kotiin ilman ryhmää" in found
        assert "ÄITI JA LAPSI" in found


def test_others_observations_are_found_by_coordinators_alone(
    deps: Deps, aino: Person, cecilia: Person, bertta: Person
) -> None:
    file(deps, aino.id, "Velkaneuvontaan jonotetaan kuukausia")
    draft = Draft(text="Velkaneuvonta ruuhkautuu aina", kind="E", theme="X-90", named=False)
    observations.file_observation(deps, draft, aino.id, "nonce")

    cecilia.types("/rapportera", "sök velkaneuvonta")
    cecilia.sees_ephemeral(containing="Inget hittades")
    aino.types("/raportoi", "haku velkaneuvonta")
    assert "ruuhkautuu" not in aino.sees_ephemeral(containing="1 hakutulos").words
    bertta.types("/raportoi", "haku velkaneuvonnat")
    assert "ruuhkautuu" in bertta.sees_ephemeral(containing="2 hakutulosta").words


def test_published_phenomena_are_found_by_all_and_unpublished_ones_by_coordinators(
    deps: Deps, cecilia: Person, bertta: Person
) -> None:
    published(deps, "I-K7QF", "Bostadskön växer", "Unga får vänta på en bostad i månader")
    published(deps, "I-M2TP", "Bostäderna är dyra", "Hyrorna stiger", on=None)

    cecilia.types("/rapportera", "sök bostad")
    assert "Bostadskön växer" in cecilia.sees_ephemeral(containing="1 sökresultat").words
    bertta.types("/raportoi", "haku bostäder")
    assert "Bostäderna är dyra" in bertta.sees_ephemeral(containing="2 hakutulosta").words


def test_what_is_withdrawn_or_changed_is_not_found_any_more(deps: Deps, aino: Person) -> None:
    file(deps, aino.id, "Päihdekuntoutukseen ei pääse ajoissa")
    (row,) = stored(deps)
    changed = Draft(text="Tulkkeja on liian vähän", kind="E", theme="X-90")
    observations.edit(deps, changed, aino.id, row.number)

    aino.types("/raportoi", "haku päihdekuntoutus")
    aino.sees_ephemeral(containing="Mitään ei löytynyt")
    aino.types("/raportoi", "haku tulkki")
    aino.sees_ephemeral(containing="1 hakutulos")

    observations.withdraw(deps, aino.id, row.number)
    assert search.find(deps, aino.id, "tulkki") == Found([], 0, 0, endless=False)


def test_ten_are_shown_and_a_button_shows_the_rest(deps: Deps, aino: Person) -> None:
    file(deps, aino.id, *[f"Jonot pitenevät paikassa {place}" for place in range(13)])

    aino.types("/raportoi", "haku jono")
    first = aino.sees_ephemeral(containing="Hakutulokset 1–10, kaikkiaan 13")
    first.press("search.more")
    second = aino.sees_ephemeral(containing="Hakutulokset 11–13, kaikkiaan 13")

    numbers = {row.number for row in stored(deps)}
    assert {number for number in numbers if number in first.words + second.words} == numbers
    assert "search.more" not in second.actions


def test_a_sentence_that_begins_like_a_search_is_searched_and_offered_to_be_filed(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "haku kestää liian kauan")
    offer = aino.sees_ephemeral(containing="Onko tämä havainto")
    assert "Mitään ei löytynyt" in offer.words
    offer.press("observations.open_form")
    assert aino.sees_modal(callback_id="observations.form").values["text"] == "haku kestää liian kauan"


ODD = (
    '"asunto OR 1=1"', "%", "asun%", "*", "_____", "asunto AND NOT jono", "'; DROP TABLE word; --", "\\", "<!here>",
    "*lihava* _vino_", "asunto" * 500, "a " * 1500, "\u202easunto", "𝒶𝓈𝓊𝓃𝓉ℴ", "null\x00byte", "{}", "{n}", "😀",
)  # fmt: skip


def test_whatever_is_searched_is_answered_and_harmless(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    file(deps, aino.id, "Asunnot ovat nuorille liian kalliita")

    for number, typed in enumerate(ODD, 1):
        aino.types("/raportoi", f"haku {typed}")
        slack.waits_for_call("response_url", times=number)

    assert not [note for note in aino.notes if "Jotain meni vikaan" in note.words]
    assert len(aino.notes) == len(ODD)
    found = search.find(deps, aino.id, "asunto")
    assert found is not None
    assert len(found.rows) == 1


def test_what_the_guard_would_stop_is_not_repeated(deps: Deps, aino: Person, caplog: pytest.LogCaptureFixture) -> None:
    aino.types("/raportoi", "haku asiakas 131052-308T on jonossa")
    note = aino.sees_ephemeral(containing="En hakenut")

    assert "131052" not in str(note.drawn)
    assert "131052" not in caplog.text


def test_a_search_without_words_explains_itself(deps: Deps, aino: Person, cecilia: Person) -> None:
    aino.types("/raportoi", "haku")
    aino.sees_ephemeral(containing="Kirjoita hakusanat komennon perään")
    cecilia.types("/rapportera", "sök ! ?")
    cecilia.sees_ephemeral(containing="Skriv sökorden efter")


NUMBERS = {
    "50%": "1 hakutulos",
    "shl 11": "1 hakutulos",
    "asunto 2025": "1 hakutulos",
    "asunto 2026": "Mitään ei löytynyt",
    "shl 99": "Mitään ei löytynyt",
}


def test_numbers_are_searched_for_like_words(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    file(deps, aino.id, "Asunto puuttui monelta vuonna 2025", "SHL 11 mainitaan, kun puolet eli 50 % jää ilman")

    for place, typed in enumerate(NUMBERS, 1):
        aino.types("/raportoi", f"haku {typed}")
        slack.waits_for_call("response_url", times=place)
    said = dict(zip(NUMBERS, (note.words for note in aino.notes), strict=True))
    assert {typed: seen for typed, seen in NUMBERS.items() if seen not in said[typed]} == {}


def test_the_receipt_shows_published_phenomena_that_may_be_the_same(deps: Deps, aino: Person) -> None:
    published(deps, "I-K7QF", "Velkaneuvonnan jonot", "Velkaneuvontaan jonotetaan viikkoja")
    published(deps, "I-M2TP", "Ruoka-avun tarve", "Ruokajonot pitenevät")
    published(deps, "I-X9X9", "Velkaneuvonta", "Velkaneuvontaan jonotetaan viikkoja", on=None)
    with deps.write() as session:
        phenomena.press(session, deps.workspace, "I0K7QF" * 4, "somebody", None)

    aino.types("/raportoi", "Velkaneuvontaan joutuu jonottamaan jo viikkoja")
    receipt = aino.sees_dm(containing="on kirjattu")

    (row,) = stored(deps)
    buttons = [one for block in receipt.blocks if block["type"] == "actions" for one in block["elements"]]
    same = [(one["action_id"], one["value"]) for one in buttons if one["action_id"] == "observations.same"]
    assert same == [("observations.same", f"I-K7QF {row.number}")]
    receipt.press("phenomena.read", value="I-K7QF")
    opened = aino.sees_modal("Velkaneuvontaan jonotetaan viikkoja", callback_id="phenomena.page")
    assert opened.actions == []
    opened.close()
    assert "”Velkaneuvonnan jonot”\nMuutama ihminen on huomannut tämän." in receipt.words

    receipt.choose("observations.set_area", "445")
    receipt.waits_for("Parainen")
    assert "observations.same" in receipt.actions


def test_a_receipt_without_a_name_speaks_of_no_phenomena(deps: Deps, aino: Person) -> None:
    published(deps, "I-K7QF", "Velkaneuvonnan jonot", "Velkaneuvontaan jonotetaan viikkoja")
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form")
    words = "Velkaneuvontaan joutuu jonottamaan jo viikkoja"
    form.fill(kind="E", theme="X-90", text=words, feedback="anonymous").submit()

    assert "observations.same" not in aino.sees_modal(callback_id="observations.code").actions
    assert not aino.dms


def test_rows_of_another_analyser_are_read_anew(deps: Deps, aino: Person) -> None:
    file(deps, aino.id, "Asunnot ovat nuorille liian kalliita")
    published(deps, "I-K7QF", "Bostadskön växer", "Unga får vänta på en bostad i månader")
    other = replace(deps, analyser=Renamed(deps))

    assert search.catch_up(deps) == 0
    assert search.catch_up(other) == 2
    found = search.find(deps, aino.id, "asunto")
    assert found is not None
    assert len(found.rows) == 1
    assert {row.words_by for row in stored(deps)} == {"another"}


class Renamed:
    """The same analyser under another name."""

    name = "another"

    def __init__(self, deps: Deps) -> None:
        self.lemmas, self.read, self.variants = deps.analyser.lemmas, deps.analyser.read, deps.analyser.variants


def test_few_hits_offer_what_else_stands_under_their_theme(deps: Deps, aino: Person, bertta: Person) -> None:
    file(deps, aino.id, "Velkaneuvontaan jonotetaan viikkoja ja velat kasvavat", "Ulosotto vie velallisen koko palkan")
    file(deps, bertta.id, "Perintäyhtiöt lisäävät velkoja kuluilla")
    aino.opens_home()
    aino.sees_home().press("search.open")
    outcome = aino.sees_modal(callback_id="search.form").fill(words="velkaneuvonta").submit()
    assert outcome.view is not None
    assert "Samasta teemasta on lisää: Toimeentulo ja talous." in outcome.view.words
    outcome.view.press("search.under")
    page = aino.sees_modal("Ulosotto vie velallisen koko palkan", callback_id="search.page")
    assert "Perintäyhtiöt" not in page.words
    assert "search.under" not in page.actions
    assert "Muiden havainnot näkee vain koordinaattori." in page.words


@pytest.mark.parametrize("typed", ["Salossa", "salo"])
def test_a_place_that_is_searched_offers_what_was_filed_there(
    deps: Deps, aino: Person, bertta: Person, typed: str
) -> None:
    draft = Draft(kind="E", theme="X-90", area="734", text="Työntekijät vaihtuvat usein")
    number = observations.file_observation(deps, draft, aino.id, "nonce").rows[0].number
    bertta.types("/raportoi", f"haku {typed}")
    bertta.sees_ephemeral("Samalta alueelta on lisää: Salo.").press("search.under")
    found = bertta.sees_ephemeral(number)
    assert "Muiden havainnot" not in found.words
    assert "search.under" not in found.actions


def test_help_and_the_digest_open_from_home(deps: Deps, aino: Person, bertta: Person) -> None:
    aino.opens_home()
    aino.sees_home().press("observations.help")
    aino.sees_modal("Kirjoita yleisellä tasolla", callback_id="observations.help").close()
    aino.sees_home().press("digests.open")
    aino.sees_modal("Verkoston havainnot", callback_id="digests.page")
    bertta.opens_home()
    bertta.sees_home().press("digests.open")
    bertta.sees_modal("Viikko", callback_id="digests.page")

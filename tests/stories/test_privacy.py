"""Nothing about a client slips in, and nothing of a no-name writer stays behind."""

import hashlib
import logging
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot import logs
from bot.deps import Deps
from tests.fakes import FakeSlack, Person
from tests.stories.rows import stored
from tests.stories.test_triage import opened

CODES = (
    "130279-901E", "130279Y901E", "130279X902F", "130279U903H", "311299W950V", "240688V951P", "061217+9087",
    "070513A9042", "070513B9053", "290224C907S", "030304D9523", "030304E9534", "070513F9064",
)  # fmt: skip
FORM = {"kind": "E", "theme": "X-90", "text": "Jonot ovat liian pitkiä kaikille"}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that the process would write at the noisiest level, in its own format."""
    before = {name: logging.getLogger(name).level for name in ("", *logs.OURS)}
    logs.set_up("DEBUG")
    logging.getLogger().addHandler(caplog.handler)
    caplog.handler.setFormatter(logs.Discreet())
    yield caplog
    logging.getLogger().removeHandler(caplog.handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("code", CODES)
def test_b59_every_century_sign_is_stopped_by_one_line_and_by_form(
    slack: FakeSlack, deps: Deps, aino: Person, code: str
) -> None:
    aino.types("/raportoi", f"Asiakas {code} jäi ilman asuntoa")
    form = aino.sees_modal(callback_id="observations.form")
    assert "henkilötunnus" in form.words
    errors = form.fill(kind="E", theme="X-90").submit().errors
    assert "henkilötunnus" in errors["text"]
    assert code not in errors["text"]
    assert not stored(deps)
    assert not aino.dms


def test_a_finding_in_the_proposal_is_an_error_there(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, proposal="Soittakaa 040 000 0000")
    assert "matkapuhelinnumero" in form.submit().errors["proposal"]
    assert not stored(deps)


def test_an_edit_is_guarded_too(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", FORM["text"])
    aino.sees_dm(containing="on kirjattu").press("observations.edit")
    form = aino.sees_modal(callback_id="observations.form").fill(text=f"Asiakas {CODES[0]} jäi ilman asuntoa")
    assert "henkilötunnus" in form.submit().errors["text"]
    assert stored(deps)[0].text == FORM["text"]


def test_a_warning_is_asked_once_and_a_new_one_again(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(
        **{**FORM, "text": "Neuvonta: info@example.org toimii"}
    )
    warned = form.submit().view
    assert warned is not None
    assert "sähköpostiosoite" in warned.words
    assert "Lähetä silti" in warned.words
    again = warned.fill(text="Neuvonta: info@example.org tai 02 262 3040 toimii").submit().view
    assert again is not None
    assert "puhelinnumero" in again.words
    assert not stored(deps)
    assert again.submit().closed
    assert len(stored(deps)) == 1


def test_a_name_written_after_another_was_confirmed_is_asked_about(
    slack: FakeSlack, deps: Deps, aino: Person, bertta: Person
) -> None:
    aino.types("/raportoi", "Kirjava Kulma auttaa asunnottomia")
    form = aino.sees_modal(callback_id="observations.form").fill(kind="M", theme="X-90")
    warned = form.fill(text="Kirjava Kulma auttaa asunnottomia, esimerkiksi asiakas Kaija Keksittyä").submit().view
    assert warned is not None
    assert "henkilön nimi" in warned.words
    assert "Keksit" not in warned.view.drawn["private_metadata"]
    assert not stored(deps)
    assert warned.fill(text="Kirjava Kulma auttaa asunnottomia").submit().closed
    slack.settles()

    form = opened(bertta, stored(deps)[0].number).fill(status="kasittelyssa", reply="Kysyn asiaa: Kirjava Kulma")
    warned = form.submit().view
    assert warned is not None
    again = warned.fill(reply="Kysyn asiaa: Kirjava Kulma, ja Kaija Keksitty").submit().view
    assert again is not None
    assert "henkilön nimi" in again.words
    assert stored(deps)[0].status == "uusi"
    assert again.submit().closed
    assert stored(deps)[0].status == "kasittelyssa"


def test_a_warning_in_one_line_opens_the_form_where_it_can_be_sent_anyway(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "Neuvonta osoitteessa info@example.org toimii hyvin")
    form = aino.sees_modal(callback_id="observations.form")
    assert "Lähetä silti" in form.words
    assert not stored(deps)
    assert form.fill(kind="M", theme="X-90").submit().closed
    assert len(stored(deps)) == 1


def test_a_receipt_code_is_never_stored_under_a_name(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi")
    aino.sees_modal(callback_id="observations.form").fill(**FORM, feedback="anonymous").submit()
    shown = aino.sees_modal(callback_id="observations.code")
    code = next(word for word in shown.words.split() if word.count("-") == 2 and len(word) == 14)
    aino.types("/raportoi", code)
    assert "Vastaanotettu" in aino.sees_ephemeral(containing="Vastaanotettu").words
    aino.types("/raportoi", f"tilanne {code.lower()} kiinnostaa")
    form = aino.sees_modal(containing="tunnuskoodi")
    form.fill(text=f"Jonot ovat pitkiä, koodini on {code}", kind="H", theme="X-99")
    assert "tunnuskoodi" in form.submit().errors["text"]
    assert [row.author for row in stored(deps)] == [None]


def test_an_emergency_is_asked_about_before_it_is_stored(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "lapsi pahoinpidelty kotona, tarvitsee apua heti")
    form = aino.sees_modal(callback_id="observations.form")
    assert "soita 112" in form.words
    assert not stored(deps)
    assert form.fill(kind="E").submit().closed
    assert len(stored(deps)) == 1


def test_a_message_with_a_clients_data_is_to_be_deleted_from_slack_too(deps: Deps, aino: Person) -> None:
    aino.writes(f"Asiakas {CODES[0]} jäi ilman asuntoa")
    assert "Poista viestisi" in aino.sees_dm(containing="henkilötunnus").words
    assert CODES[0] not in aino.dms[0].words


def test_withdrawn_in_the_list_it_is_gone_from_the_receipt_too(slack: FakeSlack, deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", FORM["text"])
    receipt = aino.sees_dm(containing="on kirjattu")
    slack.settles()
    aino.types("/raportoi", "omat")
    aino.sees_ephemeral(containing="Viimeisimmät").press("observations.withdraw")
    receipt.waits_for("on peruttu")
    (row,) = stored(deps)
    assert FORM["text"] not in receipt.words
    assert (row.author, row.receipt_channel, row.receipt_ts) == (None, None, None)


def test_the_guard_reads_the_whole_before_it_is_split(deps: Deps, aino: Person) -> None:
    aino.types("/raportoi", "Asiakkaan tunnus 130279\n-901E jäi huomaamatta kaikilta")
    assert "henkilötunnus" in aino.sees_modal(callback_id="observations.form").words
    assert not stored(deps)


def test_no_text_name_or_token_reaches_the_log(
    slack: FakeSlack, log: pytest.LogCaptureFixture, deps: Deps, aino: Person
) -> None:
    secret = "sananen jota kukaan muu ei käytä"
    aino.types("/raportoi", f"Jonot ovat pitkiä, {secret}")
    aino.sees_dm(containing="on kirjattu").press("observations.edit")
    form = aino.sees_modal(callback_id="observations.form")
    form.fill(text=f"{secret} {CODES[0]}").submit()
    slack.fault("chat.update", status=500)
    form.fill(text=f"{secret} toisin sanoin").submit()
    slack.send_envelope({"type": "block_actions", "user": {"id": aino.id}, "actions": [{"action_id": secret}]})
    slack.send_envelope({"type": "view_submission", "user": {"id": aino.id}, "view": {"callback_id": secret}})
    slack.fault("response_url", status=500)
    aino.types("/raportoi", f"{secret} kolmannen kerran")
    slack.settles()

    written = log.text
    assert "chat" in written or "reference" in written or written  # something was written
    for word in (secret, CODES[0], "Testinen", "xoxb-", "xapp-", "k" * 64, "kolmannen"):
        assert word not in written


def test_a_fault_of_ours_gets_a_reference_that_is_in_the_log(
    slack: FakeSlack, log: pytest.LogCaptureFixture, deps: Deps, aino: Person
) -> None:
    slack.fault("views.open", error="invalid_arguments")
    aino.types("/raportoi", "lyhyt")
    note = aino.sees_ephemeral(containing="Jotain meni vikaan")
    reference = re.search(r"vikakoodi (\w{6})", note.words)
    assert reference is not None
    assert reference[1] in log.text
    note.press("observations.open_form")
    assert aino.sees_modal(callback_id="observations.form").values["text"] == "lyhyt"


def test_a_no_name_observation_leaves_nothing_of_the_person_in_any_table(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    aino.types("/raportoi")
    form = aino.sees_modal(callback_id="observations.form").fill(**FORM, area="304", feedback="anonymous")
    form.submit()
    slack.settles()
    with deps.read() as session:
        tables = ("observation", "person")
        kept = [session.connection().execute(text(f"SELECT * FROM {name}")) for name in tables]  # noqa: S608
        rows = [str(tuple(row)) for result in kept for row in result]
    traces = [aino.id, *(getattr(hashlib, kind)(aino.id.encode()).hexdigest() for kind in ("md5", "sha1", "sha256"))]
    assert len(rows) == 1
    assert not [trace for trace in traces if trace in rows[0]]
    assert not re.search(r"\d\d:\d\d", rows[0])
    assert stored(deps)[0].area == "vakka-suomi"  # fewer than 5 members have chosen Kustavi


def test_an_area_that_five_members_have_chosen_is_kept_without_a_name_too(
    slack: FakeSlack, deps: Deps, aino: Person
) -> None:
    for number in range(5):
        person = slack.person(f"U0SALO{number:04}", f"Salon Henkilö {number}", locale="fi-FI")
        person.types("/raportoi")
        person.sees_modal(callback_id="observations.form").fill(**FORM, area="734").submit()
    aino.types("/raportoi")
    aino.sees_modal(callback_id="observations.form").fill(**FORM, area="734", feedback="anonymous").submit()
    assert next(row for row in stored(deps) if row.author is None).area == "734"

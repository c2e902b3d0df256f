"""The vocabularies are data: versions stand side by side, and old codes keep their names."""

from bot.rules.vocabularies import Vocabularies
from storage.models import Term
from storage.vocabularies import shipped

SHIPPED = [Term.model_validate({"workspace": "T0", **row}) for row in shipped()]


def newer(code: str, label: str) -> Term:
    return Term(
        workspace="T0", vocabulary="theme", version="SHL11-2027", code=code, position=1, fi=label, sv=label, en=label
    )


def test_forms_offer_the_newest_version_and_old_codes_keep_their_names() -> None:
    vocabularies = Vocabularies.of([*SHIPPED, newer("SHL11-02", "Asuminen ja koti")])
    assert vocabularies.version("theme") == "SHL11-2027"
    assert vocabularies.options("theme", "fi") == (("SHL11-02", "Asuminen ja koti"),)
    assert vocabularies.label("theme", "SHL11-02", "fi") == "Asuminen ja koti"
    assert vocabularies.label("theme", "SHL11-03", "sv") == "Utkomst och ekonomi"


def test_b40_a_code_that_no_version_knows_has_no_name() -> None:
    assert Vocabularies.of(SHIPPED).label("theme", "OLD-7", "fi") is None


def test_b45_areas_stand_in_the_finnish_alphabet() -> None:
    labels = [label for _, label in Vocabularies.of(SHIPPED).options("area", "fi")][:27]
    assert labels[:3] == ["Aura", "Kaarina", "Kemiönsaari"]
    assert labels.index("Pyhäranta") < labels.index("Pöytyä") < labels.index("Raisio")


def test_b45_in_swedish_areas_stand_by_their_swedish_names() -> None:
    labels = [label for _, label in Vocabularies.of(SHIPPED).options("area", "sv")]
    assert labels[:3] == ["Aura", "Gustavs", "Kimitoön"]
    assert labels[26] == "Åbo"
    assert len(labels) == 29


def test_a_rare_area_is_coarsened_to_its_sub_region_and_a_common_one_is_not() -> None:
    vocabularies = Vocabularies.of(SHIPPED)
    assert vocabularies.coarse_area("304", 4) == "vakka-suomi"
    assert vocabularies.coarse_area("304", 5) == "304"
    assert vocabularies.coarse_area("koko", 0) == "koko"
    assert vocabularies.coarse_area(None, 0) is None
    assert vocabularies.label("area", "vakka-suomi", "fi")

"""The terms and profiles shipped as data."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import ppss_support.regulation

DATA = Path(ppss_support.regulation.__file__).parent.parent / "data"
TERMS = json.loads((DATA / "terms.json").read_text(encoding="utf-8"))
PROFILES = {p["code"]: p for p in json.loads((DATA / "profiles.json").read_text(encoding="utf-8"))}
CODES = {term["code"] for term in TERMS}
ROW = re.compile(r"(KZ92|ALM|KG|OVR)-[0-9A-Z][0-9A-Za-z.]*|own")
# Terms of these profiles need no Kazakh label.
KYRGYZ_ONLY = {"KG95"}


def natural(code: str) -> list:
	"""Sort key that puts KFM2 before KFM10."""
	return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", code)]


def codes(kind: str, prefix: str = "") -> list[str]:
	return [t["code"] for t in TERMS if t["kind"] == kind and t["code"].startswith(prefix)]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["code"])
def test_term_is_labelled_and_cited(term):
	assert term["label_en"] and term["label_ru"]
	assert term["label_kk"] or (term["profile"] in KYRGYZ_ONLY and term["label_ky"])
	assert ROW.fullmatch(term["citation"])
	assert "°" not in json.dumps(term, ensure_ascii=False)
	references = [term["parent"], term.get("maps_to", ""), *term.get("owner_role", "").split(",")]
	assert {ref for ref in references if ref} <= CODES


def test_kazakh_labels_have_no_latin_i():
	mixed = re.compile(r"[а-яәғқңөұүһі]i|i[а-яәғқңөұүһі]", re.IGNORECASE)
	assert not [t["code"] for t in TERMS if mixed.search(t["label_kk"])]


def test_codes_are_unique_whatever_the_case():
	assert [c for c, n in Counter(t["code"].casefold() for t in TERMS).items() if n > 1] == []


def test_terms_are_sorted_by_kind_then_code():
	keys = [(t["kind"], natural(t["code"])) for t in TERMS]
	assert keys == sorted(keys)


def test_lines_stay_readable():
	lines = (DATA / "terms.json").read_text(encoding="utf-8").splitlines()
	assert max(map(len, lines)) < 500


def test_three_categories_beside_the_learner_without_needs():
	assert codes("Category") == ["C0", "C1", "C2", "C3"]


def test_seven_contents_and_seven_conditions():
	assert len(codes("Content", "CT")) == len(codes("Content", "CN")) == 7


@pytest.mark.parametrize(
	("kind", "prefix", "count"),
	[
		("Level", "", 5),
		("Direction", "DIR", 5),
		("Direction", "ADIR", 5),
		("Direction", "KDIR", 5),
		("Direction", "OD", 5),
		("Special Condition", "", 11),
		("Need Duration", "", 2),
		("Accommodation", "", 6),
		("Accessibility", "", 12),
		("Session Form", "", 3),
		("Setting", "", 4),
		("Work Form", "", 14),
		("Work Kind", "", 9),
		("Journal", "J", 9),
		("Principle", "P", 7),
		("Principle", "KP", 5),
		("Activity Type", "", 18),
		("Duty", "", 22),
		("Responsibility", "AR", 4),
		("Responsibility", "KR", 5),
		("Qualification", "", 3),
		("Document", "AL", 9),
		("Document", "F", 6),
	],
)
def test_counts_of_the_acts(kind, prefix, count):
	assert len(codes(kind, prefix)) == count


def test_service_roles_of_the_profiles():
	assert PROFILES["KZ92"]["service_roles"] == ["DEP", "PSY", "SOC", "SPE", "AST", "CAR"]
	assert set(PROFILES["KG95"]["service_roles"]) == {"DVR", "PSY", "SOC", "CLS"}
	assert PROFILES["ALM15"]["service_roles"] == ["PSY"]
	assert all(role in codes("Role") for p in PROFILES.values() for role in p["service_roles"])


@pytest.mark.clause("KZ92-0.1")
def test_order_92_is_identified():
	order = PROFILES["KZ92"]
	assert (order["act_number"], order["act_date"]) == ("92", "2025-04-29")
	assert (order["registration_no"], order["registration_date"]) == ("36047", "2025-04-30")
	assert order["first_publication_date"] is None


@pytest.mark.clause("ALM-2", "KG-1.2")
@pytest.mark.parametrize(
	("profile", "words"),
	[
		("ALM15", ("Конституциясы", "«Білім туралы»", "Бала құқықтары туралы конвенция", "осы Қағида")),
		("KG95", ("эл аралык", "КР билим берүү", "областтык жана муниципалдык", "уставы", "ушул Жобо")),
	],
)
def test_profile_names_what_its_act_rests_on(profile, words):
	assert [word for word in words if word not in PROFILES[profile]["legal_basis"]] == []


def test_order_92_replaces_five_acts():
	rows = PROFILES["KZ92"]["replaces"]
	assert [r["row"] for r in rows] == [f"KZ92-R.{n}" for n in range(1, 6)]
	assert [r["number"] for r in rows] == ["6", "300", "165", "377", "186"]


def test_profiles_switch_the_same_features_and_give_valid_dates():
	features = [[f["feature"] for f in p["features"]] for p in PROFILES.values()]
	assert features[0] == features[1] == features[2]
	assert {f["value"] for p in PROFILES.values() for f in p["features"]} == {"0", "1", "optional"}
	for profile in PROFILES.values():
		for field, value in profile.items():
			if value and field.endswith(("_date", "_from")):
				date.fromisoformat(value)

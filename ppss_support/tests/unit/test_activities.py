"""The tables of the activity log and of requests: examples for each rule, and what the form shows."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ppss_support.regulation
from ppss_support.regulation import activities, requests
from ppss_support.regulation.activities import DETAIL_NEEDS, KINDS
from ppss_support.regulation.finding import Finding, Label

clause = pytest.mark.clause
APP = Path(ppss_support.regulation.__file__).parents[1]
FORM = json.loads((APP / "ppss_support/doctype/ppss_activity/ppss_activity.json").read_text(encoding="utf-8"))
FIELDS = {field["fieldname"]: field for field in FORM["fields"]}
TERMS = {term["code"]: term for term in json.loads((APP / "data/terms.json").read_text(encoding="utf-8"))}
LABELS = {name: field.get("label", "") for name, field in FIELDS.items()}
DAY, LATER = date(2026, 11, 20), date(2026, 12, 1)
kinds = pytest.mark.parametrize("kind", KINDS)


def codes(findings) -> list[str]:
	return [f.code for f in findings]


def full(kind: str) -> dict:
	"""Return an entry with everything its kind may hold, but of no demanding detail."""
	return {**dict.fromkeys(KINDS[kind].fields, "x"), "purposes": ["D1a"], "difficulty_found": 0}


# ---- what an entry states


@kinds
def test_every_demanded_field_is_missed_when_it_is_empty(kind):
	assert activities.missing_fields(kind, full(kind)) == []
	for field in KINDS[kind].needs:
		values = {**full(kind), field: None}
		assert activities.missing_fields(kind, values) == [field]
		assert activities.entry_complete(kind, values, LABELS) == [Finding.of("A21", Label(LABELS[field]))]


@pytest.mark.parametrize("kind", [kind for kind, table in KINDS.items() if table.one_of])
def test_one_of_several_is_enough(kind):
	table = KINDS[kind]
	none = {**full(kind), **dict.fromkeys(table.one_of)}
	assert activities.missing_fields(kind, none)[-1:] == [table.one_of[0]]
	for field in table.one_of:
		assert activities.missing_fields(kind, {**none, field: "x"}) == []


@clause("KZ92-6.1", "KZ92-14.1.4b", "KZ92-14.2.3b", "KZ92-6.5c")
@pytest.mark.parametrize(
	("kind", "given", "missing"),
	[
		("DIAGNOSTICS", {"purposes": ["D1e"], "difficulties": []}, ["difficulties"]),
		("DIAGNOSTICS", {"purposes": ["D1a"], "difficulties": []}, []),
		("ACHIEVEMENT", {"difficulty_found": 1, "difficulty": ""}, ["difficulty"]),
		("CLASS-MEASURE", {"detail": "CM5", "content": None}, ["content"]),
		("CLASS-MEASURE", {"detail": "CM7", "gap_kinds": [], "result": None}, ["gap_kinds", "result"]),
		("METHODICAL", {"detail": "M5c", "disciplines_involved": []}, ["disciplines_involved"]),
		("METHODICAL", {"detail": "M5d", "disciplines_involved": []}, []),
	],
)
def test_what_is_found_asks_for_more(kind, given, missing):
	assert activities.missing_fields(kind, {**full(kind), **given}) == missing


@given(st.sampled_from(sorted(KINDS)), st.sets(st.sampled_from(sorted(FIELDS))))
def test_missing_fields_are_shown_ones_that_are_empty(kind, filled):
	missing = activities.missing_fields(kind, dict.fromkeys(filled, "x"))
	extra = {"difficulty", "participants"} | {f for needs in DETAIL_NEEDS.values() for f in needs}
	assert not set(missing) & filled
	assert set(missing) <= KINDS[kind].fields | extra
	assert len(missing) == len(set(missing))


# ---- the form agrees with the table


def shown_for(field: str) -> set[str]:
	return set(
		json.loads(re.fullmatch(r"eval:(\[.*\])\.includes\(doc\.kind\)", FIELDS[field]["depends_on"])[1])
	)


@pytest.mark.parametrize("field", sorted(set().union(*(table.fields for table in KINDS.values()))))
def test_form_shows_a_field_to_the_kinds_that_use_it(field):
	always = {"participants"}
	behind_a_tick = {"difficulty": "difficulty_found", "crisis_reason": "crisis"}
	if field in behind_a_tick:
		assert FIELDS[field]["depends_on"] == behind_a_tick[field]
	elif field not in always:
		assert shown_for(field) == {kind for kind, table in KINDS.items() if field in table.fields}


def test_fields_demanded_by_a_detail_are_shown():
	for detail, needs in DETAIL_NEEDS.items():
		kind = next(
			kind
			for kind in KINDS
			for profile in (None, *activities.OWN_DETAILS)
			if activities.detail_fits(kind, detail, profile) == []
		)
		assert set(needs) - {"participants"} <= KINDS[kind].fields


@kinds
def test_kind_is_a_term_with_a_direction(kind):
	assert TERMS[kind]["kind"] == "Activity Kind"
	assert TERMS[TERMS[kind]["parent"]]["kind"] == "Direction"


def test_every_kind_of_the_catalogue_has_its_table():
	assert {code for code, term in TERMS.items() if term["kind"] == "Activity Kind"} == set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind, table in KINDS.items() if table.details])
def test_details_of_a_kind_exist_and_are_offered(kind):
	table = KINDS[kind]
	own = [
		t
		for t in TERMS.values()
		if t["code"].startswith(table.details) and t["kind"] not in ("Category Detail", "Category")
	]
	offered = [t for t in own if t["parent"] in (kind, TERMS[kind]["parent"])]
	assert len(offered) > 1


@clause("ALM-10.1", "ALM-10.2", "ALM-10.3", "ALM-11.2", "ALM-12.1", "ALM-13.1", "KG-4.1", "KG-5.3", "KG-4.6")
@pytest.mark.parametrize(
	("profile", "kind", "count"),
	[
		("ALM15", "DIAGNOSTICS", 4),
		("ALM15", "CONSULTATION", 3),
		("ALM15", "ENLIGHTENMENT", 4),
		("ALM15", "TRAINING", 3),
		("ALM15", "DISCUSSION", 6),
		("KG95", "DIAGNOSTICS", 4),
		("KG95", "ENLIGHTENMENT", 14),
		("KG95", "PARTICIPATION", 3),
	],
)
def test_details_in_the_words_of_another_act(profile, kind, count):
	own = [code for code in TERMS if code.startswith(activities.details_of(kind, profile))]
	assert len(own) == count
	assert activities.detail_fits(kind, own[0], profile) == []
	assert activities.missing_fields(kind, {**full(kind), "detail": None}, profile)[:1] == ["detail"]
	ours = KINDS[kind].details
	if ours and kind != "PARTICIPATION":
		foreign = next(code for code in TERMS if code.startswith(ours) and not code.startswith(tuple(own)))
		assert codes(activities.detail_fits(kind, foreign, profile)) == ["A28"]


@clause("ALM-13.2", "ALM-11.1", "KG-3.3", "KG-7.4")
def test_other_acts_ask_for_more_and_for_less():
	assert activities.missing_fields(
		"TRAINING", {**full("TRAINING"), "detail": "AA13.2", "spheres": []}, "ALM15"
	) == ["spheres"]
	consultation = {**full("CONSULTATION"), "initiator": "", "facts_relied_on": "", "detail": ""}
	assert activities.missing_fields("CONSULTATION", consultation, "KG95") == ["facts_relied_on"]
	assert activities.missing_fields("CONSULTATION", consultation, "ALM15") == ["detail", "initiator"]
	assert activities.missing_fields("CONSULTATION", consultation) == ["detail"]
	assert activities.missing_fields("PARENT-CONTACT", {**full("PARENT-CONTACT"), "detail": ""}, "KG95") == []


@clause("ALM-9", "KG-2.2a", "KG-2.2e")
@kinds
@pytest.mark.parametrize("profile", ["ALM15", "KG95"])
def test_directions_are_those_of_the_act(kind, profile):
	if KINDS[kind].features == {activities.SOCIAL_WORK} and profile == "ALM15":
		return
	own = activities.direction_of(kind, profile, TERMS[kind]["parent"])
	assert (TERMS[own]["kind"], TERMS[own]["profile"]) == ("Direction", profile)
	assert activities.direction_of(kind, profile, own) == own
	assert activities.direction_of(kind, "KZ92", TERMS[kind]["parent"]) == TERMS[kind]["parent"]


@clause("KG-4.1", "KG-4.2", "KG-4.3", "KG-4.4", "KG-4.5", "KG-4.6")
def test_functions_of_school_95():
	found = {activities.function_of(kind, "KG95") for kind in KINDS} - {None}
	assert found == {f"KF{n}" for n in range(1, 7)} <= set(TERMS)
	assert activities.function_of("CONSULTATION", "KZ92") is None


@clause("ALM-19.12", "ALM-20")
@pytest.mark.parametrize(
	("kind", "roles", "variant", "diploma", "expected"),
	[
		("DIAGNOSTICS", {"PSY"}, "2", True, []),
		("DIAGNOSTICS", {"PSY"}, None, True, ["M48"]),
		("TRAINING", {"PSY"}, "1", False, ["M48"]),
		("CRISIS", {"SOC"}, "1", True, ["M48"]),
		("ENLIGHTENMENT", {"SOC"}, None, False, []),
	],
)
def test_psychologists_work_is_for_the_qualified(kind, roles, variant, diploma, expected):
	assert codes(activities.qualified(kind, "Асанова А.", roles, variant, diploma)) == expected


@clause("KG-3.5", "KG-8.2")
def test_notice_about_a_child_is_for_those_entitled():
	assert activities.told_in_confidence(None, False) == activities.told_in_confidence("L", True) == []
	assert codes(activities.told_in_confidence("L", False)) == ["M53"]
	assert codes(activities.answered_once("Келді", "Басқа")) == ["A121"]
	assert activities.answered_once(None, "Келді") == activities.answered_once("Келді", "Келді") == []


@clause("KZ92-6.1", "KZ92-6.4")
def test_contents_of_the_directions_are_those_of_clause_6():
	parents = Counter(term["parent"] for term in TERMS.values() if term["kind"] == "Direction Content")
	assert parents == {"DIR1": 5, "DIR2": 5, "DIR3": 3, "DIR4": 6, "DIR5": 5}
	assert activities.detail_fits("CONSULTATION", "C2c") == []
	assert codes(activities.detail_fits("CONSULTATION", "E4a")) == ["A28"]
	assert codes(activities.detail_fits("OBSERVATION", "C2a")) == ["A28"]
	assert activities.detail_fits("OBSERVATION", None) == []


# ---- who and when


@clause("KZ92-10.1", "KZ92-12.4")
@pytest.mark.parametrize(
	("kind", "roles", "expected"),
	[
		("CONSULTATION", {"PSY"}, []),
		("CONSULTATION", {"TCH"}, []),
		("CONSULTATION", {"CAR"}, ["M40"]),
		("CAREER", {"CAR"}, []),
		("CAREER", {"SPE"}, ["M40"]),
		("DIAGNOSTICS", {"TCH"}, ["M40"]),
		("DIAGNOSTICS", {"TCH", "PSY"}, []),
		("CLASS-MEASURE", {"PSY"}, ["M40"]),
		("SOCIAL-HELP", {"CLS"}, ["M40"]),
		("METHODICAL", set(), []),
	],
)
def test_provider(kind, roles, expected):
	assert codes(activities.provider(kind, "Асанова А.", roles, True)) == expected
	assert codes(activities.provider(kind, "Асанова А.", roles, False)) == ["A25"]


@clause("KZ92-11.1")
def test_consent_stands_behind_work_with_learners_only():
	assert activities.under_consent("DIAGNOSTICS", None)
	assert activities.under_consent("TRAINING", None)
	assert activities.under_consent("CONSULTATION", "Learner")
	assert not activities.under_consent("CONSULTATION", "Pedagogue")
	assert not any(
		activities.under_consent(kind, "Learner") for kind in set(KINDS) - activities.UNDER_CONSENT
	)


@clause("KZ92-11.1")
@given(
	st.sampled_from(sorted(KINDS)),
	st.booleans(),
	st.sampled_from([None, "DEP"]),
	st.sampled_from([None, " ", "x"]),
)
def test_crisis_opens_consultation_alone_and_only_by_decision(kind, allowed, decided_by, reason):
	refused = [Finding.of("M01", "Бала")]
	found = activities.in_crisis(refused, kind, allowed, decided_by, reason)
	opened = kind == "CONSULTATION" and allowed and decided_by and reason == "x"
	assert found == ([Finding.warn("M01", "Бала")] if opened else [Finding.of("A27")])


@clause("KZ92-14.1.3b")
def test_social_study_is_the_work_of_two():
	assert activities.social_study(True, True) == []
	found = activities.social_study(False, True)
	assert codes(found) == ["A26"] and found[0].warning
	assert len(activities.social_study(False, False)) == 2


@clause("KZ92-7.2")
def test_year_without_consultation_warns():
	assert activities.helped_in_year(1, 2) == []
	assert activities.helped_in_year(0, 2) == [Finding.warn("A33", Label("Pedagogues"))]
	assert len(activities.helped_in_year(0, 0)) == 2


@clause("KZ92-22")
def test_methodical_help_comes_from_a_special_organisation():
	assert activities.partner_fits("METHODICAL-HELP", "PO1") == []
	assert codes(activities.partner_fits("METHODICAL-HELP", "PO4")) == ["A28"]
	assert activities.partner_fits("EXTERNAL", "PO4") == []


def test_rows_and_days():
	assert codes(activities.participants_named([1, 0, 2])) == ["A29", "A29"]
	assert activities.periods(("Period from", "Period to"), DAY, LATER) == []
	assert activities.periods(("Period from", "Period to"), DAY, None) == []
	assert codes(activities.periods(("Period from", "Period to"), LATER, DAY)) == ["A34"]
	assert codes(activities.methods_in_use(["Ескі тест"])) == ["A32"]


# ---- masters


@clause("KZ92-13.6", "KZ92-18")
@given(st.integers(0, 100), st.integers(0, 100))
def test_shortage_is_what_the_norm_lacks(norm, actual):
	short = activities.shortage(norm, actual)
	assert short >= 0 and actual + short >= norm
	assert short == 0 or actual + short == norm


@clause("KZ92-2.1", "KZ92-13.5a")
def test_provision_is_of_a_child_or_a_place_and_a_plan_has_its_day():
	assert activities.provision_complete("In Place", {"learner": "L"}, LABELS) == []
	assert activities.provision_complete("Lacking", {"place": "Бас ғимарат"}, LABELS) == []
	assert codes(activities.provision_complete("In Place", {}, LABELS)) == ["A21"]
	names = {**LABELS, "planned_date": "Planned for"}
	planned = activities.provision_complete("Planned", {"learner": "L"}, names)
	assert planned == [Finding.of("A21", Label("Planned for"))]


# ---- requests


@clause("KZ92-14.1.4e")
def test_advice_is_asked_of_three_roles():
	for role in ("PSY", "SOC", "SPE"):
		assert requests.addressee("Advice", role, []) == requests.addressee("Advice", None, [role]) == []
	assert codes(requests.addressee("Advice", "TCH", [])) == ["A31"]
	assert codes(requests.addressee("Advice", None, [])) == ["A31"]
	assert requests.addressee("Task", None, ["TCH"]) == []


@clause("KZ92-6.3b", "KZ92-14.1.2b")
def test_task_names_person_term_difficulty_and_those_who_cooperate():
	needed = {"to_person": "T", "due": DAY, "area": "Learning", "cooperating": ["S"]}
	names = dict.fromkeys(needed, "x")
	assert requests.task_complete("Task", needed, names) == []
	for field in needed:
		assert codes(requests.task_complete("Task", {**needed, field: None}, names)) == ["A21"]
	assert requests.task_complete("Advice", {}, names) == []
	assert codes(requests.giver("Task", ["TCH"])) == ["A30"]
	assert requests.giver("Task", ["DEP"]) == requests.giver("Advice", ["TCH"]) == []

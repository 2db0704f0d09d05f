"""The norms of the acts: values, citations, enforcement."""

import json
from pathlib import Path

import pytest

import ppss_support.regulation
from ppss_support.regulation.messages import CATALOGUE
from ppss_support.regulation.norms.catalogue import ALL_NORMS, NORMS_BY_PROFILE

APP = Path(ppss_support.regulation.__file__).parents[1]
DOCTYPES = APP / "ppss_support" / "doctype"
PROFILES = json.loads((APP / "data" / "profiles.json").read_text(encoding="utf-8"))
BY_CODE = {norm.code: norm for norm in ALL_NORMS}


@pytest.mark.parametrize("norm", ALL_NORMS, ids=lambda norm: norm.code)
def test_norm_is_cited_and_consistent(norm):
	assert norm.citation.clause and norm.citation.row
	assert norm.enforcement in ("block", "warn", "info")
	assert norm.message_code is None or norm.message_code in CATALOGUE
	assert norm.message_code or norm.enforcement != "block"
	if norm.value_min is not None and norm.value_max is not None:
		assert norm.value_min <= norm.value_max


def test_codes_are_unique_and_belong_to_their_act():
	assert len(BY_CODE) == len(ALL_NORMS)
	for profile, norms in NORMS_BY_PROFILE.items():
		assert {norm.citation.act for norm in norms} == {profile}


def test_bounds_are_inclusive():
	norm = BY_CODE["SMALL_GROUP_SIZE"]
	assert [n for n in range(10) if norm.allows(n)] == [2, 3, 4]
	assert BY_CODE["WEEKLY_LESSONS"].allows(99) and not BY_CODE["WEEKLY_LESSONS"].allows(0)


@pytest.mark.clause("KZ92-16.1")
@pytest.mark.clause("KZ92-16.2")
def test_five_children_fit_neither_kind_of_group():
	assert not BY_CODE["SMALL_GROUP_SIZE"].allows(5)
	assert not BY_CODE["GROUP_SIZE"].allows(5)
	assert BY_CODE["GROUP_SIZE"].allows(6) and BY_CODE["GROUP_SIZE"].allows(8)


@pytest.mark.clause("KZ92-17.3", "KZ92-17.4")
@pytest.mark.parametrize(
	("form", "age", "minimum", "maximum"),
	[
		("SF1", "preschool", 20, 20),
		("SF1", "school", 30, 30),
		("SF2", "preschool", 35, 45),
		("SF2", "school", 45, 45),
		("SF3", "preschool", 35, 45),
		("SF3", "school", 45, 45),
	],
)
def test_durations(form, age, minimum, maximum):
	norm = BY_CODE[f"DURATION_{form}_{age.upper()}"]
	assert (norm.session_form, norm.age_group) == (form, age)
	assert (norm.value_min, norm.value_max, norm.unit) == (minimum, maximum, "minutes")
	assert (norm.enforcement, norm.message_code) == ("block", "M22")


@pytest.mark.parametrize("form", ["SF1", "SF2", "SF3"])
def test_above_school_age_the_school_duration_only_warns(form):
	older, school = BY_CODE[f"DURATION_{form}_OLDER"], BY_CODE[f"DURATION_{form}_SCHOOL"]
	assert older.enforcement == "warn"
	assert (older.value_min, older.value_max) == (school.value_min, school.value_max)


@pytest.mark.clause("KZ92-21.1")
def test_caseload_is_a_range_with_a_warning_below_the_cap():
	cap, comfortable = (
		BY_CODE["SPECIAL_PEDAGOGUE_CASELOAD"],
		BY_CODE["SPECIAL_PEDAGOGUE_CASELOAD_COMFORTABLE"],
	)
	assert (cap.value_min, cap.value_max, cap.message_code) == (12, 14, "M24")
	assert (comfortable.value_max, comfortable.message_code) == (12, "M25")


@pytest.mark.clause("KZ92-21.2")
def test_one_assistant_for_one_learner():
	assert BY_CODE["ASSISTANT_LEARNERS"].value_max == 1


@pytest.mark.clause("KZ92-14.2.6b")
def test_assistant_is_appointed_for_one_quarter():
	assert (BY_CODE["ASSISTANT_TERM_QUARTERS"].value_max, BY_CODE["ASSISTANT_TERM_QUARTERS"].unit) == (
		1,
		"quarters",
	)


@pytest.mark.parametrize(
	("doctype", "field", "wanted"),
	[
		("ppss_norm", "unit", {norm.unit for norm in ALL_NORMS}),
		("ppss_norm", "applies_to", {norm.applies_to for norm in ALL_NORMS}),
		("ppss_profile_feature", "feature", {row["feature"] for one in PROFILES for row in one["features"]}),
	],
)
def test_what_a_norm_is_about_is_a_choice_that_can_be_translated(doctype, field, wanted):
	definition = json.loads((DOCTYPES / doctype / f"{doctype}.json").read_text(encoding="utf-8"))
	options = next(row["options"] for row in definition["fields"] if row["fieldname"] == field)
	assert set(options.split("\n")) - {""} == wanted

"""Groups, lessons, caseload, assistants: examples for each rule, and properties no input may break."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppss_support.regulation import assistants, curriculum, lessons, rules
from ppss_support.regulation.finding import Finding, Label, split
from ppss_support.regulation.norms import order92
from ppss_support.regulation.rules import ConsentFact, Decision, lesson_minutes

DAY = date(2026, 11, 20)
NORMS = {norm.code: norm for norm in order92.NORMS}
days = st.dates(date(2026, 9, 1), date(2027, 5, 31))


def codes(findings) -> list[str]:
	return [f.code for f in findings]


def size(kind: str, children: int) -> list[str]:
	norm = NORMS["SMALL_GROUP_SIZE" if kind == "SF2" else "GROUP_SIZE"]
	return codes(lessons.group_size(kind, children, int(norm.value_min), int(norm.value_max)))


# ---- groups


@pytest.mark.clause("KZ92-16.1", "KZ92-16.2")
def test_five_children_fit_neither_group():
	assert size("SF2", 5) == ["M20"]
	assert size("SF3", 5) == ["M21"]


@given(st.integers(0, 40))
@pytest.mark.clause("KZ92-16.1", "KZ92-16.2")
def test_sizes_are_exactly_the_norm(children):
	assert (size("SF2", children) == []) == (2 <= children <= 4)
	assert (size("SF3", children) == []) == (6 <= children <= 8)


def child(learner="L1", age="School", categories=("C3",), impairments=("IM2",), state="Approved"):
	return lessons.GroupMember(learner, learner, age, frozenset(categories), frozenset(impairments), state)


def test_group_members():
	assert lessons.group_members([child("A"), child("B")]) == []
	assert codes(lessons.group_members([child("A"), child("A")])) == ["M45"]
	assert codes(lessons.group_members([child("A", state="Suspended"), child("B")])) == ["M23"]
	assert codes(lessons.group_members([child("A", age="Preschool"), child("B")])) == ["M39"]
	assert lessons.group_members([child("A", age="Older"), child("B")]) == []


@pytest.mark.clause("KZ92-17.3", "KZ92-17.4")
@given(st.sets(st.sampled_from(("Preschool", "School", "Older"))), st.integers(1, 60))
def test_lesson_of_several_ages_keeps_the_norm_of_each(ages, minutes):
	"""What the norm of the lesson lets pass, the norm of none of its children refuses, nor warns of."""

	def found(age):
		norm = NORMS[f"DURATION_SF2_{age.upper()}"]
		return lesson_minutes(minutes, norm.value_min, norm.value_max, norm.enforcement == "warn")

	lesson = found(lessons.age_of_lesson(ages))
	assert lesson or not any(found(age) for age in ages)
	assert not lesson or lesson[0].warning == (ages == {"Older"})


@pytest.mark.clause("KZ92-16.3")
def test_special_pedagogue_unites_one_kind_of_impairment():
	assert lessons.group_sameness([child("A"), child("B", impairments=("IM1", "IM2"))], False) == []
	assert codes(lessons.group_sameness([child("A"), child("B", impairments=("IM1",))], False)) == ["M38"]
	assert codes(lessons.group_sameness([child("A"), child("B", categories=("C1",))], False)) == ["M38"]
	refusals, warnings = split(lessons.group_sameness([child("A"), child("B", impairments=("IM1",))], True))
	assert not refusals and codes(warnings) == ["M38"]


# ---- caseload


@given(st.integers(0, 40), st.integers(12, 14))
@pytest.mark.clause("KZ92-21.1")
def test_caseload_never_passes_the_cap(children, cap):
	refusals, warnings = split(lessons.caseload("Маман", children, cap, 12))
	assert bool(refusals) == (children > cap)
	assert bool(warnings) == (12 < children <= cap)


@given(st.integers(0, 500), st.sampled_from([12, 14]))
def test_required_units_are_enough_and_not_one_too_many(children, per):
	units = lessons.required_special_pedagogues(children, per)
	assert units * per >= children
	assert units == 0 or (units - 1) * per < children


# ---- lessons


@pytest.mark.parametrize(
	("form", "age", "minutes", "expected"),
	[
		("SF1", "SCHOOL", 30, []),
		("SF1", "PRESCHOOL", 20, []),
		("SF2", "PRESCHOOL", 40, []),
		("SF3", "SCHOOL", 35, ["M22"]),
		("SF1", "SCHOOL", 45, ["M22"]),
	],
)
@pytest.mark.clause("KZ92-17.3", "KZ92-17.4")
def test_durations_by_age_and_form(form, age, minutes, expected):
	norm = NORMS[f"DURATION_{form}_{age}"]
	assert codes(lesson_minutes(minutes, int(norm.value_min), int(norm.value_max))) == expected


def test_individual_lesson_has_one_child():
	assert (
		codes(lessons.children_of_lesson("SF1", 2)) == codes(lessons.children_of_lesson("SF1", 0)) == ["M72"]
	)
	assert lessons.children_of_lesson("SF1", 1) == lessons.children_of_lesson("SF3", 7) == []


@pytest.mark.clause("KZ92-11.1")
def test_every_child_of_a_lesson_has_consent_that_day():
	signed = [ConsentFact("Signed", date(2026, 9, 1))]
	withdrawn = [ConsentFact("Withdrawn", date(2026, 9, 1), DAY)]
	found = lessons.consents_on_the_day({"А": signed, "Ә": [], "Б": withdrawn}, DAY)
	assert found == [Finding.of("M01", "Ә"), Finding.of("M03", DAY)]


@pytest.mark.parametrize(
	("days_after", "state"),
	[(-1, None), (0, "Approved"), (1, "Approved"), (2, "Suspended"), (3, "Suspended"), (4, "Completed")],
)
@pytest.mark.clause("KZ92-17.1", "KZ92-17.2", "KZ92-11.1")
def test_programme_counts_as_it_stood_at_the_end_of_the_day(days_after, state):
	taken = ((0, "With head"), (0, "Approved"), (2, "In implementation"), (2, "Suspended"), (4, "Completed"))
	steps = [(DAY + timedelta(n), to) for n, to in taken]
	assert lessons.state_on(steps, DAY + timedelta(days_after)) == state


def programme(kind="IDP", state="Approved", participants=()):
	return lessons.LessonProgramme(kind, state, "PSY-1", frozenset(participants))


@pytest.mark.parametrize(
	("roles", "limited", "programmes", "expected"),
	[
		({"SPE"}, True, [programme("CDP")], []),
		({"SPE"}, True, [programme("IDP")], ["M23"]),
		({"PSY"}, False, [programme("IDP")], []),
		({"PSY"}, True, [programme("CDP", participants=["ME"])], []),
		({"PSY"}, True, [programme("CDP")], ["M23"]),
		({"PSY"}, False, [programme("IDP", state="Suspended")], ["M23"]),
		({"PSY"}, False, [], ["M23"]),
	],
)
@pytest.mark.clause("KZ92-17.1", "KZ92-17.2")
def test_lesson_follows_a_programme_of_the_right_kind(roles, limited, programmes, expected):
	assert codes(lessons.programme_for("ME", roles, limited, programmes, "Бала")) == expected


@pytest.mark.parametrize(
	("role", "categories", "assessed", "pmpc", "expected"),
	[
		("PSY", {"C1"}, True, False, []),
		("PSY", {"C1"}, False, False, ["M40"]),
		("SPE", {"C1"}, True, True, ["M40"]),
		("SPE", {"C3"}, True, True, []),
		("AST", {"C3"}, True, False, ["M40"]),
		("TCH", {"C2"}, False, False, []),
	],
)
@pytest.mark.clause("KZ92-10.1", "KZ92-10.2", "KZ92-14.2.4c")
def test_who_supports_whom(role, categories, assessed, pmpc, expected):
	assert codes(lessons.provider_fits("Маман", role, categories, assessed, pmpc)) == expected


@pytest.mark.clause("KZ92-13.3b")
def test_alternative_methods():
	assert lessons.alternative_method(True, "SF1", {"SPE"}, "Memory") == []
	assert lessons.alternative_method(False, "SF3", {"SOC"}, None) == []
	for form, roles, function in (
		("SF3", {"SPE"}, "Memory"),
		("SF1", {"SOC"}, "Memory"),
		("SF1", {"PSY"}, None),
	):
		assert codes(lessons.alternative_method(True, form, roles, function)) == ["M58"]


@pytest.mark.clause("KZ92-18")
def test_room():
	assert lessons.room("Кабинет 5", None) == []
	assert codes(lessons.room("Кабинет 5", "Маман")) == ["M71"]
	assert lessons.room(None, None) == [Finding.warn("M60")]


# ---- assistants


@pytest.mark.clause("KZ92-14.2.6a")
def test_assistant_is_for_limited_abilities_on_pmpc_advice():
	assert assistants.assistant_basis({"C3"}, True, "Бала") == []
	assert codes(assistants.assistant_basis({"C1"}, True, "Бала")) == ["M31"]
	assert codes(assistants.assistant_basis({"C3"}, False, "Бала")) == ["M26"]


@given(days, st.integers(0, 90), days, st.integers(30, 70))
@pytest.mark.clause("KZ92-14.2.6b")
def test_no_appointment_leaves_its_quarter(first, length, quarter_first, quarter_length):
	quarter_last = quarter_first + timedelta(quarter_length)
	period = assistants.Period(first, first + timedelta(length), "L")
	refused = assistants.within_quarter(period, quarter_first, quarter_last, "2-тоқсан")
	inside = all(quarter_first <= first + timedelta(n) <= quarter_last for n in range(length + 1))
	assert bool(refused) != inside


@given(days, st.integers(0, 60), days, st.integers(0, 60), st.booleans())
@pytest.mark.clause("KZ92-21.2")
def test_an_assistant_never_has_two_learners_on_one_day(
	first, length, other_first, other_length, same_learner
):
	period = assistants.Period(first, first + timedelta(length), "L1")
	other = assistants.Period(
		other_first, other_first + timedelta(other_length), "L1" if same_learner else "L2", "Басқа"
	)
	mine = {first + timedelta(n) for n in range(length + 1)}
	theirs = {other_first + timedelta(n) for n in range(other_length + 1)}
	assert bool(assistants.one_child_at_a_time(period, [other])) == (bool(mine & theirs) and not same_learner)


@pytest.mark.parametrize(
	("began", "determinations", "expected"),
	[
		(None, [], []),
		(DAY, [], ["M30"]),
		(DAY, [(date(2026, 9, 1), "Needed")], ["M30"]),
		(DAY, [(date(2026, 12, 1), "Needed")], []),
		(DAY, [(date(2026, 12, 1), "Needed"), (date(2026, 12, 20), "Not Needed")], ["M30"]),
	],
)
@pytest.mark.clause("KZ92-14.2.6c")
def test_further_quarter_needs_a_new_determination(began, determinations, expected):
	assert codes(assistants.further_need(began, determinations)) == expected


@pytest.mark.clause("KZ92-14.2.5a")
def test_only_a_pedagogue_assistant_is_appointed():
	assert assistants.assistant_role({"AST", "TCH"}, "Ассистент") == []
	assert assistants.assistant_role({"TCH"}, "Мұғалім") == [Finding.of("M40", "Мұғалім", Label("AST"))]


@pytest.mark.clause("KZ92-14.2.6b")
def test_decision_names_learner_assistant_and_quarter():
	decision = Decision(1, "DK1", "Тағайындалсын", learner="L", assistant="A", quarter=2, pmpc="P")
	assert assistants.appointed_by_decision(decision, True, "L", "A", 2, "Ассистент") == []
	for given_decision, adopted, quarter in ((decision, False, 2), (decision, True, 3), (None, True, 2)):
		found = assistants.appointed_by_decision(given_decision, adopted, "L", "A", quarter, "Ассистент")
		assert codes(found) == ["M27"]


# ---- individual curriculum


@pytest.mark.clause("KZ92-14.2.1a", "KZ92-13.2")
def test_individual_curriculum():
	assert curriculum.individual_curriculum_basis(True, False) == []
	assert curriculum.individual_curriculum_basis(False, True) == []
	assert codes(curriculum.individual_curriculum_basis(False, False)) == ["M19"]
	assert curriculum.changed_assessment([(False, None, None), (True, "Тапсырма", "Өлшемшарт")]) == []
	assert codes(curriculum.changed_assessment([(True, "Тапсырма", "")])) == ["M57"]


# ---- what changes in subjects


@pytest.mark.clause("KZ92-12.1")
@pytest.mark.parametrize("categories", [set(), {"C1"}, {"C2"}, {"C1", "C2"}])
def test_curricula_stay_as_they_are_without_limited_abilities(categories):
	assert codes(curriculum.unchanged_curriculum(1, categories)) == ["M18"]
	assert curriculum.unchanged_curriculum(0, categories) == []
	assert curriculum.unchanged_curriculum(1, {*categories, "C3"}) == []


@pytest.mark.clause("KZ92-13.4", "KZ92-14.2.3c")
def test_materials_are_for_limited_abilities_and_come_back_after_they_went():
	later = DAY + timedelta(days=1)
	assert curriculum.materials([("MV1", DAY, later), ("MV2", None, None)], {"C3"}) == []
	assert codes(curriculum.materials([("MV1", DAY, None)], {"C1"})) == ["M41"]
	assert codes(curriculum.materials([("MV1", later, DAY)], {"C3"})) == ["A05"]
	assert codes(curriculum.materials([("MV1", None, DAY)], {"C3"})) == ["A05"]


@pytest.mark.clause("KZ92-14.2.2c", "KZ92-14.2.3a")
def test_each_subject_has_its_results():
	found = curriculum.subjects_reviewed([("Математика", "Меңгерді"), ("Дүниетану", None)])
	assert found == [Finding.of("M63", "Дүниетану")]


# ---- following an earlier programme


def programme(name="P1", learner="L1", kind="IDP", state="In implementation", approved=True, year=2026):
	return rules.ProgrammeFact(name, learner, kind, state, approved, date(year, 9, 1))


RUNNING = ("Approved", "In implementation", "Suspended")


@pytest.mark.clause("KZ92-14.2.2b", "KZ92-5.7")
@pytest.mark.parametrize(
	("change", "version", "continued"),
	[
		({}, True, False),
		({"year": 2025}, False, True),
		({"learner": "L2"}, False, False),
		({"kind": "CDP"}, False, False),
		({"state": "Superseded"}, False, False),
		({"year": 2025, "state": "Completed"}, False, True),
		({"year": 2025, "approved": False}, False, False),
		({"year": 2027}, False, False),
	],
)
def test_what_a_programme_may_follow(change, version, continued):
	earlier = programme(**change)
	assert (rules.new_version(programme("P2"), earlier, RUNNING) == []) == version
	assert (rules.continuation(programme("P2"), earlier) == []) == continued


@pytest.mark.clause("KZ92-16.1", "KZ92-16.2", "KZ92-16.3")
@pytest.mark.parametrize(
	("form", "group", "children", "special", "found"),
	[
		("SF1", None, "A", True, []),
		("SF2", None, "AB", True, ["A94"]),
		("SF2", ("SF2", True, True), "AB", True, []),
		("SF3", ("SF2", True, True), "AB", True, ["A94"]),
		("SF2", ("SF2", False, True), "AB", True, ["A94"]),
		("SF2", ("SF2", True, False), "AB", True, ["A94"]),
		("SF2", ("SF2", True, False), "AB", False, []),
		("SF2", ("SF2", True, True), "ABX", True, ["A95"]),
	],
)
def test_lesson_in_a_group_is_one_of_a_group(form, group, children, special, found):
	own = group and lessons.GroupFact("Топ", *group, frozenset("ABC"))
	assert codes(lessons.group_of_lesson(form, own, dict.fromkeys(children, "Бала"), special)) == found


@pytest.mark.clause("KZ92-16.1", "KZ92-16.2")
def test_lessons_in_a_group_want_the_group():
	assert codes(lessons.groups_formed(["SF1", "SF2", "SF3"], {"SF3"})) == ["M20"]
	assert codes(lessons.groups_formed(["SF1", "SF3"], ())) == ["M21"]
	assert lessons.groups_formed(["SF1"], ()) == []


@pytest.mark.clause("KZ92-13.7")
def test_special_support_stands_on_the_paper_of_the_consultation():
	assert codes(rules.special_support(["CT3", "CN7"], False)) == ["M11"]
	assert rules.special_support(["CT3", "CN7"], True) == rules.special_support(["CT3"], False) == []


@pytest.mark.clause("KZ92-14.2.5a")
@given(days, days)
def test_skill_is_noted_between_the_first_day_and_today(noted, first):
	found = codes(assistants.skills_noted([noted], first, DAY))
	assert found == ["A14"] * (noted > DAY) + ["A05"] * (noted < first)

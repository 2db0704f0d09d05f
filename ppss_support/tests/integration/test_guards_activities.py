"""The activity log over HTTP: what each kind of entry states, its guards, who reads it, and how it is corrected."""

import frappe
import pytest

from ppss_support.regulation.activities import KINDS
from ppss_support.tests import log
from ppss_support.tests.factories import day, make
from ppss_support.tests.guards import (
	Change,
	Create,
	Press,
	check_ok,
	check_refused,
	check_texts,
	fresh,
	tried,
)

clause, param = pytest.mark.clause, pytest.param
ACTIVITY, PROVISION, ROOM, METHOD = "PPSS Activity", "PPSS Provision", "PPSS Room", "PPSS Method"
ENTRIES = [
	param("CONSULTATION", marks=clause("KZ92-14.1.5d", "KZ92-12.3")),
	param("DIAGNOSTICS", marks=clause("KZ92-6.1", "KZ92-5.7")),
	param("TRAINING", marks=clause("KZ92-11.1")),
	param("ENLIGHTENMENT", marks=clause("KZ92-6.4")),
	param("METHODICAL", marks=clause("KZ92-6.5d", "KZ92-6.5e")),
	param("ENVIRONMENT", marks=clause("KZ92-6.5a")),
	param("ANALYSIS", marks=clause("KZ92-6.5b", "KZ92-6.5c")),
	param("CLASS-MEASURE", marks=clause("KZ92-9.1", "KZ92-10.3", "KZ92-12.1")),
	param("ADDITIONAL-LESSON", marks=clause("KZ92-12.2")),
	param("SOCIAL-STUDY", marks=clause("KZ92-14.1.3b")),
	param("OBSERVATION", marks=clause("KZ92-14.1.4a")),
	param("ACHIEVEMENT", marks=clause("KZ92-14.1.4b")),
	param("PARENT-CONTACT", marks=clause("KZ92-14.1.3a", "KZ92-14.1.2b", "KZ92-12.7")),
	param("PARTICIPATION", marks=clause("KZ92-12.6", "KZ92-14.2.2d")),
	param("SOCIAL-HELP", marks=clause("KZ92-12.5")),
	param("EXTERNAL", marks=clause("KZ92-9.3")),
	param("METHODICAL-HELP", marks=clause("KZ92-22")),
	param("CAREER", marks=clause("KZ92-12.4")),
]


def draft(kind, **values):
	def made(school):
		given = {k: v(school) if callable(v) else v for k, v in values.items()}
		return log.entry(school, kind, **given)

	return made


def values_of(kind, **values):
	def made(school):
		given = {k: v(school) if callable(v) else v for k, v in values.items()}
		return log.entry_values(school, kind, **given)

	return made


def on(offset: int):
	"""Days are counted when the test runs: the module is read without a site."""
	return lambda _school: day(offset)


def recorded(kind, **values):
	return lambda school: log.entry(school, kind, "Recorded", **values)


def no_kind(school):
	return {**log.entry_values(school, "ENLIGHTENMENT"), "kind": "C2a"}


def without_consent(school):
	return school.kept("child without consent", lambda s: s.child(consent=False))


def unsigned(school):
	return without_consent(school).name


def group_with_unsigned(school):
	return [{"learner": log.supported(school).name}, {"learner": unsigned(school)}]


# ---- each kind of entry


@pytest.mark.parametrize("kind", ENTRIES)
def test_complete_entry_is_recorded(school, rest, kind):
	Press(log.GIVER[kind], "Record", draft(kind), "Recorded").check(school, rest)
	made = frappe.get_last_doc(ACTIVITY, {"organisation": school.organisation, "kind": kind})
	assert made.docstatus == 1
	assert made.direction == frappe.db.get_value("PPSS Term", kind, "parent_term")
	assert made.school_year == school.year
	assert made.content == KINDS[kind].content


MEASURES = [
	param("CM2", {}, id="CM2", marks=clause("KZ92-9.1")),
	param("CM3", {}, id="CM3", marks=clause("KZ92-14.1.3c")),
	param("CM4", {}, id="CM4", marks=clause("KZ92-14.2.3e")),
	param(
		"CM6",
		{"learner": lambda s: log.supported(s).name, "subject": "Математика"},
		id="CM6",
		marks=clause("KZ92-14.2.3a"),
	),
	param(
		"CM7",
		{"gap_kinds": [{"term": "GP1"}], "result": "Толтырылды"},
		id="CM7",
		marks=clause("KZ92-14.2.3b"),
	),
	param("CM8", {"subject": "Әдебиет"}, id="CM8", marks=clause("KZ92-14.2.3c")),
	param("CM9", {}, id="CM9", marks=clause("KZ92-14.2.3d")),
]


@pytest.mark.parametrize(("detail", "values"), MEASURES)
def test_measures_of_teachers(school, rest, detail, values):
	Press("TCH", "Record", draft("CLASS-MEASURE", detail=detail, **values), "Recorded").check(school, rest)


THEMES = [
	param("C2a", marks=clause("KZ92-6.2a")),
	param("C2b", marks=clause("KZ92-6.2b")),
	param("C2c", marks=clause("KZ92-6.2c")),
	param("C2d", marks=clause("KZ92-6.2d")),
	param("C2e", marks=clause("KZ92-6.2e")),
]


@pytest.mark.parametrize("theme", THEMES)
def test_consultation_is_kept_under_its_theme(school, rest, theme):
	"""The theme is one of the consultative direction; it is read back as given, and one of another kind is refused."""
	psychologist = rest(school.users["PSY"])
	parent = {"client_type": "Parent or Representative"} if theme == "C2e" else {}
	values = log.entry_values(school, "CONSULTATION", detail=theme, **parent)
	check_refused(psychologist.create(ACTIVITY, **{**values, "kind": "ENLIGHTENMENT"}), "A28")
	made = psychologist.create(ACTIVITY, **values)
	check_ok(made)
	check_ok(psychologist.press(ACTIVITY, made.data["name"], "Record"))
	kept = psychologist.read(ACTIVITY, made.data["name"]).data
	assert (kept["detail"], kept["direction"], kept["learner"]) == (theme, "DIR2", values["learner"])


MEASURES_OF_SOCIAL_PEDAGOGUES = [
	param("SM5", "Organisation", marks=clause("KZ92-14.1.6c")),
	param("SM2", "Residence", marks=clause("KZ92-14.1.6c", "KZ92-14.1.6d")),
	param("SM3", "Organisation", marks=clause("KZ92-14.1.6d")),
	param("SM4", "Residence", marks=clause("KZ92-14.1.6d")),
]


@pytest.mark.parametrize(("measure", "place"), MEASURES_OF_SOCIAL_PEDAGOGUES)
def test_social_pedagogue_takes_measures_at_school_and_at_home(school, rest, measure, place):
	social = rest(school.users["SOC"])
	values = log.entry_values(school, "SOCIAL-HELP", detail=measure, place=place)
	by_psychologist = {**values, "provider": school.staff["PSY"]}
	check_refused(rest(school.users["PSY"]).create(ACTIVITY, **by_psychologist), "M40")
	made = social.create(ACTIVITY, **{**values, "place": None}).data["name"]
	check_refused(social.press(ACTIVITY, made, "Record"), "A21")
	check_ok(social.change(ACTIVITY, made, place=place))
	check_ok(social.press(ACTIVITY, made, "Record"))
	kept = social.read(ACTIVITY, made).data
	assert (kept["detail"], kept["place"], kept["docstatus"]) == (measure, place, 1)


@clause("KZ92-14.1.6b")
def test_social_pedagogue_plans_the_work_on_each_problem(school, rest):
	"""Each problem, personal or social, has its task, form, method and way of solving; the record keeps them."""
	steps = {"task": "Қарым-қатынасқа үйрету", "way_of_solving": "Сынып шараларына қосу"}
	rows = [
		{"kind": kind, "problem": problem, "form": "Жеке", "method": "Әңгіме", **steps}
		for kind, problem in (("Personal", "Ұялшақ"), ("Social", "Тұрмысы төмен"))
	]
	social = rest(school.users["SOC"])
	values = log.entry_values(school, "SOCIAL-STUDY", problems=rows, provider=school.staff["SOC"])
	made = social.create(ACTIVITY, **values)
	check_ok(made)
	check_ok(social.press(ACTIVITY, made.data["name"], "Record"))
	kept = social.read(ACTIVITY, made.data["name"]).data["problems"]
	assert [{field: row[field] for field in rows[0]} for row in kept] == rows
	check_refused(social.change(ACTIVITY, made.data["name"], problems=rows[:1]), "M43")
	unknown = [{**rows[0], "kind": "Other"}]
	assert not social.create(ACTIVITY, **{**values, "problems": unknown}).ok


# ---- guards

STEPS = [
	param(
		Press("PSY", "Record", draft("CONSULTATION", recommendation=None, form=None), codes="A21"),
		id="gaps",
	),
	param(Press("TCH", "Record", draft("CLASS-MEASURE", detail="CM7"), codes="A21"), id="gaps-of-a-detail"),
	param(
		Press("PSY", "Record", draft("ENLIGHTENMENT", date=on(1)), codes="A14"),
		id="tomorrow",
	),
	param(
		Press(
			"PSY", "Record", draft("DIAGNOSTICS", methods=lambda s: [{"method": old_method(s)}]), codes="A32"
		),
		id="old-method",
		marks=clause("KZ92-5.7"),
	),
	param(
		Press(
			"SOC", "Record", draft("SOCIAL-HELP", basis="2022 жылғы 12 қаңтардағы № 6 бұйрық"), codes="M55"
		),
		id="basis-repealed",
		marks=clause("KZ92-0.2"),
	),
	param(Press("HEAD", "Record", draft("METHODICAL"), codes="A02"), id="head-records-nothing"),
	param(Press("PSY", "Strike Out", recorded("ENLIGHTENMENT"), "Struck out"), id="struck-out"),
	param(Press("PSY", "Strike Out", recorded("ENLIGHTENMENT"), codes="M42", reason=None), id="unexplained"),
	param(Press("DEP", "Strike Out", recorded("ENLIGHTENMENT"), "Struck out"), id="struck-out-by-deputy"),
]
CHANGES = [
	param(Change("PSY", recorded("ENLIGHTENMENT"), {"topic": "Өзге"}, "M43"), id="recorded-is-not-changed"),
	param(Change("PSY", recorded("ENLIGHTENMENT"), {"archive_index": "12-3"}), id="archive-index"),
]
CREATED = [
	param(
		Create("PSY", ACTIVITY, values_of("CONSULTATION", learner=unsigned), "M01"),
		id="consultation-without-consent",
		marks=clause("KZ92-11.1"),
	),
	param(
		Create("PSY", ACTIVITY, values_of("DIAGNOSTICS", learner=unsigned), "M01"),
		id="diagnostics-without-consent",
		marks=clause("KZ92-11.1"),
	),
	param(
		Create("PSY", ACTIVITY, values_of("TRAINING", participants=group_with_unsigned), "M01"),
		id="training-without-consent",
		marks=clause("KZ92-11.1"),
	),
	param(
		Create("PSY", ACTIVITY, values_of("CONSULTATION", date=on(-51)), "M01"),
		id="consent-signed-later",
		marks=clause("KZ92-11.1"),
	),
	param(
		Create("PSY", ACTIVITY, values_of("CONSULTATION", learner=unsigned, client_type="Pedagogue")),
		id="pedagogue-needs-no-consent",
		marks=clause("KZ92-11.1", "KZ92-7.2"),
	),
	param(
		Create(
			"SPE",
			ACTIVITY,
			values_of(
				"CONSULTATION",
				provider=lambda s: s.staff["SPE"],
				client_type="Parent or Representative",
				detail="C2e",
			),
		),
		id="parent-by-special-pedagogue",
		marks=clause("KZ92-14.2.4d"),
	),
	param(
		Create(
			"TCH",
			ACTIVITY,
			values_of(
				"CONSULTATION", provider=lambda s: s.staff["TCH"], client_type="Parent or Representative"
			),
		),
		id="parent-by-teacher",
		marks=clause("KZ92-14.1.4c"),
	),
	param(Create("TCH", ACTIVITY, values_of("OBSERVATION", learner=unsigned)), id="ordinary-teaching"),
	param(
		Create("CAR", ACTIVITY, values_of("CONSULTATION", provider=lambda s: s.staff["CAR"]), "M40"),
		id="career-guide-consults",
		marks=clause("KZ92-12.4"),
	),
	param(Create("PSY", ACTIVITY, values_of("CONSULTATION", detail="E4a"), "A28"), id="theme-of-another"),
	param(Create("PSY", ACTIVITY, no_kind, "A08"), id="no-kind"),
	param(
		Create("DEP", ACTIVITY, values_of("METHODICAL", direction="W1"), "A08"),
		id="no-direction",
		marks=clause("KZ92-6"),
	),
	param(
		Create("SPE", ACTIVITY, values_of("METHODICAL-HELP", partner=lambda s: log.partner(s, "PO4")), "A28"),
		id="help-of-an-ordinary-organisation",
		marks=clause("KZ92-22"),
	),
	param(
		Create(
			"TCH",
			ACTIVITY,
			values_of("CLASS-MEASURE", learner=lambda s: log.supported(s).name, detail="CM5", content="CN1"),
			"M41",
		),
		id="condition-without-limits",
		marks=clause("KZ92-12", "KZ92-13"),
	),
	param(
		Create("TCH", ACTIVITY, values_of("ADDITIONAL-LESSON", period_to=on(-30)), "A34"), id="ends-before"
	),
	param(Create("PSY", ACTIVITY, values_of("TRAINING", participants=[{"present": 1}]), "A29"), id="nobody"),
	param(
		Create("DEP", ACTIVITY, values_of("METHODICAL", provider=lambda s: left_staff(s)), "A25"),
		id="who-has-left",
	),
]


def old_method(school) -> str:
	return log.method(school, title="Ескі әдістеме", active=0)


def left_staff(school) -> str:
	def leave(school):
		name = school.add_person("PSY", f"PSY{frappe.generate_hash(length=4)}")
		frappe.db.set_value("PPSS Specialist", name, "active", 0)
		return name

	return school.kept("left staff", leave)


test_step = tried(STEPS)
test_created = tried(CREATED)
test_change = tried(CHANGES)


@clause("KZ92-14.1.3b")
def test_study_by_one_alone_is_recorded_with_a_warning(school, rest):
	entry = log.entry(school, "SOCIAL-STUDY", class_teacher=None)
	answer = rest(school.users["SOC"]).press(ACTIVITY, entry.name, "Record")
	check_ok(answer)
	assert any("[A26]" in text for text in answer.texts)
	assert "[A26]" in fresh(ACTIVITY, entry.name).history[-1].warnings


@clause("KZ92-11.1")
def test_crisis_consultation_is_decided_by_a_deputy_where_the_organisation_allows_it(school, rest):
	values = log.entry_values(
		school, "CONSULTATION", learner=unsigned(school), crisis=1, crisis_reason="Қайғы"
	)
	deputy = rest(school.users["DEP"])
	check_refused(deputy.create(ACTIVITY, **values), "A27")
	frappe.db.set_value("PPSS Organisation", school.organisation, "crisis_consultation", 1)
	frappe.clear_document_cache("PPSS Organisation", school.organisation)
	try:
		check_refused(rest(school.users["PSY"]).create(ACTIVITY, **values), "A27")
		check_refused(deputy.create(ACTIVITY, **{**values, "crisis_reason": ""}), "A27")
		made = deputy.create(ACTIVITY, **values)
		check_ok(made)
		psychologist, other = rest(school.users["PSY"]), school.child(consent=False)
		frappe.db.commit()
		for borrowed in ({"learner": other.name}, {"crisis_reason": "Басқа себеп"}):
			check_refused(psychologist.change(ACTIVITY, made.data["name"], **borrowed), "A27")
		answer = psychologist.press(ACTIVITY, made.data["name"], "Record")
		check_ok(answer)
		entry = fresh(ACTIVITY, made.data["name"])
		assert entry.crisis_by == school.staff["DEP"]
		assert "[M01]" in entry.history[-1].warnings
		for key, seen in (("PSY", True), ("SOC", False), ("CLS", False)):
			assert rest(school.users[key]).read(ACTIVITY, entry.name).ok == seen, key
	finally:
		frappe.db.set_value("PPSS Organisation", school.organisation, "crisis_consultation", 0)
		frappe.clear_document_cache("PPSS Organisation", school.organisation)
		frappe.db.commit()


def test_correcting_entry_names_the_one_struck_out(school, rest):
	wrong = log.entry(school, "ENLIGHTENMENT", "Recorded")
	values = log.entry_values(school, "ENLIGHTENMENT", attendance=25, amended_from=wrong.name)
	psychologist = rest(school.users["PSY"])
	check_refused(psychologist.create(ACTIVITY, **values), "A28")
	check_ok(psychologist.press(ACTIVITY, wrong.name, "Strike Out", "Саны қате"))
	right = psychologist.create(ACTIVITY, **values)
	check_ok(right)
	check_ok(psychologist.press(ACTIVITY, right.data["name"], "Record"))
	assert fresh(ACTIVITY, right.data["name"]).amended_from == wrong.name
	assert fresh(ACTIVITY, wrong.name).history[-1].reason == "Саны қате"


def test_recorded_entry_is_not_deleted(school, rest):
	entry = log.entry(school, "ENLIGHTENMENT", "Recorded")
	assert not rest(school.users["DEP"]).delete(ACTIVITY, entry.name).ok
	open_entry = log.entry(school, "ENLIGHTENMENT")
	check_ok(rest(school.users["PSY"]).delete(ACTIVITY, open_entry.name))


def test_what_is_not_of_the_kind_is_not_kept(school, rest):
	values = log.entry_values(school, "ENLIGHTENMENT", problem="Құпия", abilities="Ән", hours_week=3)
	made = rest(school.users["PSY"]).create(ACTIVITY, **values)
	check_ok(made)
	kept = fresh(ACTIVITY, made.data["name"])
	assert not (kept.problem or kept.abilities or kept.hours_week)
	assert kept.topic == values["topic"]


# ---- who reads and writes what


@pytest.fixture(scope="module")
def logged(school):
	"""Entries about the child of everybody's case and one about a child only the second psychologist supports."""
	school.add_person("PSY", "PSY2")
	outside = school.add_learner()
	school.open_case(outside, "PSY2")
	names = {
		"consultation": log.entry(school, "CONSULTATION", "Recorded").name,
		"protocol": log.entry(school, "DIAGNOSTICS", "Recorded").name,
		"participation": log.entry(school, "PARTICIPATION", "Recorded").name,
		"methodical": log.entry(school, "METHODICAL", "Recorded").name,
		"outside": log.entry(school, "OBSERVATION", "Recorded", by="PSY2", learner=outside.name).name,
	}
	frappe.db.commit()
	return names


CASE = {"consultation", "participation"}
READERS = {
	"HEAD": {"consultation", "protocol", "participation", "methodical", "outside"},
	"DEP": {"consultation", "protocol", "participation", "methodical", "outside"},
	"PSY": CASE | {"protocol"},
	"SOC": CASE,
	"SPE": CASE,
	"AST": CASE,
	"CAR": CASE,
	# Class teachers belong to the case of each child of their class.
	"CLS": CASE | {"outside"},
	"TCH": set(),
	"ADM": set(),
	"ACC": set(),
	"PSY2": {"outside"},
}


@clause("KZ92-5.5", "KZ92-14.1.4d")
@pytest.mark.parametrize("key", READERS)
def test_entries_are_read_by_those_they_concern(school, rest, logged, key):
	client = rest(school.users[key])
	seen = client.names(ACTIVITY, organisation=school.organisation)
	assert {what for what, name in logged.items() if name in seen} == READERS[key]
	assert {what for what, name in logged.items() if client.read(ACTIVITY, name).ok} == READERS[key]


@clause("KZ92-5.5")
def test_entries_of_others_are_not_written(school, rest, logged):
	for key in ("SOC", "CLS", "TCH"):
		answer = rest(school.users[key]).press(ACTIVITY, logged["consultation"], "Strike Out", "Қате")
		assert answer.status == 403, key
	values = log.entry_values(school, "CONSULTATION")
	assert rest(school.users["SOC"]).create(ACTIVITY, **values).status == 403
	borrowed = {**values, "social_pedagogue": school.staff["SOC"]}
	assert rest(school.users["SOC"]).create(ACTIVITY, **borrowed).status == 403
	about_outside = log.entry_values(
		school, "OBSERVATION", learner=fresh(ACTIVITY, logged["outside"]).learner
	)
	assert rest(school.users["TCH"]).create(ACTIVITY, **about_outside).status == 403


# ---- summary of the case


@clause("KZ92-7.2", "KZ92-7.3", "KZ92-2.1")
def test_case_shows_help_and_conditions(school, rest):
	learner = school.assessed_child()
	case = frappe.db.get_value("PPSS Support Case", {"learner": learner.name})
	frappe.db.commit()
	before = summary(rest(school.users["PSY"]), case)
	assert [line["count"] for line in before["help"]] == [0, 0]
	assert len(before["warnings"]) == 2
	check_texts(before["warnings"], "A33")
	assert [(line["code"], line["provided"]) for line in before["conditions"]] == [("SC8", False)]
	log.entry(school, "CONSULTATION", "Recorded", learner=learner.name, client_type="Pedagogue")
	people = [{"learner": learner.name}]
	family = {"learner": None, "participants": people, "client_type": "Parent or Representative"}
	log.entry(school, "CONSULTATION", "Recorded", **family)
	with school.acting("SOC"):
		make(PROVISION, organisation=school.organisation, learner=learner.name, code="SC8")
	frappe.db.commit()
	after = summary(rest(school.users["PSY"]), case)
	assert [line["count"] for line in after["help"]] == [1, 1]
	assert after["warnings"] == []
	assert after["conditions"][0]["provided"]


def summary(client, case: str) -> dict:
	answer = client.method("frappe.desk.form.load.getdoc", doctype="PPSS Support Case", name=case)
	return answer.body["docs"][0]["__onload"]["summary"]


# ---- masters


def provision(**values):
	def made(school):
		given = {k: v(school) if callable(v) else v for k, v in values.items()}
		return {"organisation": school.organisation, "code": "MV1", **given}

	return made


def own_child(school):
	return log.supported(school).name


PROVISIONS = [
	param(
		Create("TCH", PROVISION, provision(learner=own_child, issued_on=on(0))),
		id="material",
		marks=clause("KZ92-13.4", "KZ92-14.2.3c"),
	),
	param(
		Create("ADM", PROVISION, provision(code="ACC-M2", place="Бас ғимарат", status="Lacking")),
		id="ramp",
		marks=clause("KZ92-13.5a"),
	),
	param(
		Create("SPE", PROVISION, provision(code="ACC-V1", place="Бас ғимарат", status="Planned"), "A21"),
		id="plan-without-day",
		marks=clause("KZ92-13.5b"),
	),
	param(
		Create(
			"SPE",
			PROVISION,
			provision(code="ACC-H2", learner=own_child, feature="IM2", description="Алдыңғы парта"),
		),
		id="place-of-learning",
		marks=clause("KZ92-13.5c", "KZ92-13.5d"),
	),
	param(Create("SPE", PROVISION, provision(), "A21"), id="of-nobody"),
	param(Create("SPE", PROVISION, provision(learner=own_child, code="C2a"), "A08"), id="no-provision"),
	param(
		Create("SPE", PROVISION, provision(learner=own_child, code="CN4"), "M41"),
		id="condition-without-limits",
		marks=clause("KZ92-13"),
	),
	param(
		Create("SPE", PROVISION, provision(learner=own_child, issued_on=on(0), returned_on=on(-2)), "A34"),
		id="returned-before",
	),
]


test_provision = tried(PROVISIONS)


@clause("KZ92-5.5")
def test_provisions_of_a_child_are_seen_in_the_case_and_those_of_a_building_by_all(school, rest, logged):
	with school.acting("DEP"):
		child = fresh(ACTIVITY, logged["outside"]).learner
		own = make(PROVISION, organisation=school.organisation, learner=child, code="MV2").name
		common = make(PROVISION, organisation=school.organisation, place="Кітапхана", code="ACC-M2").name
	frappe.db.commit()
	expected = {"DEP": {own, common}, "PSY2": {own, common}, "PSY": {common}, "ADM": {common}, "ACC": set()}
	for key, seen in expected.items():
		client = rest(school.users[key])
		assert client.names(PROVISION) & {own, common} == seen, key
		assert {name for name in (own, common) if client.read(PROVISION, name).ok} == seen, key


@clause("KZ92-18", "KZ92-13.6")
def test_room_shows_what_the_norm_lacks(school, rest):
	equipment = [
		{"item": "Үстел", "norm_qty": 6, "actual_qty": 4},
		{"kind": "Condition", "item": "Дыбыс оқшаулау", "norm_qty": 1, "actual_qty": 1},
	]
	values = {"title": "12-кабинет", "organisation": school.organisation, "equipment": equipment}
	made = rest(school.users["ADM"]).create(ROOM, **values)
	check_ok(made)
	assert [row["shortage"] for row in made.data["equipment"]] == [2, 0]


@clause("KZ92-5.7")
def test_method_names_author_and_edition(school, rest):
	values = {"title": "Люшер тесті", "organisation": school.organisation}
	psychologist = rest(school.users["PSY"])
	assert not psychologist.create(METHOD, **values).ok
	check_ok(psychologist.create(METHOD, **values, author="Люшер М.", edition="Алматы, 2018"))
	assert not rest(school.users["TCH"]).create(METHOD, **values, author="Л.", edition="2018").ok

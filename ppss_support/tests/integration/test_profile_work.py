"""Work under Almaty 2015 and school No 95 over HTTP: kinds of their own, who may do it, read it and be told of it."""

import frappe
import pytest
from frappe.desk.query_report import run

from ppss_support.tests import log, profiles
from ppss_support.tests.factories import School, choose, make
from ppss_support.tests.guards import check_ok, check_refused, check_warned, fresh, state_of
from ppss_support.tests.papers import printed

clause, param = pytest.mark.clause, pytest.param
ACTIVITY = "PPSS Activity"
OF_ALMATY = [
	param(
		"CONSULTATION",
		{"detail": "AQ1", "initiator": "Learner"},
		"ADIR2",
		marks=clause("ALM-11.1", "ALM-11.2", "ALM-19.8"),
	),
	param(
		"DIAGNOSTICS",
		{"detail": "AA10.2"},
		"ADIR1",
		marks=clause("ALM-10.1", "ALM-10.2", "ALM-10.3", "ALM-10.4", "ALM-19.14"),
	),
	param("TRAINING", {"participants": "staff"}, "ADIR4", marks=clause("ALM-13.1", "ALM-13.3")),
	param("CRISIS", {}, "ADIR2", marks=clause("ALM-11.3", "ALM-19.9")),
	param("MEDIATION", {}, "ADIR2", marks=clause("ALM-11.4")),
	param("ADJOINING", {}, "ADIR5", marks=clause("ALM-14.1", "ALM-14.3", "ALM-19.2")),
	param("ATTESTATION", {}, "ADIR3", marks=clause("ALM-12.3")),
	param("PREVENTION", {"detail": "PV1"}, "ADIR3", marks=clause("ALM-12.2", "ALM-19.10", "ALM-19.13")),
	param("COUNCIL", {"detail": "BD4"}, "ADIR3", marks=clause("ALM-12.4", "ALM-19.22")),
	param("APPEAL", {"detail": "APL2"}, "ADIR5", marks=clause("ALM-19.21")),
	param(
		"DISCUSSION",
		{"detail": "BD3", "discussed": "Programmes and Methods"},
		"ADIR5",
		marks=clause("ALM-19.19"),
	),
]
OF_SCHOOL_95 = [
	param(
		"CONSULTATION",
		{"facts_relied_on": "Сабактагы байкоо"},
		"KF2",
		marks=clause("KG-2.2e", "KG-4.2", "KG-3.3"),
	),
	param(
		"DIAGNOSTICS",
		{"detail": "KO1", "facts_relied_on": "Тест"},
		"KF1",
		marks=clause("KG-2.2c", "KG-4.1", "KG-7.2", "KG-7.4"),
	),
	param("PREVENTION", {}, "KF3", marks=clause("KG-2.1e", "KG-2.2a", "KG-4.3")),
	param("COUNCIL", {"detail": "BD6"}, None, marks=clause("KG-8.3")),
	param("APPEAL", {}, "KF6", marks=clause("KG-8.5", "KG-8.6")),
	param("DISCUSSION", {}, None, marks=clause("KG-6.4")),
	param("PATRONAGE", {}, "KF5", marks=clause("KG-2.1d")),
	param("CARE", {}, "KF5", marks=clause("KG-4.5")),
	param("RIGHTS", {}, "KF4", marks=clause("KG-4.4")),
	param("RAID", {}, "KF1", marks=clause("KG-5.3")),
	param("DIARY", {}, "KF1", marks=clause("KG-6.1.6")),
	param("ADOLESCENT-STUDY", {}, "KF1", marks=clause("KG-6.1.3")),
	param("FAMILY-STUDY", {}, "KF1", marks=clause("KG-6.1.4")),
	param("LESSON-VISIT", {}, "KF1", marks=clause("KG-8.4")),
	param("NOTICE", {}, "KF2", marks=clause("KG-8.2")),
	param("SELF-ASSESSMENT", {}, None, marks=clause("KG-6.1.7", "KG-6.2.3")),
]


# ---- kinds of entry


@pytest.mark.parametrize(("kind", "values", "direction"), OF_ALMATY)
def test_entry_of_almaty_is_recorded_in_its_direction(almaty, kind, values, direction):
	if values.get("participants"):
		values = {"participants": [{"specialist": almaty.staff["TCH"]}]}
	made = profiles.entry(almaty, kind, **values)
	assert (made.direction, made.regulation_profile, made.docstatus) == (direction, "ALM15", 1)


@pytest.mark.parametrize(("kind", "values", "function"), OF_SCHOOL_95)
def test_entry_of_school_95_is_recorded_under_its_function(bishkek, kind, values, function):
	made = profiles.entry(bishkek, kind, by="PSY" if kind == "DIAGNOSTICS" else "SOC", **values)
	assert (made.function, made.regulation_profile, made.docstatus) == (function, "KG95", 1)
	assert made.direction.startswith("KDIR")


@clause("KG-3.3", "KG-7.4", "ALM-13.2", "ALM-11.1")
def test_entry_states_what_its_act_asks_for(almaty, bishkek, rest):
	frappe.db.commit()
	gaps = (
		(bishkek, profiles.entry(bishkek, "CONSULTATION", "Draft")),
		(almaty, profiles.entry(almaty, "CONSULTATION", "Draft", detail="AQ2")),
		(
			almaty,
			profiles.entry(
				almaty, "TRAINING", "Draft", detail="AA13.2", participants=[{"other_name": "Ата-ана"}]
			),
		),
	)
	frappe.db.commit()
	for school, paper in gaps:
		check_refused(rest(school.users["PSY"]).press(ACTIVITY, paper.name, "Record"), "A21")
	check_ok(rest(almaty.users["PSY"]).change(ACTIVITY, gaps[2][1].name, spheres=[{"term": "AF3"}]))
	check_ok(rest(almaty.users["PSY"]).press(ACTIVITY, gaps[2][1].name, "Record"))


@clause("ALM-4", "KG-2.1d")
def test_kind_of_another_profile_is_not_begun(almaty, bishkek, school, rest):
	frappe.db.commit()
	for place, kind in ((almaty, "RAID"), (school, "CRISIS"), (school, "PATRONAGE")):
		values = profiles.entry_values(place, kind, provider=place.staff["SOC"])
		frappe.db.commit()
		check_refused(rest(place.users["SOC"]).create(ACTIVITY, **values), "M47")
	teacher = rest(bishkek.users["TCH"])
	measure = {
		"kind": "CLASS-MEASURE",
		"provider": bishkek.staff["TCH"],
		"school_class": bishkek.school_class,
	}
	check_refused(
		teacher.create(ACTIVITY, organisation=bishkek.organisation, date=frappe.utils.today(), **measure),
		"M47",
	)


@clause("ALM-11.3", "ALM-11.4")
def test_organisation_under_order_92_may_choose_crisis_and_mediation(rest, site):
	school = School()
	choose(school, "crisis_mediation")
	values = profiles.entry_values(school, "MEDIATION")
	frappe.db.commit()
	made = rest(school.users["PSY"]).create(ACTIVITY, **values)
	check_ok(made)
	assert made.data["direction"] == "DIR2"


# ---- consent, qualification


@clause("ALM-19.12", "ALM-20")
def test_diagnostics_are_for_the_qualified_under_almaty_rules(almaty, rest):
	almaty.add_person("PSY", "PSY2")
	almaty.users.setdefault("PSY2")
	values = profiles.entry_values(almaty, "DIAGNOSTICS", detail="AA10.1", provider=almaty.staff["PSY2"])
	of_teacher = profiles.entry_values(almaty, "CRISIS", provider=almaty.staff["SOC"])
	frappe.db.commit()
	check_refused(rest(almaty.users["PSY2"]).create(ACTIVITY, **values), "M48")
	check_refused(rest(almaty.users["SOC"]).create(ACTIVITY, **of_teacher), "M48")
	profiles.qualified(almaty, "PSY2", qualification_variant="3")
	frappe.db.commit()
	check_ok(rest(almaty.users["PSY2"]).create(ACTIVITY, **values))


@clause("ALM-1", "KG-2.2c")
def test_consent_binds_where_the_organisation_chooses_it(rest, site):
	school = profiles.school_95()
	learner = school.child(consent=False)
	values = profiles.entry_values(
		school, "CONSULTATION", learner=learner.name, facts_relied_on="Байкоо", provider=school.staff["PSY"]
	)
	frappe.db.commit()
	psychologist = rest(school.users["PSY"])
	check_ok(psychologist.create(ACTIVITY, **values))
	chosen = {"optional_features": [{"feature": "consent_required", "value": "On"}]}
	check_ok(
		rest(school.users["HEAD"]).change(
			"PPSS Organisation", school.organisation, **chosen, settings_reason="Макулдук керек"
		)
	)
	check_refused(psychologist.create(ACTIVITY, **values), "M01")


# ---- who reads, who is told


@clause("KG-3.5", "KG-6.1.3", "KG-6.1.4", "KG-6.1.6", "ALM-11.3", "ALM-22.1")
def test_work_with_families_and_crises_is_read_by_few(almaty, bishkek, rest):
	study = profiles.entry(bishkek, "ADOLESCENT-STUDY", by="SOC")
	raid = profiles.entry(bishkek, "RAID", by="SOC")
	crisis = profiles.entry(almaty, "CRISIS")
	frappe.db.commit()
	seen = {
		(key, paper.kind): rest(place.users[key]).read(ACTIVITY, paper.name).ok
		for place, paper in ((bishkek, study), (bishkek, raid), (almaty, crisis))
		for key in ("PSY", "SOC", "CLS", "TCH", "HEAD")
	}
	assert {row for row, read in seen.items() if read} == {
		*((key, "ADOLESCENT-STUDY") for key in ("PSY", "SOC", "HEAD")),
		*((key, "RAID") for key in ("SOC", "HEAD")),
		*((key, "CRISIS") for key in ("PSY", "HEAD")),
	}


@clause("KG-3.5", "KG-8.2")
def test_notice_about_a_child_reaches_only_those_entitled(bishkek, rest):
	learner = log.supported(bishkek)
	stranger = make("PPSS Representative", full_name="Бөтөн Киши", organisation=bishkek.organisation).name
	bishkek.add_person("TCH", "TCH2")
	notice = profiles.entry_values(bishkek, "NOTICE", learner=learner.name, provider=bishkek.staff["SOC"])
	frappe.db.commit()
	social = rest(bishkek.users["SOC"])
	for wrong in ({"recipient": bishkek.staff["TCH2"]}, {"representative": stranger}, {}):
		check_refused(social.create(ACTIVITY, **{**notice, **wrong}), "M53")
	parent = learner.representatives[0].representative
	for right in (
		{"recipient": bishkek.staff["CLS"]},
		{"recipient": bishkek.staff["DVR"]},
		{"representative": parent},
	):
		check_ok(social.create(ACTIVITY, **{**notice, **right}))


@clause("KG-8.5", "ALM-14.3")
def test_answer_is_added_once_to_a_recorded_entry(bishkek, rest):
	letter = profiles.entry(bishkek, "APPEAL", by="SOC")
	frappe.db.commit()
	social = rest(bishkek.users["SOC"])
	check_ok(social.change(ACTIVITY, letter.name, answer="Жардам берилет", answered_on=frappe.utils.today()))
	check_refused(social.change(ACTIVITY, letter.name, answer="Баш тартылды"), "A121")
	check_refused(social.change(ACTIVITY, letter.name, description="Башка"), "M43")
	assert fresh(ACTIVITY, letter.name).answer == "Жардам берилет"
	assert state_of(letter) == "Recorded"


# ---- prints, completeness, what the service has


@clause(
	"ALM-5.7",
	"ALM-22.1",
	"ALM-22.2",
	"ALM-22.3",
	"KG-7.1",
	"KG-7.2",
	"KG-7.3",
	"KG-7.4",
	"KG-7.5",
	"KG-6.2.2",
)
@pytest.mark.parametrize(
	("profile", "lang", "prefix", "count"), [("ALM15", "kk", "AR", 4), ("KG95", "ky", "KR", 5)]
)
def test_author_answers_by_the_act_of_the_profile(almaty, bishkek, profile, lang, prefix, count):
	school = almaty if profile == "ALM15" else bishkek
	detail = "AA10.1" if profile == "ALM15" else "KO1"
	made = profiles.entry(school, "DIAGNOSTICS", detail=detail, facts_relied_on="Байкоо")
	said = printed(made, "PPSS Examination Result", lang)
	labels = frappe.get_all(
		"PPSS Term", {"name": ("like", f"{prefix}%"), "kind": "Responsibility"}, pluck=f"label_{lang}"
	)
	assert len(labels) == count and all(label in said for label in labels)


@clause("KG-6.1.3", "KG-6.1.4")
def test_words_that_mark_a_child_stand_on_the_paper_alone(bishkek):
	study = profiles.entry(bishkek, "ADOLESCENT-STUDY", by="SOC")
	said = printed(study, "PPSS Activity Record", "ky")
	title = frappe.db.get_value("PPSS Term", "KG3", "label_ky")
	kind = frappe.db.get_value("PPSS Term", "ADOLESCENT-STUDY", ["label_kk", "label_ru", "label_ky"])
	assert title[2:] in said and "кыйын" in title.lower()
	assert not any("кыйын" in label.lower() or "трудн" in label.lower() for label in kind)


@clause("ALM-5", "ALM-5.2", "ALM-5.5", "ALM-5.7", "ALM-5.8", "ALM-5.9", "KG-6.1.1", "KG-6.3")
def test_completeness_names_the_documents_of_the_own_act(almaty, bishkek):
	profiles.entry(almaty, "DIAGNOSTICS", detail="AA10.1")
	# One journal is not the other: those of the overview are no registration journal.
	log.volume(almaty, "J1", "Certified")
	log.entry(almaty, "ANALYSIS", report_period="RT1")
	standing = {}
	for school in (almaty, bishkek):
		with school.acting("HEAD"):
			rows = run("PPSS Documentation", filters={"organisation": school.organisation})["result"]
		standing[school.organisation] = {row["document"]: row["standing"] for row in rows}
	titles = dict(frappe.get_all("PPSS Document Type", fields=["term", "title"], as_list=True))
	ours = standing[almaty.organisation]
	assert ours[titles["AL7"]] == ours[titles["AL5"]] == "Approved"
	assert (ours[titles["AL2"]], ours[titles["AL1"]], ours[titles["AL8"]]) == ("Missing",) * 3
	assert ours[titles["AL9"]] == "Draft"
	assert not {titles[code] for code in titles if (code or "").startswith(("KG", "ZD"))} & set(ours)
	assert (
		titles["KG6"] in standing[bishkek.organisation]
		and titles["AL1"] not in standing[bishkek.organisation]
	)


@clause("KG-6.1", "KG-6.1.5", "KG-6.1.6", "KG-6.2.2")
def test_completeness_finds_the_papers_of_the_social_pedagogue_and_the_psychologist(site):
	school = profiles.school_95()
	profiles.plan(school, "KDIR", "Approved", council_protocol="№ 1, 30.08.2026")
	for kind in ("ADOLESCENT-STUDY", "FAMILY-STUDY", "DIARY", "SELF-ASSESSMENT"):
		profiles.entry(school, kind, by="SOC")
	profiles.entry(school, "DIAGNOSTICS", detail="KO1", facts_relied_on="Тест")
	for kind in ("KG2", "KG5"):
		profiles.service_paper(school, kind, "Approved", by="SOC")
	titles = dict(frappe.get_all("PPSS Document Type", fields=["term", "title"], as_list=True))
	with school.acting("HEAD"):
		rows = run("PPSS Documentation", filters={"organisation": school.organisation})["result"]
	standing = {row["document"]: row["standing"] for row in rows}
	kept = {f"KG{n}": standing[titles[f"KG{n}"]] for n in range(1, 10)}
	assert kept == dict.fromkeys(kept, "Approved")


# ---- the psychological card of a learner


@clause("OVR-B1", "OVR-B2", "OVR-B3", "OVR-B4", "ALM-5.6")
def test_card_of_a_learner_is_the_psychologists_and_prints_its_four_sections(almaty, rest):
	values = profiles.entry_values(almaty, "LEARNER-CARD")
	of_others = profiles.entry_values(almaty, "LEARNER-CARD", provider=almaty.staff["SOC"])
	nothing = {**values, **dict.fromkeys(profiles.card_of(almaty))}
	frappe.db.commit()
	psychologist, social = rest(almaty.users["PSY"]), rest(almaty.users["SOC"])
	check_refused(social.create(ACTIVITY, **of_others), "A139")
	empty = psychologist.create(ACTIVITY, **nothing).data["name"]
	check_refused(psychologist.press(ACTIVITY, empty, "Record"), "A21")
	card = psychologist.create(ACTIVITY, **values).data["name"]
	check_ok(psychologist.press(ACTIVITY, card, "Record"))
	later = profiles.entry(
		almaty, "LEARNER-CARD", **{**dict.fromkeys(profiles.card_of(almaty)), "present_mood": "Көңілді"}
	)
	frappe.db.commit()
	readers = {
		key for key in ("PSY", "SOC", "CLS", "TCH", "HEAD") if rest(almaty.users[key]).read(ACTIVITY, card).ok
	}
	assert readers == {"PSY", "HEAD"}
	told = {**profiles.card_of(almaty), "present_mood": "Көңілді"}
	for key, lang, heading in (("PSY", "kk", "Әлеуметтік орны"), ("SOC", "ru", "Социальное положение")):
		with almaty.acting(key):
			said = printed(frappe.get_doc("PPSS Learner", later.learner), "PPSS Development Card", lang)
		shown = [value for value in told.values() if f"{value} " in f"{said} "]
		assert shown == (list(told.values()) if key == "PSY" else [])
		assert (heading in said) == (key == "PSY")


@clause("ALM-14.2", "ALM-17", "ALM-18", "ALM-19.20", "KG-1.4")
def test_data_bank_of_services_and_work_with_partners(almaty, bishkek, rest):
	for school, kinds in (
		(almaty, [f"AP{n}" for n in range(1, 8)]),
		(bishkek, [f"KK{n}" for n in range(1, 6)]),
	):
		bank = [
			make(
				"PPSS Partner Organisation",
				title=f"{kind} {school.tag}",
				organisation=school.organisation,
				kind=kind,
				contact="+7 727 000 00 00",
				terms="Жазылу арқылы",
			)
			for kind in kinds
		]
		frappe.db.commit()
		work = {"kind": "EXTERNAL", "partner": bank[-1].name, "topic": "Бірлескен жұмыс"}
		of_deputy = {"organisation": school.organisation, "provider": school.staff["DEP"]}
		today = {"date": frappe.utils.today(), "period_from": frappe.utils.today()}
		deputy = rest(school.users["DEP"])
		made = deputy.create(ACTIVITY, **of_deputy, **today, **work)
		check_ok(made)
		check_ok(deputy.press(ACTIVITY, made.data["name"], "Record"))


@clause("ALM-1")
def test_almaty_rules_are_for_secondary_education(almaty, rest):
	levels = {"levels": [{"term": "L4"}]}
	frappe.db.commit()
	head = rest(almaty.users["HEAD"])
	check_warned(head.change("PPSS Organisation", almaty.organisation, **levels), "A124")
	check_ok(head.change("PPSS Organisation", almaty.organisation, levels=[{"term": "L2"}, {"term": "L4"}]))


@clause("KG-3.1", "KG-3.2", "KG-3.3", "KG-3.5")
def test_principles_of_school_95_are_acknowledged_in_kyrgyz(bishkek, rest):
	frappe.db.commit()
	own = {"organisation": bishkek.organisation, "specialist": bishkek.staff["SOC"], "signed": 1}
	made = rest(bishkek.users["SOC"]).create("PPSS Ethics Acknowledgement", **own, date=frappe.utils.today())
	check_ok(made)
	labels = frappe.get_all(
		"PPSS Term", {"kind": "Principle", "regulation_profile": "KG95"}, pluck="label_ky"
	)
	assert len(labels) == 5 and made.data["principles"].splitlines() == labels


@clause("ALM-3", "ALM-15", "ALM-23", "ALM-24", "ALM-5.5", "ALM-19.4")
def test_unit_room_method_and_subordination(almaty, rest):
	head, registrar = rest(almaty.users["HEAD"]), rest(almaty.users["ADM"])
	check_ok(
		head.change("PPSS Organisation", almaty.organisation, service_unit="Психологиялық қызмет бөлімі")
	)
	room = {"title": "7 кабинет", "organisation": almaty.organisation, "separate_premises": 1}
	condition = {"kind": "Condition", "item": "Дыбыс өтпейтін есік", "norm_qty": 1, "actual_qty": 1}
	check_ok(rest(almaty.users["DEP"]).create("PPSS Room", **room, equipment=[condition]))
	two = {"reports_to_admin": almaty.staff["HEAD"], "reports_to_professional": "Білім басқармасының маманы"}
	check_ok(registrar.change("PPSS Specialist", almaty.staff["PSY"], **two))
	bank = {
		"organisation": almaty.organisation,
		"author": "Филипс Б.",
		"edition": "Алматы, 2019",
		"grounding": "Валидтілігі тексерілген",
	}
	check_ok(rest(almaty.users["PSY"]).create("PPSS Method", title="Мазасыздық тесті", **bank))

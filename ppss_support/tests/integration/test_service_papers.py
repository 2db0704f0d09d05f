"""Papers of the service itself over HTTP: who decides on each kind, and what rests on it."""

import frappe
import pytest
from frappe.utils import today

from ppss_support.print_helpers import signature_name
from ppss_support.tests import log, profiles
from ppss_support.tests.factories import School, day, take
from ppss_support.tests.guards import check_ok, check_refused, check_warned, fresh, state_of
from ppss_support.tests.papers import printed

clause = pytest.mark.clause
PAPER, ACTIVITY = "PPSS Service Paper", "PPSS Activity"


@clause("ALM-5.1", "ALM-5.3", "ALM-19.15", "KG-2.2d", "KG-7.3")
@pytest.mark.parametrize("kind", ["AL1", "AL3", "KG12"])
def test_head_approves_rules_and_programmes(almaty, bishkek, rest, kind):
	school = bishkek if kind.startswith("KG") else almaty
	paper = profiles.service_paper(school, kind)
	frappe.db.commit()
	psychologist = rest(school.users["PSY"])
	check_refused(psychologist.press(PAPER, paper.name, "Send to the Authorised Body"), "A122")
	check_ok(psychologist.press(PAPER, paper.name, "Submit to Head"))
	check_refused(psychologist.press(PAPER, paper.name, "Approve"), "M04")
	check_ok(rest(school.users["HEAD"]).press(PAPER, paper.name, "Approve"))
	check_refused(psychologist.change(PAPER, paper.name, title="Басқа"), "M43")
	assert ("Complete" in psychologist.buttons(PAPER, paper.name)) == (kind == "KG12")
	check_ok(rest(school.users["HEAD"]).press(PAPER, paper.name, "Cancel", "Қайта жазылады"))


@clause("KG-2.2d")
def test_correction_programme_names_a_team_of_several_professions(bishkek, rest):
	alone = [{"specialist": bishkek.staff["PSY"], "role": "PSY"}]
	paper, empty = (profiles.service_paper(bishkek, "KG12", team=team) for team in (alone, []))
	frappe.db.commit()
	psychologist = rest(bishkek.users["PSY"])
	check_warned(psychologist.press(PAPER, paper.name, "Submit to Head"), "A123")
	check_refused(psychologist.press(PAPER, empty.name, "Submit to Head"), "A21")


@clause("ALM-5.4", "ALM-5.3")
def test_elaboration_is_approved_by_the_authorised_body_and_work_rests_on_it(almaty, rest):
	paper = profiles.service_paper(almaty, "AL4")
	programme = profiles.service_paper(almaty, "AL3")
	training = {"participants": [{"specialist": almaty.staff["TCH"]}]}
	by_elaboration, by_programme = (
		profiles.entry(almaty, "TRAINING", "Draft", service_paper=basis.name, **training)
		for basis in (paper, programme)
	)
	frappe.db.commit()
	psychologist, registrar = rest(almaty.users["PSY"]), rest(almaty.users["ADM"])
	check_refused(psychologist.press(ACTIVITY, by_programme.name, "Record"), "M49")
	check_warned(psychologist.press(ACTIVITY, by_elaboration.name, "Record"), "M49")
	check_refused(psychologist.press(PAPER, paper.name, "Submit to Head"), "A122")
	check_ok(psychologist.press(PAPER, paper.name, "Send to the Authorised Body"))
	check_refused(registrar.press(PAPER, paper.name, "Record Approval"), "M49")
	check_ok(registrar.change(PAPER, paper.name, act_no="14", act_date=today()))
	check_ok(registrar.press(PAPER, paper.name, "Record Approval"))
	assert state_of(paper) == "Approved"


@clause("KG-1.5")
def test_council_considers_the_regulation_before_the_director_approves(bishkek, rest):
	paper = profiles.service_paper(bishkek, "KG0", "With head")
	frappe.db.commit()
	head, social = rest(bishkek.users["HEAD"]), rest(bishkek.users["SOC"])
	refused = head.press(PAPER, paper.name, "Approve")
	check_refused(refused, "M51")
	check_ok(head.press(PAPER, paper.name, "Return", "Кеңеште каралсын"))
	check_ok(social.change(PAPER, paper.name, council_protocol="№ 1, 30.08.2026"))
	check_ok(social.press(PAPER, paper.name, "Submit to Head"))
	check_ok(head.press(PAPER, paper.name, "Approve"))


@clause("KG-6.1.2", "KG-1.1a", "KG-1.1b", "KG-2.1b")
def test_social_passport_counts_open_cases_by_reason(bishkek, rest):
	for reasons in (("KC3",), ("KC3", "KC1"), ("KC4",)):
		case = bishkek.open_case(bishkek.add_learner())
		case.update({"reasons": [{"term": code} for code in reasons]})
		case.save()
	frappe.db.commit()
	social = rest(bishkek.users["SOC"])
	forged = {"counts": [{"category": "KC3", "children": 99}]}
	made = social.create(PAPER, **profiles.service_paper_values(bishkek, "KG2", **forged))
	check_ok(made)
	counts = {row.category: row.children for row in fresh(PAPER, made.data["name"]).counts}
	assert (counts["KC1"], counts["KC2"], counts["KC3"], counts["KC4"]) == (1, 0, 2, 1)
	check_ok(social.press(PAPER, made.data["name"], "Submit to Head"))
	check_ok(rest(bishkek.users["HEAD"]).press(PAPER, made.data["name"], "Approve"))
	said = printed(fresh(PAPER, made.data["name"]), PAPER, "ky")
	assert "ектептин социалдык паспорту" in said and "оор турмуштук кырдаал 2" in said


@clause("ALM-4", "KG-1.5")
def test_paper_of_another_profile_or_no_paper_of_ours_is_refused(bishkek, rest, site):
	school = School()
	values = {kind: profiles.service_paper_values(school, kind) for kind in ("AL3", "KG0")}
	frappe.db.commit()
	for one in values.values():
		check_refused(rest(school.users["PSY"]).create(PAPER, **one), "M47")
	consent = profiles.service_paper_values(bishkek, "KG0") | {"kind": "ZD3"}
	check_refused(rest(bishkek.users["PSY"]).create(PAPER, **consent), "A28")


# ---- the plan of help for an adolescent or a family


@clause("KG-6.1", "KG-6.1.5", "KG-7.3")
def test_plan_of_help_is_approved_and_carried_out(bishkek, rest):
	values = profiles.service_paper_values(bishkek, "KG5", author=bishkek.staff["SOC"])
	late = [profiles.help_step(bishkek, due=day(90))]
	frappe.db.commit()
	social, head = rest(bishkek.users["SOC"]), rest(bishkek.users["HEAD"])
	check_refused(social.create(PAPER, **{**values, "steps": late}), "A137")
	check_refused(social.create(PAPER, **{**values, "period_to": day(-1), "steps": []}), "A34")
	nobody = social.create(PAPER, **{**values, "learner": None, "steps": []}).data["name"]
	refused = social.press(PAPER, nobody, "Submit to Head")
	check_refused(refused, "A21")
	assert " ".join(refused.texts).count("[A21]") >= 2
	check_ok(social.change(PAPER, nobody, family="Асановдор", steps=values["steps"]))
	check_ok(social.press(PAPER, nobody, "Submit to Head"))
	name = social.create(PAPER, **values).data["name"]
	check_ok(social.press(PAPER, name, "Submit to Head"))
	check_ok(head.press(PAPER, name, "Approve"))
	first, second = (
		{field: str(step.get(field)) for field in ("name", "action", "responsible", "due")}
		for step in fresh(PAPER, name).steps
	)
	check_refused(social.change(PAPER, name, steps=[{**first, "done": 1}, second]), "A21")
	check_refused(social.change(PAPER, name, steps=[{**first, "action": "Башка"}, second]), "M43")
	done = {**first, "done": 1, "result": "Бала сабакка келди"}
	check_ok(social.change(PAPER, name, steps=[done, second]))
	check_refused(social.press(PAPER, name, "Complete"), "A21")
	check_ok(social.change(PAPER, name, outcome="Максатка жетти"))
	check_ok(social.press(PAPER, name, "Complete"))
	check_refused(rest(bishkek.users["DVR"]).change(PAPER, name, outcome="Башка"), "M43")
	check_refused(rest(bishkek.users["DVR"]).change(PAPER, name, steps=[first, second]), "M43")
	# The archive keeps the plan as it was approved and as it ended.
	assert frappe.db.count("PPSS Freezing", {"document": name, "event": "Frozen"}) == 2
	said = printed(fresh(PAPER, name), PAPER, "ky")
	assert "жеке жардам планы" in said.lower() and values["problem"] in said
	assert "Бала сабакка келди" in said and "Максатка жетти" in said and "Үйүнө баруу" in said


@clause("KG-3.5", "KG-6.1.5")
def test_plan_of_help_is_read_by_those_who_work_with_the_child(bishkek, rest):
	bishkek.add_person("PSY", "PSY2")
	bishkek.add_person("SOC", "SOC2")
	about_child = profiles.service_paper(bishkek, "KG5", by="SOC")
	about_family = profiles.service_paper(bishkek, "KG5", by="SOC", learner=None, family="Асановдор")
	open_to_all = profiles.service_paper(bishkek, "KG12")
	frappe.db.commit()
	papers = {about_child.name, about_family.name, open_to_all.name}
	seen = {
		"SOC": papers,
		"HEAD": papers,
		"DVR": papers,
		"PSY": papers - {about_family.name},
		"PSY2": {open_to_all.name},
		"SOC2": {open_to_all.name},
		"ADM": {open_to_all.name},
		"TCH": set(),
		"CLS": set(),
	}
	for key, expected in seen.items():
		client = rest(bishkek.users[key])
		assert client.names(PAPER) & papers == expected, key
		assert {name for name in papers if client.read(PAPER, name).ok} == expected, key
	for key, values in (("PSY", {"problem": "х"}), ("PSY2", {"kind": "KG12"}), ("PSY2", {"author": None})):
		assert not rest(bishkek.users[key]).change(PAPER, about_child.name, **values).ok
	assert fresh(PAPER, about_child.name).kind == "KG5"


# ---- prints of the work of school No 95


@clause("KG-6.1", "KG-6.1.6")
def test_diary_prints_all_its_observations(bishkek):
	own = {"by": "SOC", "family": f"Осмоновдор {bishkek.tag}"}
	told = ["Үйүндө жалгыз калат", "Апасы жумушка чыкты", "Жаңылыш жазуу"]
	first, _second, wrong = (
		profiles.entry(bishkek, "DIARY", description=text, date=day(n - 3), **own)
		for n, text in enumerate(told)
	)
	with bishkek.acting("SOC"):
		take(wrong, "Strike Out", "Жаңылыш")
	profiles.entry(bishkek, "DIARY", by="SOC", description="Башка үй-бүлө", family="Токтоевдер")
	profiles.entry(bishkek, "DIARY", "Draft", description="Жазыла элек", **own)
	for lang, struck in (("ky", "сызып салынды"), ("ru", "вычеркнуто")):
		said = printed(first, "PPSS Observation Diary", lang)
		assert [text for text in told if text in said] == told
		assert said.index(told[0]) < said.index(told[1]) < said.index(struck)
		assert "Башка үй-бүлө" not in said and "Жазыла элек" not in said


@clause("KG-6.4", "KG-8.5", "KG-8.6", "ALM-19.21")
@pytest.mark.parametrize(("lang", "extract"), [("ky", "Протоколдон көчүрмө"), ("ru", "Выписка из протокола")])
def test_letters_and_extracts_of_the_council(bishkek, lang, extract):
	frappe.db.set_value("PPSS Organisation", bishkek.organisation, "head", bishkek.staff["HEAD"])
	outside, inside = (profiles.entry(bishkek, "APPEAL", by="SOC", detail=one) for one in ("APL3", "APL1"))
	council = profiles.entry(bishkek, "DISCUSSION", by="SOC", document_no="17", order_no="41-Б")
	letter, proposal = (printed(one, "PPSS Proposal or Application", lang) for one in (outside, inside))
	titles = {
		code: frappe.db.get_value("PPSS Term", code, f"label_{lang}").upper() for code in ("APL1", "APL3")
	}
	assert titles["APL3"] in letter and "Социалдык өнүктүрүү башкармалыгы" in letter
	assert titles["APL1"] in proposal
	head = signature_name(bishkek.staff["HEAD"])
	assert head in letter and head not in proposal
	said = printed(council, "PPSS Council Extract", lang)
	assert extract in said and "№ 17" in said and "41-Б" in said and "Бекитилсин" in said
	with pytest.raises(frappe.ValidationError):
		printed(council, "PPSS Proposal or Application", lang)
	assert log.supported(bishkek).surname not in said

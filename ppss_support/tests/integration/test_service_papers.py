"""Papers of the service itself over HTTP: who decides on each kind, and what rests on it."""

import frappe
import pytest
from frappe.utils import today

from ppss_support.tests import profiles
from ppss_support.tests.factories import School
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

"""One school seen from all sides: a child whom everybody supports, one whom only a second team does, and another school."""

from types import SimpleNamespace

import frappe
from frappe.utils import get_first_day, get_last_day, today

from ppss_support.tests import log, support
from ppss_support.tests.factories import School, make

SHARED = ("PPSS Norm", "PPSS Position", "PPSS Regulation Profile", "PPSS Term", "PPSS Document Type")


def papers_of(school, learner, consent, case, own: dict[str, str]) -> dict[str, str]:
	"""Make a paper of each kind about a child; `own` maps role terms to the people of the child's team."""
	psychologist = own["PSY"]
	pmpc = school.pmpc(learner, made_by="DEP")
	team = [
		{"specialist": school.staff[psychologist], "role": "PSY", "part": "Psychological", "is_leader": 1},
		{"specialist": school.staff["CLS2"], "role": "CLS", "part": "Pedagogical"},
	]
	assessment = school.assessment(learner, made_by="DEP", team=team, state="Team working")
	school.sign_parts(assessment)
	assessment = school.move(assessment, "With deputy head", (psychologist, "Hand Over"))
	basis = {"basis_doctype": pmpc.doctype, "basis_doc": pmpc.name}
	programme = school.programme(learner, "Draft", made_by=psychologist, **basis)
	referral = school.referral(learner, "With administration", made_by="DEP")
	made = (learner, case, consent, pmpc, assessment, programme, referral)
	return {
		**{paper.doctype: paper.name for paper in made},
		"PPSS Assessment Part": part_by(psychologist, assessment, school),
		"PPSS Representative": learner.representatives[0].representative,
		"PPSS Class": learner.school_class,
		**work_with(school, learner, own),
	}


def part_by(psychologist: str, assessment, school) -> str:
	own = {"assessment": assessment.name, "specialist": school.staff[psychologist]}
	return frappe.db.get_value("PPSS Assessment Part", own)


def work_with(school, learner, own: dict[str, str]) -> dict[str, str]:
	"""Make what is done with the child day by day."""
	psychologist = school.staff[own["PSY"]]
	about = {"organisation": school.organisation, "learner": learner.name}
	of_staff = {"organisation": school.organisation, "specialist": psychologist}
	entry = {**log.entry_values(school, "OBSERVATION", learner=learner.name), "provider": psychologist}
	asked = {"from_person": school.staff[own["TCH"]], "to_person": psychologist, "learner": learner.name}
	group = {"leader": psychologist, "members": [{"learner": learner.name}]}
	made = [
		make("PPSS Activity", **entry),
		make("PPSS Request", **log.request_values(school, **asked)),
		make("PPSS Provision", **about, school_year=school.year, code="SC8", status="In Place"),
		row("PPSS Session Group", **support.group_values(school, [], **group)),
		row("PPSS Session", **lesson_of(school, learner, psychologist)),
		row(
			"PPSS Assistant Assignment",
			**support.assignment_values(school, learner, workflow_state="Proposed"),
		),
		row("PPSS Appointment", **of_staff, position=frappe.db.get_value("PPSS Position", {})),
		row("PPSS Ethics Acknowledgement", **of_staff),
		row("PPSS Qualification", **of_staff),
	]
	return {paper.doctype: paper.name for paper in made}


def lesson_of(school, learner, provider: str) -> dict:
	return {
		"organisation": school.organisation,
		"school_year": school.year,
		"date": today(),
		"form": "SF1",
		"provider": provider,
		"attendance": [{"learner": learner.name, "learner_name": learner.full_name}],
		"workflow_state": "Planned",
	}


def row(doctype: str, **values):
	"""Write a paper past its rules: what is asked here is who reads it, not whether it may be made."""
	paper = frappe.get_doc({"doctype": doctype, **values})
	paper.flags.ignore_validate = paper.flags.ignore_mandatory = paper.flags.ignore_links = True
	paper.set_new_name()
	paper.set_user_and_timestamp()
	paper.set_parent_in_children()
	paper.owner = frappe.session.user
	for one in (paper, *paper.get_all_children()):
		one.db_insert()
	return paper


def common_papers(school) -> dict[str, str]:
	"""Make what belongs to the school and to no child."""
	return {
		"PPSS Learner List": school.learner_list([], "Draft").name,
		"PPSS Annual Plan": support.annual_plan(school).name,
		"PPSS Organisation": school.organisation,
		"PPSS Service Paper": row(
			"PPSS Service Paper",
			organisation=school.organisation,
			kind="AL1",
			title="Ереже",
			date=today(),
			workflow_state="Draft",
		).name,
		"PPSS Room": support.room(school),
		"PPSS Method": log.method(school),
		"PPSS Partner Organisation": log.partner(school),
		"PPSS Specialist": school.staff["DEP"],
		"PPSS Staffing Table": school.staffing_table().name,
		"PPSS Support Centre": school.centre(),
		"PPSS School Year": school.year,
		"PPSS Override": row(
			"PPSS Override", organisation=school.organisation, kind="Warning", rule="M70", message="Ескерту"
		).name,
		**archive_of(school),
		**{doctype: shared_by_all(doctype) for doctype in SHARED},
	}


def shared_by_all(doctype: str) -> str:
	"""Return a row of no school: a school may have added document types of its own."""
	of_none = (
		{"organisation": ("is", "not set")} if frappe.get_meta(doctype).has_field("organisation") else {}
	)
	return frappe.db.get_value(doctype, of_none)


def archive_of(school) -> dict[str, str]:
	own = {"organisation": school.organisation}
	with school.acting("PSY"):
		pack = row("PPSS Pack", **own, scope="Class", output="One PDF", status="Queued")
	with school.acting("ADM"):
		taken_in = row("PPSS Import", **own, kind="Learners", school_year=school.year, status="New")
	made = [
		pack,
		taken_in,
		row("PPSS Archive Entry", **own, number=1, event="Frozen"),
		row("PPSS Freezing", **own, status="Waiting", event="Frozen"),
		row("PPSS Journal Line", **own, number=1),
		row("PPSS Journal Volume", **own, kind="J1", number=1, workflow_state="Open"),
		row("PPSS Retention Term", **own, document_type="PPSS Consent", permanent=1),
		row("PPSS Destruction Act", **own, workflow_state="Draft"),
		row("PPSS Data Request", **own, status="Ready"),
		make("PPSS Case Index", **own, case_number="02-07", title="Келісімдер"),
		row("PPSS Pay Parameter", **own, kind="Base Rate", value=1, from_date=today()),
		row("PPSS Pay Sheet", **own, **this_month(), kind="Monthly Pay Sheet", workflow_state="Draft"),
	]
	return {paper.doctype: paper.name for paper in made}


def this_month() -> dict[str, str]:
	return {"date": today(), "from_date": get_first_day(today()), "to_date": get_last_day(today())}


def make_world():
	"""Return the school with `near`, `far` and `common` papers by DocType, and the papers of the school abroad."""
	school = School()
	for term in ("PSY", "CLS", "TCH", "SPE", "AST"):
		school.add_person(term, f"{term}2")
	rows = school.member_rows("DEP", "PSY", "SOC", "SPE", "AST", "CAR")
	second = {**rows[1], "specialist": school.staff["PSY2"]}
	order = school.order(members=[*rows, second])
	values = {"organisation": school.organisation, "school_year": school.year, "level": "L2"}
	other_class = make("PPSS Class", title="8 Б", class_teacher=school.staff["CLS2"], **values)
	inside, outside = school.add_learner(), school.add_learner(school_class=other_class.name)
	near = papers_of(
		school,
		inside,
		school.consent(inside, made_by="DEP"),
		school.open_case(inside),
		{"PSY": "PSY", "TCH": "TCH"},
	)
	case = school.open_case(outside, "PSY2")
	consent = school.consent(outside, made_by="DEP")
	far = papers_of(school, outside, consent, case, {"PSY": "PSY2", "TCH": "TCH2"})
	meeting = frappe.db.get_value("PPSS Referral", near["PPSS Referral"], "meeting")
	common = {**common_papers(school), "PPSS Support Order": order.name, "PPSS Meeting": meeting}
	abroad = School()
	return SimpleNamespace(school=school, near=near, far=far, common=common, abroad=abroad)

"""The papers that are walked (walks.py): when a thing asked for is missing, and how people bring that about."""

import frappe
from frappe.utils import get_datetime, getdate, today

from ppss_support import facts, tasks
from ppss_support.tests import log, support
from ppss_support.tests.factories import MEMBERS, SCAN, content_row, day, take
from ppss_support.tests.walks import Asked, Course, Walk

ORDER, CONSENT, PMPC = "PPSS Support Order", "PPSS Consent", "PPSS PMPC Recommendation"
ASSESSMENT, LIST, PROGRAMME = "PPSS Needs Assessment", "PPSS Learner List", "PPSS Programme"
ASSIGNMENT, MEETING, REFERRAL = "PPSS Assistant Assignment", "PPSS Meeting", "PPSS Referral"
SESSION, PLAN, REQUEST = "PPSS Session", "PPSS Annual Plan", "PPSS Request"
RUNNING = ("Approved", "In implementation", "Suspended")


def filled(code: str, good: dict, bad: dict | None = None, kept: tuple[str, ...] = ()) -> Asked:
	"""Return what is asked for when a step wants these fields filled."""
	bad = bad or dict.fromkeys(good)
	names = kept or tuple(good)
	return Asked(lambda w: "" if all(w.doc.get(name) for name in names) else code, bad, good)


def by(code: str, *keys: str, first: bool = False) -> Asked:
	"""Return what is asked for when only these of those in the table take the step."""
	return Asked(lambda w: "" if w.actor in keys else code, first=first)


def count(doctype: str, **filters) -> int:
	return frappe.db.count(doctype, filters)


def some(what: str, wrong) -> list[str]:
	return [what] if wrong else []


def nothing(_walk) -> list[str]:
	return []


# ---- consents of a child


def signed(learner: str, on: str | None = None) -> bool:
	"""Tell whether a signed consent of the child lasts on the day, today unless told otherwise."""
	on = getdate(on) if on else getdate()
	rows = frappe.get_all(
		CONSENT, {"learner": learner, "workflow_state": "Signed"}, ["date_signed", "valid_to"]
	)
	return any(r.date_signed <= on and (not r.valid_to or on <= r.valid_to) for r in rows)


def consent_lacks(began: str, on: str | None = None):
	"""Return when consent is missing; `began` is the code where there never was one."""

	def lacks(w: Walk) -> str:
		date = w.doc.get(on) if on else None
		if signed(w.doc.learner, date):
			return ""
		ended = {"learner": w.doc.learner, "workflow_state": ("in", ("Signed", "Withdrawn", "Expired"))}
		given = {**ended, "date_signed": ("<=", getdate(date) if date else getdate())}
		return "M03" if frappe.db.exists(CONSENT, given) else began

	return lacks


def withdraw(w: Walk):
	withdraw_for(w, w.doc.learner)


def withdraw_for(w: Walk, learner: str, **values):
	for name in frappe.get_all(CONSENT, {"learner": learner, "workflow_state": "Signed"}, pluck="name"):
		w.school.withdraw(frappe.get_doc(CONSENT, name), **values)


def sign(w: Walk):
	w.school.consent(frappe.get_doc("PPSS Learner", w.doc.learner), date_signed=today())


BEGUN = Asked(consent_lacks("M01"), withdraw, sign)
KEPT = Asked(consent_lacks("M03"), withdraw, sign)


# ---- children


def plain(school):
	return school.kept("plain child", lambda s: s.child())


def listed(school):
	return school.kept("walked child on the list", lambda s: s.make_listed_child())


def two_children(school):
	return [school.kept(f"child {n} to list", lambda s: s.assessed_child()) for n in range(2)]


def supported(school):
	"""Return a child with limited abilities for whom everything runs that a consent carries."""

	def all_of_it(s):
		child = support.limited_child(s)
		support.put_on_list(s, child)
		s.programme(child, "In implementation")
		cdp = support.cdp(s, child, weekly_small_group=0)
		with s.acting("SPE"):
			take(cdp, "Start")
		support.assignment(s, child, "Appointed")
		support.session(s, [child], date=day(3))
		return child

	return school.kept("child for whom everything runs", all_of_it)


def listed_limited(school):
	def listed_one(s):
		child = support.limited_child(s)
		support.put_on_list(s, child)
		return child

	supported(school)
	return school.kept("listed child with limits", listed_one)


# ---- B.1


def in_force(school) -> list[str]:
	return frappe.get_all(
		ORDER, {"organisation": school.organisation, "workflow_state": "In force"}, pluck="name"
	)


def order_follows(w: Walk) -> str:
	return "M07" if set(in_force(w.school)) - {w.doc.supersedes} else ""


def coordinated(school, key: str | None) -> dict:
	return {"members": lambda w: w.school.member_rows(*MEMBERS, coordinator=key)}


def list_approved(w: Walk):
	w.school.put_on_list(listed(w.school))


def strike_lists(w: Walk):
	for name in frappe.get_all(
		LIST, {"organisation": w.school.organisation, "workflow_state": "Approved"}, pluck="name"
	):
		with w.school.acting("HEAD"):
			take(frappe.get_doc(LIST, name), "Cancel", "Қате")


def end_support(w: Walk):
	"""Programmes are broken off and lists cancelled: nothing stands on the order any more."""
	running = {"organisation": w.school.organisation, "workflow_state": ("in", RUNNING)}
	for name in frappe.get_all(PROGRAMME, running, pluck="name"):
		with w.school.acting("DEP"):
			take(frappe.get_doc(PROGRAMME, name), "Discontinue", "Қолдау аяқталды")
	strike_lists(w)


def carried_by_order(w: Walk) -> str:
	own = {"organisation": w.school.organisation}
	lists = count(LIST, **own, workflow_state="Approved")
	return "M61" if lists or count(PROGRAMME, **own, workflow_state=("in", RUNNING)) else ""


ORDERS = Course(
	ORDER,
	ready=listed,
	make=lambda s: s.order("Draft", supersedes=in_force(s)[0]),
	asked={
		"coordinator": Asked(
			lambda w: (
				"" if any(m.is_coordinator and m.role_in_service == "DEP" for m in w.doc.members) else "M06"
			),
			coordinated(None, None),
			coordinated(None, "DEP"),
		),
		"numbered": filled("M08", {"order_no": "17-н"}, {"order_no": ""}),
		"follows": Asked(
			order_follows, {"supersedes": None}, {"supersedes": lambda w: in_force(w.school)[0]}
		),
		"unused": Asked(carried_by_order, list_approved, end_support),
	},
	scribble={"subject": "Басқа мәтін"},
	forbidden=lambda w: some("two orders in force", len(in_force(w.school)) > 1),
)


# ---- B.2


def nothing_goes_on_without_consent(w: Walk) -> list[str]:
	child = w.doc.learner
	if signed(child):
		return []
	planned = {"workflow_state": "Planned", "date": (">=", today())}
	sessions = frappe.get_all("PPSS Attendance", {"learner": child, "parenttype": SESSION}, pluck="parent")
	return [
		*some("a programme runs", count(PROGRAMME, learner=child, workflow_state="In implementation")),
		*some("an assistant works", count(ASSIGNMENT, learner=child, workflow_state="Appointed")),
		*some("a lesson is planned", count(SESSION, name=("in", sessions or [""]), **planned)),
	]


def other_consents(w: Walk) -> list[str]:
	others = {"learner": w.doc.learner, "workflow_state": "Signed", "name": ("!=", w.doc.name)}
	return frappe.get_all(CONSENT, others, pluck="name")


def withdraw_others(w: Walk):
	for name in other_consents(w):
		w.school.withdraw(frappe.get_doc(CONSENT, name))


FORM = {"date_signed": day, "is_signed": 1, "signed_paper": SCAN}
CONSENTS = Course(
	CONSENT,
	ready=supported,
	make=lambda s: s.consent(supported(s), "Prepared", date_signed=None, is_signed=0),
	asked={
		"form": Asked(
			lambda w: " ".join("M02" for f in FORM if not w.doc.get(f)),
			{"is_signed": 0},
			{**FORM, "date_signed": lambda _w: today()},
		),
		"past": Asked(
			lambda w: "A14" if w.doc.date_signed and getdate(w.doc.date_signed) > getdate() else "",
			{"date_signed": lambda _w: day(3)},
			{"date_signed": lambda _w: today()},
		),
		"refusal": filled(
			"M02", {"refused_on": lambda _w: today(), "informed_by": lambda w: w.school.staff["CLS"]}
		),
		"statement": filled("M02", {"withdrawn_on": lambda _w: today(), "withdrawal_statement": SCAN}),
		"unused": Asked(lambda w: "" if other_consents(w) else "M62", withdraw_others, sign),
	},
	scribble={"valid_to": lambda _w: day(1)},
	forbidden=nothing_goes_on_without_consent,
	around=(withdraw_others,),
	jobs=(tasks.expire_consents,),
)


# ---- B.3


def assessed_on(w: Walk):
	if w.state == "Verified" and not count(ASSESSMENT, pmpc=w.doc.name, docstatus=1):
		named = {"categories": ("C3",), "c3_status": "Confirmed by PMPC", "pmpc": w.doc.name}
		w.school.assessment(plain(w.school), **named, team=w.school.team("PSY", "SPE", "CLS"))


RECORD = {"number": "15", "conclusion": "Қорытынды", "file": SCAN}
PMPC_PAPERS = Course(
	PMPC,
	ready=plain,
	make=lambda s: s.pmpc(plain(s), "Recorded"),
	asked={
		"record": filled("M68", RECORD, {"file": ""}),
		"unused": Asked(
			lambda w: "M62" if count(ASSESSMENT, pmpc=w.doc.name, docstatus=1) else "", assessed_on
		),
	},
	scribble={"valid_to": lambda _w: day(1)},
	forbidden=lambda w: some("verified though incomplete", w.state == "Verified" and not w.doc.file),
	jobs=(tasks.expire_pmpc_papers,),
)


def unsigned_parts(w: Walk) -> str:
	team = {(m.specialist, m.part) for m in w.doc.team}
	fields = ["specialist", "part"]
	done = frappe.get_all(
		"PPSS Assessment Part", {"assessment": w.doc.name, "signed": 1}, fields, as_list=True
	)
	return "M56" if team - set(done) else ""


def sign_parts(w: Walk):
	w.school.sign_parts(w.doc)


def take_signature_back(w: Walk):
	own = {"assessment": w.doc.name, "specialist": w.school.staff["CLS"]}
	name = frappe.db.get_value("PPSS Assessment Part", own)
	if name:
		with w.school.acting("CLS"):
			part = frappe.get_doc("PPSS Assessment Part", name)
			part.signed = 0
			part.save()


def listed_by(w: Walk):
	if w.state == "Concluded":
		w.school.put_on_list(frappe.get_doc("PPSS Learner", w.doc.learner))


def one_concluded_and_whole(w: Walk) -> list[str]:
	child = {"learner": w.doc.learner, "workflow_state": "Concluded"}
	return [
		*some("two concluded", count(ASSESSMENT, **child) > 1),
		*some("concluded without parts", w.state == "Concluded" and unsigned_parts(w)),
	]


ASSESSMENTS = Course(
	ASSESSMENT,
	ready=lambda s: two_children(s)[0],
	make=lambda s: s.assessment(two_children(s)[0], "Draft"),
	asked={
		"consent": Asked(BEGUN.lacks, withdraw, sign),
		"kept-consent": KEPT,
		"team": Asked(
			lambda w: "" if {"CLS", "TCH"} & {m.role for m in w.doc.team} else "M56",
			{"team": lambda w: w.school.team("PSY", "SOC")},
			{"team": lambda w: w.school.team("PSY", "CLS")},
		),
		"parts": Asked(unsigned_parts, take_signature_back, sign_parts),
		"leader": by("M56", "PSY"),
		"category": filled("M10", {"categories": [{"term": "C1"}]}, {"categories": []}),
		"conditions": filled(
			"M09",
			{"special_conditions": [{"condition": "SC8", "description": "Қолдау"}]},
			{"special_conditions": []},
		),
		"unused": Asked(
			lambda w: "M62" if count("PPSS Learner List Row", basis_doc=w.doc.name, docstatus=1) else "",
			listed_by,
			strike_lists,
		),
	},
	scribble={"reason": "Басқа мәтін"},
	forbidden=one_concluded_and_whole,
)


# ---- B.4


def rows_for(*numbers: int):
	def rows(w: Walk) -> list[dict]:
		children = [two_children(w.school)[n] for n in numbers]
		basis = {"basis_doctype": ASSESSMENT}
		return [{**row, **basis} for row in w.school.list_values(*children)["rows"]]

	return rows


def of_rows(judge):
	"""Return the codes `judge` gives for the rows of the list."""
	return lambda w: " ".join(filter(None, (judge(row) for row in w.doc.rows)))


def row_basis(row) -> str:
	if not row.basis_doc:
		return "M46"
	return "" if frappe.db.get_value(ASSESSMENT, row.basis_doc, "workflow_state") == "Concluded" else "M12"


def row_consent(row) -> str:
	return "" if signed(row.learner) else "M03"


def assess_again(w: Walk):
	"""A newer assessment takes the place of the one the list stands on."""
	w.school.assessment(two_children(w.school)[0])


def withdraw_listed(w: Walk):
	withdraw_for(w, two_children(w.school)[0].name)


def sign_listed(w: Walk):
	for row in w.doc.rows:
		if not signed(row.learner):
			w.school.consent(frappe.get_doc("PPSS Learner", row.learner), date_signed=today())


def programme_of_listed(w: Walk):
	if w.state == "Approved":
		w.school.programme(two_children(w.school)[0])


def runs_on_list(w: Walk) -> str:
	children = [row.learner for row in w.doc.rows]
	runs = count(PROGRAMME, learner=("in", children or [""]), workflow_state=("in", RUNNING))
	return "M61" if runs else ""


def lists_in_force(w: Walk) -> list[str]:
	return frappe.get_all(
		LIST, {"organisation": w.school.organisation, "workflow_state": "Approved"}, pluck="name"
	)


LISTS = Course(
	LIST,
	ready=lambda s: (listed(s), two_children(s)),
	make=lambda s: s.learner_list([two_children(s)[0]], "Draft", amends=s.approved_list()),
	asked={
		"rows": Asked(lambda w: "" if w.doc.rows else "M46", {"rows": []}, {"rows": rows_for(0)}),
		"once": Asked(
			lambda w: "M45" if len({row.learner for row in w.doc.rows}) < len(w.doc.rows) else "",
			{"rows": rows_for(0, 1, 0)},
			{"rows": rows_for(0)},
		),
		"basis": Asked(of_rows(row_basis), assess_again, {"rows": rows_for(0)}),
		"consents": Asked(of_rows(row_consent), withdraw_listed, sign_listed),
		"only": Asked(
			lambda w: "A16" if set(lists_in_force(w)) - {w.doc.amends} else "",
			{"amends": None},
			{"amends": lambda w: next(iter(lists_in_force(w)), None)},
		),
		"unused": Asked(runs_on_list, programme_of_listed),
	},
	scribble={"date": lambda _w: day(-1)},
	forbidden=lambda w: some("two lists in force", len(lists_in_force(w)) > 1),
)


# ---- B.5 to B.7


def on_list(states: tuple[str, ...]):
	def lacks(w: Walk) -> str:
		lists = frappe.get_all(LIST, {"workflow_state": ("in", states)}, pluck="name")
		found = count("PPSS Learner List Row", learner=w.doc.learner, parent=("in", lists or [""]))
		return "" if found else "M13"

	return lacks


def list_without(w: Walk):
	"""An amending list without this child takes the place of the one with it."""
	w.school.put_on_list(plain_assessed(w.school))


def plain_assessed(school):
	return school.kept("another assessed child", lambda s: s.assessed_child())


def list_with(w: Walk):
	w.school.put_on_list(frappe.get_doc("PPSS Learner", w.doc.learner))


def assess_child_again(w: Walk):
	limits = {}
	if w.doc.kind != "IDP":
		limits = {"categories": ("C3",), "c3_status": "Confirmed by PMPC"}
		limits |= {"pmpc": facts.verified_pmpc(w.doc.learner), "team": w.school.team("PSY", "SPE", "CLS")}
	w.school.assessment(frappe.get_doc("PPSS Learner", w.doc.learner), **limits)


def latest_assessment(w: Walk) -> str:
	return frappe.db.get_value(ASSESSMENT, {"learner": w.doc.learner, "workflow_state": "Concluded"})


def basis_lacks(w: Walk) -> str:
	return "" if frappe.db.get_value(ASSESSMENT, w.doc.basis_doc, "workflow_state") == "Concluded" else "M12"


def reviewed(w: Walk):
	given = {
		"review_date": today(),
		"learning_results": "Жақсарды",
		"support_results": "Жақсарды",
		"review_decision": "Аяқталды",
		"review_participants": [{"specialist": w.school.staff["DEP"], "role": "DEP"}],
	}
	with w.school.acting("DEP"):
		paper = frappe.get_doc(*w.key)
		paper.update(given)
		for row in paper.goals:
			row.update({"actual": "Жетті", "reviewed_on": today()})
		for row in paper.subjects:
			row.result = "Меңгерді"
		paper.save()


def review_lacks(w: Walk) -> str:
	goals = all(row.actual and row.reviewed_on for row in w.doc.goals)
	subjects = all(row.result for row in w.doc.subjects)
	named = all(
		w.doc.get(f) for f in ("review_date", "learning_results", "support_results", "review_decision")
	)
	with_deputy = w.school.staff["DEP"] in {row.specialist for row in w.doc.review_participants}
	return "" if goals and subjects and named and with_deputy else "M63"


def led_by(w: Walk) -> set[str]:
	own = {
		"kind": "CDP",
		"responsible_special_pedagogue": w.school.staff["SPE"],
		"workflow_state": ("in", ("With head", *RUNNING)),
	}
	return set(frappe.get_all(PROGRAMME, own, pluck="learner"))


def cap(w: Walk) -> int:
	return frappe.db.get_value("PPSS Organisation", w.school.organisation, "special_pedagogue_cap")


def set_cap(number: int):
	"""Return what takes the last place from a special pedagogue, or gives it back."""

	def places(w: Walk):
		frappe.db.set_value("PPSS Organisation", w.school.organisation, "special_pedagogue_cap", number)

	return places


def pmpc_lacks(w: Walk) -> str:
	verified = count(PMPC, learner=w.doc.learner, workflow_state="Verified")
	return "" if verified else "M11"


def expire_pmpc(w: Walk):
	for name in frappe.get_all(PMPC, {"learner": w.doc.learner, "workflow_state": "Verified"}, pluck="name"):
		facts.paper(PMPC, name).advance("Expired", "Мерзімі өтті")


def another_pmpc(w: Walk):
	w.school.pmpc(frappe.get_doc("PPSS Learner", w.doc.learner), recommendations=support.ADVICE)


def runs_lawfully(w: Walk) -> list[str]:
	"""What a programme that runs stands on, whichever way it came there."""
	return [
		*some("carried out without consent", w.state == "In implementation" and not signed(w.doc.learner)),
		*some("approved beyond the year", w.doc.docstatus == 1 and lasts_too_long(w)),
		*some("approved without lessons", w.doc.docstatus == 1 and not weekly(w)),
		*some(
			"more children than places", w.state == "Approved" and len(led_by(w)) > max(cap(w), led_before(w))
		),
	]


def led_before(w: Walk) -> int:
	"""A cap lowered later takes no child away."""
	return len(led_by(w)) if cap(w) < 12 else 0


def lasts_too_long(w: Walk) -> bool:
	return getdate(w.doc.period_to) > getdate(
		frappe.db.get_value("PPSS School Year", w.doc.school_year, "to_date")
	)


def weekly(w: Walk) -> int:
	return w.doc.weekly_individual + w.doc.weekly_small_group + w.doc.weekly_group


def minutes_lack(w: Walk) -> str:
	return "M22" if w.doc.weekly_individual and w.doc.minutes_individual != 30 else ""


PROGRAMME_ASKS = {
	"consent": BEGUN,
	"kept-consent": KEPT,
	"basis": Asked(basis_lacks, assess_child_again, {"basis_doc": latest_assessment}),
	"year": Asked(
		lambda w: "M14" if lasts_too_long(w) else "",
		{"period_to": lambda _w: day(900)},
		{"period_to": lambda _w: day(30)},
	),
	"weekly": Asked(lambda w: "" if weekly(w) else "M59", {"weekly_individual": 0}, {"weekly_individual": 2}),
	"minutes": Asked(minutes_lack, {"minutes_individual": 45}, {"minutes_individual": 30}),
	"proposed": Asked(on_list(("With head", "Approved")), list_without, list_with),
	"listed": Asked(on_list(("Approved",)), list_without, list_with),
	"begun": Asked(
		lambda w: "A14" if getdate(w.doc.period_from) > getdate() else "",
		{"period_from": lambda _w: day(2)},
		{"period_from": lambda _w: day(-10)},
	),
	"review": Asked(review_lacks, {"review_decision": ""}, reviewed),
}
SUBJECT = {"subject": "Математика", "assessment_changed": 1, "control_tasks": "Тест", "criteria": "Балл"}


def programmes(author: str, ready, make_one, only: tuple[str, ...] = (), **asked) -> Course:
	"""Return how programmes of one kind are walked, in search of what is asked of this kind alone or of `only`."""
	return Course(
		PROGRAMME,
		ready=ready,
		make=make_one,
		asked={**PROGRAMME_ASKS, "author": by("A02", author, first=True), **asked},
		scribble={"period_from": lambda _w: day(-9)},
		forbidden=runs_lawfully,
		around=(withdraw, sign),
		only=only or tuple(asked),
	)


# What all kinds are asked until they reach the head; the steps after that are walked in test_sequences.py.
UNDER_WAY = ("author", "consent", "basis", "year", "weekly", "minutes", "proposed")
IDPS = programmes("PSY", listed, lambda s: s.programme(listed(s), "Draft"), UNDER_WAY)
CDPS = programmes(
	"SPE",
	listed_limited,
	lambda s: support.cdp(s, listed_limited(s), "Draft", weekly_small_group=0, minutes_individual=30),
	component=filled("A20", {"correction_component_hours": 2}, {"correction_component_hours": 0}),
	pmpc=Asked(pmpc_lacks, expire_pmpc, another_pmpc),
	caseload=Asked(
		lambda w: "M24" if len(led_by(w) | {w.doc.learner}) > cap(w) else "", set_cap(1), set_cap(14)
	),
)
ICPS = programmes(
	"TCH",
	listed_limited,
	lambda s: s.programme(
		listed_limited(s),
		"Draft",
		made_by="TCH",
		kind="ICP",
		contents=[content_row("CN1", provider_role="TCH", goal="CG2")],
		intellect_impairment=1,
		subjects=[SUBJECT],
	),
	intellect=filled("M19", {"intellect_impairment": 1}, {"intellect_impairment": 0}),
	subjects=Asked(
		lambda w: "" if all(row.control_tasks for row in w.doc.subjects) else "M57",
		{"subjects": [{**SUBJECT, "control_tasks": ""}]},
		{"subjects": [SUBJECT]},
	),
)


# ---- decisions of meetings


def decided(outcome: str, code: str):
	"""Return when no adopted decision names child, assistant and quarter with this outcome."""

	def lacks(w: Walk) -> str:
		meeting = frappe.db.get_value(MEETING, w.doc.meeting or "", "workflow_state")
		wanted = {"parent": w.doc.meeting or "", "idx": w.doc.decision_no or 0, "outcome": outcome}
		if w.doc.doctype == ASSIGNMENT:
			own = ("learner", "assistant", "quarter") if outcome == "Adopted" else ("learner",)
			wanted |= {"kind": "DK1", **{f: w.doc.get(f) for f in own}}
		else:
			wanted |= {"kind": "DK2", "learner": w.doc.learner, "representative": w.doc.representative}
		right = meeting in ("Adopted", "Executed") and frappe.db.exists("PPSS Meeting Decision", wanted)
		return "" if right else code

	return lacks


def write_decision(w: Walk, outcome: str):
	"""Adopt a decision as if of an earlier meeting, and name it in the paper that lies on the agenda."""
	names = ("learner", "representative", "assistant", "quarter", "pmpc", "centre")
	row = {name: w.doc.get(name) for name in names if w.doc.get(name)}
	kind = "DK1" if w.doc.doctype == ASSIGNMENT else "DK2"
	meeting = w.school.meeting("Held", decisions=({"kind": kind, "outcome": outcome, **row},))
	frappe.db.set_value(MEETING, meeting.name, {"workflow_state": "Adopted", "docstatus": 1})
	with w.school.acting("DEP"):
		paper = frappe.get_doc(*w.key)
		paper.update({"meeting": meeting.name, "decision_no": 1})
		paper.save()


def decide_for(w: Walk):
	write_decision(w, "Adopted")


def decide_against(w: Walk):
	write_decision(w, "Rejected")


def meeting_decides(w: Walk):
	"""The service decides on what lies on its agenda, and the paper moves on by that."""
	names = ("learner", "representative", "assistant", "quarter", "pmpc", "centre")
	if w.state == "On meeting agenda":
		row = {name: w.doc.get(name) for name in names if w.doc.get(name)}
		kind = "DK1" if w.doc.doctype == ASSIGNMENT else "DK2"
		outcome = w.random.choice(("Adopted", "Rejected"))
		w.school.meeting(decisions=({"kind": kind, "outcome": outcome, **row},))


# ---- B.9


def present(school, *keys: str) -> list[dict]:
	return [{"specialist": school.staff[key], "present": 1} for key in keys]


def members_of(w: Walk) -> set[str]:
	return set(frappe.get_all("PPSS Order Member", {"parent": in_force(w.school)[0]}, pluck="specialist"))


def strangers_lack(w: Walk) -> str:
	return " ".join("M35" for row in w.doc.attendees if row.specialist not in members_of(w))


def quorum_lacks(w: Walk) -> str:
	there = {row.specialist for row in w.doc.attendees if row.present} & members_of(w)
	return "M37" if 2 * len(there) < len(members_of(w)) else ""


def called(school):
	frappe.db.set_value("PPSS Organisation", school.organisation, "quorum_percent", 50)
	return school.meeting("Planned")


def decide_on_referral(w: Walk):
	"""The meeting decides on a referral, which then stands on it."""
	if w.state in ("Planned", "Held"):
		child = supported(w.school)
		referral = w.school.referral(child, "On meeting agenda")
		row = {
			"kind": "DK2",
			"outcome": "Adopted",
			"text": "Жіберілсін",
			"learner": child.name,
			"centre": referral.centre,
		}
		with w.school.acting("SOC"):
			paper = frappe.get_doc(*w.key)
			paper.update({"decisions": [{**row, "responsible": w.school.staff["PSY"]}]})
			paper.save()


def executed(value: int):
	def mark(w: Walk):
		with w.school.acting("DEP"):
			paper = frappe.get_doc(*w.key)
			for row in paper.decisions:
				row.executed = value
			paper.save()

	mark.__name__ = f"executed {value}"
	return mark


def minutes_of_others(w: Walk) -> str:
	recorded = [row.user for row in w.doc.history if row.to_state == "Held"]
	return "A13" if recorded and recorded[-1] == w.school.users[w.actor] else ""


def adopted_lawfully(w: Walk) -> list[str]:
	return [
		*some("adopted without quorum", w.doc.docstatus == 1 and quorum_lacks(w)),
		*some("adopted without decision", w.doc.docstatus == 1 and not w.doc.decisions),
		*some("executed though not", w.state == "Executed" and not all(r.executed for r in w.doc.decisions)),
	]


PLAIN = {"kind": "DK9", "outcome": "Adopted", "text": "Назарға алынсын"}
MEETINGS = Course(
	MEETING,
	ready=supported,
	make=called,
	asked={
		"members": Asked(
			strangers_lack,
			{"attendees": lambda w: present(w.school, *MEMBERS, "TCH")},
			{"attendees": lambda w: present(w.school, *MEMBERS)},
		),
		"over": Asked(
			lambda w: "A14" if getdate(w.doc.date) > getdate() else "",
			{"date": lambda _w: day(1)},
			{"date": lambda _w: today()},
		),
		"others-minutes": Asked(minutes_of_others, first=True),
		"decided": filled("M36", {"decisions": [PLAIN]}, {"decisions": []}),
		"quorum": Asked(
			quorum_lacks,
			{"attendees": lambda w: present(w.school, "DEP", "SOC")},
			{"attendees": lambda w: present(w.school, *MEMBERS)},
		),
		"executed": Asked(
			lambda w: " ".join("M64" for row in w.doc.decisions if not row.executed), executed(0), executed(1)
		),
		"unused": Asked(
			lambda w: (
				"M62" if count(REFERRAL, meeting=w.doc.name, workflow_state="With administration") else ""
			),
			decide_on_referral,
		),
	},
	scribble={"place": "Басқа бөлме"},
	forbidden=adopted_lawfully,
	strangers=("PSY", "SPE"),
	carries=True,
)


# ---- B.10


def closed_centre(school) -> str:
	return school.kept("closed centre", lambda s: s.centre("Жабық орталық", active=0))


def walked_referral(school):
	child = plain(school)
	parent = child.representatives[0].representative
	return school.referral(child, subject="Both", representative=parent)


def sent_lawfully(w: Walk) -> list[str]:
	sent = w.doc.docstatus == 1 and w.state != "Not supported"
	return [
		*some("sent without decision", sent and decided("Adopted", "M32")(w)),
		*some("sent without the parent's agreement", sent and not w.doc.representative_agreed_on),
		*some("sent to a closed centre", sent and w.doc.centre == closed_centre(w.school)),
	]


REFERRALS = Course(
	REFERRAL,
	ready=lambda s: (plain(s), closed_centre(s), s.centre()),
	make=walked_referral,
	asked={
		"consent": Asked(BEGUN.lacks, withdraw, sign),
		"kept-consent": KEPT,
		"centre": Asked(
			lambda w: "M34" if w.doc.centre == closed_centre(w.school) else "",
			{"centre": lambda w: closed_centre(w.school)},
			{"centre": lambda w: w.school.centre()},
		),
		"decision": Asked(decided("Adopted", "M32"), {"decision_no": 0}, decide_for),
		"decision-against": Asked(decided("Rejected", "M32"), {"decision_no": 0}, decide_against),
		"sender": by("M33", "HEAD"),
		"agreed": filled("M66", {"representative_agreed_on": lambda _w: today()}),
		"answer": filled("M42", {"answered_on": lambda _w: today(), "answer_text": "Қабылданды"}),
		"result": filled(
			"M67", {"result_date": lambda _w: today(), "result_text": "Нәтиже", "recommendations": "Ұсыным"}
		),
		"follow-up": filled("M42", {"follow_up": "Бақыланады"}),
	},
	scribble={"reason": "Басқа мәтін"},
	forbidden=sent_lawfully,
	around=(meeting_decides, withdraw, sign),
)


# ---- B.11


def taught(school):
	return supported(school)


def walked_lesson(school):
	return support.session(school, [taught(school)], start="16:00:00", date=day(-1))


def first_child(w: Walk) -> str:
	return w.doc.attendance[0].learner


def lesson_consent(w: Walk) -> str:
	on = getdate(w.doc.date)
	rows = frappe.get_all(
		CONSENT,
		{"learner": first_child(w), "workflow_state": ("in", ("Signed", "Withdrawn"))},
		["workflow_state", "date_signed", "withdrawn_on"],
	)
	given = [r for r in rows if r.date_signed <= on]
	if any(r.workflow_state == "Signed" or r.withdrawn_on > on for r in given):
		return ""
	return "M03" if given else "M01"


def withdraw_taught(w: Walk):
	"""The statement is of a day before the lesson."""
	withdraw_for(w, first_child(w), withdrawn_on=day(-2))


def sign_taught(w: Walk):
	w.school.consent(frappe.get_doc("PPSS Learner", first_child(w)), date_signed=day(-1))


def programme_lacks(w: Walk) -> str:
	"""A programme was at work when the day of the lesson ended."""
	on = getdate(w.doc.date)
	for name in frappe.get_all(PROGRAMME, {"learner": first_child(w), "kind": "CDP"}, pluck="name"):
		steps = frappe.get_all("PPSS Transition", {"parent": name}, ["at", "to_state"], order_by="idx")
		taken = [step.to_state for step in steps if getdate(step.at) <= on]
		if taken and taken[-1] in ("Approved", "In implementation"):
			return ""
	return "M23"


def suspend_programme(w: Walk):
	step_programme(w, "In implementation", "Suspend")


def resume_programme(w: Walk):
	step_programme(w, "Suspended", "Resume")


def step_programme(w: Walk, state: str, action: str):
	"""Let the step be taken before the lesson."""
	own = {"learner": first_child(w), "kind": "CDP", "workflow_state": state}
	for name in frappe.get_all(PROGRAMME, own, pluck="name"):
		with w.school.acting("DEP"):
			paper = take(frappe.get_doc(PROGRAMME, name), action, "Емделуде")
		frappe.db.set_value("PPSS Transition", paper.history[-1].name, "at", get_datetime(day(-2)))


def held_lawfully(w: Walk) -> list[str]:
	held = w.state == "Held"
	return [
		*some("held in the future", held and getdate(w.doc.date) > getdate()),
		*some("held with two children", held and len(w.doc.attendance) != 1),
		*some("held for another time", held and w.doc.planned_minutes != 30),
		*some("held without minutes", held and not w.doc.actual_minutes),
	]


SESSIONS = Course(
	SESSION,
	ready=taught,
	make=walked_lesson,
	asked={
		"over": Asked(
			lambda w: "A14" if getdate(w.doc.date) > getdate() else "",
			{"date": lambda _w: day(1)},
			{"date": lambda _w: day(-1)},
		),
		"record": Asked(
			lambda w: " ".join("A21" for f in ("actual_minutes", "content") if not w.doc.get(f)),
			{"actual_minutes": 0},
			{"actual_minutes": 30, "content": "Сабақ"},
		),
		"consent": Asked(lesson_consent, withdraw_taught, sign_taught),
		"programme": Asked(programme_lacks, suspend_programme, resume_programme),
	},
	scribble={"observation": "Байқау"},
	forbidden=held_lawfully,
	strangers=("PSY", "SOC", "AST", "CAR"),
)


# ---- plans and requests


def plans_in_force(w: Walk) -> list[str]:
	own = {"organisation": w.school.organisation, "workflow_state": ("in", ("Approved", "Executed"))}
	return frappe.get_all(PLAN, own, pluck="name")


def rows_until(offset: int):
	return lambda w: [
		support.plan_row(w.school, f"DIR{n}", period_to=day(offset if n == 1 else 0)) for n in range(1, 6)
	]


def done(value: int):
	def mark(w: Walk):
		with w.school.acting("DEP"):
			paper = frappe.get_doc(*w.key)
			for row in paper.rows:
				row.done = value
			paper.save()

	mark.__name__ = f"done {value}"
	return mark


def plan_out_of_year(w: Walk) -> str:
	last = frappe.db.get_value("PPSS School Year", w.doc.school_year, "to_date")
	return " ".join("A42" for row in w.doc.rows if getdate(row.period_to) > last)


PLANS = Course(
	PLAN,
	ready=lambda s: s.kept("plan of the year", lambda s: support.annual_plan(s, "Approved")),
	make=lambda s: support.annual_plan(s, supersedes=s.keep["plan of the year"].name),
	asked={
		"year": Asked(plan_out_of_year, {"rows": rows_until(900)}, {"rows": rows_until(0)}),
		"section": filled("A21", {"organisation_plan_reference": "4-бөлім"}),
		"only": Asked(
			lambda w: "A39" if set(plans_in_force(w)) - {w.doc.supersedes} else "",
			{"supersedes": None},
			{"supersedes": lambda w: plans_in_force(w)[0]},
		),
		"done": Asked(
			lambda w: " ".join("A43" for row in w.doc.rows if not (row.done or row.result)), done(0), done(1)
		),
	},
	scribble={"organisation_plan_reference": "Басқа бөлім"},
	forbidden=lambda w: some("two plans in force", len(plans_in_force(w)) > 1),
)
REQUESTS = Course(
	REQUEST,
	ready=log.supported,
	make=lambda s: log.request(s),
	asked={
		"asked": by("A30", "PSY"),
		"answer": filled("A21", {"answer": "Кеңес"}),
		"asker": by("A30", "TCH", "DEP"),
	},
	scribble={"answer": "Басқа жауап"},
	forbidden=nothing,
	strangers=("SOC", "SPE", "AST", "CAR", "CLS"),
)


COURSES = {
	"order": ORDERS,
	"consent": CONSENTS,
	"pmpc": PMPC_PAPERS,
	"assessment": ASSESSMENTS,
	"list": LISTS,
	"IDP": IDPS,
	"CDP": CDPS,
	"ICP": ICPS,
	"meeting": MEETINGS,
	"referral": REFERRALS,
	"session": SESSIONS,
	"plan": PLANS,
	"request": REQUESTS,
}

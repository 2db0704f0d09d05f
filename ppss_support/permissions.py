"""Row scope of the permission matrix B.12: who works with a child today sees the child's papers, nobody else.

The matrix of roles stands in the DocTypes; here "case" is decided: member of the child's support case
on this day, the child's assistant, class teacher of the child's class, or the one who made the paper while it is a
draft. Head and deputies see their whole organisation; organisations are kept apart by User Permissions (see PPSS
Specialist).
"""

import os
from collections import defaultdict
from urllib.parse import unquote

import frappe
from frappe.utils import getdate

from ppss_support.constants import roles, states
from ppss_support.regulation import activities, journals, service_papers

LEADERS = {roles.HEAD, roles.DEPUTY}
# Who besides the leaders sees every row of a DocType: registrars keep registers, specialists choose learners.
WIDE_READERS = {
	"PPSS Consent": {roles.REGISTRAR},
	"PPSS PMPC Recommendation": {roles.REGISTRAR},
	"PPSS Referral": {roles.REGISTRAR},
	"PPSS Ethics Acknowledgement": {roles.REGISTRAR},
	"PPSS Representative": {roles.REGISTRAR, "System Manager"},
	"PPSS Learner": {
		roles.REGISTRAR,
		roles.PSYCHOLOGIST,
		roles.SOCIAL_PEDAGOGUE,
		roles.SPECIAL_PEDAGOGUE,
		"System Manager",
	},
}
# Who keeps the staff: units, appointments, files of qualification.
STAFF_KEEPERS = {*LEADERS, roles.REGISTRAR, roles.ACCOUNTANT}
# Kinds of paper that stand in the archive for their own readers only: when pay was closed, and why it was reopened.
ROWS_FOR_READERS = ("PPSS Pay Sheet",)
LEARNER_FIELD = {"PPSS Learner": "name"}
CLASS_TEACHER_SEES = {"PPSS Learner", "PPSS Support Case", "PPSS Consent"}
# Who besides the leaders reads entries about the children of the own cases; subject teachers read their own
# (B.12, KZ92-14.1.4d).
LOG_READERS = {
	roles.PSYCHOLOGIST,
	roles.SOCIAL_PEDAGOGUE,
	roles.SPECIAL_PEDAGOGUE,
	roles.ASSISTANT,
	roles.CAREER_GUIDE,
	roles.CLASS_TEACHER,
}
# Whose work a plan of help for an adolescent or family is, within their cases (KG-3.5, KG-6.1.5).
FAMILY_WORKERS = {roles.PSYCHOLOGIST, roles.SOCIAL_PEDAGOGUE}
# Fields of an entry that name those whose own it is; a study of the social situation is the work of two.
OWN_ENTRY = ("provider", "class_teacher", "social_pedagogue")
READS = ("read", "print", "select", "report", "export", "email")


def sees_all(doctype: str, user: str) -> bool:
	own = set(frappe.get_roles(user))
	return user == "Administrator" or bool(own & (LEADERS | WIDE_READERS.get(doctype, set())))


# ---- lists and reports


def case_query(doctype: str, user: str | None) -> str:
	"""Return the SQL condition that leaves the rows of the user's children, and the own ones not yet decided."""
	user = user or frappe.session.user
	if sees_all(doctype, user):
		return ""
	column = f"`tab{doctype}`.`{LEARNER_FIELD.get(doctype, 'learner')}`"
	who = frappe.db.escape(user)
	own_draft = (
		f"`tab{doctype}`.`owner` = {who} and `tab{doctype}`.`docstatus` = 0"
		f" and ifnull({column}, '') not in ({learners_left(who)})"
	)
	conditions = [f"{column} in ({learners_by_case(who)})", f"({own_draft})"]
	if doctype in CLASS_TEACHER_SEES:
		conditions.append(f"{column} in ({learners_by_class(who)})")
	return "(" + " or ".join(conditions) + ")"


def learners_by_case(who: str) -> str:
	"""Children the user supports today: as a member of the case, or as the appointed assistant."""
	member = f"{memberships(who)} and {within_today('m')} and c.learner not in ({learners_withdrawn()})"
	return f"{member} union {learners_accompanied(who)}"


def learners_withdrawn() -> str:
	"""Children whose consent was withdrawn and not given again, where the organisation ends access with it (KZ92-11.1)."""
	signed, withdrawn = (frappe.db.escape(state) for state in (states.SIGNED, states.WITHDRAWN))
	return (
		"select w.learner from `tabPPSS Consent` w join `tabPPSS Organisation` o on o.name = w.organisation"
		f" where o.withdrawal_ends_access = 1 and w.docstatus = 1 and w.workflow_state = {withdrawn}"
		" and w.learner not in (select g.learner from `tabPPSS Consent` g"
		f" where g.docstatus = 1 and g.workflow_state = {signed})"
	)


def learners_left(who: str) -> str:
	"""Children the user has supported as a member of the case, and does not any more."""
	return f"{memberships(who)} and not {within_today('m')} and c.learner not in ({learners_by_case(who)})"


def learners_accompanied(who: str) -> str:
	"""Children the user is appointed to as assistant, in the days of the appointment (KZ92-14.2.6b)."""
	return (
		"select a.learner from `tabPPSS Assistant Assignment` a"
		" join `tabPPSS Specialist` s on s.name = a.assistant"
		f" where s.active = 1 and s.user = {who} and a.docstatus = 1"
		f" and a.workflow_state = {frappe.db.escape(states.APPOINTED)} and {within_today('a')}"
	)


def within_today(row: str) -> str:
	day = frappe.db.escape(str(getdate()))
	return f"({row}.from_date <= {day} and ({row}.to_date is null or {row}.to_date >= {day}))"


def memberships(who: str) -> str:
	return (
		"select c.learner from `tabPPSS Support Case` c"
		" join `tabPPSS Case Membership` m on m.parent = c.name and m.parenttype = 'PPSS Support Case'"
		f" join `tabPPSS Specialist` s on s.name = m.specialist where s.active = 1 and s.user = {who}"
	)


def learners_by_class(who: str) -> str:
	return (
		"select l.name from `tabPPSS Learner` l join `tabPPSS Class` k on k.name = l.school_class"
		f" join `tabPPSS Specialist` s on s.name = k.class_teacher where s.active = 1 and s.user = {who}"
	)


def representative_query(user=None):
	"""Parents are read with their children, and by whoever has entered them for a child to come."""
	user = user or frappe.session.user
	if sees_all("PPSS Representative", user):
		return ""
	who, name = frappe.db.escape(user), "`tabPPSS Representative`.`name`"
	parents = (
		"select r.representative from `tabPPSS Learner Representative` r where r.parenttype = 'PPSS Learner'"
	)
	children = f"(r.parent in ({learners_by_case(who)}) or r.parent in ({learners_by_class(who)}))"
	own = f"(`tabPPSS Representative`.`owner` = {who} and {name} not in ({parents}))"
	return f"({name} in ({parents} and {children}) or {own})"


def learner_query(user=None):
	return case_query("PPSS Learner", user)


def support_case_query(user=None):
	return case_query("PPSS Support Case", user)


def consent_query(user=None):
	return case_query("PPSS Consent", user)


def pmpc_recommendation_query(user=None):
	return case_query("PPSS PMPC Recommendation", user)


def needs_assessment_query(user=None):
	return case_query("PPSS Needs Assessment", user)


def programme_query(user=None):
	return case_query("PPSS Programme", user)


def referral_query(user=None):
	return case_query("PPSS Referral", user)


def assistant_assignment_query(user=None):
	return case_query("PPSS Assistant Assignment", user)


def assessment_part_query(user=None):
	"""A sheet is read by its author and by the leader of the team."""
	user = user or frappe.session.user
	if sees_all("PPSS Assessment Part", user):
		return ""
	who = frappe.db.escape(user)
	return (
		"(`tabPPSS Assessment Part`.`specialist` in"
		f" (select s.name from `tabPPSS Specialist` s where s.user = {who})"
		" or `tabPPSS Assessment Part`.`assessment` in (select m.parent from `tabPPSS Assessment Member` m"
		f" join `tabPPSS Specialist` s on s.name = m.specialist where m.is_leader = 1 and s.user = {who}))"
	)


def ethics_acknowledgement_query(user=None):
	"""Everybody sees the own acknowledgements."""
	user = user or frappe.session.user
	if sees_all("PPSS Ethics Acknowledgement", user):
		return ""
	own = f"select s.name from `tabPPSS Specialist` s where s.user = {frappe.db.escape(user)}"
	return f"`tabPPSS Ethics Acknowledgement`.`specialist` in ({own})"


def appointment_query(user=None):
	return own_file_query("PPSS Appointment", user)


def qualification_query(user=None):
	return own_file_query("PPSS Qualification", user)


def own_file_query(doctype: str, user: str | None) -> str:
	"""What a person holds and has learnt is read by those who keep the staff and by the person, not by colleagues."""
	user = user or frappe.session.user
	if keeps_staff(user):
		return ""
	return f"`tab{doctype}`.`specialist` in ({staff_record(frappe.db.escape(user))})"


def archive_entry_query(user=None):
	return register_query("PPSS Archive Entry", user)


def freezing_query(user=None):
	return register_query("PPSS Freezing", user)


def register_query(doctype: str, user: str | None) -> str:
	"""Who keeps the archive sees the row of every paper, but those whose rows are for the paper's readers."""
	kinds = papers_withheld(user or frappe.session.user)
	names = ", ".join(frappe.db.escape(kind) for kind in kinds)
	return f"ifnull(`tab{doctype}`.`document_type`, '') not in ({names})" if kinds else ""


def papers_withheld(user: str) -> list[str]:
	return [kind for kind in ROWS_FOR_READERS if not frappe.has_permission(kind, "read", user=user)]


def session_query(user=None):
	return lesson_query("PPSS Session", "PPSS Attendance", "provider", user)


def session_group_query(user=None):
	return lesson_query("PPSS Session Group", "PPSS Group Member", "leader", user)


def lesson_query(doctype: str, children: str, person: str, user: str | None) -> str:
	"""A lesson or group is seen by whoever gives it and by those who work with one of its children."""
	user = user or frappe.session.user
	if sees_all(doctype, user):
		return ""
	who = frappe.db.escape(user)
	return (
		f"(`tab{doctype}`.`{person}` in (select s.name from `tabPPSS Specialist` s where s.user = {who})"
		f" or `tab{doctype}`.`name` in (select a.parent from `tab{children}` a"
		f" where a.learner in ({learners_by_case(who)})))"
	)


def activity_query(user=None):
	"""Own entries, and those about the children of the own cases.

	Protocols, crisis and prevention of suicide are for psychologists, work with families for social pedagogues too (KZ92-5.5,
	KG-3.5, OVR-P1).
	"""
	user = user or frappe.session.user
	if sees_all("PPSS Activity", user):
		return ""
	who, own = frappe.db.escape(user), set(frappe.get_roles(user))
	conditions = [f"`tabPPSS Activity`.`{field}` in ({staff_record(who)})" for field in OWN_ENTRY]
	if own & LOG_READERS:
		conditions.append(f"({about_own_children(who)} and {open_to(own)})")
	return "(" + " or ".join(conditions) + ")"


def staff_record(who: str) -> str:
	return f"select s.name from `tabPPSS Specialist` s where s.user = {who}"


def about_own_children(who: str) -> str:
	children = learners_by_case(who)
	return (
		f"(`tabPPSS Activity`.`learner` in ({children}) or `tabPPSS Activity`.`name` in"
		" (select p.parent from `tabPPSS Participant` p"
		f" where p.parenttype = 'PPSS Activity' and p.learner in ({children})))"
	)


def open_to(own_roles: set[str]) -> str:
	if roles.PSYCHOLOGIST in own_roles:
		return "1 = 1"
	closed = activities.PROTOCOLS
	if roles.SOCIAL_PEDAGOGUE not in own_roles:
		closed |= activities.FAMILY_PAPERS
	kinds = ", ".join(frappe.db.escape(kind) for kind in sorted(closed))
	suicide = frappe.db.escape(journals.SUICIDE_PREVENTION)
	return (
		f"`tabPPSS Activity`.`kind` not in ({kinds}) and `tabPPSS Activity`.`crisis` = 0"
		f" and ifnull(`tabPPSS Activity`.`problem_theme`, '') != {suicide}"
	)


def request_query(user=None):
	"""A request is seen by whoever asked, whoever was asked, by name or by role, and those who cooperate."""
	user = user or frappe.session.user
	if sees_all("PPSS Request", user):
		return ""
	who = frappe.db.escape(user)
	staff, table = staff_record(who), "`tabPPSS Request`"
	return (
		f"({table}.`from_person` in ({staff}) or {table}.`to_person` in ({staff})"
		f" or {table}.`name` in (select m.parent from `tabPPSS Case Member` m"
		f" where m.parenttype = 'PPSS Request' and m.specialist in ({staff}))"
		f" or (ifnull({table}.`to_person`, '') = '' and {table}.`to_role` in (select t.term from `tabPPSS Term Item` t"
		f" where t.parenttype = 'PPSS Specialist' and t.parent in ({staff}))))"
	)


def service_paper_query(user=None):
	"""All who keep papers of the service read them; one that names a child or family only those of the case (KG-3.5, D-39)."""
	user = user or frappe.session.user
	if sees_all("PPSS Service Paper", user):
		return ""
	who, table = frappe.db.escape(user), "`tabPPSS Service Paper`"
	conditions = [
		f"ifnull({table}.`kind`, '') != {frappe.db.escape(service_papers.HELP_PLAN)}",
		f"{table}.`author` in ({staff_record(who)})",
	]
	if FAMILY_WORKERS & set(frappe.get_roles(user)):
		conditions.append(f"{table}.`learner` in ({learners_by_case(who)})")
	return "(" + " or ".join(conditions) + ")"


def provision_query(user=None):
	"""What stands in the building is seen by all who read provisions, a child's things by those who support it."""
	condition = case_query("PPSS Provision", user)
	return condition and f"({condition} or ifnull(`tabPPSS Provision`.`learner`, '') = '')"


# ---- single documents


def has_permission(doc, ptype=None, user=None) -> bool:
	"""Tell whether the document is within the user's scope; role rights are the framework's matter."""
	user = user or frappe.session.user
	if sees_all(doc.doctype, user):
		return True
	if doc.doctype == "PPSS Assessment Part":
		return part_in_scope(doc, ptype, user)
	if doc.doctype == "PPSS Support Case" and doc.is_new():
		return True
	learner = doc.get(LEARNER_FIELD.get(doc.doctype, "learner"))
	if not learner:
		# A blank form: nothing of any child is in it yet.
		return doc.is_new()
	return works_with(learner, user, doc.doctype) or own_draft(doc, learner, user)


def own_draft(doc, learner: str, user: str) -> bool:
	"""Whoever began a paper finishes it, unless they have left the child's case meanwhile."""
	mine = doc.owner == user and not doc.is_new() and doc.docstatus == 0
	return mine and not among(learner, learners_left(frappe.db.escape(user)))


def activity_has_permission(doc, ptype=None, user=None) -> bool:
	"""Own entries are written, about children within reach; others are read as the list shows them."""
	user = user or frappe.session.user
	if sees_all(doc.doctype, user):
		return True
	names = OWN_ENTRY if doc.kind == activities.SOCIAL_STUDY else OWN_ENTRY[:1]
	own = {doc.get(field) for field in names} - {None, ""}
	if not own or is_staff_record(own, user):
		return doc.docstatus != 0 or ptype in READS or all_in_reach(children_of(doc), user)
	return not doc.is_new() and ptype in READS and in_list(doc, user)


def request_has_permission(doc, ptype=None, user=None) -> bool:
	"""Whoever asks begins a request, about a child within reach; who merely cooperates reads it."""
	user = user or frappe.session.user
	if sees_all(doc.doctype, user):
		return True
	if doc.is_new():
		mine = not doc.from_person or is_staff_record({doc.from_person}, user)
		return mine and all_in_reach({doc.learner} - {None, ""}, user)
	cooperates = is_staff_record({row.specialist for row in doc.cooperating}, user)
	asked_or_asking = is_staff_record({doc.from_person, doc.to_person} - {None, ""}, user)
	return in_list(doc, user) and (ptype in READS or asked_or_asking or not cooperates)


def service_paper_has_permission(doc, ptype=None, user=None) -> bool:
	"""A plan of help is written by its author, about a child within reach; others read it as the list shows it."""
	user = user or frappe.session.user
	if sees_all(doc.doctype, user) or not service_papers.names_somebody(doc.kind):
		return True
	if not doc.author or is_staff_record({doc.author}, user):
		return doc.docstatus != 0 or ptype in READS or all_in_reach({doc.learner} - {None, ""}, user)
	return not doc.is_new() and ptype in READS and in_list(doc, user)


def provision_has_permission(doc, ptype=None, user=None) -> bool:
	user = user or frappe.session.user
	return not doc.learner or has_permission(doc, ptype, user)


def representative_has_permission(doc, ptype=None, user=None) -> bool:
	return doc.is_new() or in_list(doc, user or frappe.session.user)


def is_staff_record(specialists: set[str], user: str) -> bool:
	return frappe.db.get_value("PPSS Specialist", {"user": user}) in specialists


def children_of(doc) -> set[str]:
	return {doc.get("learner"), *(row.learner for row in doc.participants)} - {None, ""}


def all_in_reach(learners: set[str], user: str) -> bool:
	"""Tell whether the user may choose each of these learners."""
	if not learners:
		return True
	seen = frappe.get_list("PPSS Learner", {"name": ("in", list(learners))}, pluck="name", user=user, limit=0)
	return learners <= set(seen)


def in_list(doc, user: str) -> bool:
	return bool(frappe.get_list(doc.doctype, {"name": doc.name}, pluck="name", user=user, limit=1))


def works_with(learner: str, user: str, doctype: str) -> bool:
	"""Tell whether the user is a member of the learner's case or, where that counts, the class teacher."""
	who = frappe.db.escape(user)
	sources = [learners_by_case(who)]
	if doctype in CLASS_TEACHER_SEES:
		sources.append(learners_by_class(who))
	return among(learner, *sources)


def among(learner: str, *sources: str) -> bool:
	"""Tell whether one of these queries for learners gives this one."""
	name = frappe.db.escape(learner)
	return bool(frappe.db.sql("select " + " or ".join(f"{name} in ({source})" for source in sources))[0][0])


def part_in_scope(doc, ptype, user: str) -> bool:
	specialist = frappe.db.get_value("PPSS Specialist", {"user": user})
	if doc.specialist == specialist:
		return True
	leads = {"parent": doc.assessment, "specialist": specialist, "is_leader": 1}
	return ptype in ("read", "print", "select") and bool(
		specialist and frappe.db.exists("PPSS Assessment Member", leads)
	)


def lesson_has_permission(doc, ptype=None, user=None) -> bool:
	"""Own lessons are written by whoever gives them; those who work with a child of the lesson read it."""
	user = user or frappe.session.user
	if sees_all(doc.doctype, user):
		return True
	person = doc.get("provider") or doc.get("leader")
	if not person or frappe.db.get_value("PPSS Specialist", person, "user") == user:
		return True
	rows = doc.get("attendance") or doc.get("members") or []
	reads = ptype in ("read", "print", "select", "report")
	return reads and any(works_with(row.learner, user, doc.doctype) for row in rows)


def meeting_has_permission(doc, ptype=None, user=None) -> bool:
	"""Members read minutes; besides deputy heads only the secretary writes them, and the registrar the agenda."""
	user = user or frappe.session.user
	own = set(frappe.get_roles(user))
	if user == "Administrator" or ptype != "write" or own & {*LEADERS, roles.REGISTRAR}:
		return True
	return frappe.db.get_value("PPSS Specialist", doc.secretary, "user") == user


def acknowledgement_has_permission(doc, ptype=None, user=None) -> bool:
	user = user or frappe.session.user
	if sees_all(doc.doctype, user) or not doc.specialist:
		return True
	return frappe.db.get_value("PPSS Specialist", doc.specialist, "user") == user


def keeps_staff(user: str) -> bool:
	return user == "Administrator" or bool(STAFF_KEEPERS & set(frappe.get_roles(user)))


def own_file_has_permission(doc, ptype=None, user=None) -> bool:
	user = user or frappe.session.user
	return keeps_staff(user) or is_staff_record({doc.specialist}, user)


def register_has_permission(doc, ptype=None, user=None) -> bool:
	return doc.document_type not in papers_withheld(user or frappe.session.user)


def document_type_has_permission(doc, ptype=None, user=None) -> bool:
	"""What every organisation shares is changed by the administrator; its own rows by each organisation."""
	user = user or frappe.session.user
	changes = ptype in ("write", "delete") and not doc.organisation and not doc.is_new()
	return not changes or user == "Administrator" or "System Manager" in frappe.get_roles(user)


def pack_has_permission(doc, ptype=None, user=None) -> bool:
	"""A pack is its maker's as long as they may read every child and paper in it."""
	user = user or frappe.session.user
	if doc.is_new() or sees_all(doc.doctype, user):
		return True
	inside = defaultdict(set)
	for row in doc.items:
		inside[row.document_type].add(row.document)
		inside["PPSS Learner"].add(row.learner)
	return all(still_read(doctype, names - {None, ""}, user) for doctype, names in inside.items())


def still_read(doctype: str, names: set[str], user: str) -> bool:
	"""Tell whether the user reads each of these papers that is still there."""
	own = {"name": ("in", list(names))}
	there = set(frappe.get_all(doctype, own, pluck="name")) if names else set()
	return not there or (
		frappe.has_permission(doctype, "read", user=user)
		and there <= set(frappe.get_list(doctype, own, pluck="name", user=user, limit=0))
	)


def reads_bytes(file) -> bool:
	"""Tell whether the private file an address leads to, if there is one, is open to the user by one of its rows."""
	address = unquote(str(file.file_url or file.file_name or ""))
	folder = os.path.realpath(frappe.get_site_path("private", "files"))
	path = os.path.realpath(os.path.join(folder, address.removeprefix("/private/files/").lstrip("/")))
	own = {"file_url": f"/private/files/{os.path.relpath(path, folder)}", "name": ("!=", file.name or "")}
	rows = frappe.get_all("File", own, pluck="name")
	return not rows or any(frappe.has_permission("File", "read", name) for name in rows)

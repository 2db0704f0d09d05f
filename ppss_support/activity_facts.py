"""What the rules of the activity log and of requests need to know, read from the site: plain values, no judgement.

As in `facts`, reads pass over the user's row scope on purpose.
"""

from collections import Counter

import frappe
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.regulation import documents

LEADERS = frozenset({"HEAD", "DEP", "DVR"})


def parent_term(code: str | None) -> str | None:
	return code and frappe.get_cached_value("PPSS Term", code, "parent_term")


def full_names(doctype: str, names: list[str]) -> dict[str, str]:
	if not names:
		return {}
	return dict(frappe.get_all(doctype, {"name": ("in", names)}, ["name", "full_name"], as_list=True))


def name_and_activity(specialist: str) -> tuple[str, bool]:
	"""Return the full name of a specialist and whether they still work here."""
	name, active = frappe.db.get_value("PPSS Specialist", specialist, ["full_name", "active"])
	return name, bool(active)


def qualification(specialist: str) -> tuple[str | None, bool]:
	"""Return the variant of clause 20 a specialist's file names, and whether a diploma with number and date stands in it."""
	file = frappe.db.get_value(
		"PPSS Qualification", {"specialist": specialist}, ["name", "qualification_variant"]
	)
	if not file:
		return None, False
	diploma = {"parent": file[0], "diploma_no": ("is", "set"), "diploma_date": ("is", "set")}
	return file[1], bool(frappe.db.exists("PPSS Education", diploma))


def works_with(specialist: str | None, learner: str | None) -> bool:
	"""Tell whether a specialist leads the organisation, is the child's class teacher or a member of its case today."""
	if not specialist or not learner:
		return False
	if facts.roles_of(specialist) & LEADERS:
		return True
	case = frappe.db.get_value("PPSS Support Case", {"learner": learner, "status": "Open"})
	today = getdate()
	rows = frappe.get_all(
		"PPSS Case Membership", {"parent": case or "", "specialist": specialist}, ["from_date", "to_date"]
	)
	member = any(
		getdate(row.from_date) <= today and (not row.to_date or getdate(row.to_date) >= today) for row in rows
	)
	return member or specialist in facts.people_of_child(learner, None)


def methods_unfit(methods: list[str]) -> tuple[list[str], list[str]]:
	"""Return the titles of those out of use, and of those that are other papers of the library."""
	if not methods:
		return [], []
	fields = ["title", "active", "kind"]
	rows = frappe.get_all("PPSS Method", {"name": ("in", methods)}, fields, order_by="title")
	used = [row for row in rows if not row.active]
	return [row.title for row in used], [row.title for row in rows if row.kind != documents.METHOD]


def partner_kind(partner: str | None) -> str | None:
	return partner and frappe.db.get_value("PPSS Partner Organisation", partner, "kind")


def discussions(organisation: str, school_year: str) -> int:
	"""Return how many discussions of results, effectiveness or plans stand recorded in the school year."""
	own = {"organisation": organisation, "school_year": school_year, "docstatus": 1, "kind": "DISCUSSION"}
	return frappe.db.count("PPSS Activity", own)


def struck_out(activity: str) -> bool:
	return bool(frappe.db.exists("PPSS Activity", {"name": activity, "workflow_state": states.STRUCK_OUT}))


# ---- people who are asked


def logins_of(specialists: list[str]) -> list[str]:
	filters = {"name": ("in", specialists or [""]), "active": 1, "user": ("is", "set")}
	return frappe.get_all("PPSS Specialist", filters, pluck="user", order_by="full_name")


def holders_of(role: str | None, organisation: str) -> list[str]:
	"""Return the specialists of the organisation who have a role."""
	holders = frappe.get_all(
		"PPSS Term Item", {"parenttype": "PPSS Specialist", "term": role}, pluck="parent"
	)
	filters = {"name": ("in", holders or [""]), "organisation": organisation, "active": 1}
	return frappe.get_all("PPSS Specialist", filters, pluck="name")


# ---- the year of a child


def recorded_about(learner: str, school_year: str, fields: list[str], **filters) -> list:
	"""Return the recorded entries a child is named in, whether as the one it is about or among the participants."""
	named = {"parenttype": "PPSS Activity", "learner": learner}
	among = frappe.get_all("PPSS Participant", named, pluck="parent")
	stands = {"school_year": school_year, "docstatus": 1, **filters}
	either = {"learner": learner, "name": ("in", among or [""])}
	return frappe.get_all("PPSS Activity", stands, fields, or_filters=either)


def consultations_by_client(learner: str, school_year: str) -> Counter:
	"""Return how many consultations about a child were given to each kind of client in the school year."""
	rows = recorded_about(learner, school_year, ["client_type"], kind="CONSULTATION")
	return Counter(row.client_type for row in rows)


def conditions_required(assessment: str | None) -> list[tuple[str, bool]]:
	"""Return the special conditions an assessment names and whether each is provided."""
	rows = frappe.get_all(
		"PPSS Special Condition", {"parent": assessment or ""}, ["condition", "provided"], order_by="idx"
	)
	return [(row.condition, bool(row.provided)) for row in rows]


def contents_planned(learner: str, school_year: str) -> list[str]:
	"""Return the items of clauses 12 and 13 in the child's running programmes, in the order of their codes."""
	running = {
		"learner": learner,
		"school_year": school_year,
		"workflow_state": ("in", (*states.RUNNING_PROGRAMME, states.COMPLETED)),
	}
	programmes = frappe.get_all("PPSS Programme", running, pluck="name")
	rows = frappe.get_all("PPSS Programme Content", {"parent": ("in", programmes or [""])}, pluck="content")
	return sorted(set(rows))


def contents_given(learner: str, school_year: str) -> set[str]:
	"""Return the items for which something stands recorded: an entry of the log, a thing provided, a lesson held."""
	given = {row.content for row in recorded_about(learner, school_year, ["content"])}
	given |= set(provided(learner))
	if lessons_held(learner, school_year):
		given |= {"CT3", "CN7"}
	return given - {None}


def provided(learner: str) -> list[str]:
	return frappe.get_all("PPSS Provision", {"learner": learner, "status": "In Place"}, pluck="code")


def lessons_held(learner: str, school_year: str) -> bool:
	attended = frappe.get_all(
		"PPSS Attendance", {"learner": learner, "present": 1, "docstatus": 1}, pluck="parent"
	)
	held = {"name": ("in", attended or [""]), "school_year": school_year, "workflow_state": states.HELD}
	return bool(frappe.db.exists("PPSS Session", held))


def requests_overdue() -> list:
	"""Return the requests nobody has answered in their term."""
	return frappe.get_all(
		"PPSS Request",
		[
			["workflow_state", "in", (states.NEW, states.TAKEN_UP)],
			["due", "is", "set"],
			["due", "<", getdate()],
		],
		["name", "kind", "due", "organisation", "to_person", "to_role"],
		order_by="due, name",
	)

"""What a named person decides where order No 338 leaves it open; the program only keeps it beside its own result.

A verdict is given by its own door, to the file of another, with a reason; it is neither changed nor removed, a later one
of the same position and category takes its place.
"""

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts, qualification_facts, staffing_facts
from ppss_support.answers import answer
from ppss_support.permissions import LEADERS
from ppss_support.print_helpers import short_date
from ppss_support.regulation import eligibility
from ppss_support.regulation.rules import reason_given

VERDICTS = ("Met", "Not Met")
KEPT = ("position", "qualification_category", "verdict", "reason", "decided_on", "decided_by", "rests_on")


def judged(file, position: str, category: str | None) -> tuple[str, list[eligibility.Answer], str]:
	"""Return result, answers and the category asked about: the one given, else the highest held, else the first."""
	record = qualification_facts.record_of(file, getdate())
	asked = category or eligibility.highest(record.categories) or eligibility.CATEGORIES[0]
	special = bool(facts.organisation(file.organisation).is_special)
	result, answers = eligibility.judge(qualification_facts.requirements()[position], record, asked, special)
	return result, answers, asked


@frappe.whitelist(methods=["POST"])
def give(file: str, position: str, verdict: str, reason: str | None = None, category: str | None = None):
	"""Keep the verdict of the head or a deputy head on a position of order No 338.

	category: as the report asks it; empty for the highest one held. Refuses what the program decides itself (A98), the
	own file (A106), and a verdict without a reason (M42).
	"""
	doc = frappe.get_doc(qualification_facts.FILE, file)
	doc.check_permission("read")
	if not LEADERS & set(frappe.get_roles()):
		raise frappe.PermissionError
	if verdict not in VERDICTS or position not in qualification_facts.requirements():
		frappe.throw(_("Choose a position whose requirements are kept, and whether they are met."))
	result, answers, asked = judged(doc, position, category)
	person = facts.person_of_user(frappe.session.user)
	title = staffing_facts.titles([position])[position]
	own = person.name == doc.specialist
	answer(eligibility.verdict_needed(title, result, own) + reason_given(reason))
	row = {
		"position": position,
		"qualification_category": asked,
		"verdict": verdict,
		"reason": reason,
		"decided_on": getdate(),
		"decided_by": person.full_name,
		"decider_position": person.position,
		"user": frappe.session.user,
		"rests_on": eligibility.state_of(result, answers),
	}
	doc.append("verdicts", row)
	doc.flags.verdict = True
	# The head judges files and writes in none of them: the verdict is all that is added.
	doc.save(ignore_permissions=True)


def text_of(file, position: str, category: str, result: str, answers) -> str:
	"""Return the last verdict on this position and category in the reader's language; empty where none is needed or given."""
	given = [
		row
		for row in (file.verdicts if file else ())
		if (row.position, row.qualification_category) == (position, category)
	]
	if result != eligibility.PERSON or not given:
		return ""
	last = given[-1]
	who = f"{last.decided_by}, {short_date(last.decided_on)}"
	text = f"{_(last.verdict)} ({who}): {last.reason}"
	if last.rests_on != eligibility.state_of(result, answers):
		return _("{0} – given on an earlier state of the file").format(text)
	return text

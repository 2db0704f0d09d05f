"""RP1: who has consented to support, and who has not (KZ92-11.1)."""

import frappe
from frappe import _

from ppss_support.constants import states
from ppss_support.names import sort_key
from ppss_support.regulation.finding import Label
from ppss_support.reporting import reads
from ppss_support.reporting.frame import Frame, column, frame_of, label_of, opening

MISSING = Label("Missing")
FIELDS = ["name", "learner", "learner_full_name", "class_text", "representative_full_name", "relation"]
DATES = ["workflow_state", "date_signed", "valid_to", "refused_on", "withdrawn_on"]
# The day on which a consent came to the state it is in.
DAY_OF = {
	states.SIGNED: "date_signed",
	states.REFUSED: "refused_on",
	states.WITHDRAWN: "withdrawn_on",
	states.EXPIRED: "valid_to",
}


def execute(filters=None):
	return columns(), rows(frame_of(filters))


def columns() -> list[dict]:
	return [
		opening("learner_name", _("Learner"), "PPSS Learner", by="learner"),
		column("class_title", _("Class"), width=90),
		column("representative", _("Representative"), width=200),
		column("relation", _("Relation")),
		column("state", _("State"), width=120),
		column("day", _("Date"), "Date", 110),
		column("valid_to", _("Valid to"), "Date", 110),
		opening("name", _("Consent"), "PPSS Consent", 170),
	]


def rows(frame: Frame) -> list[dict]:
	"""Return a row for each consent, and one for each open case without any."""
	pupils = reads.present(reads.children(frame), frame)
	consents = frappe.get_list(
		"PPSS Consent", {**frame.here, "docstatus": ("<", 2)}, [*FIELDS, *DATES], limit=0
	)
	found = [consent_row(consent) for consent in consents if consent.learner in pupils]
	known = {consent.learner for consent in consents}
	found += [
		missing_row(name, pupils[name]) for name in supported(frame) if name in pupils and name not in known
	]
	wanted = frame.chosen.state
	kept = [row for row in found if not wanted or row["code"] == wanted]
	return sorted(kept, key=lambda row: (sort_key(row["learner_name"]), str(row["day"] or "")))


def supported(frame: Frame) -> list[str]:
	"""Return the children with an open case whom the reader may see."""
	return frappe.get_list(
		"PPSS Support Case", {**frame.this_year, "status": "Open"}, pluck="learner", limit=0
	)


def consent_row(consent: frappe._dict) -> dict:
	day = DAY_OF.get(consent.workflow_state)
	return {
		"name": consent.name,
		"learner": consent.learner,
		"learner_name": consent.learner_full_name,
		"class_title": consent.class_text,
		"representative": consent.representative_full_name,
		"relation": label_of(consent.relation),
		"code": consent.workflow_state,
		"state": _(consent.workflow_state),
		"day": consent[day] if day else None,
		"valid_to": consent.valid_to,
	}


def missing_row(name: str, learner: frappe._dict) -> dict:
	return {
		"learner": name,
		"learner_name": learner.full_name,
		"class_title": learner.class_title,
		"code": MISSING,
		"state": _(MISSING),
		"day": None,
	}

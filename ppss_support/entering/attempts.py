"""One row tried by the rules of the records it makes: what is refused is taken back and told, the others stand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import frappe
from frappe.utils import strip_html

from ppss_support import facts
from ppss_support.regulation.finding import Finding

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
SAVED = "row"


class Refused(Exception):
	"""A row cannot be entered; `found` gives findings by field."""

	def __init__(self, name: str, findings: Iterable[Finding]):
		super().__init__()
		self.found = [(name, finding) for finding in findings]


def need(name: str, findings: Iterable[Finding]):
	"""Refuse the row for what is wrong with this field; "" is the row as a whole."""
	findings = list(findings)
	if findings:
		raise Refused(name, findings)


@dataclass
class Outcome:
	"""What became of a row: findings by field, and what the rules of its records have said."""

	kind: str
	found: list[tuple[str, Finding]] = field(default_factory=list)
	said: list[str] = field(default_factory=list)


def attempt(work: Callable[[], str]) -> Outcome:
	frappe.clear_messages()
	frappe.db.savepoint(SAVED)
	try:
		return Outcome(work(), said=messages())
	except Refused as refused:
		outcome = Outcome(REFUSED, refused.found)
	except (frappe.ValidationError, frappe.PermissionError) as error:
		outcome = Outcome(REFUSED, said=reasons_of(error))
	facts.undo(SAVED)
	frappe.clear_messages()
	return outcome


def reasons_of(error: Exception) -> list[str]:
	"""Return what the rules of the record have said; of several refusals each."""
	frappe.local.response.pop("ppss_codes", None)
	several = error.args and isinstance(error.args[0], list | tuple)
	said = error.args[0] if several else messages() or [str(error)]
	return [strip_html(str(text)) or type(error).__name__ for text in said]


def messages() -> list[str]:
	"""Return what has been said while the row was saved; of a list each line."""
	said = (one.get("message") for one in frappe.get_message_log())
	lines = (line for text in said for line in (text if isinstance(text, list) else [text]))
	return [strip_html(str(line or "")) for line in lines]

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.regulation.finding import Finding, Label
from ppss_support.retention import blanking, execute, records

MOST = 2000
# What stands on a row besides what the program finds anew.
CHOSEN = ("kept",)


class PPSSDestructionAct(Paper):
	"""Records whose time is over: proposed by one person, approved by another, destroyed in the background."""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	APPROVE = (states.WITH_HEAD, states.APPROVED)
	RETURN = (states.WITH_HEAD, states.RETURNED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("something_due",)),
		APPROVE: ("by_another", "still_due", "take_number"),
	}
	EFFECTS = {APPROVE: ("carry_out",)}
	REASONS = frozenset({RETURN})
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	def complete(self):
		super().complete()
		before = self.get_doc_before_save()
		if not before or before.workflow_state in (states.DRAFT, states.RETURNED):
			self.find_records()

	def find_records(self):
		"""List what is due today; what was left out by hand stays left out."""
		left_out = {(row.document_type, row.document) for row in self.rows if row.kept}
		found = records.due(self.organisation, MOST)
		register = records.register_rows({(row["document_type"], row["document"]) for row in found})
		self.set("rows", [])
		for row in found:
			key = (row["document_type"], row["document"])
			self.append(
				"rows", {**row, **register.get(key, {}), "kept": int(key in left_out), "status": "Waiting"}
			)
		self.what_goes = "\n".join(
			what_goes(kind) for kind in dict.fromkeys(row.document_type for row in self.rows)
		)

	# ---- guards

	def something_due(self) -> list[Finding]:
		chosen = [row for row in self.rows if not row.kept]
		return [] if chosen else [Finding.of("A21", Label("Records to Destroy"))]

	def by_another(self) -> list[Finding]:
		"""Two pairs of eyes: neither who wrote the act nor who submitted it approves it."""
		makers = {self.owner} | {row.user for row in self.history if row.to_state == states.WITH_HEAD}
		return [Finding.of("A86")] if frappe.session.user in makers else []

	def still_due(self) -> list[Finding]:
		today = {(row["document_type"], row["document"]) for row in records.due(self.organisation, MOST)}
		gone = [
			row.document
			for row in self.rows
			if not row.kept and (row.document_type, row.document) not in today
		]
		return [Finding.of("A87", ", ".join(gone))] if gone else []

	def take_number(self) -> list[Finding]:
		self.number = facts.next_number("destruction", self.organisation, str(getdate().year))
		return []

	# ---- effects

	def carry_out(self):
		execute.enqueue(self.name)

	@property
	def approved_step(self):
		steps = [row for row in self.history if row.to_state == states.APPROVED]
		return steps[-1] if steps else None


def what_goes(kind: str) -> str:
	labels = [_(df.label) for df in blanking.fields_blanked(kind) if df.label]
	return f"{_(kind)}: {', '.join(dict.fromkeys(labels))}."

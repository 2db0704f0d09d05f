import frappe
from frappe.utils import getdate

from ppss_support.answers import text_of
from ppss_support.constants import states
from ppss_support.controllers.paper import Paper
from ppss_support.payroll import figures, inputs, link, matching
from ppss_support.payroll.explain import explained
from ppss_support.regulation import pay
from ppss_support.regulation.finding import Finding, Label


class PPSSPaySheet(Paper):
	"""Pay of a month or a tariff list: computed, explained, closed by the head; a reopened one stays as it was (ALM-21)."""

	SUBMIT = ((states.DRAFT, states.WITH_HEAD), (states.RETURNED, states.WITH_HEAD))
	RETURN = (states.WITH_HEAD, states.RETURNED)
	CLOSE = (states.WITH_HEAD, states.CLOSED)
	REOPEN = (states.CLOSED, states.REOPENED)
	COMPUTED_IN = (None, states.DRAFT, states.RETURNED)

	GUARDS = {
		**dict.fromkeys(SUBMIT, ("computable", "somebody_paid")),
		CLOSE: ("computable", "somebody_paid", "unchanged"),
	}
	EFFECTS = {CLOSE: ("pass_to_payroll",), REOPEN: ("take_from_payroll", "begin_next_version")}
	REASONS = frozenset({RETURN, REOPEN})
	OPEN_FIELDS = frozenset({"archive_index", "print_language"})

	def complete(self):
		super().complete()
		before = self.get_doc_before_save()
		if (before and before.workflow_state) in self.COMPUTED_IN:
			self.compute()

	def compute(self):
		"""Fill the figures anew from what holds now."""
		day = getdate(self.date)
		month = pay.Month.of(day)
		self.from_date, self.to_date = (month.first, month.last) if self.is_monthly else (day, day)
		result, people = inputs.compute(self.organisation, self.kind, day)
		earlier = self.amended_from and frappe.db.get_value(self.doctype, self.amended_from, "version")
		self.version = (earlier or 0) + 1
		self.set("rows", [])
		self.extend("rows", figures.rows_of(result, people, getdate(self.to_date)))
		self.total = float(result.total)
		self.norm_days = max((int(part.norm) for part in result.parts if not part.by_hours), default=0)

	@property
	def is_monthly(self) -> bool:
		return self.kind == inputs.MONTHLY

	def onload(self):
		super().onload()
		self.set_onload("explained", [{"row": row.idx, "parts": explained(row)} for row in self.rows])
		self.set_onload("payroll", link.is_linked())
		self.set_onload("employees", matching.has_employees())
		if self.workflow_state in self.COMPUTED_IN and not self.is_new():
			self.set_onload("missing", [text_of(finding) for finding in self.computable()])

	def check_always(self) -> list[Finding]:
		same = {"organisation": self.organisation, "kind": self.kind, "docstatus": ("<", 2)}
		found = frappe.db.get_value(
			self.doctype, {**same, "from_date": self.from_date, "name": ("!=", self.name)}
		)
		return [Finding.of("A115", Label(self.kind), self.period, found)] if found else []

	@property
	def period(self) -> str:
		day = getdate(self.from_date)
		return f"{day:%m.%Y}" if self.is_monthly else f"{day:%d.%m.%Y}"

	# ---- guards

	def computable(self) -> list[Finding]:
		return list(inputs.compute(self.organisation, self.kind, getdate(self.date))[0].findings)

	def somebody_paid(self) -> list[Finding]:
		return [] if self.rows else [Finding.of("A117", self.period)]

	def unchanged(self) -> list[Finding]:
		result, people = inputs.compute(self.organisation, self.kind, getdate(self.date))
		now = [frappe._dict(row) for row in figures.rows_of(result, people, getdate(self.to_date))]
		return [Finding.of("A116")] if figures.totals(now) != figures.totals(self.rows) else []

	# ---- effects

	def pass_to_payroll(self):
		if self.is_monthly:
			link.note(self, link.make_documents(self))

	def take_from_payroll(self):
		if self.is_monthly:
			link.note(self, link.remove_documents(self))

	def begin_next_version(self):
		"""The reopened sheet stays as it was; what is computed anew is its next version."""
		sheet = frappe.new_doc(self.doctype)
		values = {"organisation": self.organisation, "kind": self.kind, "date": self.date}
		sheet.update({**values, "print_language": self.print_language, "amended_from": self.name})
		# The head reopens; new sheets are the accountant's, who has the right to make them.
		sheet.insert(ignore_permissions=True)

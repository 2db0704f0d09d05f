"""Papers of the accountant: the tariff list of a day and the pay sheet of a month (ALM-21)."""

from decimal import Decimal

import frappe
from frappe import _

from ppss_support.constants import states
from ppss_support.paper_view import PaperView
from ppss_support.payroll import explain, inputs
from ppss_support.print_helpers import last_step, short_date

WIDTHS = {
	inputs.MONTHLY: (4, 19, 19, 7, 6, 6, 11, 10, 9, 9),
	inputs.TARIFF_LIST: (3, 15, 14, 9, 12, 6, 6, 11, 8, 8, 8),
}


class PayView(PaperView):
	"""A sheet as it stands; how each figure was computed follows the table."""

	TITLES = {inputs.MONTHLY: "PAY SHEET", inputs.TARIFF_LIST: "TARIFF LIST"}
	NUMBER = "name"

	@property
	def title(self) -> str:
		return _(self.TITLES[self.doc.kind])

	@property
	def mark(self) -> str:
		return {0: _("DRAFT"), 2: _("REOPENED")}.get(self.doc.docstatus, "")

	@property
	def is_monthly(self) -> bool:
		return self.doc.kind == inputs.MONTHLY

	@property
	def heading(self) -> str:
		first, last = short_date(self.doc.from_date), short_date(self.doc.to_date)
		text = _("{0} – {1}").format(first, last) if self.is_monthly else _("as of {0}").format(first)
		version = self.doc.version or 1
		return f"{text}, {_('version {0}').format(version)}" if version > 1 else text

	@property
	def heads(self) -> list[tuple[str, str]]:
		monthly = [_("Units"), _("Days"), _("Hours")]
		tariff = [_("Education"), _("Category, valid until"), _("Service, years"), _("Units")]
		names = [
			"№",
			_("Full Name"),
			_("Position"),
			*(monthly if self.is_monthly else tariff),
			_("Official salary, tenge"),
			_("Accrued for the position") if self.is_monthly else _("Salary for the units"),
			_("Surcharges"),
			_("Total, tenge"),
		]
		return [(name, f"{width}%") for name, width in zip(names, WIDTHS[self.doc.kind], strict=True)]

	def cells(self, number: int, row) -> list[tuple[str, str]]:
		"""Return the texts of a row and how each stands in its column."""
		post = f"{row.position_title} ({_('By Combination').lower()})" if row.combined else row.position_title
		worked = [self.plain(row.worked_days), self.plain(row.hours)]
		about = [self.option(row.education), self.category(row), str(row.service_years or "")]
		figures = [row.official_salary, row.earned, self.surcharges(row), row.total]
		return [
			(str(number), "centre"),
			(row.full_name, ""),
			(post, ""),
			*((text, "centre") for text in ([] if self.is_monthly else about)),
			(self.plain(row.units), "centre"),
			*((text, "centre") for text in (worked if self.is_monthly else [])),
			*((explain.money(figure), "right nowrap") for figure in figures),
		]

	def plain(self, value) -> str:
		return explain.number(inputs.decimal_of(value)) if value else ""

	def category(self, row) -> str:
		if not row.qualification_category:
			return ""
		until = short_date(row.category_until)
		return (
			f"{self.term(row.qualification_category)}, {until}"
			if until
			else self.term(row.qualification_category)
		)

	def surcharges(self, row) -> Decimal:
		return inputs.decimal_of(row.category_surcharge) + inputs.decimal_of(row.surcharges)

	@property
	def sums(self) -> list[str]:
		"""Return the totals of the last three columns."""
		rows = self.doc.rows
		earned = sum((inputs.decimal_of(row.earned) for row in rows), Decimal(0))
		more = sum((self.surcharges(row) for row in rows), Decimal(0))
		return [explain.money(figure) for figure in (earned, more, inputs.decimal_of(self.doc.total))]

	def explained(self, row) -> list[dict]:
		return explain.explained(row)

	@property
	def accountant(self) -> frappe._dict:
		step = last_step(self.doc, states.WITH_HEAD)
		return step or frappe._dict(position=_("Accountant"), person="")

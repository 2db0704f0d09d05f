"""Papers of the service itself: rules, programmes, elaborations, regulation, social passport, plan of help (PF16), and its means."""

import frappe
from frappe import _

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.paper_view import PaperView
from ppss_support.print_helpers import capital, last_step, short_date
from ppss_support.regulation import service_papers
from ppss_support.setup.payroll_fields import ASSET_FIELD

IN_HEAD = (
	"family",
	"programme_kind",
	"form_of_work",
	"target",
	"council_protocol",
	"approving_body",
	"act_no",
	"act_date",
)
# The duty to keep safe what the service was given.
SAFETY = "AR4"
IN_TEXT = ("goals", "comments", "outcome")
# What a plan of help begins with.
BEFORE_STEPS = ("problem",)


class MeansView(PaperView):
	"""The statement of what is given to the service with a room, and who answers for its safety (ALM-22.4, KZ92-18)."""

	TITLE = "Statement of the material-technical means given to the service"
	NUMBER = "name"
	DATE = "handed_over_on"
	# A register, no paper under way.
	mark = ""

	@property
	def particulars(self) -> list[tuple[str, str]]:
		keeper = facts.full_name("PPSS Specialist", self.doc.responsible) if self.doc.responsible else ""
		lines = [(_("Room"), self.doc.title), (_("Purpose"), self.doc.purpose), (_("Responsible"), keeper)]
		return [(label, value) for label, value in lines if value]

	@property
	def means(self) -> list:
		return [row for row in self.doc.equipment if row.kind == "Equipment"]

	@staticmethod
	def inventory_no(row) -> str:
		"""Return the number entered, else that of the asset where ERPNext keeps the books."""
		return row.inventory_no or row.get(ASSET_FIELD) or ""

	@property
	def answers_for(self) -> str:
		"""Return what the act makes the psychologist answer for; other acts name no such duty."""
		act = frappe.get_cached_value("PPSS Term", SAFETY, "regulation_profile")
		return _("Answers for: {0}.").format(self.term(SAFETY)) if act == self.profile.code else ""

	@property
	def taker(self) -> frappe._dict:
		keeper = self.doc.responsible
		return self.person(keeper) if keeper else frappe._dict(position=_("Responsible"), person="")


class ServicePaperView(PaperView):
	"""A paper of the service: its kind as the act calls it, then what the kind states (ALM-5.1, ALM-5.3, KG-6.1.2)."""

	NUMBER = "name"
	DATE = "date"

	@property
	def title(self) -> str:
		return capital(self.term(self.doc.kind))

	def stated(self, fields) -> list:
		own = service_papers.KINDS[self.doc.kind].fields
		return [self.doc.meta.get_field(name) for name in fields if name in own and self.doc.get(name)]

	@property
	def particulars(self) -> list[tuple[str, str]]:
		lines = [(_("Title"), self.doc.title)]
		if self.doc.learner:
			lines += [(_("Learner"), self.learner.full_name), (_("Class"), self.learner_class)]
		lines += [(_(df.label), self.shown(df)) for df in self.stated(IN_HEAD)]
		if self.doc.kind == service_papers.DIAGNOSTICS_PLAN:
			lines.append((_("Years of Study"), f"{self.doc.grade_from}–{self.doc.grade_to}"))
		lines.append((_("Period"), self.period))
		lines.append((_("Spheres of Development"), self.terms(self.doc.spheres)))
		lines.append((_("Team"), "; ".join(row.full_name for row in self.doc.team if row.full_name)))
		return [(label, value) for label, value in lines if value]

	@property
	def period(self) -> str:
		return " – ".join(self.day(day) for day in (self.doc.period_from, self.doc.period_to) if day)

	def shown(self, df) -> str:
		value = self.doc.get(df.fieldname)
		return {"Select": self.option, "Date": self.day}.get(df.fieldtype, str)(value)

	@property
	def table(self) -> frappe._dict | None:
		if self.doc.counts:
			rows = [(self.term(row.category), row.children) for row in self.doc.counts]
			return frappe._dict(title=_("Category"), count=_("Children"), rows=rows)
		if self.doc.rows:
			if self.doc.kind == service_papers.DIAGNOSTICS_PLAN:
				return self.years_of_study
			rows = [(row.theme, self.number_words(row.hours) if row.hours else "") for row in self.doc.rows]
			return frappe._dict(title=_("Theme"), count=_("Hours"), rows=rows)
		return None

	@property
	def years_of_study(self) -> frappe._dict:
		"""Return what is studied, by which method, in the order of the years of study (ALM-19.6)."""
		names = {"name": ("in", [row.method for row in self.doc.rows if row.method] or [""])}
		methods = dict(frappe.get_all("PPSS Method", names, ["name", "title"], as_list=True))
		rows = [
			("\n".join(filter(None, (row.theme, methods.get(row.method)))), row.grade)
			for row in sorted(self.doc.rows, key=lambda row: row.grade)
		]
		return frappe._dict(title=_("Features Studied, Methods"), count=_("Year of Study"), rows=rows)

	@property
	def steps(self) -> list[frappe._dict]:
		"""Return the steps of a plan of help, each with what came of it (KG-6.1.5)."""
		return [
			frappe._dict(
				action=row.action,
				responsible=self.signer(row.responsible),
				due=short_date(row.due),
				result=row.result or (_("Done") if row.done else ""),
			)
			for row in self.doc.steps
		]

	@property
	def before_steps(self) -> list[tuple[str, str]]:
		return self.written(BEFORE_STEPS)

	@property
	def texts(self) -> list[tuple[str, str]]:
		return self.written(IN_TEXT)

	def written(self, fields) -> list[tuple[str, str]]:
		return [(_(df.label), self.doc.get(df.fieldname)) for df in self.stated(fields)]

	@property
	def signing(self) -> list[frappe._dict]:
		author = self.person(self.doc.author) if self.doc.author else None
		return [one for one in (author, last_step(self.doc, states.APPROVED)) if one]

"""The programmes of support: one paper, laid out by its kind, and a copy for others that is free of health data."""

import frappe
from frappe import _
from frappe.utils import flt

from ppss_support import facts
from ppss_support.names import sort_key
from ppss_support.paper_view import PaperView
from ppss_support.print_helpers import long_date, term_labels

EASED_TASKS = (
	"less_volume",
	"shorter_time",
	"longer_time",
	"simplified_tasks",
	"short_instructions",
	"tasks_read_aloud",
	"samples_given",
)


class ProgrammeView(PaperView):
	"""A programme of support: IDP, CDP or ICP (KZ92-14.2.1b), with a copy for others that is free of health data."""

	TITLES = {
		"жеке-дамыту": "Individual-development programme",
		"жеке даму": "Programme of individual development",
		"CDP": "Correction-development programme",
		"ICP": "Individual curriculum and programme",
	}

	def __init__(self, doc, shareable: bool = False):
		super().__init__(doc)
		self.shareable = shareable

	@property
	def title(self) -> str:
		"""Return what kind of programme it is; a shared copy keeps silent of the kinds for limited abilities (KZ92-5.6)."""
		if self.shareable and self.doc.kind != "IDP":
			return _("Programme of support")
		name = self.doc.kind_label if self.doc.kind == "IDP" else self.doc.kind
		return _(self.TITLES.get(name, self.TITLES["жеке-дамыту"]))

	@property
	def particulars(self) -> list[tuple[str, str]]:
		"""Return label and value of the lines above the tables; what tells of health stays out of a shared copy."""
		doc = self.doc
		lines = [
			(_("Learner"), self.learner.full_name),
			(_("Class"), self.learner_class),
			(_("Age"), self.age(doc.period_from)),
			*([] if self.shareable else self.health_facts()),
			(_("Consent of the parent or other legal representative"), self.consent_date),
			(_("School year"), doc.school_year),
			(_("Period of the programme"), f"{self.day(doc.period_from)} – {self.day(doc.period_to)}"),
			(_("Direction of work"), self.term(doc.direction)),
		]
		return [(label, value) for label, value in lines if value]

	def health_facts(self) -> list[tuple[str, str]]:
		doc = self.doc
		categories = sorted(facts.categories_by(doc.basis_doctype, doc.basis_doc))
		return [
			(_("Category"), term_labels(categories, self.lang)),
			# The correction-development programme names the group of impairment in a part of its own.
			(_("Impairments"), "" if doc.kind == "CDP" else self.terms(doc.impairments)),
			(_("Basis of support"), self.basis(doc.basis_doctype, doc.basis_doc)),
			(_("Recommendation of the PMPC"), self.further_pmpc),
			(_("Individual features"), doc.individual_features),
			(_("Age features"), doc.age_features),
		]

	@property
	def further_pmpc(self) -> str:
		"""Return the PMPC paper where the support rests on another one as well."""
		other = self.doc.pmpc != self.doc.basis_doc and self.doc.pmpc
		return self.basis("PPSS PMPC Recommendation", other) if other else ""

	# ---- correction-development programme: the correction component of order No 348 (KZ92-17.1)

	@property
	def correction(self) -> list[tuple[str, str]]:
		"""Return group of impairment, component, pedagogue and group of lessons; a shared copy has none of it."""
		doc = self.doc
		hours = doc.correction_component_hours and self.number_words(doc.correction_component_hours)
		lines = [
			(_("Group of impairment"), self.terms(doc.impairments)),
			(_("Correction component, hours"), hours),
			(_("Basis of the correction component"), _("order No 348")),
			(
				_("Special pedagogue in charge"),
				facts.full_name("PPSS Specialist", doc.responsible_special_pedagogue),
			),
			(_("Group of lessons"), self.groups),
		]
		return [] if self.shareable else [(label, value) for label, value in lines if value]

	@property
	def groups(self) -> str:
		"""Return the small groups and groups of the school year in which the child is taught by this programme."""
		rows = frappe.get_all("PPSS Group Member", {"programme": self.doc.name}, pluck="parent")
		titles = frappe.get_all("PPSS Session Group", {"name": ("in", rows)}, pluck="title")
		return "; ".join(sorted(titles, key=sort_key))

	# ---- individual curriculum and programme (KZ92-13.1, KZ92-13.2)

	@property
	def hours_in_all(self) -> str:
		return self.number_words(sum(flt(row.hours) for row in self.doc.subjects))

	def adaptation(self, row) -> str:
		"""Return how the programme of the subject is adapted, and what eases its tasks (KZ92-13.3a)."""
		eased = [_(row.meta.get_label(field)) for field in EASED_TASKS if row.get(field)]
		return "\n".join(filter(None, (row.adapted_programme, "; ".join(eased))))

	def way_of_assessing(self, row) -> str:
		return _("changed") if row.assessment_changed else _("as for the class")

	def content(self, row) -> str:
		"""Return the kind of content; in a shared copy not the kinds kept for limited abilities (clause 13)."""
		return "" if self.shareable and (row.content or "").startswith("CN") else self.term(row.content)

	@property
	def lessons(self) -> list[frappe._dict]:
		doc = self.doc
		forms = (
			("SF1", doc.weekly_individual, doc.minutes_individual),
			("SF2", doc.weekly_small_group, doc.minutes_group),
			("SF3", doc.weekly_group, doc.minutes_group),
		)
		return [
			frappe._dict(form=self.term(form), weekly=weekly, minutes=minutes)
			for form, weekly, minutes in forms
			if weekly
		]

	@property
	def signers(self) -> list[frappe._dict]:
		"""Author, the other participants, and the deputy head who passed the programme on."""
		others = [row.specialist for row in self.doc.participants if row.specialist != self.doc.author]
		return [self.person(one) for one in (self.doc.author, *others)] + [self.deputy()]

	@property
	def reviewers(self) -> list[frappe._dict]:
		found = [self.person(row.specialist) for row in self.doc.review_participants]
		return found or [
			self.person(self.doc.author),
			frappe._dict(position=_("Deputy head of the organisation"), person=""),
		]

	def date_or_line(self, value) -> str:
		return long_date(value, self.lang)

	@property
	def outcome(self) -> list[tuple[str, str]]:
		"""Return the texts of the results review; empty ones leave room to write."""
		next_year = {
			"Continue": _("continue the support"),
			"Change": _("change the programme"),
			"Stop": _("stop the support"),
		}.get(self.doc.next_year, "")
		return [
			(_("Results of learning"), self.doc.learning_results),
			(_("Results of support"), self.doc.support_results),
			(_("Decision on the results"), self.doc.review_decision),
			(_("Next school year"), next_year),
		]

"""Development card of a child and portrait of a class: what the papers and the log hold, as their reader may read it."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.paper_view import PaperView, readable
from ppss_support.print_helpers import age_on, long_date, years_of_age
from ppss_support.regulation import activities

OBSERVATION, ENVIRONMENT = "OBSERVATION", "ENVIRONMENT"
ASSESSED = (states.CONCLUDED, states.CLOSED_WITHOUT_NEED)
OUTCOME = ("result", "conclusion", "recommendation")
SOCIAL = ("family_composition", "living_conditions", "upbringing_style", "surroundings")
FEATURES = ("abilities", "interests", "inclinations", "needs")
OF_CARD = tuple(field for fields in activities.CARD.values() for field in fields)


class LivePaperView(PaperView):
	"""A paper that is drawn from others on the day it is printed; it is signed, not approved."""

	number = None
	mark = ""

	@property
	def date(self) -> str:
		return long_date(getdate(), self.lang)

	def psychologist(self, provider: str | None) -> frappe._dict:
		if provider:
			return self.person(provider)
		return frappe._dict(position=self.term("PSY").capitalize(), person="")


class DevelopmentCardView(LivePaperView):
	"""The individual card of a child's psychological development (ALM-5.6, OVR-B1 … OVR-B4)."""

	TITLE = "Card of the psychological development of the learner"

	def __init__(self, doc):
		super().__init__(doc)
		self.entries = readable(
			"PPSS Activity",
			{"learner": doc.name, "docstatus": 1},
			["name", "kind", "date", "school_year", "provider", *OUTCOME, *SOCIAL, *FEATURES, *OF_CARD],
			"date, name",
		)
		self.assessments = readable(
			"PPSS Needs Assessment",
			{"learner": doc.name, "docstatus": 1, "workflow_state": ("in", ASSESSED)},
			[
				"name",
				"end_date",
				"school_year",
				"individual_features",
				"age_features",
				"conclusion",
				"recommendations",
			],
			"end_date, name",
		)

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Learner"), doc.full_name),
			(_("Birth Date"), self.day(doc.birth_date)),
			(_("Age"), years_of_age(age_on(doc.birth_date, getdate()), self.lang)),
			(_("Class"), facts.class_title(doc.name)),
			(_("Level of Education"), self.term(doc.level)),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def social(self) -> list[tuple[str, str]]:
		return self.latest("PPSS Activity", self.of_kind(activities.SOCIAL_STUDY), SOCIAL)

	@property
	def sections(self) -> list[frappe._dict]:
		"""Return the four sections of the card, as far as they are known to who reads it (OVR-B1 … OVR-B4)."""
		rows = self.of_kind(activities.LEARNER_CARD)
		known = {
			activities.SOCIAL_CONDITIONS: self.social,
			activities.PSYCHOLOGICAL_FEATURES: self.features,
		}
		found = []
		for title, fields in activities.CARD.items():
			# What the psychologist has written goes before what others know by the same name.
			own = dict(self.latest("PPSS Activity", rows, fields))
			lines = own | {label: value for label, value in known.get(title, []) if label not in own}
			found.append(frappe._dict(title=_(title), lines=list(lines.items())))
		return [section for section in found if section.lines]

	@property
	def features(self) -> list[tuple[str, str]]:
		seen = self.latest("PPSS Activity", self.of_kind(OBSERVATION), FEATURES)
		return seen + self.latest(
			"PPSS Needs Assessment", self.assessments, ("individual_features", "age_features")
		)

	def of_kind(self, kind: str) -> list:
		return [row for row in self.entries if row.kind == kind]

	def latest(self, doctype: str, rows: list, fields: tuple[str, ...]) -> list[tuple[str, str]]:
		"""Return label and last known value of each field that any of the rows fills."""
		meta = frappe.get_meta(doctype)
		found = [(field, next((row[field] for row in reversed(rows) if row[field]), "")) for field in fields]
		return [(_(meta.get_label(field)), value) for field, value in found if value]

	@property
	def years(self) -> list[frappe._dict]:
		"""Return assessments and examinations by school year, each in the order of their days."""
		found: dict[str, list] = {}
		for row in sorted([*self.assessed(), *self.examined()], key=lambda row: row.day):
			found.setdefault(row.school_year or "", []).append(row)
		return [frappe._dict(title=year, rows=rows) for year, rows in sorted(found.items())]

	def assessed(self) -> list[frappe._dict]:
		label = _("Assessment of special educational needs")
		return [
			frappe._dict(
				row,
				day=row.end_date,
				what=label,
				result=self.categories(row.name),
				advice=row.recommendations,
			)
			for row in self.assessments
		]

	def categories(self, assessment: str) -> str:
		codes = facts.terms_in("PPSS Needs Assessment", assessment, "categories")
		return "; ".join(self.term(code) for code in sorted(codes))

	def examined(self) -> list[frappe._dict]:
		return [
			frappe._dict(row, day=row.date, what=self.term(row.kind), advice=row.recommendation)
			for row in self.of_kind(activities.DIAGNOSTICS)
		]

	@property
	def signer_line(self) -> frappe._dict:
		own = [row for row in self.entries if row.kind in (activities.DIAGNOSTICS, activities.LEARNER_CARD)]
		return self.psychologist(own[-1].provider if own else None)


class ParticipationView(LivePaperView):
	"""Where a child took part: lessons held, and work with groups; of the others who took part nothing is said."""

	TITLE = "Sheet of the learner's participation in lessons and group work"

	@property
	def particulars(self) -> list[tuple[str, str]]:
		lines = [(_("Learner"), self.doc.full_name), (_("Class"), facts.class_title(self.doc.name))]
		return [(label, value) for label, value in lines if value]

	@property
	def lessons(self) -> list[frappe._dict]:
		own = self.own_rows("PPSS Session", "PPSS Attendance", ["parent", "present", "note"])
		fields = ["name", "date", "form", "theme", "planned_minutes", "actual_minutes", "provider"]
		held = {"name": ("in", list(own)), "workflow_state": states.HELD}
		return [
			frappe._dict(row, **own[row.name])
			for row in readable("PPSS Session", held, fields, "date, start")
		]

	@property
	def group_work(self) -> list[frappe._dict]:
		own = self.own_rows("PPSS Activity", "PPSS Participant", ["parent", "present"])
		fields = ["name", "date", "kind", "form", "provider"]
		recorded = {"name": ("in", list(own)), "workflow_state": states.RECORDED}
		return readable("PPSS Activity", recorded, fields, "date, name")

	def own_rows(self, doctype: str, table: str, fields: list[str]) -> dict[str, frappe._dict]:
		"""Return the child's row in each paper of the kind that has force."""
		about = {"learner": self.doc.name, "parenttype": doctype, "docstatus": 1}
		return {row.pop("parent"): row for row in frappe.get_all(table, about, fields)}

	def attended(self, lesson) -> str:
		return ", ".join(filter(None, (_("Present") if lesson.present else _("Absent"), lesson.note)))

	@property
	def signer_line(self) -> frappe._dict:
		return self.psychologist(None)


class GroupPortraitView(LivePaperView):
	"""The psychological portrait of a class (ALM-5.6)."""

	TITLE = "Psychological portrait of the group"

	def __init__(self, doc):
		super().__init__(doc)
		here = {"school_class": doc.name, "leaving_date": ("is", "not set")}
		self.children = {
			row.name: row.birth_date for row in frappe.get_all("PPSS Learner", here, ["name", "birth_date"])
		}

	@property
	def among(self) -> dict:
		return {"learner": ("in", list(self.children)), "school_year": self.doc.school_year, "docstatus": 1}

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Class"), doc.title),
			(_("School year"), doc.school_year),
			(_("Level of Education"), self.term(doc.level)),
			(_("Language of Teaching"), self.language),
			(_("Class Teacher"), facts.full_name("PPSS Specialist", doc.class_teacher)),
			(_("Number of children"), str(len(self.children))),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def language(self) -> str:
		names = {"kk": _("Kazakh"), "ru": _("Russian"), "ky": _("Kyrgyz")}
		return names.get(self.doc.language, "")

	@property
	def indicators(self) -> list[frappe._dict]:
		"""Return counts of children by age, category of need and programme; none of what the reader may not read."""
		parts = (
			(_("Age"), self.ages()),
			(_("Category"), self.categories()),
			(_("Programme"), self.programmes()),
		)
		return [frappe._dict(title=title, rows=rows) for title, rows in parts if rows]

	def ages(self) -> list[tuple[str, str]]:
		counted = Counter(age_on(born, getdate()) for born in self.children.values())
		return [(years_of_age(years, self.lang), str(count)) for years, count in sorted(counted.items())]

	def categories(self) -> list[tuple[str, str]]:
		concluded = {**self.among, "workflow_state": states.CONCLUDED}
		known = [row.name for row in readable("PPSS Needs Assessment", concluded, ["name"], "name")]
		codes = frappe.get_all(
			"PPSS Term Item", {"parent": ("in", known), "parentfield": "categories"}, pluck="term"
		)
		counted = Counter(codes)
		return [(self.term(code), str(count)) for code, count in sorted(counted.items())]

	def programmes(self) -> list[tuple[str, str]]:
		running = {**self.among, "workflow_state": ("in", states.RUNNING_PROGRAMME)}
		counted = Counter(row.kind for row in readable("PPSS Programme", running, ["kind"], "name"))
		labels = {
			"IDP": _("Individual-development programme"),
			"CDP": _("Correction-development programme"),
			"ICP": _("Individual curriculum and programme"),
		}
		return [(labels[kind], str(counted[kind])) for kind in labels if counted[kind]]

	@property
	def monitored(self) -> list[frappe._dict]:
		return readable(
			"PPSS Activity",
			{"school_class": self.doc.name, "kind": ENVIRONMENT, "docstatus": 1},
			["date", "object", "indicator", "result", "recommendation"],
			"date, name",
		)

	@property
	def examined(self) -> list[frappe._dict]:
		"""Return examinations of the class together: those in which at least two of its children took part."""
		taken = frappe.get_all(
			"PPSS Participant",
			{"parenttype": "PPSS Activity", "learner": ("in", list(self.children))},
			pluck="parent",
		)
		shared = [name for name, count in Counter(taken).items() if count > 1]
		return readable(
			"PPSS Activity",
			{"name": ("in", shared), "kind": activities.DIAGNOSTICS, "docstatus": 1},
			["name", "date", "provider", *OUTCOME],
			"date, name",
		)

	@property
	def signer_line(self) -> frappe._dict:
		examined = self.examined
		return self.psychologist(examined[-1].provider if examined else None)

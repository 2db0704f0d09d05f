"""Papers of the daily work: appointment of an assistant, annual plan, entries of the log, sheets of acquaintance."""

import frappe
from frappe import _
from frappe.utils import cint, getdate

from ppss_support import facts
from ppss_support.constants import states
from ppss_support.paper_view import PaperView, readable
from ppss_support.print_helpers import (
	capital,
	dated,
	last_step,
	long_date,
	short_date,
)
from ppss_support.regulation import activities, plans

# Fields of an entry that its head names already.
IN_HEAD = frozenset({"topic"})
LONG_TEXTS = frozenset({"Text", "Small Text"})
# Papers the act names in words that stand nowhere but on the paper (D-39).
PRINTED_TITLES = {"ADOLESCENT-STUDY": "KG3", "FAMILY-STUDY": "KG4", "DIARY": "KG6"}


class AssignmentView(PaperView):
	"""The sheet of an assistant's appointment for one quarter (KZ92-14.2.6, KZ92-21.2)."""

	TITLE = "Assignment sheet of the pedagogue-assistant"
	NUMBER = "name"

	@property
	def date(self) -> str:
		return long_date(self.decided_on, self.lang)

	@property
	def decided_on(self):
		return self.doc.meeting and frappe.db.get_value("PPSS Meeting", self.doc.meeting, "date")

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Learner"), self.learner.full_name),
			(_("Class"), self.learner_class),
			(_("Pedagogue-assistant"), facts.full_name("PPSS Specialist", doc.assistant)),
			(_("Recommendation of the PMPC"), self.basis("PPSS PMPC Recommendation", doc.pmpc)),
			(_("Decision of the meeting"), self.decision_line(doc.meeting, doc.decision_no)),
			(_("School year"), doc.school_year),
			(_("Quarter"), str(doc.quarter)),
			(_("Dates"), f"{self.day(doc.from_date)} – {self.day(doc.to_date)}"),
			(_("Learning load of the child, hours a week"), self.hours(doc.learner_load_hours)),
			(_("Hours of the assistant a week"), self.hours(doc.assistant_hours_week)),
		]
		return [(label, value) for label, value in lines if value]

	def hours(self, value) -> str:
		return self.number_words(value) if value else ""

	@property
	def coordinator(self) -> frappe._dict:
		"""Return who coordinates the service by the order of the day, else an empty line with the post."""
		order = facts.order_on(self.doc.organisation, getdate(self.decided_on or self.doc.from_date))
		who = order and frappe.db.get_value(
			"PPSS Order Member", {"parent": order, "is_coordinator": 1}, "specialist"
		)
		return self.person(who) if who else frappe._dict(position=_("Coordinator of the service"), person="")

	@property
	def acknowledging(self) -> list[frappe._dict]:
		return [frappe._dict(full_name=facts.full_name("PPSS Specialist", self.doc.assistant))]


class AnnualPlanView(PaperView):
	"""The annual plan of the service by directions (KZ92-4.5)."""

	TITLES = {
		"Year": "Annual work plan of the psychological-pedagogical support service",
		"Calendar": "Calendar work plan of the psychological service",
		"Month": "Monthly work plan of the psychological service",
		"Week": "Weekly work plan of the psychological service",
	}
	NUMBER = "name"

	@property
	def title(self) -> str:
		return _(self.TITLES[self.doc.plan_kind])

	@property
	def period_line(self) -> str:
		"""Return the days of a plan for a part of the year."""
		if self.doc.plan_kind == plans.YEAR:
			return ""
		return f"{self.day(self.doc.period_from)} – {self.day(self.doc.period_to)}"

	@property
	def owner(self) -> str:
		"""Return whose plan it is where it is one person's (KG-6.1.1, KG-6.2.1)."""
		return self.term(self.doc.owner_role)

	@property
	def texts(self) -> list[tuple[str, str]]:
		"""Return aim and principles, then what of the act the plan provides for (ALM-8.1, ALM-19, KG-1.3, KG-2.1a)."""
		doc = self.doc
		return [
			(_("Creative Theme of the School"), doc.school_creative_theme),
			(_("Aim"), doc.aim),
			(_("Principles"), self.principles_line),
			(_("Tasks"), self.terms(doc.tasks)),
			(_("Resources"), self.terms(doc.resources)),
			(_("Duties of the Psychologist"), self.terms(doc.duties)),
			(_("Minutes of the Pedagogical Council"), doc.council_protocol),
		]

	@property
	def sections(self) -> list[frappe._dict]:
		"""Return the directions in the order of the act, each with its rows."""
		found: dict[str, list] = {}
		for row in sorted(self.doc.rows, key=lambda row: row.direction or ""):
			found.setdefault(row.direction, []).append(row)
		return [frappe._dict(title=self.term(code), rows=rows) for code, rows in found.items()]

	def work(self, row) -> str:
		return "\n".join(filter(None, (row.activity, row.form)))

	def period(self, row) -> str:
		days = [short_date(day) for day in (row.period_from, row.period_to) if day]
		return " – ".join(dict.fromkeys(days))

	@property
	def deputy(self) -> frappe._dict:
		step = last_step(self.doc, states.WITH_HEAD)
		return step or frappe._dict(position=_("Deputy head of the organisation"), person="")


class AnnualPlanSectionView(AnnualPlanView):
	"""The service's part of the plan of educational-upbringing work of the organisation (KZ92-23.2)."""

	TITLE = "Section of the plan of educational-upbringing work: psychological-pedagogical support"

	@property
	def title(self) -> str:
		return _(self.TITLE)


class ActivityView(PaperView):
	"""An entry of the log: what its kind asks for, by the labels of the form."""

	NUMBER = "name"
	DATE = "date"

	@property
	def title(self) -> str:
		"""Return the title of the layout, else the kind of work."""
		if self.TITLE:
			return super().title
		return capital(self.term(PRINTED_TITLES.get(self.doc.kind, self.doc.kind)))

	@property
	def mark(self) -> str:
		return {0: _("DRAFT"), 2: _("STRUCK OUT")}.get(cint(self.doc.docstatus), "")

	@property
	def people(self) -> list[str]:
		return [
			row.full_name or row.other_name
			for row in self.doc.participants
			if row.full_name or row.other_name
		]

	@property
	def head_lines(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Topic"), doc.topic),
			(_("Learner"), self.learner.full_name if doc.learner else ""),
			(_("Class"), self.learner_class if doc.learner else self.class_title),
			(_("Age"), self.age(doc.date) if doc.learner else ""),
			(_("Participants"), "; ".join(self.people)),
		]
		return [(label, value) for label, value in lines if value]

	@property
	def class_title(self) -> str:
		return (
			frappe.db.get_value("PPSS Class", self.doc.school_class, "title") if self.doc.school_class else ""
		)

	@property
	def fields(self) -> list:
		"""Return the fields this kind asks for that are filled, in the order of the form."""
		asked = activities.KINDS[self.doc.kind].fields - IN_HEAD - {"learner", "school_class", "participants"}
		return [df for df in self.doc.meta.fields if df.fieldname in asked and self.doc.get(df.fieldname)]

	@property
	def particulars(self) -> list[tuple[str, str]]:
		short = [df for df in self.fields if df.fieldtype not in LONG_TEXTS | {"Table"}]
		return self.head_lines + [(self.label(df), self.shown(df)) for df in short]

	def label(self, df) -> str:
		"""Return the label; the form of the work is not called by the word for an official form."""
		return _("Form of work") if df.fieldname == "form" else _(df.label)

	@property
	def texts(self) -> list[tuple[str, str]]:
		return [(_(df.label), self.doc.get(df.fieldname)) for df in self.fields if df.fieldtype in LONG_TEXTS]

	def shown(self, df) -> str:
		value = self.doc.get(df.fieldname)
		if df.fieldtype == "Link":
			return self.linked(df.options, value)
		if df.fieldtype == "Table MultiSelect":
			return self.methods if df.options == "PPSS Method Item" else self.terms(value)
		shapes = {
			"Select": self.option,
			"Date": self.day,
			"Float": self.number_words,
			"Check": lambda ticked: _("Yes"),
		}
		return shapes.get(df.fieldtype, str)(value)

	def linked(self, doctype: str, name: str) -> str:
		if doctype == "PPSS Term":
			return self.term(name)
		if doctype == "PPSS Partner Organisation":
			return frappe.db.get_value(doctype, name, "title")
		return facts.full_name(doctype, name)

	@property
	def methods(self) -> str:
		"""Return each method with author and edition, as a conclusion names what it rests on."""
		names = [row.method for row in self.doc.methods]
		rows = frappe.get_all(
			"PPSS Method", {"name": ("in", names)}, ["title", "author", "edition"], order_by="title"
		)
		return "\n".join(", ".join(filter(None, (row.title, row.author, row.edition))) for row in rows)


class ExaminationView(ActivityView):
	"""The result of a diagnostic examination, for which its author answers (ALM-5.7, ALM-10.4, ALM-22.1)."""

	TITLE = "Result of the diagnostic examination"

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [
			(_("Purpose of the examination"), self.terms(doc.purposes)),
			(_("Form of work"), self.term(doc.form)),
			(_("Methods"), self.methods),
		]
		return self.head_lines + [(label, value) for label, value in lines if value]

	@property
	def texts(self) -> list[tuple[str, str]]:
		doc = self.doc
		return [
			(_("Result"), doc.result or ""),
			(_("Conclusion"), doc.conclusion or ""),
			(_("Recommendations"), doc.recommendation or ""),
			(_("Facts Relied on"), doc.facts_relied_on or ""),
		]

	@property
	def answers_for(self) -> list[str]:
		"""Return what the author answers for by the act of the profile, where it is in use (ALM-22.1, KG-7.1 … KG-7.5)."""
		features = facts.features_on(self.doc.organisation, self.doc.regulation_profile)
		if "responsibility_statements" not in features:
			return []
		own = {"kind": "Responsibility", "regulation_profile": self.doc.regulation_profile}
		return [self.term(code) for code in frappe.get_all("PPSS Term", own, pluck="name", order_by="name")]


class ApplicationView(ActivityView):
	"""A request to another organisation for methodical help (KZ92-22)."""

	TITLE = "APPLICATION"

	@property
	def addressee(self) -> str:
		return self.linked("PPSS Partner Organisation", self.doc.partner) if self.doc.partner else ""

	@property
	def subject(self) -> str:
		return ": ".join(filter(None, (self.option(self.doc.area), self.term(self.doc.detail))))

	@property
	def answer(self) -> list[tuple[str, str]]:
		"""Return what the organisation has answered or decided, and when."""
		if not self.doc.result:
			return []
		return [(", ".join(filter(None, (_("Answer"), self.day(self.doc.answered_on)))), self.doc.result)]

	@property
	def head(self) -> frappe._dict:
		return self.person(self.organisation.head)


class AppealView(ActivityView):
	"""A proposal to the administration or an education body, or an application to an organisation (KG-8.5, KG-8.6, ALM-19.21)."""

	TO_ADMINISTRATION = "APL1"

	@property
	def title(self) -> str:
		return self.term(self.doc.detail).upper()

	@property
	def addressee(self) -> list[str]:
		partner = self.linked("PPSS Partner Organisation", self.doc.partner) if self.doc.partner else ""
		return list(dict.fromkeys(filter(None, (partner, self.doc.addressee))))

	@property
	def about(self) -> list[tuple[str, str]]:
		"""Return the child the help is asked for."""
		if not self.doc.learner:
			return []
		return [(_("Learner"), self.learner.full_name), (_("Class"), self.learner_class)]

	@property
	def answer(self) -> list[tuple[str, str]]:
		return [(", ".join(filter(None, (_("Answer"), self.day(self.doc.answered_on)))), self.doc.answer)]

	@property
	def signing(self) -> list[frappe._dict]:
		"""Return who signs: what leaves the school is signed by its head too."""
		author = self.person(self.doc.provider)
		inside = self.doc.detail == self.TO_ADMINISTRATION
		return [author] if inside else [self.head_of_organisation(), author]


class CouncilExtractView(ActivityView):
	"""What a council or a meeting with the director decided on the service's work, from its minutes (KG-6.4, ALM-19.19)."""

	TITLE = "Extract from the minutes"
	NUMBER = "document_no"

	@property
	def body(self) -> str:
		return capital(self.term(self.doc.detail))

	@property
	def particulars(self) -> list[tuple[str, str]]:
		doc = self.doc
		lines = [(_("What was Discussed"), self.option(doc.discussed)), (_("Topic"), doc.topic)]
		lines += [(_("Participants"), "; ".join(self.people)), (_("Order No"), doc.order_no)]
		return [(label, value) for label, value in lines if value]

	@property
	def chair(self) -> frappe._dict:
		return self.head_of_organisation()

	@property
	def certifier(self) -> frappe._dict:
		return self.person(self.doc.provider)


class OrderSheetView(PaperView):
	"""Who has read the order and answers for it by signature (KZ92-4.3)."""

	TITLE = "Sheet of acquaintance with the order"
	NUMBER = "order_no"
	DATE = "order_date"

	@property
	def about(self) -> str:
		text = self.doc.subject if self.lang == (self.doc.print_language or "kk") else ""
		number = _("Order {0} No {1}").format(
			dated(self.doc.order_date, self.lang), self.doc.order_no or "___"
		)
		return f"{number} «{text}»" if text else number

	@property
	def rows(self) -> list[frappe._dict]:
		return [self.row(each, each.acknowledged_on) for each in self.doc.members]

	def row(self, member, day) -> frappe._dict:
		return frappe._dict(
			full_name=member.full_name,
			position=self.position(member.specialist, member.position),
			day=short_date(day),
		)


class EthicsSheetView(OrderSheetView):
	"""Who has acknowledged ethics and confidentiality under the order (KZ92-5)."""

	TITLE = "Sheet of acquaintance with ethics and confidentiality"

	@property
	def rows(self) -> list[frappe._dict]:
		days = self.days()
		return [self.row(each, days.get(each.specialist)) for each in self.doc.members]

	def days(self) -> dict:
		"""Return the day of each acknowledgement the reader may read."""
		mine = {"service_order": self.doc.name, "signed": 1}
		found = readable("PPSS Ethics Acknowledgement", mine, ["specialist", "date"], "date")
		return {row.specialist: row.date for row in found}

import frappe
from frappe.utils import getdate

from ppss_support.entering.attempts import need
from ppss_support.entering.classes import Classes
from ppss_support.entering.learners import FIELDS as LEARNER_FIELDS
from ppss_support.entering.people import Entrant, Register, parts_of, term_names
from ppss_support.importing.parsing import Entry
from ppss_support.importing.values import NotUnderstood, key_of, person
from ppss_support.regulation import imports
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.school_classes import title_of


class Cases(Entrant):
	"""Support cases of children whose records stand already; one case a child and school year."""

	DOCTYPE = "PPSS Support Case"
	NEEDED = ("responsible",)

	def __init__(self, doc):
		super().__init__(doc)
		self.children = Register("PPSS Learner", doc.organisation, LEARNER_FIELDS)
		self.staff = Register("PPSS Specialist", doc.organisation, ("full_name", "active"))
		self.classes = Classes(doc.organisation, doc.school_year, may_begin=False)
		self.reasons = term_names("Case Reason")

	def refresh(self):
		self.children.refresh()
		self.staff.refresh()
		own = {"organisation": self.doc.organisation, "school_year": self.doc.school_year}
		fields = ["name", "learner", "responsible", "reason", "status"]
		self.cases = {row.learner: row for row in frappe.get_all(self.DOCTYPE, own, fields)}

	def enter(self, entry: Entry) -> str:
		learner = self.child_of(entry)
		values = {name: entry.values[name] for name in ("opened_on", "reason") if entry.values.get(name)}
		if entry.values.get("responsible"):
			values["responsible"] = self.specialist_of(entry.values["responsible"])
		reasons = self.reasons_of(entry)
		case = self.cases.get(learner)
		if case:
			return self.update(case.name, self.changes(case, values, reasons))
		self.needed(entry)
		own = {"school_year": self.doc.school_year, "learner": learner}
		return self.insert({**own, **values, "reasons": [{"term": term} for term in reasons]})

	def child_of(self, entry: Entry) -> str:
		unnamed = not (entry.person.name_key or entry.person.number)
		need("", [Finding.of("A143", Label(imports.FIELD_LABELS["full_name"]))] if unnamed else [])
		record = self.children.record_of(self.in_class(entry))
		need("", [] if record else [Finding.of("A148", f"№ {entry.row.number}", Label("Learner"))])
		row = self.children.rows[record]
		if row.leaving_date:
			need("", [Finding.of("A147", record, getdate(row.leaving_date))])
		return record

	def in_class(self, entry: Entry) -> imports.Person:
		"""Without a birth date the class tells children of one name apart: a namesake of another class is not meant.

		A148: the class, or a child of this name in it, was not found.
		"""
		child, key = entry.person, entry.values.get("school_class")
		if child.born or not key or self.children.numbered.get(child.number):
			return child
		own_class = self.classes.find(key)
		need("school_class", [] if own_class else [Finding.of("A148", title_of(*key), Label("Class"))])
		alike = [
			name
			for name, other in self.children.candidates(child).items()
			if other.perhaps(child) and self.children.rows[name].school_class == own_class
		]
		need("", [] if alike else [Finding.of("A148", f"№ {entry.row.number}", Label("Learner"))])
		need("", [Finding.of("A145", ", ".join(sorted(alike)))] if len(alike) > 1 else [])
		return self.children.people[alike[0]]

	def specialist_of(self, given: str) -> str:
		"""Return the specialist named in full or by surname and initials."""
		key = key_of(given)
		names = [name for name, one in self.staff.people.items() if self.staff.rows[name].active]
		found = [name for name in names if self.staff.people[name].name_key == key]
		found = found or [name for name in names if initials(self.staff.rows[name].full_name) == key]
		need("responsible", [] if found else [Finding.of("A148", given, Label("Specialist"))])
		need("responsible", [Finding.of("A145", ", ".join(sorted(found)))] if len(found) > 1 else [])
		return found[0]

	def reasons_of(self, entry: Entry) -> list[str]:
		parts = parts_of(entry.values.get("reasons"))
		unknown = [part for part in parts if key_of(part) not in self.reasons]
		need("reasons", [Finding.of("A148", part, Label("Reason")) for part in unknown])
		return list(dict.fromkeys(self.reasons[key_of(part)] for part in parts))

	def changes(self, case, values: dict, reasons: list[str]) -> dict:
		"""Return what is otherwise; the day a case was opened stays."""
		changed = {
			name: values[name]
			for name in ("responsible", "reason")
			if name in values and values[name] != case[name]
		}
		if reasons:
			changed |= self.terms_changed(case.name, "reasons", reasons)
		return changed


def initials(full_name: str) -> str:
	"""Return "Сапарова А. Б." as it is compared."""
	try:
		parts = person(full_name)
	except NotUnderstood:
		return ""
	rest = [parts["given_name"], *parts["patronymic"].split()]
	return key_of(" ".join([parts["surname"], *(part[:1] for part in rest if part)]))

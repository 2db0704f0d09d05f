"""Rows of people against the records there are: a row makes a record, mends one, or finds it as it is."""

from collections import defaultdict

import frappe
from frappe.utils import get_datetime, getdate

from ppss_support import identity
from ppss_support.entering.attempts import CREATED, UNCHANGED, UPDATED, need
from ppss_support.importing.parsing import Entry
from ppss_support.importing.values import key_of
from ppss_support.regulation import imports
from ppss_support.regulation.imports import Person

BEGINNING = get_datetime("1900-01-01")


class Register:
	"""Records of one DocType in an organisation by number and by name, read again as others change them."""

	def __init__(self, doctype: str, organisation: str, fields: tuple[str, ...]):
		self.doctype, self.organisation, self.fields = doctype, organisation, fields
		self.rows: dict[str, dict] = {}
		self.people: dict[str, Person] = {}
		self.named: dict[str, set[str]] = defaultdict(set)
		self.numbered: dict[str, set[str]] = defaultdict(set)
		self.read_until = BEGINNING

	def refresh(self):
		"""Read what has been written since the last time."""
		changed = {"organisation": self.organisation, "modified": (">=", self.read_until)}
		found = frappe.get_all(self.doctype, changed, ["name", "modified", *self.fields])
		numbers = identity.numbers_of(self.doctype, [row.name for row in found])
		for row in found:
			self.forget(row.name)
			born = getdate(row.birth_date) if row.get("birth_date") else None
			person = Person(key_of(row.full_name or ""), born, numbers.get(row.name, ""))
			self.rows[row.name], self.people[row.name] = row, person
			self.named[person.short_key].add(row.name)
			if person.number:
				self.numbered[person.number].add(row.name)
			self.read_until = max(self.read_until, row.modified)

	def forget(self, name: str):
		known = self.people.pop(name, None)
		if known:
			self.named[known.short_key].discard(name)
			self.numbered[known.number].discard(name)

	def candidates(self, person: Person) -> dict[str, Person]:
		names = self.named[person.short_key] | (self.numbered.get(person.number, set()))
		return {name: self.people[name] for name in names}

	def record_of(self, person: Person) -> str | None:
		"""Return the record of this person; refuse when it cannot be told (A145, A146)."""
		record, findings = imports.one_record(person, self.candidates(person))
		need("identity_number" if person.number else "", findings)
		return record


class Entrant:
	"""Enters the rows of one kind; every record is made by the form's own rules, as the user who imports."""

	DOCTYPE: str
	# Without these no new record is begun; what else it needs the record itself says.
	NEEDED: tuple[str, ...] = ()

	def __init__(self, doc):
		self.doc = doc

	def refresh(self):
		"""Read what has changed on the site since the last rows."""
		raise NotImplementedError

	def enter(self, entry: Entry) -> str:
		"""Make or mend the record of the row. Refused: it cannot be told which; errors of the framework: its rules."""
		raise NotImplementedError

	def undone(self):
		"""What the last rows have written was taken back."""

	def needed(self, entry: Entry):
		need("", imports.filled(entry.values, self.NEEDED))

	def insert(self, values: dict) -> str:
		own = {"doctype": self.DOCTYPE, "organisation": self.doc.organisation}
		quietly(frappe.get_doc({**own, **values})).insert()
		return CREATED

	def update(self, name: str, changes: dict) -> str:
		if not changes:
			return UNCHANGED
		record = quietly(frappe.get_doc(self.DOCTYPE, name))
		record.update(changes)
		record.save()
		return UPDATED

	def terms_changed(self, name: str, field: str, terms: list[str]) -> dict:
		"""Return the choice of terms if the record has another one."""
		own = {"parenttype": self.DOCTYPE, "parent": name, "parentfield": field}
		held = frappe.get_all("PPSS Term Item", own, pluck="term")
		return {} if set(held) == set(terms) else {field: [{"term": term} for term in terms]}


def quietly(record):
	"""Spare whoever has a list open the news of every row; nothing else depends on it."""
	record.flags.notify_update = False
	return record


def term_names(kind: str) -> dict[str, str]:
	"""Return term by code and by its labels."""
	fields = ["name", "title", "label_kk", "label_ru", "label_ky"]
	terms = frappe.get_all("PPSS Term", {"kind": kind}, fields, as_list=True)
	return {key_of(text): term[0] for term in terms for text in term if text}


def parts_of(given: str | None) -> list[str]:
	"""Return what a cell names one after another, parted by commas or semicolons."""
	return [part.strip() for part in (given or "").replace(";", ",").split(",") if part.strip()]

from frappe.utils import getdate

from ppss_support.entering.attempts import need
from ppss_support.entering.classes import Classes
from ppss_support.entering.people import Entrant, Register
from ppss_support.importing.headers import words
from ppss_support.importing.parsing import NAME_PARTS, Entry
from ppss_support.importing.values import key_of
from ppss_support.regulation.finding import Finding, Label
from ppss_support.regulation.school_classes import title_of

FIELDS = ("full_name", *NAME_PARTS, "birth_date", "school_class", "leaving_date")


class Learners(Entrant):
	"""Children of class lists."""

	DOCTYPE = "PPSS Learner"
	NEEDED = ("surname", "given_name", "birth_date", "school_class")

	def __init__(self, doc):
		super().__init__(doc)
		self.known = Register(self.DOCTYPE, doc.organisation, FIELDS)
		self.classes = Classes(doc.organisation, doc.school_year, bool(doc.begin_classes))

	def refresh(self):
		self.known.refresh()

	def undone(self):
		self.classes.undo()

	def enter(self, entry: Entry) -> str:
		record = self.known.record_of(entry.person)
		if not record:
			self.needed(entry)
		elif not (entry.person.born or self.known.numbered.get(entry.person.number)):
			self.check_class(record, entry)
		values = {name: entry.values[name] for name in (*NAME_PARTS, "birth_date") if entry.values.get(name)}
		if "school_class" in entry.values:
			values["school_class"] = self.class_of(entry)
		if entry.values.get("identity_number"):
			values["identity_number"] = entry.values["identity_number"]
		return self.update(record, self.changes(record, values)) if record else self.insert(values)

	def check_class(self, record: str, entry: Entry):
		"""By the name alone a child is known in its own class only; in another one it may be a namesake (A145)."""
		held = self.classes.key_of(self.known.rows[record].school_class)
		given = entry.values.get("school_class", held)
		need("birth_date", [] if given == held else [Finding.of("A145", record)])

	def class_of(self, entry: Entry) -> str:
		spoken = key_of(entry.values.get("language") or "")
		languages = words()["languages"]
		language = next((code for code, names in languages.items() if spoken in names), None)
		found = self.classes.find(entry.values["school_class"], language=language)
		title = title_of(*entry.values["school_class"])
		need("school_class", [] if found else [Finding.of("A148", title, Label("Class"))])
		return found

	def changes(self, record: str, values: dict) -> dict:
		"""Return what the row says otherwise than the record; a name in capitals is the same name."""
		row, person = self.known.rows[record], self.known.people[record]
		if row.leaving_date:
			need("", [Finding.of("A147", record, getdate(row.leaving_date))])
		names = {name: values[name] for name in NAME_PARTS if name in values}
		changed = {name: text for name, text in names.items() if key_of(text) != key_of(row[name] or "")}
		if "birth_date" in values and values["birth_date"] != person.born:
			changed["birth_date"] = values["birth_date"]
		if values.get("school_class", row.school_class) != row.school_class:
			changed["school_class"] = values["school_class"]
		if values.get("identity_number", person.number) != person.number:
			changed["identity_number"] = values["identity_number"]
		return changed

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from ppss_support import attachments, facts
from ppss_support.answers import answer
from ppss_support.entering import import_jobs, next_year, tables
from ppss_support.regulation import imports
from ppss_support.regulation.finding import Finding, Label

# What a client may write; everything else on an import is the program's.
GIVEN = {"organisation", "kind", "school_year", "file", "header_row", "begin_classes", "columns", "rows"}
DECIDED = ("decision", "note")
READ_FROM = ("file", "header_row", "kind", "organisation")
PROPOSED_FROM = ("kind", "organisation", "school_year")


class PPSSImport(Document):
	"""A list taken in from a table, or the change to the next school year: checked first, then entered row by row."""

	def before_insert(self):
		self.organisation = self.organisation or facts.organisation_of_user()
		self.school_year = self.school_year or facts.school_year_on(getdate())
		self.set("rows", [])

	def validate(self):
		self.check_right()
		self.check_resting()
		self.keep_results()
		attachments.check_document(self)
		self.prepare()

	def on_trash(self):
		self.check_resting()
		import_jobs.forget(self.name)
		# The framework keeps what it deletes: the names of people go with the import.
		self.update({"file": None, "rows": []})

	def onload(self):
		fields = imports.FIELDS.get(self.kind, ())
		self.set_onload("fields", [imports.FIELD_LABELS[name] for name in fields])

	def check_right(self):
		"""Nobody enters by a table what they may not enter by hand (A140)."""
		for doctype in imports.ENTERED[self.kind]:
			if not (frappe.has_permission(doctype, "create") and frappe.has_permission(doctype, "write")):
				answer([Finding.of("A140", Label(self.kind))])

	def check_resting(self):
		"""Rows that are being entered are those that were read (A149)."""
		status = None if self.is_new() else frappe.db.get_value(self.doctype, self.name, "status")
		if status in imports.RUNNING:
			answer([Finding.of("A149", Label(status), Label("Save"))])

	def keep_results(self):
		"""What has come of the import is the program's; of a row only the decision is a person's."""
		before = self.get_doc_before_save()
		for df in self.meta.fields:
			if df.fieldname not in GIVEN:
				self.set(df.fieldname, before.get(df.fieldname) if before else df.default)
		given = {row.name: row for row in self.rows}
		self.set("rows", [self.decided(row, given.get(row.name)) for row in before.rows] if before else [])

	def decided(self, row, given):
		if self.kind == imports.NEXT_YEAR and given:
			row.update({field: given.get(field) for field in DECIDED})
		return row

	def prepare(self):
		"""Read the columns, or propose the rows, anew when what they come from has changed."""
		year_end = self.kind == imports.NEXT_YEAR
		if year_end:
			self.file = None
		elif not self.file:
			answer([Finding.of("A141", Label("no file is attached"))])
		if self.changed(PROPOSED_FROM if year_end else READ_FROM):
			# What was said of another file is said of nothing any more.
			self.update({"rows": [], "failure": None, **dict.fromkeys(import_jobs.COUNTS, 0)})
			self.propose() if year_end else tables.read_columns(self)
		self.status = imports.NEW
		self.expires_on = import_jobs.last_day(self.organisation)

	def propose(self):
		self.set("rows", next_year.proposals(self.organisation, self.school_year))

	def changed(self, fields: tuple[str, ...]) -> bool:
		return self.is_new() or any(self.has_value_changed(field) for field in fields)

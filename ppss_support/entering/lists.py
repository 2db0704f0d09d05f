"""The rows of a list, each entered by itself: one that is refused leaves the others."""

from collections import Counter

import frappe
from frappe.utils import getdate

from ppss_support.answers import text_of
from ppss_support.entering import tables
from ppss_support.entering.attempts import REFUSED, Outcome, attempt
from ppss_support.entering.people import Entrant
from ppss_support.entering.tables import IMPORT, ROW, label_in, problem
from ppss_support.importing import parsing
from ppss_support.importing.parsing import Entry
from ppss_support.regulation import imports
from ppss_support.regulation.finding import Finding


class RowsOfFile:
	"""All rows of the file, read before the first is entered: who stands there twice is told from the whole."""

	together = 100

	def __init__(self, doc, entrant: Entrant):
		self.doc, self.entrant = doc, entrant
		self.entries = [parsing.read(row, getdate()) for row in tables.table_of(doc).rows]
		# A row without a name is refused for that.
		named = [place for place, entry in enumerate(self.entries) if entry.person.name_key]
		twice = imports.repeated([self.entries[place].person for place in named])
		for place, first in twice.items():
			number = self.entries[named[first]].row.number
			self.entries[named[place]].wrong.append(("", Finding.of("A144", number)))

	def __len__(self) -> int:
		return len(self.entries)

	def begin(self):
		"""Forget what was said of the rows when they were entered or checked before."""
		frappe.db.delete(ROW, {"parent": self.doc.name})

	def undone(self):
		self.entrant.undone()

	def enter(self, first: int, last: int) -> tuple[Counter, list[dict]]:
		"""Enter these rows; return how many were made, changed, found or refused, and what was said of them."""
		self.entrant.refresh()
		counts, said = Counter(), []
		for entry in self.entries[first:last]:
			outcome = self.enter_row(entry)
			counts[outcome.kind] += 1
			said += self.rows_about(entry, outcome)
		return counts, said

	def enter_row(self, entry: Entry) -> Outcome:
		if entry.wrong:
			return Outcome(REFUSED, entry.wrong)
		outcome = attempt(lambda: self.entrant.enter(entry))
		if outcome.kind == REFUSED:
			self.entrant.undone()
		return outcome

	@staticmethod
	def rows_about(entry: Entry, outcome: Outcome) -> list[dict]:
		severity = tables.REFUSED if outcome.kind == REFUSED else tables.WARNING
		found = [(label_in(entry.row, field), text_of(finding)) for field, finding in outcome.found]
		return [
			problem(entry.row, label, text, severity)
			for label, text in (*found, *(("", text) for text in outcome.said))
		]

	def write_down(self, said: list[dict]):
		"""Keep what was said of these rows; there may be as many as rows, so they go past the document."""
		first = frappe.db.count(ROW, {"parent": self.doc.name})
		own = {"parent": self.doc.name, "parenttype": IMPORT, "parentfield": "rows"}
		for number, values in enumerate(said, first + 1):
			row = frappe.new_doc(ROW)
			row.update({**own, "idx": number, "name": frappe.generate_hash(length=10), **values})
			row.db_insert()

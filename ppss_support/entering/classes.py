"""Classes of a school year by grade and letter; a class that a list names and nobody has entered yet is begun."""

import frappe

from ppss_support.importing.values import class_key
from ppss_support.regulation import school_classes

Key = tuple[int | None, str]


class Classes:
	def __init__(self, organisation: str, school_year: str, may_begin: bool):
		self.organisation, self.school_year, self.may_begin = organisation, school_year, may_begin
		self.read()

	def read(self):
		own = {"organisation": self.organisation, "school_year": self.school_year}
		rows = frappe.get_all("PPSS Class", own, ["name", "title"], order_by="creation desc")
		self.names: dict[Key, str] = {class_key(row.title): row.name for row in rows}
		self.begun = False

	def key_of(self, name: str | None) -> Key | None:
		"""Return grade and letter of a class of this year, None for one of another."""
		return next((key for key, own in self.names.items() if own == name), None)

	def find(self, key: Key | None, **values) -> str | None:
		"""Return the class, begun with these values if need be and allowed; None where none can be begun."""
		if key and key not in self.names and self.may_begin:
			self.begin(key, values)
		return self.names.get(key) if key else None

	def begin(self, key: Key, values: dict):
		level = values.get("level") or (school_classes.level_of(key[0]) if key[0] is not None else None)
		if not level:
			return
		own = {"organisation": self.organisation, "school_year": self.school_year, "level": level}
		preschool = int(level == school_classes.PRESCHOOL)
		title = values.get("title") or school_classes.title_of(*key)
		begun = {"doctype": "PPSS Class", "is_preschool": preschool, **values, **own, "title": title}
		self.names[key] = frappe.get_doc(begun).insert().name
		self.begun = True

	def undo(self):
		"""Forget the classes that were begun and taken back."""
		if self.begun:
			self.read()

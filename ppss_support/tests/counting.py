"""Counts the statements a piece of code sends to the database."""

from contextlib import contextmanager

import frappe


@contextmanager
def statements():
	"""Yield the list that every statement of the block is added to."""
	sent, plain = [], frappe.db.sql

	def noted(query, *args, **kwargs):
		sent.append(str(query))
		return plain(query, *args, **kwargs)

	frappe.db.sql = noted
	try:
		yield sent
	finally:
		frappe.db.sql = plain

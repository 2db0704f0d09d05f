"""Work of minutes on one record, done by one worker at a time: the record names it, and a worker that finds another
name there stops without having written.
"""

from contextlib import contextmanager

import frappe
from frappe.utils import add_to_date, now_datetime

# A worker that gave no sign of work for so long is taken for dead.
STALE_MINUTES = 10


class Superseded(Exception):
	"""Another worker has taken the record."""


def last_sign_of_life():
	return add_to_date(now_datetime(), minutes=-STALE_MINUTES)


def is_free(row) -> bool:
	"""Tell whether the worker of a row is gone, or there has been none yet."""
	return not row.worker or row.heartbeat < last_sign_of_life()


def held(doctype: str, name: str, fields: list[str]):
	"""Read the record with its row locked until the transaction ends."""
	return frappe.db.get_value(doctype, name, fields, as_dict=True, for_update=True)


def note(doctype: str, name: str, **values):
	frappe.db.set_value(doctype, name, values, update_modified=False)


def must_hold(doctype: str, name: str, worker: str):
	if held(doctype, name, ["worker"]).worker != worker:
		raise Superseded


@contextmanager
def as_maker(doctype: str, name: str):
	"""Work with the rights and in the language of whoever asked for it."""
	before, lang = frappe.session.user, frappe.local.lang
	maker = frappe.db.get_value(doctype, name, "owner")
	frappe.set_user(maker)
	frappe.set_user_lang(maker)
	try:
		yield
	finally:
		frappe.set_user(before)
		frappe.local.lang = lang

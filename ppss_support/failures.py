"""What fails in a job: it leaves the others their turn, and is written down without the name of a child."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from ppss_support.exceptions import EngineFailed, RuleRefused


@contextmanager
def noted(title: str):
	"""Keep what was done within; what fails is undone as a whole and goes to the error log."""
	try:
		yield
	except Exception as error:
		frappe.db.rollback()
		log_failure(title, error)
	# A transaction each: a job that dies has done a thing wholly or not at all.
	frappe.db.commit()


def log_failure(title: str, error: Exception):
	"""Write to the error log where and as what it failed.

	Left to itself the framework adds the values of all local variables, children among them; and a refusal, or what the
	database says, names the child it is about. So neither values nor messages are kept.
	"""
	frappe.log_error(title=title, message="\n".join(course_of(error)))


def course_of(error: BaseException) -> Iterator[str]:
	"""Yield each failure with its place in the program, the one it came of first."""
	earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
	if earlier:
		yield from course_of(earlier)
	yield "".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__} {said_by(error)}"


def said_by(error: BaseException) -> str:
	"""Return of a failure what names nobody: codes of rules, numbers, and what is said for the log."""
	if isinstance(error, EngineFailed):
		return str(error)
	if isinstance(error, RuleRefused):
		return ", ".join(frappe.local.response.get("ppss_codes") or ())
	return ", ".join(str(one) for one in error.args if isinstance(one, int))

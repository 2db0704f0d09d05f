"""Errors the app raises, so that callers can tell a refused rule from a broken program."""

import frappe


class RuleRefused(frappe.ValidationError):
	"""A rule of the regulation refuses this step; the message carries the code and the clause."""


class StepNotAllowed(RuleRefused, frappe.PermissionError):
	"""The user's role does not take this step."""

	http_status_code = 403


class EngineFailed(RuntimeError):
	"""A program that makes PDFs failed, or a paper did not fit on its page; the message is for the error log."""
